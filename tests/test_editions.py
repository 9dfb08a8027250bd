"""An edition: what it leaves out, what is its own, and what is told when something doesn't fit."""

import pytest

from dossier.abbreviate import mark_dossier
from dossier.editions import choose_edition, choose_names
from dossier.errors import DataError, SourceError
from dossier.model import iter_texts
from dossier.pipeline import check
from dossier.text import parse_text
from tests.conftest import copy_project


@pytest.fixture(scope='module')
def full(tmp_path_factory):
    return copy_project('volledig', tmp_path_factory.mktemp('edities') / 'p').read()


@pytest.fixture(scope='module')
def national(full):
    return choose_edition(full, 'landelijk')


@pytest.fixture(scope='module')
def own(full):
    return choose_edition(full, 'testgouw')


def words(value):
    return ' | '.join(str(text) for text in iter_texts(value))


def test_what_is_for_one_edition_is_not_in_the_others(full, national, own):
    assert 'Testgouw' in words(full.themas['energie'])
    assert 'Testgouw' not in words((*national.themas.values(), *national.organisaties, *national.proposities))
    theme = own.themas['energie']
    for part in (theme.besluitpunten, theme.data, theme.partijen, theme.documenten, theme.tekst):
        assert 'Testgouw' in words((part,))
    assert 'Een dag van Testgouw' in words(theme)
    assert [organisation.slug for organisation in own.organisaties][-1] == 'waterschap-testgouw'
    assert len(own.bijeenkomsten) == len(national.bijeenkomsten) + 1


def test_an_edition_has_its_own_themes_order_and_foreword(national, own):
    assert list(national.themas) == ['water', 'energie']
    assert list(own.themas) == ['energie', 'dorpen', 'water']
    assert own.onderdelen[:5] == ('omslag', 'colofon', 'inhoud', 'voorwoord', 'provincie')
    assert 'provincie' not in national.onderdelen
    assert 'voorwoord' not in national.onderdelen


def test_an_edition_has_its_own_title_cover_contact_and_values(national, own):
    assert str(own.ronde.titel) == 'Dossier voor Testgouw'
    assert str(own.ronde.colofon) == 'Dit is de uitgave voor Testgouw.'
    assert own.editie.omslag.bestand == 'beeld/dijk.png'
    assert (own.editie.naam, national.editie.naam) == ('Testgouw', None)
    assert own.contact.email == 'griffie@testgouw.example'
    assert own.contact.website == national.contact.website == 'https://vv.example'
    assert len(own.contact.personen) == len(national.contact.personen) + 1
    assert str(own.hoofdstukken['voorwoord'].tekst) == 'Welkom in Testgouw, met Testdam als hoofdstad.'
    assert own.provincie.naam == 'Testgouw'


def test_what_editions_share_is_marked_once(full, national, own):
    assert national.hoofdstukken['welkom'] is own.hoofdstukken['welkom'] is full.hoofdstukken['welkom']
    memory = {}
    first, second = mark_dossier(national, memory), mark_dossier(own, memory)
    assert first.dossier.hoofdstukken['welkom'] is second.dossier.hoofdstukken['welkom']
    assert second.ledger.uses == mark_dossier(own).ledger.uses
    assert 'RES' in [entry.afkorting for entry in second.used()]


def test_what_only_a_third_edition_changes_is_shared_by_the_others(full, national, own):
    memory = {}
    first, second, third = (choose_edition(full, name, memory) for name in ('landelijk', 'testgouw', 'landelijk'))
    assert first.themas['energie'] is not full.themas['energie']
    assert first.themas['energie'] is third.themas['energie'] is not second.themas['energie']
    assert first.bijeenkomsten is third.bijeenkomsten
    for shared, apart in ((first, national), (second, own), (third, national)):
        assert [str(text) for text in iter_texts(shared)] == [str(text) for text in iter_texts(apart)]


@pytest.mark.parametrize('mode', ['boek', 'nooit'])
def test_first_use_is_of_each_edition(project, mode):
    """The first GS of the book stands in a paragraph of one edition; in the other it must be the next."""
    project.write('data/afkortingen.yaml', '- {afkorting: GS, voluit: Gedeputeerde Staten}\n')
    rules = f'afkortingen: {{eerste_gebruik: {mode}}}\nedities:\n  a: {{naam: A}}\n  b: {{naam: B}}\n'
    main = project.path / 'data' / '2027' / 'dossier.yaml'
    main.write_text(main.read_text(encoding='utf-8') + rules, encoding='utf-8')
    theme = '---\ntitel: Water\nsamenvatting: Kort.\n---\n\nGS in A. {#alleen-a}\n\nGS voor allen.\n'
    project.write('data/2027/themas/01-water.md', theme)
    dossier, memory = project.read(), {}
    for name in ('a', 'b', 'a'):
        tokens = mark_dossier(choose_edition(dossier, name), memory).dossier.themas['water'].tekst.walk()
        first = [token.meta['print'] != 'short' for token, _line in tokens if token.type == 'abbreviation']
        assert first == ([mode == 'boek', False] if name == 'a' else [mode == 'boek'])


TEXT = """\
Begin.

## Kop {#alleen-a #alleen-b}

Onder de kop.

### Dieper

Ook daar.

## Verder

{#alleen-a}
| tabel | b |
| - | - |
| 1 | 2 |

- punt
- eigen punt {#alleen-a}

1. enig punt {#alleen-a}

{#alleen-b}

::: kader Doos
In de doos.
:::

{#alleen-a}
Een alinea
van twee regels.

Slot.
"""


@pytest.mark.parametrize(
    ('names', 'absent'),
    [
        ({'a'}, ['doos']),
        ({'b'}, ['tabel', 'eigen', 'enig', 'alinea']),
        ({'c'}, ['Kop', 'Onder', 'Dieper', 'daar', 'tabel', 'eigen', 'enig', 'alinea', 'doos']),
    ],
)
def test_marks_in_a_text(names, absent):
    from dossier.choice import choose_tokens
    from dossier.errors import Place
    from dossier.text import plain

    tekst = parse_text(TEXT, Place('x.md', 1), 'block')
    tokens = list(choose_tokens(tekst.tokens, names, {}))
    text = ' '.join(plain(token) for token in tokens)
    words = ['Kop', 'Onder', 'Dieper', 'daar', 'tabel', 'eigen', 'enig', 'alinea', 'doos']
    assert [word for word in words if word not in text] == absent
    assert '{#' not in text
    assert text.split()[0] == 'Begin.'
    assert text.split()[-1] == 'Slot.'
    opened = sum(token.nesting for token in tokens)
    assert opened == 0
    types = [token.type for token in tokens]
    assert ('ordered_list_open' in types) is ('enig' not in absent)
    assert 'punt' in text


def check_findings(project):
    with pytest.raises(DataError) as caught:
        check(project.path, None)
    return [(found.code, str(found.place)) for found in caught.value.findings]


def test_what_is_not_there_is_told_all_at_once(full_project):
    full_project.replace('data/2027/dossier.yaml', 'provincie: Testgouw', 'provincie: Testgou')
    full_project.replace('data/2027/dossier.yaml', '      - dorpen', '      - dorp')
    full_project.replace('data/2027/dossier.yaml', 'voorwoord: voorwoord', 'voorwoord: vorwoord')
    full_project.replace('data/2027/contact.yaml', 'per_editie:\n  testgouw', 'per_editie:\n  testgau')
    full_project.replace('data/2027/themas/02-energie.md', '{#alleen-testgouw}', '{#alleen-testgow}')
    full_project.replace('data/2027/themas/02-energie.md', '{provincie.naam}', '{provincie.naan} {#alleen-x} hier')
    full_project.replace('data/2027/themas/03-dorpen.md', '  - testgouw', '  - testgouws')
    main, theme = 'data/2027/dossier.yaml', 'data/2027/themas/02-energie.md'
    lines = (full_project.path / main).read_text(encoding='utf-8').splitlines()
    wrong = ('    provincie: Testgou', '    voorwoord: vorwoord', '      - dorp')
    province, foreword, third = (lines.index(line) + 1 for line in wrong)
    assert sorted(check_findings(full_project)) == sorted(
        [
            ('provincie-onbekend', f'{main}:{province}'),
            ('onderdeel-onbekend', f'{main}:{foreword}'),
            ('onderdeel-onbekend', f'{main}:{third}'),
            ('editie-onbekend', 'data/2027/contact.yaml:26'),
            ('editie-onbekend', f'{theme}:29'),
            ('waarde-onbekend', f'{theme}:31'),
            ('merk-los', f'{theme}:31'),
            ('editie-onbekend', 'data/2027/themas/03-dorpen.md:5'),
        ]
    )


def test_a_reference_to_what_the_edition_lacks_is_told(full_project):
    full_project.replace('data/2027/dossier.yaml', '      - werkwijze\n', '')
    found = check_findings(full_project)
    assert ('verwijzing-buiten-editie', 'data/2027/hoofdstukken/welkom.md:11') in found
    assert {code for code, _place in found} == {'verwijzing-buiten-editie'}


def test_a_value_in_an_edition_without_a_province_is_told(full_project):
    full_project.replace('data/2027/hoofdstukken/welkom.md', 'Welkom bij', 'Welkom in {provincie.naam} bij')
    assert check_findings(full_project) == [('waarde-ontbreekt', 'data/2027/hoofdstukken/welkom.md:11')]


def test_which_editions_are_made(full):
    assert choose_names(full.ronde, ()) == ['landelijk']
    assert choose_names(full.ronde, ('testgouw',)) == ['testgouw']
    assert choose_names(full.ronde, (), all_of_them=True) == ['landelijk', 'testgouw']
    with pytest.raises(SourceError, match='Did you mean "testgouw"'):
        choose_names(full.ronde, ('testgauw',))
