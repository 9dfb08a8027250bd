"""Requests become parcels: what is made, what is noted, and which state follows."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from dossier.errors import RegisterError
from dossier.post.labels import Placing
from dossier.post.office import read_office
from dossier.post.parcels import FOLDER, Dispatch, count_copies
from dossier.requests.aanvraag import Status
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from dossier.table import write_sheet
from tests.post.conftest import read_words
from tests.requests.conftest import Clock, make_request


@pytest.fixture
def dispatch(full_project):
    engine = open_database(f'sqlite:///{full_project.path}/output/aanvragen/aanvragen.db')
    register = Register(engine, 'anna', Clock())
    for n in range(1, 5):
        register.add(
            f'k{n}', b'', [make_request(n, aantal=n, naam=f'=Verzonnen Persoon {n}' if n == 2 else f'Persoon {n}')]
        )
    yield Dispatch(full_project.path, register, read_office(full_project.path), date(2027, 4, 1))
    engine.dispose()


def approve(dispatch, *numbers):
    dispatch.register.transition(dispatch.register.select(numbers=numbers), Status.APPROVED)


def test_letters_labels_and_packing_list_of_what_is_approved(dispatch):
    approve(dispatch, 1, 2, 3)
    label, wrong = dispatch.print_labels((), Placing())
    made = dispatch.print_letters()
    assert wrong == []
    assert made.positions == (1, 2, 3)
    assert [request.status for request in dispatch.register.select()] == ['in-druk'] * 3 + ['nieuw']
    files = [*made.files, label, *dispatch.pack()]
    assert files == [f'{FOLDER}/{name}' for name in ('brieven.pdf', 'etiketten.pdf', 'paklijst.csv', 'paklijst.pdf')]
    noted = {made.bestand for made in dispatch.register.made(1)}
    assert noted == {*files, f'{FOLDER}/vellen'}
    letters = read_words(dispatch.project / FOLDER / 'brieven.pdf')
    assert [' '.join(word[0] for word in words).count('2027-000') for words in letters] == [1, 1, 1]
    packed = ' '.join(word[0] for page in read_words(dispatch.project / FOLDER / 'paklijst.pdf') for word in page)
    assert '3 pakketten, 6 exemplaren' in packed
    assert count_copies(dispatch.register, '2027') == 6


def test_every_file_with_a_person_lies_below_what_the_register_names(dispatch):
    approve(dispatch, 1)
    dispatch.print_letters()
    dispatch.print_labels((), Placing())
    dispatch.pack()
    noted = [dispatch.project / made.bestand for made in dispatch.register.made(1)]
    files = [path for path in (dispatch.project / FOLDER).rglob('*') if path.is_file()]
    assert files
    assert all(any(path.is_relative_to(place) for place in noted) for path in files)


def test_a_packing_list_holds_no_formula(dispatch):
    approve(dispatch, 2)
    dispatch.pack()
    table = (dispatch.project / FOLDER / 'paklijst.csv').read_text(encoding='utf-8-sig')
    (row,) = csv.DictReader(io.StringIO(table), delimiter=';')
    assert row['wie'] == "'=Verzonnen Persoon 2"


@pytest.mark.parametrize('cell', ['=1+1', '+31', '-1', '@x', '\tx', '\r=1', ' =1', '  @y'])
def test_cells_that_would_calculate_are_text(cell):
    (_header, row) = csv.reader(
        io.StringIO(write_sheet(['a'], [[cell]]).decode('utf-8-sig'), newline=''), delimiter=';'
    )
    assert row == [f"'{cell}"]
    assert write_sheet(['a'], [['Gewoon-streepje']]).decode('utf-8-sig') == 'a\r\nGewoon-streepje\r\n'


def test_who_can_not_be_addressed_stays_approved_and_is_told(dispatch):
    approve(dispatch, 1, 2)
    request = dispatch.register.get(2)
    dispatch.register.change(request, postcode='9')
    made = dispatch.print_letters()
    assert made.positions == (1,)
    assert [(found.code, str(found.place)) for found in made.findings] == [('adres-onvolledig', 'request 2')]
    assert dispatch.register.get(2).status == Status.APPROVED


def test_what_is_not_approved_gets_no_letter(dispatch):
    for numbers, code in (((), 'niets-goedgekeurd'), ((1,), 'aanvraag-status'), ((99,), 'aanvraag-onbekend')):
        with pytest.raises(RegisterError) as caught:
            dispatch.print_letters(numbers)
        assert caught.value.findings[0].code == code
    assert not (dispatch.project / FOLDER).exists() or not any((dispatch.project / FOLDER).iterdir())


def test_letters_again_after_a_change_hold_the_new_address(dispatch):
    approve(dispatch, 1)
    dispatch.print_letters()
    dispatch.register.change(dispatch.register.get(1), plaats='Elders')
    dispatch.print_letters((1,))
    words = [word[0] for word in read_words(dispatch.project / FOLDER / 'brieven.pdf')[0]]
    assert 'ELDERS' in words
    assert 'NERGENSHUIZEN' not in words
    kept = [path.read_bytes() for path in Path(dispatch.project / FOLDER / 'vellen').glob('*/*')]
    assert len(kept) == 1


def test_what_was_made_of_a_person_is_gone_when_it_is_erased(dispatch):
    from dossier.requests.forget import erase

    approve(dispatch, 1, 2)
    dispatch.print_letters()
    dispatch.print_labels((), Placing())
    dispatch.pack()
    erase(dispatch.register, dispatch.register.select(numbers=[1]), dispatch.project)
    assert [path for path in (dispatch.project / FOLDER).rglob('*') if path.is_file()] == []
    assert dispatch.register.get(2).naam == '=Verzonnen Persoon 2'
