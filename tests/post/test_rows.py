"""Lists as people keep them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.errors import DataError, DossierError
from dossier.post.rows import parse_list, read_list

TEXT = 'Naam;Postcode;Straat en nummer\nZoë Bedacht;1234 AB;Straat 1\n"B; Verzonnen";1234 AB;"Straat\n2"\n'


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'utf-16', 'cp1252'])
@pytest.mark.parametrize('separator', [';', ',', '\t', '|'])
@pytest.mark.parametrize('prefix', ['', 'sep='])
def test_any_encoding_and_separator(encoding, separator, prefix):
    text = TEXT.replace(';', separator)
    first = f'{prefix}{separator}\r\n' if prefix else ''
    rows, wrong = parse_list((first + text).encode(encoding), 'lijst.csv')
    assert wrong == []
    assert rows[0].cells == {'naam': 'Zoë Bedacht', 'postcode': '1234 AB', 'straat_en_nummer': 'Straat 1'}
    assert rows[1].cells['naam'] == ('B Verzonnen' if separator == '\t' else f'B{separator} Verzonnen')
    assert rows[1].cells['straat_en_nummer'] == 'Straat 2'
    assert [row.place.line for row in rows] == ([3, 4] if prefix else [2, 3])


@pytest.mark.parametrize(
    ('row', 'code'),
    [
        ('=HYPERLINK(A1);1', 'rij-formule'),
        ('#REF!;1', 'rij-formule'),
        ('#N/B;1', 'rij-formule'),
        ('A\x07B;1', 'verboden-teken'),
        ('A\u202eB;1', 'verboden-teken'),
        ('A\ue100B;1', 'verboden-teken'),
        ('A;1;2', 'rij-te-lang'),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_go_on(row, code):
    rows, (wrong,) = parse_list(f'Naam;Nummer\nA;1\n{row}\nC;3\n'.encode(), 'lijst.csv')
    assert (wrong.code, str(wrong.place)) == (code, 'lijst.csv:3')
    assert [row.cells.get('naam') for row in rows] == ['A', None, 'C']


def test_untidy_but_good():
    rows, wrong = parse_list(b'\n\nNaam;Nummer;;\n  A\t B ;="0123";;\n;;;\nC\n', 'lijst.csv')
    assert wrong == []
    assert [row.cells for row in rows] == [{'naam': 'A B', 'nummer': '0123'}, {'naam': 'C', 'nummer': ''}]


@pytest.mark.parametrize(
    ('content', 'code'),
    [
        (b'', 'bestand-leeg'),
        (b'a;a\n1;2', 'sleutel-dubbel'),
        (b'a\n' + b'x' * 200_000, 'lijst-stuk'),
        (b'a;b\n1;2\n"3;4\n5;6\n', 'lijst-stuk'),
    ],
)
def test_what_is_no_list_is_told(content, code):
    with pytest.raises(DataError) as caught:
        parse_list(content, 'lijst.csv')
    assert caught.value.findings[0].code == code


def test_a_list_that_is_too_long_is_refused(tmp_path):
    (tmp_path / 'lijst.csv').write_bytes(b'naam\n' + b'a\n' * 20_001)
    with pytest.raises(DataError) as caught:
        read_list(tmp_path / 'lijst.csv')
    assert caught.value.findings[0].code == 'lijst-te-lang'


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content):
    try:
        parse_list(content, 'lijst.csv')
    except DossierError as error:
        assert error.findings
