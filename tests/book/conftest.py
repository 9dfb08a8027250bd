"""Books that are laid out once a session: a full small one, and the real one of 2023."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.compose import Composer
from dossier.i18n import set_language
from dossier.layout.pool import open_typesetter
from dossier.layout.style import Style, find_style
from dossier.pipeline import check_edition
from dossier.products import MAKERS, Job, Options
from dossier.typeset import Book, lay_out_editions

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Built:
    """A project with its laid out books, and the files that were made of them."""

    project: Path
    composer: Composer
    style: Style
    books: dict[str, Book]
    files: dict[str, Path]
    printed: dict[str, Path]  # the files for the printer, by name


def silent(stage: str, detail: str, pages: int) -> None:
    """Report nothing."""


def build_in(folder: Path, source: Path, ronde: str) -> Built:
    set_language('nl')
    project = folder / source.name
    shutil.copytree(source / 'data', project / 'data')
    composer = Composer(check_edition(project, ronde), project)
    style = find_style(project, composer.dossier.ronde.ronde)
    files = {}
    with open_typesetter(style, 2) as typesetter:
        ((_name, _composer, books),) = lay_out_editions([('', composer)], typesetter, silent, alone=True)
        job = Job(project, 'landelijk', composer, typesetter, books, Options(), silent)
        for kind in books:
            files[kind] = project / f'{kind}.pdf'
            job.made[kind] = MAKERS[kind](job)
            files[kind].write_bytes(job.made[kind].content)
        # The small one has pictures that are too coarse for print; tests/book/test_print.py makes them larger.
        made = MAKERS['druk'](job).files if source == ROOT else {}
        printed = {Path(path).name: project / Path(path).name for path in made}
        for path, content in made.items():
            (project / Path(path).name).write_bytes(content)
    return Built(project, composer, style, books, files, printed)


@pytest.fixture(scope='session')
def small_book(tmp_path_factory):
    return build_in(tmp_path_factory.mktemp('klein'), ROOT / 'tests' / 'dossiers' / 'volledig', '2027')


@pytest.fixture(scope='session')
def book_2023(tmp_path_factory):
    return build_in(tmp_path_factory.mktemp('groot'), ROOT, '2023')
