"""The round of 2023: complete, and true to the facts of the source pages (which are public, and named here one by one)."""

import re
from datetime import date
from pathlib import Path

import pytest

from dossier.pipeline import check
from dossier.text import plain

ROOT = Path(__file__).parent.parent

THEMES = [
    'Ruimtelijke Ontwikkeling, Water en Wonen', 'Regionale Economie', 'Vitaal Platteland', 'Stikstof', 'Europa', 'Mobiliteit',
    'Cultuur', 'Milieu, Toezicht en Handhaving', 'Klimaat en Energie', 'Kwaliteit Openbaar Bestuur', 'Financiën',
    'Werkgeverszaken', 'Interprovinciale Digitale Agenda',
]  # fmt: skip
BOTH = ('Rien Fraanje', 'Jolinda van der Endt')
MEETINGS = [
    ('Noord-Holland', date(2023, 4, 3), ('Rien Fraanje',)),
    (None, date(2023, 4, 11), ()),
    ('Noord-Brabant', date(2023, 4, 14), BOTH),
    ('Utrecht', date(2023, 4, 19), BOTH),
    ('Gelderland', date(2023, 4, 19), ('IPO programmanagers',)),
    (None, date(2023, 5, 9), ()),
    ('Groningen', date(2023, 5, 10), BOTH),
    ('Fryslân', date(2023, 5, 10), BOTH),
    ('Utrecht', date(2023, 5, 24), BOTH),
    ('Drenthe', date(2023, 5, 24), BOTH),
    ('Zuid-Holland', date(2023, 6, 7), BOTH),
    ('Flevoland', date(2023, 6, 12), BOTH),
    ('Gelderland', date(2023, 6, 14), BOTH),
    ('Overijssel', date(2023, 6, 14), BOTH),
    ('Noord-Holland', date(2023, 6, 15), BOTH),
    ('Limburg', date(2023, 6, 16), BOTH),
    ('Zeeland', date(2023, 7, 7), BOTH),
    ('alle', None, ('IPO programmanagers',)),
]
FACTS = [
    'de Rol in de Ruimte', 'Ruimtelijke Puzzel', 'Meerjarenagenda', 'Jaarplannen', 'Jaarverslag', 'Jaarrekening',
    'begroting', 'Expertiseteam Stikstof en Natura 2000', 'Natuurinformatie en Natuurbeheer', 'Faunazaken en',
    'Gemeenschappelijke Beheer Organisatie', 'Bedrijfsvoering', 'faunaschade', 'drugsafval', 'Schade Grondwater',
    'Stichting Certificering', 'mandaat', 'Utrecht', 'Den Haag', 'Brussel', 'Belgisch recht', 'dertien leden',
    'Klimaat & energie', 'Digitalisering', 'Agrofood', 'Regionale Economie', 'Duurzame en gezonde leefomgeving',
    'Circulaire economie', 'Mobiliteit', 'belangenbehartiging', 'signalering', 'informatievoorziening', 'advisering',
    'Roadshow', 'communicatie@ipo.nl', 'mgildemacher@ipo.nl', '+31 6 11 86 86 89', 'cvduren@ipo.nl',
    'hmenninga@ipo.nl', 'Meije Gildemacher', 'Carlijn van Duren', 'Hester Menninga', '@IPO_Provincies', '@BIJ12nl',
    '@HNPbrussel', 'kustregio', 'grensregio', 'algemeen directeur', 'directeur van BIJ12',
]  # fmt: skip


@pytest.fixture(scope='module')
def marked():
    return check(ROOT, '2023')


@pytest.fixture(scope='module')
def sources():
    return ' '.join(
        ' '.join(path.read_text(encoding='utf-8').split()) for path in sorted((ROOT / 'data').rglob('*.[my]*'))
    )


def test_all_themes_by_the_names_of_the_source(marked):
    assert [str(theme.titel) for theme in marked.dossier.themas.values()] == THEMES


def test_each_theme_has_decisions_dates_and_a_state(marked):
    for slug, theme in marked.dossier.themas.items():
        assert theme.besluitpunten, slug
        assert theme.data, slug
        assert theme.stand_per, slug
        assert theme.partijen, slug
        words = len(str(theme.tekst).split())
        assert 800 < words < 2000, (slug, words)


def test_all_meetings(marked):
    found = [(meeting.provincie, meeting.datum, meeting.aanwezig) for meeting in marked.dossier.bijeenkomsten]
    assert sorted(found, key=str) == sorted(MEETINGS, key=str)
    digital = [meeting for meeting in marked.dossier.bijeenkomsten if meeting.soort == 'digitaal']
    assert [(meeting.van, meeting.tot) for meeting in digital] == [('17:00', '18:00')] * 2
    (roadshow,) = (meeting for meeting in marked.dossier.bijeenkomsten if meeting.soort == 'roadshow')
    assert (roadshow.periode, roadshow.behalve) == ('Na de zomer', ('Gelderland',))


@pytest.mark.parametrize('fact', FACTS)
def test_fact_of_the_sources_is_there(fact, sources):
    assert fact.casefold() in sources.casefold()


def test_provinces_and_seats(marked):
    seats = [province.statenleden['2023'] for province in marked.dossier.provincies]
    assert (len(seats), sum(seats)) == (12, 572)


def test_abbreviations_are_many_known_and_used(marked):
    assert len(marked.dossier.afkortingen) >= 200
    assert marked.ledger.unknown == {}
    assert len(marked.used()) > 150


def test_no_filler_and_no_empty_chapter(marked, sources):
    assert 'lorem ipsum' not in sources.casefold()
    for slug, chapter in marked.dossier.hoofdstukken.items():
        assert len(str(chapter.tekst).split()) > 30, slug


def test_sentences_are_short(marked):
    """Level B1: no sentence of the running text is longer than 25 words as it was written."""
    for slug, theme in marked.dossier.themas.items():
        for token in theme.tekst.tokens:
            for sentence in re.split(r'(?<=[.?!])\s+', plain(token)):
                assert len(sentence.split()) <= 25, (slug, sentence)
