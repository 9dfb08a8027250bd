"""What changed between two dossiers is told: all of it, and nothing else."""

import time

import pytest

from dossier.compare.rounds import compare_rounds
from dossier.compare.words import diff_words
from dossier.errors import Place
from dossier.read import read_round
from dossier.validate import validate_sources
from tests.bench.generate import make_project
from tests.compare.pairs import BASE, OPEN, PAIRS
from tests.conftest import Project


def write(folder, edits=()):
    project = Project(folder)
    for file, content in BASE.items():
        project.write(file, content)
    for file, old, new in edits:
        if old is not None:
            project.replace(file, old, new)
        elif new is not None:
            project.write(file, new)
        else:
            (folder / file).unlink()
    return project


def words_of(change):
    """Return the changed words with the two words before them, or the text."""
    marks = {'=': '{}', '-': '[-{}-]', '+': '[+{}+]'}
    return ''.join(marks[sign].format(text.strip() if sign != '=' else text) for sign, text in change.words)


def told(comparison):
    for chapter in comparison.chapters:
        if chapter.kind in ('nieuw', 'weg'):
            yield chapter.slug, chapter.kind, 'hoofdstuk', ''
            continue
        if chapter.was:
            yield chapter.slug, f'was {chapter.was}', 'hoofdstuk', ''
        if chapter.moved:
            yield chapter.slug, 'verplaatst', 'hoofdstuk', ''
        for change in chapter.changes:
            yield chapter.slug, change.kind, change.what, words_of(change) or text_of(change)
    for change in comparison.abbreviations:
        yield 'afkortingen', change.kind, change.name, change.new or change.old


def text_of(change):
    return change.new if change.kind == 'verplaatst' else change.name or change.new or change.old


def agrees(found, expected):
    """Whether a change is the expected one; of a reworded text the words around the change are given."""
    return found[:3] == expected[:3] and (found[3] == expected[3] or ('[' in expected[3] and expected[3] in found[3]))


@pytest.mark.parametrize('name', PAIRS)
def test_pair(name, tmp_path):
    edits, changes, no_longer_open = PAIRS[name]
    old, new = write(tmp_path / 'a').read(), write(tmp_path / 'b', edits).read()
    expected = [*changes, *(row for row in sorted(OPEN) if row[3] not in {list_open()[n] for n in no_longer_open})]
    found = list(told(compare_rounds(old, new, ('a', 'b'))))
    assert len(found) == len(expected), found
    for row in expected:
        assert sum(agrees(other, row) for other in found) == 1, (row, found)


def list_open():
    return ['Het waterprogramma vaststellen', 'Een keuze maken over de oude zeedijk', 'De heffing verdelen']


def test_figures_are_told_to_the_last_digit(tmp_path):
    millions = [
        write(tmp_path / digit, [('data/2023/themas/01-water.md', 'waarde: 42.5', f'waarde: 1234567{digit}.5')]).read()
        for digit in '12'
    ]
    figure = next(
        change for change in compare_rounds(*millions, ('a', 'b')).chapters[2].changes if change.what == 'cijfer'
    )
    assert (figure.old, figure.new) == ('12345671.5', '12345672.5')


def test_there_are_forty_pairs():
    assert len(PAIRS) >= 40


def test_back_again_is_the_reverse(tmp_path):
    edits = PAIRS['paragraph new'][0]
    old, new = write(tmp_path / 'a').read(), write(tmp_path / 'b', edits).read()
    assert ('water', 'weg', 'tekst', 'Geheel nieuwe alinea hier.') in told(compare_rounds(new, old, ('b', 'a')))


def test_words_join_to_both_texts():
    old, new = "De 's-Gravenhaagse weg (N44) is 1.250 m lang.", 'De weg (N44) is straks 1.300 m lang!'
    pieces = diff_words(old, new)
    assert ''.join(text for sign, text in pieces if sign != '+').replace(' ', '') == old.replace(' ', '')
    assert ''.join(text for sign, text in pieces if sign != '-').replace(' ', '') == new.replace(' ', '')
    assert ('-', ' 1.250') in pieces or any('1.250' in text for sign, text in pieces if sign == '-')


def test_changed_places_are_lines_of_the_new_text(tmp_path):
    edits = PAIRS['word replaced'][0] + PAIRS['decision later'][0]
    old, new = write(tmp_path / 'a').read(), write(tmp_path / 'b', edits)
    places = compare_rounds(old, new.read(), ('a', 'b')).changed_places()
    file = 'data/2023/themas/01-water.md'
    lines = (new.path / file).read_text(encoding='utf-8').split('\n')
    assert all(isinstance(place, Place) and place.file == file for place in places)
    assert sorted(lines[place.line - 1].strip()[:14] for place in places) == ['- {wat: Een ke', 'De dijken lang']


@pytest.mark.slow
def test_two_rounds_of_240_pages_take_under_three_seconds(tmp_path):
    for name, seed in (('a', 1), ('b', 2)):  # nothing alike: the most work there can be
        make_project(tmp_path / name, 240, seed)

    def measure():
        before = time.process_time()
        old, new = (validate_sources(read_round(tmp_path / name)) for name in ('a', 'b'))
        assert compare_rounds(old, new, ('a', 'b')).chapters
        return time.process_time() - before

    assert min(measure() for _attempt in range(3)) < 3
