"""Every mistake in the table ends in exactly its message; and every message of these stages has a mistake."""

import pytest

from dossier.errors import DataError, SourceError
from dossier.messages import MESSAGES
from tests.conftest import copy_project
from tests.mistakes import FITTING, MISTAKES, READING, VALUES, Mistake, codes_of

SECTIONS = {'reading': READING, 'the values of keys': VALUES, "what doesn't fit together": FITTING}
ELSEWHERE = {'hoofdstuk-ongebruikt', 'ronde-naam'}  # see test_validate and test_next_round


@pytest.mark.parametrize('mistake', MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_ends_in_its_message_and_no_other(project, mistake: Mistake):
    mistake.change(project)
    error = project.fail(mistake.ronde)
    places = [(found.code, found.place and (found.place.file, found.place.line)) for found in error.findings]
    assert places == [(mistake.code, mistake.file and (mistake.file, mistake.line))]
    if mistake.column:
        assert error.findings[0].place.column == mistake.column
    if mistake.words:
        assert str(error.findings[0]) == mistake.words
    assert error.exit_code == mistake.exit_code
    assert type(error) is {3: SourceError, 4: DataError}[mistake.exit_code]


@pytest.mark.parametrize('section', SECTIONS)
def test_every_message_has_a_mistake(section):
    codes = codes_of(section)
    assert codes <= MESSAGES.keys()
    assert len(codes) > 10
    assert codes - {mistake.code for mistake in MISTAKES} - ELSEWHERE == set()


def test_most_messages_have_their_exact_words_in_the_table():
    without = {mistake.code for mistake in MISTAKES} - {mistake.code for mistake in MISTAKES if mistake.words}
    assert without <= {'ronde-ontbreekt', 'bestand-onleesbaar', 'themanaam', 'yaml-fout'}


def test_the_names_of_mistakes_are_unique():
    names = [mistake.name for mistake in MISTAKES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(('name', 'themes'), [('klein', ['water']), ('volledig', ['water', 'energie', 'dorpen'])])
def test_a_project_without_mistakes_has_no_message(name, themes, tmp_path):
    assert list(copy_project(name, tmp_path / 'project').read().themas) == themes
