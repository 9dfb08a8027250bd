"""The catalogue: every word a user can meet has its Dutch, click's own words included."""

import ast
import re
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from dossier.messages import MESSAGES

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / 'dossier' / 'locale' / 'nl' / 'LC_MESSAGES'
KEYWORDS = {'_': None, 'N_': None, 'ngettext': (1, 2)}
METHODS = [('**.py', 'python'), ('**.html', 'jinja2')]
OPTIONS = {'**.html': {'newstyle_gettext': 'true', 'trimmed': 'true'}}


def extracted():
    for folder in (ROOT / 'dossier', ROOT / 'templates', Path(click.__path__[0])):
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
        ):
            yield message


@pytest.fixture(scope='module')
def catalogue():
    return read_po(BytesIO((CATALOGUE / 'dossier.po').read_bytes()), locale='nl')


def missing(messages, catalogue):
    for message in messages:
        found = catalogue.get(message[0] if isinstance(message, tuple) else message)
        if found is None or not found.string or (isinstance(found.string, tuple) and not all(found.string)):
            yield message


def test_every_message_has_its_dutch(catalogue):
    assert list(missing(extracted(), catalogue)) == []


def test_a_message_without_dutch_is_seen(catalogue):
    assert list(missing(['No such words in the catalogue'], catalogue)) == ['No such words in the catalogue']


def test_compiled_catalogue_is_that_of_the_source(catalogue):
    compiled = read_mo(BytesIO((CATALOGUE / 'dossier.mo').read_bytes()))
    assert pairs(compiled) == pairs(catalogue)


def pairs(catalogue):
    return {tuple(message.id): tuple(message.string) for message in catalogue if message.id}


def test_placeholders_are_the_same_in_both_languages(catalogue):
    names = re.compile(r'\{(\w*)[^}]*\}|%\((\w+)\)s')
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            assert sorted(names.findall(message.id)) == sorted(names.findall(str(message.string))), message.id


def test_every_code_is_used_and_every_used_code_is_known():
    used = set()
    for path in sorted((ROOT / 'dossier').rglob('*.py')):
        if path.parent.name != 'messages':
            strings = (
                node.value
                for node in ast.walk(ast.parse(path.read_text(encoding='utf-8')))
                if isinstance(node, ast.Constant)
            )
            used |= {value for value in strings if isinstance(value, str) and value in MESSAGES}
    assert used == set(MESSAGES)


def test_manual_lists_every_code():
    manual = ''.join(path.read_text(encoding='utf-8') for path in sorted((ROOT / 'docs').glob('*.md')))
    assert [code for code in MESSAGES if f'`{code}`' not in manual] == []
