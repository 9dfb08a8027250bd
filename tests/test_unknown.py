"""Undeclared abbreviations: how many are found in the real dossier, and what the texts say that they stand for."""

from pathlib import Path

import pytest

from dossier.abbreviate import abbreviate_dossier
from dossier.abbreviate.unknown import find_expansions, find_unknown, nearest
from dossier.read import read_round
from dossier.validate import validate_sources

ROOT = Path(__file__).parent.parent
BY_HAND = (ROOT / 'tests' / 'corpus' / 'onbekend-2023.txt').read_text(encoding='utf-8').split('\n')


def test_precision_and_recall_on_the_dossier_of_2023():
    """With nothing declared, against a list that was made by reading: 203 forms."""
    dossier = validate_sources(read_round(ROOT, '2023')).model_copy(update={'afkortingen': ()})
    found = set(abbreviate_dossier(dossier).ledger.unknown)
    wanted = {form for form in BY_HAND if form}
    right = found & wanted
    assert len(wanted) == 203
    assert len(right) / len(found) >= 0.98, sorted(found - wanted)
    assert len(right) / len(wanted) >= 0.98, sorted(wanted - found)


@pytest.mark.parametrize(
    ('text', 'forms'),
    [
        ('De NOVI en de Awb gelden, en de Brzo ook.', ['NOVI', 'Awb', 'Brzo']),
        ('Het mkb rijdt met het ov, de m.e.r. loopt.', ['mkb', 'ov', 'm.e.r.']),
        ('De VNO-NCW en het BO MIRT.', ['VNO-NCW', 'BO MIRT']),
        ('Via de A12 en de N201 naar Noord-Holland, hoofdstuk XIV.', []),
        ('ProRail, LinkedIn en IJmuiden liggen aan de Waal.', []),
        ('Kijk op www.ABCD.nl of mail ABCD@voorbeeld.nl, zie nota-ABCD.pdf.', []),
        ('Het kenteken is GS-123-B en de postcode 2511 EG.', []),
        ('Onder meer d.w.z. en i.p.v. staan in zinnen.', []),
    ],
)
def test_shapes(text, forms):
    assert [form for form, _start in find_unknown(text)] == forms


def test_place_is_that_in_the_text_with_its_soft_hyphens():
    ((form, start),) = find_unknown('De pro\u00advin\u00adcie en de NOVI.')
    assert (form, start) == ('NOVI', 'De pro\u00advin\u00adcie en de NOVI.'.index('NOVI'))


@pytest.mark.parametrize(
    ('text', 'short', 'long'),
    [
        ('de Nationale Omgevingsvisie (NOVI) geldt', 'NOVI', 'Nationale Omgevingsvisie'),
        ('de NOVI (Nationale Omgevingsvisie) geldt', 'NOVI', 'Nationale Omgevingsvisie'),
        ('het Planbureau voor de Leefomgeving (PBL)', 'PBL', 'Planbureau voor de Leefomgeving'),
        ('de commissaris van de Koning (CdK)', 'CdK', 'commissaris van de Koning'),
    ],
)
def test_expansion_that_the_text_gives(text, short, long):
    assert list(find_expansions(text)) == [(short, long)]


@pytest.mark.parametrize('text', ['in het voorjaar (NOVI)', 'de raad (in 2023)', '(NOVI)', 'drie (3) dagen'])
def test_what_explains_nothing(text):
    assert list(find_expansions(text)) == []


def test_nearest_declared_form():
    assert nearest('NPGL', ['NPLG', 'GS']) == 'NPLG'
    assert nearest('gs', ['NPLG', 'GS']) == 'GS'
    assert nearest('XYZ', ['NPLG', 'GS']) == ''
