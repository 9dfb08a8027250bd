"""YAML to raw values: words stay words, and everything knows its place."""

import pytest

from dossier.errors import Place
from dossier.read.raw import MAX_DEPTH, Source, parse_yaml


def parse(text, first_line=1):
    """Return the source, which must be without findings."""
    findings = []
    source = parse_yaml(text, 'test.yaml', first_line, findings)
    assert findings == []
    return source


def problems(text, first_line=1):
    findings = []
    source = parse_yaml(text, 'test.yaml', first_line, findings)
    return source, [(found.code, found.place.line, found.place.column) for found in findings]


@pytest.mark.parametrize(
    'word',
    [
        'no',
        'yes',
        'on',
        'Off',
        'true',
        'False',
        '1.10',
        '010',
        '1e3',
        '0x1F',
        '1_000',
        '12:30:45',
        '2027-03-17',
        '.nan',
        '.inf',
        'NULL',
        'Null',
        '=',
        '-1',
        '+31',
        '1.',
        '007',
    ],
)
def test_a_plain_word_stays_what_was_typed(word):
    assert parse(f'titel: {word}').value == {'titel': word}
    assert parse(f'- {word}').value == [word]


def test_a_key_stays_what_was_typed():
    assert parse('no: a\n2027: b\n1.10: c\n~: d').value == {'no': 'a', '2027': 'b', '1.10': 'c', '~': 'd'}


@pytest.mark.parametrize('nothing', ['', '~', 'null', '   ', '# remark'])
def test_nothing_is_none(nothing):
    assert parse(f'a: {nothing}\nb: c').value == {'a': None, 'b': 'c'}


@pytest.mark.parametrize('quoted', ['"~"', "'null'", '"null"', "'~'"])
def test_nothing_between_quotation_marks_is_a_word(quoted):
    assert parse(f'a: {quoted}').value == {'a': quoted[1:-1]}


def test_an_empty_text_between_quotation_marks_is_an_empty_text():
    assert parse('a: ""').value == {'a': ''}


def test_values_of_every_style():
    text = "a: een\n  twee\nb: \"drie\\tvier\"\nc: 'vijf''s'\nd: |\n  zes\n\n  zeven\ne: >\n  acht\n  negen\nf: [g, {h: i}]\n"
    assert parse(text).value == {
        'a': 'een twee',
        'b': 'drie\tvier',
        'c': "vijf's",
        'd': 'zes\n\nzeven\n',
        'e': 'acht negen\n',
        'f': ['g', {'h': 'i'}],
    }


def test_every_key_and_value_knows_its_place():
    source = parse('a: b\nlijst:\n  - c: d\n    e: [f, g]\n', first_line=10)
    assert {path: (place.line, place.column) for path, place in source.places.items()} == {
        (): (10, 1),
        ('a',): (10, 1),
        ('lijst',): (11, 1),
        ('lijst', 0): (12, 5),
        ('lijst', 0, 'c'): (12, 5),
        ('lijst', 0, 'e'): (13, 5),
        ('lijst', 0, 'e', 0): (13, 9),
        ('lijst', 0, 'e', 1): (13, 12),
    }


def test_a_scalar_knows_where_its_own_text_begins():
    value = parse('a: b\nc: "d"\ne: |\n  f\ng: >-\n\n  h\n').value
    assert {key: value[key].place for key in value} == {
        'a': Place('test.yaml', 1, 4),
        'c': Place('test.yaml', 2, 4),
        'e': Place('test.yaml', 4),
        'g': Place('test.yaml', 6),
    }


def test_the_place_of_what_is_missing_is_that_of_what_is_around_it():
    source = parse('a:\n  - b: c\n')
    assert source.place_of(('a', 0, 'weg', 3)) == Place('test.yaml', 2, 5)
    assert source.place_of(('weg',)) == Place('test.yaml', 1, 1)
    assert Source('leeg.yaml', None).place_of(('a', 1)) == Place('leeg.yaml', 1)


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('', ('bestand-leeg', 5, None)),
        ('# remark\n', ('bestand-leeg', 5, None)),
        ('---\n\n  ', ('bestand-leeg', 5, None)),
        ('a: b: c', ('yaml-dubbelepunt', 5, 5)),
        ('a:\n\t- b', ('yaml-tab', 6, 1)),
        ('a: b\n\tc: d', ('yaml-tab', 6, 1)),
        ('a: "b', ('yaml-aanhalingsteken', 5, 4)),
        ('a: b\nc: "d\ne: f\ng: h\n', ('yaml-aanhalingsteken', 6, 4)),
        ("a: 'b", ('yaml-aanhalingsteken', 5, 4)),
        ('a: [b\n', ('yaml-fout', 5, 4)),
        ('a: {b: c\n', ('yaml-fout', 5, 4)),
        ('a: b\nc: [', ('yaml-fout', 6, None)),
        ('[\n', ('yaml-fout', 5, None)),
        ('a: b\n- c', ('yaml-fout', 6, 1)),
        ('a: %b', ('yaml-verwijzing', 5, 4)),
        ('a: "\\q"', ('yaml-fout', 5, 5)),
        ('a: &b c', ('yaml-verwijzing', 5, 4)),
        ('a: b\nc: *b', ('yaml-verwijzing', 6, 4)),
        ('!a b', ('yaml-verwijzing', 5, 1)),
        ('! b', ('yaml-verwijzing', 5, 1)),
        ('a: !!binary aGFsbG8=', ('yaml-verwijzing', 5, 4)),
        ('a: !!python/name:os.system', ('yaml-verwijzing', 5, 4)),
        ('- ' * MAX_DEPTH + '- a', ('yaml-te-diep', 5, 2 * MAX_DEPTH + 1)),
        ('[' * 100_000, ('yaml-te-diep', 5, MAX_DEPTH + 1)),
        ('{"a":' * 100_000, ('yaml-te-diep', 5, None)),
        ('a: b\na: c', ('sleutel-dubbel', 6, 1)),
        ('a: "\\uE000"', ('verboden-teken', 5, 4)),
        ('a: "\\e[31m"', ('verboden-teken', 5, 4)),
        ('a: "\\N"', ('verboden-teken', 5, 4)),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, expected):
    _source, found = problems(text, first_line=5)
    assert [(code, line, column if expected[2] else None) for code, line, column in found] == [expected]


def test_a_text_that_cannot_be_parsed_has_no_value():
    assert problems('a: [b')[0] == Source('test.yaml', None)


def test_twenty_levels_are_no_problem():
    assert parse('[' * MAX_DEPTH + ']' * MAX_DEPTH).value


def test_every_double_key_is_told():
    assert problems('a: b\na: c\nd:\n  e: f\n  e: g\na: h')[1] == [
        ('sleutel-dubbel', 2, 1),
        ('sleutel-dubbel', 5, 3),
        ('sleutel-dubbel', 6, 1),
    ]


def test_a_list_as_a_key_is_no_crash():
    assert parse('? [a, b]\n: c').value == {'?': 'c'}
