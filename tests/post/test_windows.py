"""Windows of envelopes and labels on a sheet, drawn over the pages: to the millimetre, every word is inside its own."""

from dataclasses import replace
from datetime import date

import pytest

from dossier.errors import DataError
from dossier.model.settings import Post, Venster
from dossier.post.address import Adres
from dossier.post.bundle import join_letters
from dossier.post.labels import Placing, compose_labels, read_sheet
from dossier.post.letters import LetterPress, Recipient, compose_letters
from dossier.post.mailing import print_pages
from dossier.post.templates import open_templates
from dossier.store import Store
from tests.bench.letters import OFFICE
from tests.post.conftest import read_words

# x, y, right, bottom in mm on the sheet of paper: DIN 5008 form B (C4, and C5 or DL folded), and a C5 with a large window.
C4 = (20, 45, 105, 90)
C5 = (15, 44, 120, 79)
PEOPLE = [
    Adres('A. Bedacht', '', 'Bedachtestraat', '1', '', '1234 AB', 'Nergenshuizen'),
    Adres('Mevrouw drs. Wilhelmina Bedacht-van der Verzonnen', 'Stichting tot Behoud van Verzonnen Instellingen in Nergenshuizen',
          'Burgemeester Verzonnen van Bedachtlaan', '1234', 'bis', '1234 AB', 'Nergenshuizen aan den IJssel'),
    Adres('B. Verzonnen', 'Ministère', 'Rue de Nulle Part', '9', 'bus 3', '1000', 'Nullebourg', 'LU'),
    Adres('', 'Statenfractie', 'Postbus', '9', '', '1234 AB', 'Nergenshuizen'),
] * 5  # fmt: skip


def outside(words, box):
    """Return the words that are not wholly in a box."""
    left, top, right, bottom = box
    return [word for word in words if word[1] < left or word[2] < top or word[3] > right or word[4] > bottom]


def recipients(people=PEOPLE):
    return {n: Recipient(None, f'{n}', adres, {'kenmerk': f'k{n}'}) for n, adres in enumerate(people)}


def print_letters(venster, typesetter, folder):
    office = replace(OFFICE, post=Post(venster=Venster(**venster)))
    letters, wrong = compose_letters(open_templates(folder), 'brief', recipients(), office, date(2027, 4, 1))
    assert not wrong
    done, _wrong = LetterPress(typesetter, Store(folder / 'vellen')).lay_out(letters, recipients())
    (folder / 'x.pdf').write_bytes(join_letters([done[n] for n in sorted(done)], 'x', 'nl'))
    return [
        address_words(words, adres, venster.get('y', 45) + venster.get('h', 45))
        for words, adres in zip(read_words(folder / 'x.pdf'), PEOPLE, strict=True)
    ]


def address_words(words, adres, bottom=C4[3]):
    """Return the words of the address and of the sender above it, and check that all are there."""
    wanted = f'{OFFICE.afzender} {" ".join(adres.lines)}'.split()
    found = [word for word in words if word[2] < bottom + 3 and word[0] in wanted]
    assert sorted(word[0] for word in found) == sorted(wanted)
    return found


@pytest.mark.parametrize(
    ('venster', 'window'),
    [
        ({}, C4),
        ({'x': 15, 'y': 44, 'b': 105, 'h': 35}, C5),
        ({'x': 105, 'y': 50, 'b': 90, 'h': 40}, (105, 50, 195, 90)),
    ],
)
def test_every_address_is_in_the_window(venster, window, typesetter, tmp_path):
    for words in print_letters(venster, typesetter, tmp_path):
        assert outside(words, window) == []


def test_no_other_word_is_in_the_window(typesetter, tmp_path):
    print_letters({}, typesetter, tmp_path)
    for words, adres in zip(read_words(tmp_path / 'x.pdf'), PEOPLE, strict=True):
        inside = [word for word in words if word[4] > C4[1] and word[2] < C4[3] and word[3] > C4[0] and word[1] < C4[2]]
        assert sorted(map(str, inside)) == sorted(map(str, address_words(words, adres)))


def test_an_address_outside_the_window_is_seen(typesetter, tmp_path):
    shifted = print_letters({'x': 20, 'y': 47, 'b': 85, 'h': 45}, typesetter, tmp_path)
    assert any(outside(words, C4) for words in shifted)  # two millimetres too low


@pytest.mark.parametrize(
    ('code', 'first', 'shift'),
    [('L7163', 1, (0, 0)), ('Avery L7160', 5, (1.5, -1)), ('3651', 40, (0, 0)), ('l7159', 24, (-2, 2))],
)
def test_every_label_is_inside_its_own(code, first, shift, tmp_path):
    sheet = read_sheet(tmp_path, code)
    pages, wrong = compose_labels(open_templates(tmp_path), sheet, recipients(), Placing(first, *shift))
    assert len(wrong) in (0, 5)  # the long name may be too much for the smallest
    (tmp_path / 'x.pdf').write_bytes(print_pages(tmp_path, pages, 'Vel'))
    written = [word for page in read_words(tmp_path / 'x.pdf') for word in page]
    placed = [adres for adres in PEOPLE if not wrong or len(adres.organisatie) < 30]
    for n, adres in enumerate(placed, first - 1):
        page, place = divmod(n, sheet.count)
        x, y = sheet.corner(place)
        box = (x + shift[0] + 2, y + shift[1] + 1, x + shift[0] + sheet.width - 2, y + shift[1] + sheet.height - 1)
        words = [
            word for word in read_words(tmp_path / 'x.pdf')[page] if overlaps(word, sheet, x + shift[0], y + shift[1])
        ]
        assert [word[0] for word in words] == ' '.join(adres.lines).split()
        assert outside(words, box) == []
        written = [word for word in written if word not in words]
    assert written == []


def overlaps(word, sheet, x, y):
    return x < (word[1] + word[3]) / 2 < x + sheet.width and y < (word[2] + word[4]) / 2 < y + sheet.height


def test_a_label_that_is_shifted_is_seen(tmp_path):
    sheet = read_sheet(tmp_path, 'L7163')
    pages, _wrong = compose_labels(open_templates(tmp_path), sheet, recipients(), Placing(1, 0, 15))
    (tmp_path / 'x.pdf').write_bytes(print_pages(tmp_path, pages, 'Vel'))
    x, y = sheet.corner(0)
    words = [word for word in read_words(tmp_path / 'x.pdf')[0] if overlaps(word, sheet, x, y + 15)]
    assert outside(words, (x, y, x + sheet.width, y + sheet.height))


def test_a_test_print_draws_every_frame(tmp_path):
    sheet = read_sheet(tmp_path, 'L7160')
    pages, _wrong = compose_labels(open_templates(tmp_path), sheet, {}, Placing(test=True))
    assert len(pages) == 1
    assert pages[0].count('class="kader"') == 21


@pytest.mark.parametrize('code', ['L9999', ''])
def test_an_unknown_sheet_is_told(code, tmp_path):
    with pytest.raises(DataError):
        read_sheet(tmp_path, code)


@pytest.mark.parametrize('first', [0, 15])
def test_a_first_label_that_is_not_there_is_told(first, tmp_path):
    with pytest.raises(DataError):
        compose_labels(open_templates(tmp_path), read_sheet(tmp_path, 'L7163'), recipients(), Placing(first))


def test_the_sheets_are_as_wide_and_high_as_a4(tmp_path):
    for code in 'L7159 L7160 L7162 L7163 L7165 3651 3652 3660 4610'.split():
        sheet = read_sheet(tmp_path, code)
        x, y = sheet.corner(sheet.count - 1)
        assert x + sheet.width + sheet.left == pytest.approx(210, abs=0.1)
        assert y + sheet.height + sheet.top == pytest.approx(297, abs=0.1)
