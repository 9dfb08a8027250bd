"""Whatever a file holds: reading it ends in a dossier or in messages with a place, and nothing else."""

import string
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.errors import DossierError
from dossier.messages import MESSAGES
from dossier.pipeline import check
from tests.conftest import DOSSIERS, Project, copy_project
from tests.mistakes import ROUND, SHORT, THEME

TEXTS = sorted(
    path.relative_to(DOSSIERS / 'volledig').as_posix()
    for path in (DOSSIERS / 'volledig').rglob('*')
    if path.suffix in ('.md', '.yaml')
)
SMALL = st.text(alphabet=string.printable + 'é€’\u00a0\u200b\ufeff\x85', max_size=200)
YAML = st.lists(
    st.sampled_from(
        ['titel', 'samenvatting', 'data', 'datum', 'wat', 'cijfers', 'rijen', 'waarde', 'beeld', 'bestand', 'alt', ': ', ':', '- ',
        '\n', '\n  ', '\n    ', '[', ']', '{', '}', ', ', '"', "'", '|', '>', '&a', '*a', '!!str ', '#', '~', '---\n', '\t', '? ',
        '2027-07-01', '1e999', 'nan', '-1', 'ja', '../a.png', '[[water]]', '[^1]', '\\', 'é', '%', '@', '<<: '],
    ),
    max_size=40,
).map(''.join)  # fmt: skip
MARKDOWN = st.lists(
    st.sampled_from(
        ['# ', '## ', '#### ', '- ', '1. ', '> ', '\n', '\n\n', '| a | b |\n|---|---|\n', '[[water]]', '[[', ']]', '[^1]',
        '    ', '[a](', ')', '![', '](beeld/a.png)', '<b>', '`', '```\n', '*', '**', '_', '~~', '\\', '::: kader', ':::', 'm.e.r.',
        '[^1]: ', '{.kort}', 'GS', 'PS', '(GS)', "'s", '"', '&#xE000;', '&amp;', 'woord ', 'https://a.example', '---\n', '===\n',
        '{#a}'],
    ),
    max_size=40,
).map(''.join)  # fmt: skip
MUTATION = st.tuples(
    st.sampled_from(['delete', 'insert', 'replace', 'twice', 'swap', 'cut']),
    st.integers(0, 10_000),
    st.integers(0, 60),
    st.one_of(SMALL, YAML, MARKDOWN),
)


@pytest.fixture(scope='module')
def small(tmp_path_factory):
    return copy_project('klein', tmp_path_factory.mktemp('klein') / 'project')


@pytest.fixture(scope='module')
def full(tmp_path_factory):
    return copy_project('volledig', tmp_path_factory.mktemp('volledig') / 'project')


@contextmanager
def changed(project: Project, file: str, content: bytes | str) -> Iterator[None]:
    before = (project.path / file).read_bytes()
    project.write(file, content if isinstance(content, bytes) else content.encode('utf-8', 'replace'))
    try:
        yield
    finally:
        project.write(file, before)


def ends_well(project: Project) -> None:
    """Read the project up to what `dossier check` does; anything but a DossierError fails the test."""
    try:
        found = check(project.path, None).findings
    except DossierError as error:
        assert error.findings
        found = list(error.findings)
    for finding in found:
        assert finding.code in MESSAGES
        assert finding.message
        if finding.place:
            path = project.path / finding.place.file
            assert path.exists()
            if path.is_file() and finding.place.line:
                text = path.read_bytes().replace(b'\r\n', b'\n').replace(b'\r', b'\n')
                assert 1 <= finding.place.line <= text.count(b'\n') + 1


def mutate(text: str, mutations: list[tuple[str, int, int, str]], by_line: bool) -> str:
    """Return the text with pieces deleted, put in, replaced, repeated or moved: whole lines, or characters."""
    pieces = text.splitlines(keepends=True) if by_line else list(text)
    for what, at, length, new in mutations:
        at %= len(pieces) + 1
        end = at + (length % 4 if by_line else length)
        piece = pieces[at:end]
        match what:
            case 'delete':
                del pieces[at:end]
            case 'insert':
                pieces[at:at] = [new]
            case 'replace':
                pieces[at:end] = [new]
            case 'twice':
                pieces[at:at] = piece
            case 'swap':
                pieces = pieces[end:] + piece + pieces[:at]
            case 'cut':
                pieces = pieces[:at]
    return ''.join(pieces)


def any_bytes(project, content):
    with changed(project, THEME, content):
        ends_well(project)


def any_front_matter(project, front, text):
    with changed(project, THEME, f'---\ntitel: Water\n{front}\n---\n{text}'):
        ends_well(project)


def any_yaml(project, file, content):
    with changed(project, file, content):
        ends_well(project)


def any_mutation(project, file, mutations, by_line):
    with changed(project, file, mutate((DOSSIERS / 'volledig' / file).read_text(encoding='utf-8'), mutations, by_line)):
        ends_well(project)


BYTES = given(
    st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda tail: b'---\ntitel: a\n---\n' + tail))
)
FRONT = given(st.one_of(YAML, SMALL), st.one_of(MARKDOWN, SMALL))
FILES = given(st.sampled_from([ROUND, SHORT]), st.one_of(YAML, SMALL))
MUTATIONS = given(st.sampled_from(TEXTS), st.lists(MUTATION, min_size=1, max_size=4), st.booleans())
QUICK = settings(max_examples=150)
LONG = settings(max_examples=5000)


@QUICK
@BYTES
def test_any_bytes_as_a_theme(small, content):
    any_bytes(small, content)


@QUICK
@FRONT
def test_any_front_matter_and_text(small, front, text):
    any_front_matter(small, front, text)


@QUICK
@FILES
def test_any_yaml(small, file, content):
    any_yaml(small, file, content)


@QUICK
@MUTATIONS
def test_any_mutation_of_a_file_of_the_full_project(full, file, mutations, by_line):
    any_mutation(full, file, mutations, by_line)


@pytest.mark.slow
@LONG
@BYTES
def test_any_bytes_as_a_theme_at_length(small, content):
    any_bytes(small, content)


@pytest.mark.slow
@LONG
@FRONT
def test_any_front_matter_and_text_at_length(small, front, text):
    any_front_matter(small, front, text)


@pytest.mark.slow
@LONG
@FILES
def test_any_yaml_at_length(small, file, content):
    any_yaml(small, file, content)


@pytest.mark.slow
@LONG
@MUTATIONS
def test_any_mutation_of_a_file_of_the_full_project_at_length(full, file, mutations, by_line):
    any_mutation(full, file, mutations, by_line)


def test_the_check_sees_another_exception(small, monkeypatch):
    def broken(project, ronde):
        raise ZeroDivisionError

    monkeypatch.setattr('tests.test_any_input.check', broken)
    with pytest.raises(ZeroDivisionError):
        any_bytes(small, b'')
    assert (small.path / THEME).read_text(encoding='utf-8').startswith('---\ntitel: Water\n')
