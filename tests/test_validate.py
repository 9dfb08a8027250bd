"""Raw values to the model: what is right comes through as it was typed, what is wrong is told all at once."""

import copy
import math
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from dossier import model
from dossier.dates import Datum
from dossier.errors import DataError, Place, Severity
from dossier.model import Contact, Dossier
from dossier.model.settings import Afkortinggebruik, Archief, Druk, Folder
from dossier.pipeline import check
from dossier.read import Sources, read_round
from dossier.read.raw import Scalar
from dossier.text import Tekst
from dossier.validate import FILES, iter_texts, validate_sources
from tests.conftest import copy_project
from tests.mistakes import (
    CHAPTER,
    CONTACT,
    MEETINGS,
    ORGANISATIONS,
    PROVINCES,
    ROUND,
    SHORT,
    THEME,
    body,
    figures,
    front,
    main_key,
    meeting,
)


@pytest.fixture(scope='module')
def full_sources(tmp_path_factory):
    return read_round(copy_project('volledig', tmp_path_factory.mktemp('volledig') / 'project').path)


@pytest.fixture(scope='module')
def full(full_sources):
    return validate_sources(full_sources)


# What is right


@pytest.mark.parametrize('word', ['no', '1.10', '010', 'yes', 'on', '2027', '2027-03-17', '1e3', '12:30', 'Null', '.5'])
def test_a_title_is_the_word_that_was_typed(project, word):
    project.replace(ROUND, 'Klein dossier', word)
    project.replace(THEME, 'titel: Water', f'titel: {word}')
    dossier = project.read()
    assert str(dossier.ronde.titel) == dossier.ronde.titel.source == word
    assert str(dossier.themas['water'].titel) == word


def test_words_are_the_words_that_were_typed(project):
    project.write(SHORT, '- {afkorting: no, voluit: 1.10, varianten: [on, 007]}\n')
    (entry,) = project.read().afkortingen
    assert (entry.afkorting, entry.voluit, entry.varianten) == ('no', '1.10', ('on', '007'))


def test_nothing_behind_a_key_is_the_same_as_no_key(project):
    project.write(SHORT, '- {afkorting: GS, voluit: a, meervoud: ~, toelichting: , geldig_van: null}\n')
    front('kort:\nportefeuille: ~\nstand_per:\ncijfers: null\ncontact:')(project)
    dossier = project.read()
    (entry,) = dossier.afkortingen
    theme = dossier.themas['water']
    assert entry.meervoud is entry.toelichting is entry.geldig_van is None
    assert theme.kort is theme.portefeuille is theme.stand_per is theme.cijfers is theme.contact is None


def test_the_smallest_round_has_its_defaults(project):
    dossier = project.read()
    assert dossier.ronde.taal == 'nl'
    assert dossier.ronde.genummerde_koppen is False
    assert dossier.contact == Contact()
    assert dossier.bijeenkomsten == dossier.proposities == dossier.organisaties == ()
    assert dossier.onderdelen == (
        'omslag',
        'colofon',
        'inhoud',
        'welkom',
        'themas',
        'besluiten',
        'tijdlijn',
        'afkortingen',
    )


def test_values_come_through_as_what_they_are(full):
    theme = full.themas['water']
    assert full.ronde.verkiezing == date(2027, 3, 17)
    assert full.ronde.genummerde_koppen is True
    assert [event.zeker for event in theme.data] == [True, False, True]
    assert [event.datum for event in theme.data] == [Datum(2000, 12, 22), Datum(2027, 7), Datum(2033)]
    assert [point.uiterlijk for point in theme.besluitpunten] == [Datum(2027, 7, 1), Datum(2027, kwartaal=3), None]
    assert [row.waarde for row in theme.cijfers.rijen] == [40, 42.5]
    assert [row.waarde for row in full.themas['energie'].cijfers.rijen] == [-1, 2.5, 10]
    assert full.provincies[0].statenleden == {'2023': 43, '2027': 45}
    assert full.bijeenkomsten[0].van == '9:30'
    assert str(theme.samenvatting) == 'Water en bodem sturen de keuzes van PS. Dit hoofdstuk geeft de stand.'


@pytest.mark.parametrize(
    ('word', 'answer'),
    [
        ('true', True),
        ('ja', True),
        ('yes', True),
        ('True', True),
        ('JA', True),
        ('false', False),
        ('nee', False),
        ('no', False),
        ('Nee', False),
        ('"nee"', False),
    ],
)
def test_yes_and_no_in_dutch_and_english(project, word, answer):
    main_key(f'genummerde_koppen: {word}')(project)
    assert project.read().ronde.genummerde_koppen is answer


def test_a_text_knows_its_place(full):
    theme = full.themas['water']
    assert theme.titel.place == Place('data/2027/themas/01-water.md', 2, 8)
    assert theme.samenvatting.place == Place('data/2027/themas/01-water.md', 5)
    assert theme.besluitpunten[0].wat.place == Place('data/2027/themas/01-water.md', 10, 10)
    assert theme.tekst.place == Place('data/2027/themas/01-water.md', 54)
    assert full.ronde.colofon.place == Place('data/2027/dossier.yaml', 12)


def test_every_text_of_the_dossier_is_found_once(full):
    texts = list(iter_texts(full))
    assert len({id(text) for text in texts}) == len(texts)
    sources = [text.source for text in texts]
    for part in (
        'Voorbeeldvereniging',
        'Klein',
        'Organen',
        'Een dijk in *Voorbeeldland*',
        'Maken het riool',
        'Online bijeenkomst',
    ):
        assert (part in sources) is (part != 'Klein')
    assert [text.source for text in iter_texts((full.themas['water'].partijen, None, 'woord', {'a': full.ronde.titel}))] == [
        'Testgemeenten',
        'Maken het riool',
        'Volledig dossier',
    ]  # fmt: skip


def models(kind: Any) -> set[type[BaseModel]]:
    """Return every model in a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inside = [models(field.annotation) for field in kind.model_fields.values()]
        return {kind}.union(*inside)
    return set().union(*map(models, get_args(kind)))


def used(value: Any) -> set[tuple[str, str]]:
    """Return the model and name of every field that a writer has filled in."""
    if isinstance(value, BaseModel):
        own = {
            (type(value).__name__, name) for name in value.model_fields_set if getattr(value, name) not in (None, ())
        }
        return own.union(*(used(getattr(value, name)) for name in value.model_fields_set))
    if isinstance(value, dict):
        return set().union(*map(used, value.values()))
    return set().union(*map(used, value)) if isinstance(value, tuple) else set()


def test_the_full_project_uses_every_key_of_the_model(full):
    kinds = models(Dossier) - {model.Contactgegevens}  # whose keys are those of Contact
    known = {(kind.__name__, name) for kind in kinds for name in kind.model_fields}
    assert len(known) > 90
    chosen = {('Dossier', 'editie'), ('Dossier', 'provincie')}  # by dossier.editions, not by a writer
    assert known - chosen - used(full) == set()


def test_the_full_project_uses_every_choice(full):
    for kind in models(Dossier):
        for name, field in kind.model_fields.items():
            if get_origin(field.annotation) is Literal and kind not in (
                Afkortinggebruik,
                Archief,
                Druk,
                Folder,
            ):  # of which there is one
                values = {getattr(item, name) for item in instances(full, kind)}
                assert values == set(get_args(field.annotation)), f'{kind.__name__}.{name}'


def instances(value: Any, kind: type[BaseModel]) -> list[BaseModel]:
    if isinstance(value, BaseModel):
        inside = [found for name in type(value).model_fields for found in instances(getattr(value, name), kind)]
        return [value, *inside] if isinstance(value, kind) else inside
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [found for part in parts for found in instances(part, kind)]


def test_the_full_project_uses_every_kind_of_mark_up(full):
    tokens = [token for text in iter_texts(full) for token, _line in text.walk()]
    assert {token.type.removesuffix('_open') for token in tokens if token.nesting >= 0} == {
        *'inline text softbreak hardbreak paragraph heading strong em s code_inline code_block fence hr image link'.split(),
        *'bullet_list ordered_list list_item blockquote table thead tbody tr th td footnote_ref'.split(),
        *'container_kader container_uitgelicht span reference literal waarde'.split(),
    }


# What is wrong


def test_problems_in_several_files_are_told_all_at_once_and_in_order(project):
    project.write(MEETINGS, '- soort: feest\n  titel: a\n  datum: morgen\n- titel: b\n')
    project.write(CONTACT, 'emial: a@voorbeeld.example\nwebsite: voorbeeld.example\n')
    project.write(PROVINCES, '- naam: A\n')
    project.write('data/2027/themas/02-bodem.md', '---\nsamenvatting: a\nstand_per: nu\ntitle: b\n---\n')
    project.write(CHAPTER, '---\ntitel: [a]\n---\n')
    error = project.fail()
    assert [(found.code, str(found.place)) for found in error.findings] == [
        ('keuze-onbekend', f'{MEETINGS}:1'),
        ('geen-dag', f'{MEETINGS}:3'),
        ('sleutel-ontbreekt', f'{MEETINGS}:4'),
        ('sleutel-onbekend', f'{CONTACT}:1'),
        ('geen-webadres', f'{CONTACT}:2'),
        ('geen-tekst', f'{CHAPTER}:2'),
        ('geen-datum', 'data/2027/themas/02-bodem.md:3'),
        ('sleutel-onbekend', 'data/2027/themas/02-bodem.md:4'),
        ('sleutel-ontbreekt', f'{PROVINCES}:1'),
    ]
    assert type(error) is DataError


def test_what_does_not_fit_together_is_told_all_at_once_and_in_order(project):
    main_key('onderdelen: [omslg, welkom, themas, welkom]')(project)
    meeting('  datum: 2027-04-01\n  provincie: Nergens')(project)
    body('# Kop\n\nZie [[nergens]] en [dit](a.pdf).[^1]\n\n![](beeld/a.png)\n\n[^2]: Noot.')(project)
    assert [(found.code, str(found.place)) for found in project.findings()] == [
        ('provincie-onbekend', f'{MEETINGS}:4'),
        ('onderdeel-onbekend', f'{ROUND}:6'),
        ('onderdeel-dubbel', f'{ROUND}:6'),
        ('kop-niveau', f'{THEME}:6'),
        ('link-onbekend', f'{THEME}:8'),
        ('voetnoot-leeg', f'{THEME}:8'),
        ('verwijzing-onbekend', f'{THEME}:8'),
        ('beeld-ontbreekt', f'{THEME}:10'),
        ('alt-ontbreekt', f'{THEME}:10'),
        ('voetnoot-los', f'{THEME}:12'),
    ]


def test_a_wrong_row_does_not_make_the_list_too_short(project):
    figures('    - {naam: a, waarde: x}\n    - {naam: b, waarde: y}')(project)
    assert [(found.code, found.place.line) for found in project.findings()] == [('geen-getal', 8), ('geen-getal', 9)]


WRONG = {  # what can't be the value of most keys
    'list': [Scalar('a', Place('?', 1))],
    'mapping': {'b': Scalar('a', Place('?', 1))},
    'nothing': None,
    'empty': Scalar('', Place('?', 1)),
    'word': Scalar('een woord @ 1 juli', Place('?', 1)),
    'endless': Scalar('x' * 5000, Place('?', 1)),
}


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else [*enumerate(value)][:2] if isinstance(value, list) else ()
    return [path, *(found for step, part in inside for found in paths(part, (*path, step)))]


def with_value(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = with_value(value[path[0]], path[1:], new)
    return changed


def all_sources(sources: Sources) -> dict[str, Any]:
    return {
        source.file: source
        for source in (*sources.files.values(), *sources.hoofdstukken.values(), *sources.themas.values())
    }


def swapped(sources: Sources, file: str, path: tuple[str | int, ...], new: Any) -> Sources:
    def swap(group):
        return {
            name: type(source)(source.file, with_value(source.value, path, new), source.places)
            if source.file == file
            else source
            for name, source in group.items()
        }

    return Sources(
        sources.project, sources.ronde, swap(sources.files), swap(sources.hoofdstukken), swap(sources.themas)
    )


@pytest.mark.parametrize('wrong', WRONG)
@pytest.mark.parametrize(
    'file',
    [
        ROUND,
        SHORT,
        PROVINCES,
        MEETINGS,
        ORGANISATIONS,
        CONTACT,
        'data/2027/proposities.yaml',
        CHAPTER,
        THEME,
        'data/2027/themas/02-energie.md',
    ],
)
def test_a_wrong_value_of_any_key_ends_in_a_message_about_that_key(full_sources, file, wrong):
    source = all_sources(full_sources)[file]
    messages = 0
    for path in paths(source.value):
        try:
            validate_sources(swapped(full_sources, file, path, WRONG[wrong]))
        except DataError as error:
            own = [found.place for found in error.findings if found.place.file == file]
            near = [place for steps, place in source.places.items() if steps[: len(path)] == path[: len(steps)]]
            messages += bool(own)
            if path[-1:] != ('tekst',):  # its lines are counted from its own place
                assert {(place.file, place.line) for place in own} <= {(place.file, place.line) for place in near}, path
    assert messages > len(paths(source.value)) / (4 if wrong == 'word' else 3)


def test_an_escaped_footnote_mark_is_text(project):
    body(r'Een \[^1] in de tekst.')(project)
    assert project.read()


# Texts


def test_a_chapter_that_is_not_in_the_book_is_remarked_upon(project):
    assert check(project.path, None).findings == []
    main_key('onderdelen: [omslag, inhoud, themas]')(project)
    (found,) = check(project.path, None).findings
    assert str(found) == f'{CHAPTER}: "welkom" is not in the book. Add it to "onderdelen", or remove the file.'
    assert (found.code, found.severity) == ('hoofdstuk-ongebruikt', Severity.WARNING)


@pytest.mark.parametrize(
    'source',
    [
        '## Een\n\n### Twee\n\n#### Drie\n\n## Vier\n\n### Vijf',
        'Geen kop.',
        '## Een\n\n> ### In een citaat',
        '[a](https://a.example) [b](http://b.example) [c](mailto:c@d.example) [d](tel:+31000000000) <e@f.example>',
        '[[welkom]] [[water]] [[besluiten]] [[tijdlijn]] [[afkortingen]] [[welkom|met een titel]]',
        '`[[nergens]]` en\n\n    [[nergens]]\n\n```\n[[nergens]] [^1] ![](a.png)\n```',
        '<script>alert(1)</script> en <b onclick="a()">vet</b>',
        '::: kader Titel\ntekst\n:::\n\n::: uitgelicht\ntekst\n:::\n\n```\n::: kadr\n```',
        'Een [^a] en [^a].\n\n[^a]: Noot.',
        '[lijst]{.kort} en [ ] en [x] en ] en [',
    ],
)
def test_a_right_text_has_no_message(project, source):
    body(source)(project)
    assert project.read().themas['water'].tekst.source.strip() == source


def test_a_reference_may_lead_to_every_part_of_the_book_with_a_page(full_project):
    names = ['welkom', 'werkwijze', 'water', 'energie', *model.ONDERDELEN[3:5], *model.ONDERDELEN[6:]]
    full_project.write(
        'data/2027/themas/02-energie.md',
        f'---\ntitel: A\nsamenvatting: B\n---\n{" ".join(f"[[{name}]]" for name in names)}\n',
    )
    dossier = full_project.read()
    assert [
        token.meta['slug'] for token, _line in dossier.themas['energie'].tekst.walk() if token.type == 'reference'
    ] == names


@pytest.mark.parametrize(
    ('name', 'source'),
    [
        ('een kaart.png', '<beeld/een kaart.png>'),
        ('één.png', 'beeld/één.png'),
        ('a%20b.png', 'beeld/a%2520b.png'),
        ('a(1).png', 'beeld/a(1).png'),
        ('een kaart.png', 'beeld/een%20kaart.png'),
    ],
)
def test_a_picture_in_a_text_is_found_whatever_its_name(full_project, name, source):
    picture = (full_project.path / 'data/2027/beeld/dijk.png').read_bytes()
    full_project.write(f'data/2027/beeld/{name}', picture)
    full_project.write('data/2027/themas/02-energie.md', f'---\ntitel: A\nsamenvatting: B\n---\n![Kaart]({source})\n')
    full_project.replace('data/2027/themas/01-water.md', 'bestand: beeld/sloot.jpg', f'bestand: "beeld/{name}"')
    assert full_project.read()


def test_pictures_are_checked_in_every_text(full_project):
    picture = '![Kaart](beeld/weg.png)'
    full_project.replace(ROUND, 'Dit dossier is een uitgave van de VV.', picture)
    full_project.replace(ORGANISATIONS, '    De VV is de vereniging van de provincies.', f'    {picture}')
    full_project.replace(CHAPTER, 'Welkom bij dit dossier van de VV.', picture)
    assert [(found.code, found.place.file) for found in full_project.findings()] == [
        ('beeld-ontbreekt', ROUND),
        ('beeld-ontbreekt', CHAPTER),
        ('beeld-ontbreekt', ORGANISATIONS),
    ]


def test_numbers_of_a_chart_are_real_numbers(full):
    assert all(math.isfinite(row.waarde) for row in full.themas['energie'].cijfers.rijen)


def test_every_file_has_its_model():
    kinds = {name: kind for name, kind in FILES.items() if get_origin(kind) not in (Union, UnionType)}
    assert set(kinds) == {
        'dossier',
        'afkortingen',
        'provincies',
        'bijeenkomsten',
        'proposities',
        'organisaties',
        'contact',
        'nieuws',
    }
    assert isinstance(Tekst('a', Place('?')), Tekst)
