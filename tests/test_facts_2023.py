"""Each fact of the two source documents of 2023, by hand: it stands in the book, and on the site or in the leaflet.

A row is where it comes from (P: overdrachtspagina, L: leaflet), and words that must stand together in one paragraph, row or
item. Both sources give most facts; a row names the first.
"""

import html
import re
from pathlib import Path

import pytest

from dossier.compose import Composer
from dossier.compose.render import Setting
from dossier.pipeline import check_edition
from dossier.text import split_sections
from tests.web.conftest import site_of

ROOT = Path(__file__).parent.parent
BOTH = 'Rien Fraanje, Jolinda van der Endt'
INWERK = 'IPO aanwezig inwerkprogramma Statenleden'

FACTS = [
    # welcome
    ('P', 'Per thema', 'belangrijkst', 'ontwikkelingen'),
    ('P', 'gedrukte', 'communicatie@ipo.nl'),
    ('P', 'Afkortingenlijst'),
    ('P', 'Overdrachtsdossier', '2023'),
    # what the IPO is
    ('L', 'handen ineen', 'koppen bij elkaar'),
    ('L', 'maatschappelijke opgaven', 'provincie'),
    ('L', 'of beleid werkt'),
    ('L', 'nodig is om het goed uit te voeren'),
    ('L', 'Statenleden', 'gedeputeerden', 'provinciaal bestuur'),
    ('L', 'provinciaal bestuur', 'ondernemers', 'inwoners'),
    ('L', 'klimaat', 'duurzaamheid', 'wonen', 'mobiliteit', 'energie', 'Ruimtelijke Puzzel'),
    ('L', 'Elk provinciebestuur', 'puzzel', 'eigen manier'),
    ('L', 'belang van de inwoner gaat voor'),
    ('L', 'prettig kunnen wonen, werken en recreëren'),
    ('L', 'Den Haag', 'EU', 'Brussel', 'keuzes'),
    ('L', 'meedenken, meepraten en meebeslissen'),
    ('L', 'hun werk', 'beter kunnen doen', 'bestuurders'),
    ('L', 'meer betekenen voor hun inwoners'),
    ('L', 'leefbare provincie', 'bereiken'),
    ('L', 'drie manieren'),
    ('L', 'netwerk', 'Brussel en Den Haag'),
    ('L', 'wetten', 'regelingen', 'subsidies'),
    ('L', 'besluiten beter onderbouwen', 'kennis'),
    ('L', 'ambities', 'agenda in Brussel en Den Haag'),
    ('L', 'invloed', 'koers'),
    ('L', 'twaalf provincies', 'eenheid', 'smeedt'),
    ('L', 'Samen staan', 'sterker'),
    ('L', 'respecteert', 'verschillen tussen de provinciebesturen'),
    ('L', 'eenheid in verscheidenheid'),
    ('P', 'van, voor en door provincies'),
    ('P', 'De provincies zijn de leden'),
    ('P', 'vertegenwoordigd in', 'Bestuur', 'algemene vergadering (AV)'),
    ('P', 'Bestuur', 'beheert de inhoudelijke portefeuilles'),
    ('P', 'Algemene Vergadering', 'houdt toezicht en verleent goedkeuring'),
    ('P', 'de Meerjarenagenda'),
    ('P', 'de Jaarplannen'),
    ('P', 'het Jaarverslag'),
    ('P', 'de Jaarrekening'),
    ('P', 'de begroting'),
    ('P', 'vereniging zelf is gevestigd in Den Haag'),
    ('P', 'BIJ12, de uitvoeringsorganisatie van de provincies, is gevestigd in Utrecht'),
    ('P', 'vertegenwoordigt de provincies in Brussel'),
    ('P', 'informatie', 'ipo.nl', 'Meer'),
    ('P', 'Meije Gildemacher', 'dag en nacht', '+31 6 11 86 86 89'),
    # transitions, propositions
    ('P', 'wonen, klimaat, energie en het landelijk gebied'),
    ('P', 'in samenhang', 'concrete resultaten in gebieden'),
    ('P', 'samen met de inwoners en ondernemers van die gebieden'),
    ('P', 'fysieke domein', 'strategische propositie', 'de Rol in de Ruimte'),
    ('P', 'voor elke opgave een eigen propositie'),
    ('P', 'Propositie Wonen'),
    ('P', 'Propositie Klimaat'),
    ('P', 'Propositie Energie'),
    ('P', 'Propositie Landelijk Gebied'),
    # themes
    ('P', 'dertien thema’s', 'Namens de provincies'),
    ('P', 'Ruimtelijke Ontwikkeling, Water en Wonen'),
    ('P', 'Regionale Economie'),
    ('P', 'Vitaal Platteland'),
    ('P', 'Stikstof'),
    ('P', 'Europa'),
    ('P', 'Mobiliteit'),
    ('P', 'Cultuur'),
    ('P', 'Milieu, Toezicht en Handhaving'),
    ('P', 'Klimaat en Energie'),
    ('P', 'Kwaliteit Openbaar Bestuur'),
    ('P', 'Financiën'),
    ('P', 'Werkgeverszaken'),
    ('P', 'Interprovinciale Digitale Agenda'),
    # meetings
    ('P', 'Rondje provincies'),
    ('P', 'verkiezingen van 15 maart 2023', 'activiteiten'),
    ('P', 'Nieuwe Statenleden en nieuwe colleges', 'gezamenlijke provincies'),
    ('P', 'vroegen zelf', 'na de zomer'),
    ('P', 'provinciehuizen', 'Roadshow'),
    ('P', 'zomer', 'vooral om een eerste kennismaking'),
    ('P', 'Rien Fraanje, algemeen directeur', 'Jolinda van der Endt, directeur van BIJ12'),
    ('P', 'twee digitale informatiebijeenkomsten', 'lid'),
    ('P', 'Dinsdag 11 april 2023', '17:00', '18:00'),
    ('P', 'Dinsdag 9 mei 2023', '17:00', '18:00'),
    ('P', 'link', 'communicatie@ipo.nl', 'overdrachtspagina', 'in de gaten houden'),
    ('P', '3 april 2023', 'Noord-Holland', 'Eerste kennismaking IPO', 'Rien Fraanje'),
    ('P', '14 april 2023', 'Noord-Brabant', INWERK, BOTH),
    ('P', '19 april 2023', 'Utrecht', INWERK, 'korte presentatie en markt', BOTH),
    ('P', '24 mei 2023', 'Utrecht', INWERK, 'uitgebreid', BOTH),
    ('P', '10 mei 2023', 'Groningen', INWERK, BOTH),
    ('P', '10 mei 2023', 'Fryslân', INWERK, BOTH),
    ('P', '24 mei 2023', 'Drenthe', INWERK, BOTH),
    ('P', '7 juni 2023', 'Zuid-Holland', INWERK, BOTH),
    ('P', '12 juni 2023', 'Flevoland', INWERK, BOTH),
    ('P', '19 april 2023', 'Gelderland', 'drie transities in de fysieke leefomgeving', 'IPO programmanagers'),
    ('P', '14 juni 2023', 'Gelderland', INWERK, BOTH),
    ('P', '14 juni 2023', 'Overijssel', INWERK, BOTH),
    ('P', '15 juni 2023', 'Noord-Holland', INWERK, BOTH),
    ('P', '16 juni 2023', 'Limburg', INWERK, BOTH),
    ('P', '7 juli 2023', 'Zeeland', INWERK, BOTH),
    ('P', '11 april 2023', 'AV-lidmaatschap', '17:00–18:00'),
    ('P', '9 mei 2023', 'AV-lidmaatschap', '17:00–18:00'),
    ('P', 'Na de zomer', 'IPO Roadshow', 'inhoudelijke thema’s', 'Statenleden', 'IPO programmanagers'),
    ('P', 'Na de zomer', 'alle provincies', 'Gelderland staat ingepland op 19 april'),
    # BIJ12
    ('P', 'BIJ12 is onderdeel van het IPO'),
    ('P', 'ondersteunt de provincies bij de uitvoering van gemeenschappelijke opgaven', 'structureel'),
    ('P', 'transitie van natuur en stikstof'),
    ('P', 'in mandaat van de twaalf provincies', 'twee wettelijke regelingen'),
    ('P', 'afhandeling van de faunaschades'),
    ('P', 'subsidieregeling opruiming drugsafval'),
    ('P', 'provinciale commissies', 'kennis van deskundigen'),
    ('P', 'ACSG'),
    ('P', 'Stichting Certificering'),
    ('P', 'verwerken van gegevens tot betrouwbare informatie', 'besluiten'),
    ('P', 'sterkere informatiepositie'),
    ('P', 'kracht van BIJ12', 'regelingen uitvoeren', 'kennis leveren', 'uniform en standaard'),
    ('P', 'vier inhoudelijke units'),
    ('P', 'Expertiseteam Stikstof en Natura 2000'),
    ('P', 'Natuurinformatie en Natuurbeheer'),
    ('P', 'Faunazaken en ACSG'),
    ('P', 'Gemeenschappelijke Beheer Organisatie'),
    ('P', 'ondersteund door Bedrijfsvoering'),
    ('P', 'elke opdracht en taak', 'wettelijke taak', '(inter)bestuurlijke afspraak'),
    ('P', 'meerwaarde', 'in geld en in kwaliteit'),
    ('P', 'bij12.nl'),
    # HNP
    ('P', 'internationale vereniging onder Belgisch recht'),
    ('P', 'dertien leden', 'twaalf provincies en het IPO'),
    ('P', 'gezamenlijke vooruitgeschoven post'),
    ('P', 'uit eigen beweging', 'belangen van de provincies'),
    ('P', '2022 en 2023', 'zeven gezamenlijke dossiers'),
    ('P', 'Klimaat & energie'),
    ('P', 'Digitalisering'),
    ('P', 'Agrofood'),
    ('P', 'Duurzame en gezonde leefomgeving'),
    ('P', 'Circulaire economie'),
    ('P', 'wisselende coalities'),
    ('P', 'kustregio’s', 'grensregio’s'),
    ('P', 'opgaven', 'Europastrategieën', 'Europese actualiteit', 'werkprogramma’s'),
    ('P', 'afgestemd met de meerjarenagenda van het IPO'),
    ('P', 'bestuurlijke agenda’s', 'leidend voor de keuze van dossiers'),
    ('P', 'Belangenbehartiging'),
    ('P', 'Signalering'),
    ('P', 'Informatievoorziening'),
    ('P', 'Advisering'),
    ('P', 'delen provincies kennis', 'Brussel zien'),
    ('P', 'kantoor', 'ontmoeten', 'werken'),
    ('P', 'werkplan van het HNP'),
    # contact, follow us
    ('P', 'newsfeed', 'Twitter en LinkedIn'),
    ('L', 'Meije Gildemacher', 'woordvoerder'),
    ('L', 'mgildemacher@ipo.nl'),
    ('L', 'Carlijn van Duren', 'contactpersoon', 'Provinciale Staten', 'cvduren@ipo.nl'),
    ('L', 'Hester Menninga', 'contactpersoon', 'Provinciale Staten', 'hmenninga@ipo.nl'),
    ('L', '@IPO_Provincies'),
    ('L', '@BIJ12nl'),
    ('L', '@HNPbrussel'),
    ('L', 'https://www.linkedin.com/company/Interprovinciaal_Overleg'),
    ('L', 'https://www.linkedin.com/company/bij12/'),
    ('L', 'https://www.linkedin.com/company/huis-van-de-nederlandse-provincies/'),
    ('L', 'https://www.ipo.nl/overdracht'),
    ('L', 'https://www.ipo.nl'),
    ('L', 'https://www.bij12.nl'),
    ('L', 'https://www.nl-prov.eu'),
    ('L', 'Werkt voor provincies'),
    ('L', 'Huis van de Nederlandse Provincies'),
]  # fmt: skip

_BLOCK = re.compile(
    r'</?(?:p|li|tr|h\d|div|section|article|table|ul|ol|dl|figure|blockquote|header|nav|address)\b[^>]*>'
)
_LINK = re.compile(r'<a [^>]*href="(http[^"]*)"[^>]*>')


def blocks(page):
    """Return the text of each paragraph, item and row; the address of a link counts as text."""
    body = page[page.find('<body') :]
    pieces = (re.sub(r'<[^>]+>', '', re.sub(r'<(?:br|td|th|dt|dd)\b[^>]*>', ' ', _LINK.sub(r' \1 ', piece)))
              for piece in _BLOCK.split(body))  # fmt: skip
    return [' '.join(html.unescape(piece).split()).casefold() for piece in pieces]


def holds(pages, needles):
    return any(all(needle.casefold() in block for needle in needles) for block in pages)


@pytest.fixture(scope='module')
def composer():
    return Composer(check_edition(ROOT, '2023'), ROOT)


@pytest.fixture(scope='module')
def book(composer):
    parts = [composer.compose(name) for name in composer.names if name != 'afkortingen']
    return [block for part in (*parts, composer.compose_list([])) for block in blocks(part.html)]


@pytest.fixture(scope='module')
def published(composer, tmp_path_factory):
    files = site_of(ROOT, tmp_path_factory.mktemp('letters'))[1]
    site = [content.decode() for name, content in files.items() if name.endswith('.html')]
    leaflet = composer.dossier.ronde.folder
    sections = split_sections(composer.dossier.hoofdstukken[leaflet.hoofdstuk].tekst)
    setting = Setting(composer.titles, {}, composer.words, links=False)
    texts = {name: sections[name] for name in leaflet.koppen}
    sheet = composer.compose_sheet('folder', zetting=setting, folder=leaflet, teksten=texts)
    return [block for page in (*site, sheet.html) for block in blocks(page)]


def test_there_are_enough_facts_and_none_twice():
    assert len(FACTS) >= 120
    assert len(set(FACTS)) == len(FACTS)


@pytest.mark.parametrize('fact', FACTS, ids=' '.join)
def test_fact_is_in_the_book_and_published(fact, book, published):
    needles = fact[1:]
    assert holds(book, needles)
    assert holds(published, needles)


def test_a_fact_that_is_not_there_is_missed(book, published):
    for needles in (('15 april 2023', 'Noord-Brabant'), ('veertien leden',), ('14 april 2023', 'Zeeland')):
        assert not holds(book, needles)
        assert not holds(published, needles)
