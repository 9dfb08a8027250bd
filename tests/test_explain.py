"""Pydantic's errors in the words of a writer."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from dossier.errors import Place
from dossier.i18n import set_language
from dossier.model import Thema
from dossier.model.fields import BELOW
from dossier.read.raw import Scalar, Source
from dossier.validate.explain import explain_problem, suggest


class Binnen(BaseModel, extra='forbid'):
    naam: Annotated[str, Field(min_length=1, max_length=5)]
    aantal: int = 0


class Buiten(BaseModel, extra='forbid'):
    titel: str
    soort: Literal['staaf', 'lijn'] = 'staaf'
    delen: tuple[Binnen, ...] = ()
    per_jaar: dict[Annotated[str, Field(max_length=4)], int] = {}
    tekst: Annotated[str, BELOW] = ''


def explain(value, kind=Buiten, places=None):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    source = Source('test.yaml', value, places or {})
    return [explain_problem(dict(problem), kind, source) for problem in caught.value.errors(include_url=False)]


def test_the_place_is_that_of_the_key():
    places = {(): Place('test.yaml', 1, 1), ('soort',): Place('test.yaml', 7, 3)}
    (found,) = explain({'titel': 'a', 'soort': 'x'}, places=places)
    assert found.place == Place('test.yaml', 7, 3)


def test_what_is_missing_is_told_where_its_neighbours_stand():
    places = {
        (): Place('test.yaml', 1, 1),
        ('delen',): Place('test.yaml', 2, 1),
        ('delen', 0): Place('test.yaml', 3, 5),
    }
    (found,) = explain({'titel': 'a', 'delen': [{'aantal': 1}]}, places=places)
    assert (found.code, found.place) == ('sleutel-ontbreekt', Place('test.yaml', 3, 5))
    assert str(found) == 'test.yaml:3: "naam" is missing. Add a line: naam: ...'


@pytest.mark.parametrize(
    ('value', 'words'),
    [
        ({'titl': 'a'}, '"titl" is not a key here. Did you mean "titel"?'),
        ({'x': 'a'}, '"x" is not a key here. Known here: titel, soort, delen, per_jaar.'),
        ({'delen': [{'naam': 'a', 'aantl': 1}]}, '"aantl" is not a key here. Did you mean "aantal"?'),
        ({'soort': 'staf'}, 'soort "staf" is not one of the choices. Did you mean "staaf"?'),
        ({'soort': 'x'}, 'soort "x" is not one of the choices. Known here: staaf, lijn.'),
        ({'soort': None}, 'soort "" is not one of the choices. Known here: staaf, lijn.'),
        ({'delen': 'a'}, '"delen" must be a list. Put a hyphen and a space before each item: - ...'),
        ({'delen': ['a']}, '"delen" must consist of keys. Known here: naam, aantal.'),
        ({'delen': [{'naam': ''}]}, '"naam" is empty. Write a text, or remove the line.'),
        ({'delen': [{'naam': None}]}, '"naam" is empty. Write a text, or remove the line.'),
        ({'delen': [{'naam': ['a']}]}, '"naam" must be a text. Write one text, without hyphens or keys.'),
        ({'delen': [{'naam': 'a' * 6}]}, '"naam" is longer than 5 characters. Make it shorter.'),
        (
            {'delen': [{'naam': 'a', 'aantal': 'b'}]},
            'aantal "b" is not a number. Write digits, with a point for decimals: 12.5',
        ),
        ({'per_jaar': {'2027': 'b'}}, '2027 "b" is not a number. Write digits, with a point for decimals: 12.5'),
        ({'per_jaar': {'20277': 1}}, '"20277" is longer than 4 characters. Make it shorter.'),
    ],
)
def test_the_words_name_the_key_the_value_and_the_way_out(value, words):
    (found,) = explain({'titel': 'a'} | value)
    assert f'{found.message} {found.hint}'.rstrip() == words


def test_where_any_key_may_stand_the_hint_is_a_whole_sentence():
    (found,) = explain({'titel': 'a', 'per_jaar': 43})
    assert found.code == 'geen-sleutels'
    assert not found.hint.endswith(': .')


def test_a_long_value_is_cut():
    (found,) = explain({'titel': 'a', 'soort': 'x' * 61})
    assert found.message == f'soort "{"x" * 57}..." is not one of the choices.'
    (found,) = explain({'titel': 'a', 'soort': 'x' * 60})
    assert found.message == f'soort "{"x" * 60}" is not one of the choices.'


def test_braces_in_a_value_stay_braces():
    (found,) = explain({'titel': 'a', 'soort': '{name} {0} {'})
    assert found.message == 'soort "{name} {0} {" is not one of the choices.'


def test_the_text_below_the_keys_is_never_suggested_as_a_key():
    (found,) = explain({'titel': Scalar('a', Place('?')), 'samenvatting': 'b', 'tekst': '', 'tekts': 'c'}, Thema)
    assert 'tekst' not in found.hint.replace('tekts', '')


def test_an_error_of_an_unknown_type_is_a_bug_and_no_finding():
    problem = {'type': 'never_heard_of', 'loc': ('titel',), 'msg': '', 'input': 'a'}
    with pytest.raises(KeyError, match='never_heard_of'):
        explain_problem(problem, Buiten, Source('test.yaml', {}))


@pytest.mark.parametrize(
    ('name', 'known', 'words'),
    [
        ('watr', ['water', 'wonen'], 'Did you mean "water"?'),
        ('Water', ['water', 'wonen'], 'Did you mean "water"?'),
        ('zzz', ['water', 'wonen'], 'Known here: water, wonen.'),
        ('', ['water'], 'Known here: water.'),
        ('zzz', [], ''),
    ],
)
def test_the_nearest_name_is_suggested_or_all_of_them(name, known, words):
    assert suggest(name, known) == words


def test_the_words_are_in_the_language_that_was_chosen(dutch):
    (found,) = explain({'titel': 'a', 'soort': 'staf'})
    dutch_words = found.message
    set_language('en')
    (found,) = explain({'titel': 'a', 'soort': 'staf'})
    assert found.message == 'soort "staf" is not one of the choices.' != dutch_words
