"""Letters as words on pages: what poppler reads back."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from dossier.post.letters import LetterPress, compose_letters, open_letters
from dossier.post.templates import open_templates
from dossier.store import Store
from tests.bench.letters import OFFICE, invent

_WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
MM = 25.4 / 72


def read_words(path: Path) -> list[list[tuple[str, float, float, float, float]]]:
    """Return the words of each page with their boxes in mm from the top left: x, y, right, bottom."""
    if not shutil.which('pdftotext'):
        pytest.skip('pdftotext (poppler-utils) is not installed')
    text = subprocess.run(['pdftotext', '-bbox', path, '-'], capture_output=True, text=True, check=True).stdout
    pages = text.split('<page ')[1:]
    return [[(word[4], *(float(number) * MM for number in word[:4])) for word in _WORD.findall(page)] for page in pages]


@pytest.fixture(scope='package')
def typesetter(tmp_path_factory):
    with open_letters(tmp_path_factory.mktemp('leeg'), 2) as typesetter:
        yield typesetter


@pytest.fixture
def press(typesetter, tmp_path):
    """A press that keeps nothing from other tests."""
    return LetterPress(typesetter, Store(tmp_path / 'vellen'))


@pytest.fixture
def compose(tmp_path):
    """Return the letters to a number of people, from a template of the project or a shipped one."""

    def compose(count=6, template='brief', text=None):
        if text is not None:
            folder = tmp_path / 'templates' / 'post'
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f'{template}.html').write_text(text, encoding='utf-8')
        people = invent(count)
        letters, wrong = compose_letters(open_templates(tmp_path), template, people, OFFICE, date(2027, 4, 1))
        assert not wrong
        return letters, people

    return compose
