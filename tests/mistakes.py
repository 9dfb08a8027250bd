"""Mistakes of writers in the smallest project, one row each: what is done, and the one message that must come of it."""

import inspect
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from dossier.messages import book
from tests.conftest import DOSSIERS, Project

Change = Callable[[Project], object]

THEME = 'data/2027/themas/01-water.md'
CHAPTER = 'data/2027/hoofdstukken/welkom.md'
ROUND = 'data/2027/dossier.yaml'
SHORT = 'data/afkortingen.yaml'
PROVINCES = 'data/provincies.yaml'
MEETINGS = 'data/2027/bijeenkomsten.yaml'
NEWS = 'data/2027/nieuws.yaml'
PROPOSITIONS = 'data/2027/proposities.yaml'
ORGANISATIONS = 'data/2027/organisaties.yaml'
CONTACT = 'data/2027/contact.yaml'
PICTURE = DOSSIERS / 'volledig' / 'data' / '2027' / 'beeld' / 'dijk.png'


@dataclass(frozen=True)
class Mistake:
    """A change to the project, and the finding: code, file, line, column, exit code and, where given, its exact words."""

    name: str
    change: Change
    code: str
    file: str | None
    line: int | None = None
    column: int | None = None
    exit_code: int = 4
    words: str = ''
    ronde: str | None = None


def write(file: str, content: str | bytes) -> Change:
    return lambda project: project.write(file, content)


def front(text: str) -> Change:
    """Keys of the theme from line 4."""
    return write(THEME, f'---\ntitel: Water\nsamenvatting: Kort.\n{text}\n---\n\nTekst.\n')


def body(text: str) -> Change:
    """The text of the theme from line 6."""
    return write(THEME, f'---\ntitel: Water\nsamenvatting: Kort.\n---\n\n{text}\n')


def main_key(text: str) -> Change:
    """Keys of the round from line 6."""
    return lambda project: project.write(ROUND, (project.path / ROUND).read_text(encoding='utf-8') + text + '\n')


def instead(file: str, old: str, new: str) -> Change:
    return lambda project: project.replace(file, old, new)


def both(*changes: Change) -> Change:
    return lambda project: [change(project) for change in changes]


def remove(file: str) -> Change:
    return lambda project: shutil.rmtree(path) if (path := project.path / file).is_dir() else path.unlink()


def folder(file: str) -> Change:
    return lambda project: (project.path / file).mkdir(parents=True)


def sparse(file: str, size: int) -> Change:
    def change(project: Project) -> None:
        os.truncate(project.write(file, b''), size)

    return change


def link(file: str, target: str) -> Change:
    """A symbolic link; the target is relative to the project, so ../ leaves it."""

    def change(project: Project) -> None:
        path = project.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(project.path / target)

    return change


def outside(file: str, content: str | bytes) -> Change:
    """A file beside the project."""
    return lambda project: project.write(f'../elders/{file}', content)


def picture(name: str, content: bytes | None = None) -> Change:
    return write(f'data/2027/{name}', PICTURE.read_bytes() if content is None else content)


def meeting(text: str) -> Change:
    """A meeting; its own keys from line 3."""
    return write(MEETINGS, f'- soort: gesprek\n  titel: Gesprek\n{text}\n')


def organisation(text: str) -> Change:
    """An organisation; its own keys from line 6."""
    keys = 'naam: Test\n  slug: test\n  soort: test\n  vestigingsplaats: Testdam\n  omschrijving: Test.'
    return write(ORGANISATIONS, f'- {keys}\n{text}\n')


def figures(rows: str) -> Change:
    """Figures of the theme; the rows from line 8."""
    return front(f'cijfers:\n  titel: Test\n  eenheid: test\n  rijen:\n{rows}')


LAUGHS = 'a: &a [lol, lol]\n' + ''.join(
    f'{b}: &{b} [*{a}, *{a}]\n' for a, b in zip('abcdefgh', 'bcdefghi', strict=True)
)
EMPTY_SHORT = '- afkorting: GS\n  voluit: Gedeputeerde Staten\n'

# fmt: off
READING = [
    Mistake('no data folder', remove('data'), 'map-ontbreekt', None, exit_code=3,
            words='There is no folder "data" here. Go to the folder of your project, or make a new one with: '
                  'dossier new FOLDER'),
    Mistake('data is a file', both(remove('data'), write('data', '')), 'map-ontbreekt', None, exit_code=3),
    Mistake('no round', remove('data/2027'), 'ronde-ontbreekt', 'data', exit_code=3),
    Mistake('folder of another name is no round', both(remove('data/2027'), folder('data/oud')), 'ronde-ontbreekt',
            'data', exit_code=3),
    Mistake('unknown round', lambda project: None, 'ronde-onbekend', 'data', exit_code=3, ronde='2031',
            words='data: There is no round "2031". There is: 2027.'),
    Mistake('round that leaves the folder', lambda project: None, 'ronde-onbekend', 'data', exit_code=3,
            ronde='../data/2027'),
    Mistake('no dossier.yaml', remove(ROUND), 'bestand-ontbreekt', ROUND, exit_code=3,
            words=f'{ROUND}: This file is missing. A round needs it; dossier new FOLDER shows an example.'),
    Mistake('dossier.yaml is a folder', both(remove(ROUND), folder(ROUND)), 'bestand-onleesbaar', ROUND, exit_code=3),
    Mistake('link to nothing', both(remove(ROUND), link(ROUND, 'data/2027/weg.yaml')), 'bestand-ontbreekt', ROUND,
            exit_code=3),
    Mistake('theme is a folder', folder('data/2027/themas/02-map.md'), 'bestand-onleesbaar',
            'data/2027/themas/02-map.md', exit_code=3),
    Mistake('themes are a file', both(remove('data/2027/themas'), write('data/2027/themas', '')), 'bestand-onleesbaar',
            'data/2027/themas', exit_code=3),
    Mistake('loop of links', link('data/2027/themas/02-lus.md', 'data/2027/themas/02-lus.md'), 'bestand-onleesbaar',
            'data/2027/themas/02-lus.md', exit_code=3),
    Mistake('empty theme', write(THEME, ''), 'bestand-leeg', THEME, 1),
    Mistake('theme of blank lines', write(THEME, '\n \n\n'), 'bestand-leeg', THEME, 1),
    Mistake('nothing between the lines', write(THEME, '---\n---\nTekst.\n'), 'bestand-leeg', THEME, 2),
    Mistake('empty dossier.yaml', write(ROUND, ''), 'bestand-leeg', ROUND, 1,
            words=f'{ROUND}:1: This file is empty. The manual says what belongs in it.'),
    Mistake('only remarks', write(SHORT, '# later\n'), 'bestand-leeg', SHORT, 1),
    Mistake('only a byte order mark', write(SHORT, b'\xef\xbb\xbf'), 'bestand-leeg', SHORT, 1),
    Mistake('theme of 200 MB', sparse(THEME, 200_000_000), 'bestand-te-groot', THEME,
            words=f'{THEME}: This file is larger than 2 MB. Is it the right file? No text is so long.'),
    Mistake('dossier.yaml of 200 MB', sparse(ROUND, 200_000_000), 'bestand-te-groot', ROUND),
    Mistake('link out of the project', both(outside('x.md', 'geheim'), link(THEME, '../elders/x.md')), 'buiten-project',
            THEME, words=f'{THEME}: This file lies outside the project. Copy it into the project.'),
    Mistake('folder that leaves the project',
            both(outside('themas/01-water.md', 'geheim'), link('data/2027/themas', '../elders/themas')),
            'buiten-project', THEME),
    Mistake('Windows-1252', write(THEME, '---\ntitel: Water\nsamenvatting: Financiën.\n---\n'.encode('cp1252')),
            'geen-utf8', THEME, 3,
            words=f'{THEME}:3: This file is not saved as UTF-8 (in Windows-1252 this would be "ë"). '
                  'Open it in your editor and save it as "UTF-8".'),
    Mistake('UTF-16 with its mark', write(THEME, '---\ntitel: Water\n'.encode('utf-16')), 'geen-utf8', THEME, 1),
    Mistake('UTF-16 without its mark', write(THEME, '---\ntitel: Water\n'.encode('utf-16-le')), 'verboden-teken', THEME,
            1),
    Mistake('cut in a character', write(SHORT, b'- afkorting: \xc3'), 'geen-utf8', SHORT, 1),
    Mistake('picture as a text', write(THEME, PICTURE.read_bytes()), 'geen-utf8', THEME, 1),
    Mistake('control character', body('Een\x07bel.'), 'verboden-teken', THEME, 6,
            words=f"{THEME}:6: There is a character that can't be printed (U+0007). "
                  'Remove it; it often comes along when text is pasted.'),
    Mistake('NUL', write(ROUND, 'ronde: "2027"\ntitel: a\0b\n'), 'verboden-teken', ROUND, 2),
    Mistake('control character of Windows', body('Wat\x85'), 'verboden-teken', THEME, 6),
    Mistake('private character', body('Een \ue000.'), 'verboden-teken', THEME, 6),
    Mistake('private character in a key', front('kort: "\uf8ff"'), 'verboden-teken', THEME, 4),
    Mistake('private character as an escape', front('kort: "a\\uE000"'), 'verboden-teken', THEME, 4, 7),
    Mistake('NUL as an escape', front('beeld:\n  - alt: x\n    bestand: "beeld/\\0.png"'), 'verboden-teken', THEME, 6,
            14),
    Mistake('private character as an entity', body('Twee\nregels &#xE001; hier.'), 'verboden-teken', THEME, 7),
    Mistake('private character as an entity in a line', front('portefeuille: a &#57344;'), 'verboden-teken', THEME, 4),
    Mistake('separator of lines', front('kort: a\u2028b'), 'verboden-teken', THEME, 4),
    Mistake('no front matter', write(THEME, '# Water\n\nTekst.\n'), 'voorwerk-ontbreekt', THEME, 1,
            words=f'{THEME}:1: This file does not begin with ---. '
                  'Begin with a line ---, then titel: ..., then a line ---, then the text.'),
    Mistake('blank line before the front matter', write(THEME, '\n---\ntitel: Water\n---\n'), 'voorwerk-ontbreekt',
            THEME, 1),
    Mistake('four hyphens', write(THEME, '----\ntitel: Water\n----\n'), 'voorwerk-ontbreekt', THEME, 1),
    Mistake('front matter not closed', write(THEME, '---\ntitel: Water\n\nTekst.\n'), 'voorwerk-open', THEME, 1,
            words=f'{THEME}:1: The part that begins with --- is not closed. '
                  'Put a line with just --- between the keys and the text.'),
    Mistake('theme without a number', write('data/2027/themas/extra.md', '---\ntitel: A\nsamenvatting: B\n---\n'),
            'themanaam', 'data/2027/themas/extra.md'),
    Mistake('theme with a number in letters', write('data/2027/themas/twee-wonen.md', '---\ntitel: A\nsamenvatting: B\n---\n'),
            'themanaam', 'data/2027/themas/twee-wonen.md'),
    Mistake('chapter with a space', write('data/2027/hoofdstukken/mooi boek.md', '---\ntitel: A\n---\n'),
            'bestandsnaam', 'data/2027/hoofdstukken/mooi boek.md'),
    Mistake('theme with a capital', write('data/2027/themas/02-Wonen.md', '---\ntitel: A\nsamenvatting: B\n---\n'),
            'bestandsnaam', 'data/2027/themas/02-Wonen.md',
            words='data/2027/themas/02-Wonen.md: "Wonen" is no name for a chapter. '
                  'Use only small letters, digits and hyphens.'),
    Mistake('two themes of one name', write('data/2027/themas/02-water.md', '---\ntitel: A\nsamenvatting: B\n---\n'),
            'naam-dubbel', 'data/2027/themas/02-water.md'),
    Mistake('theme and chapter of one name',
            write('data/2027/themas/02-welkom.md', '---\ntitel: A\nsamenvatting: B\n---\n'), 'naam-dubbel',
            'data/2027/themas/02-welkom.md'),
    Mistake('theme with the name of a part',
            write('data/2027/themas/02-besluiten.md', '---\ntitel: A\nsamenvatting: B\n---\n'), 'naam-dubbel',
            'data/2027/themas/02-besluiten.md',
            words='data/2027/themas/02-besluiten.md: There are two chapters named "besluiten". Rename one of them.'),
    Mistake('wrong indent', write(ROUND, 'ronde: "2027"\ntitel: Klein\n uitgever: Test\n'), 'yaml-dubbelepunt', ROUND,
            3, 10),
    Mistake('bracket not closed', write(SHORT, '- afkorting: GS\n  varianten: [a, b\n- c\n'), 'yaml-fout', SHORT, 2, 14),
    Mistake('at sign', front('kort: @test'), 'yaml-verwijzing', THEME, 4, 7),
    Mistake('list in a mapping', write(SHORT, 'a: b\n- c\n'), 'yaml-fout', SHORT, 2, 1),
    Mistake('two documents', write(SHORT, '- afkorting: GS\n---\n- afkorting: PS\n'), 'yaml-fout', SHORT, 2, 1),
    Mistake('half a character pair', front('kort: "\\uD800"'), 'yaml-fout', THEME, 4, 10),
    Mistake('tab', front('cijfers:\n\ttitel: x'), 'yaml-tab', THEME, 5, 1,
            words=f'{THEME}:5: There is a tab at the start of this line. Indent with spaces.'),
    Mistake('tab in dossier.yaml', main_key('onderdelen:\n\t- omslag'), 'yaml-tab', ROUND, 7, 1),
    Mistake('colon in a title', write(ROUND, 'ronde: "2027"\ntitel: Water: de stand\n'), 'yaml-dubbelepunt', ROUND, 2,
            13,
            words=f'{ROUND}:2: There is a colon in this text that is taken for the end of a key. '
                  'Put the whole text between quotation marks: titel: "Stikstof: de stand".'),
    Mistake('quotation mark not closed', front('portefeuille: "open\nkort: x'), 'yaml-aanhalingsteken', THEME, 4, 15,
            words=f'{THEME}:4: A quotation mark is opened here and not closed. Close it at the end of the text.'),
    Mistake("word that begins with 's", front("kort: 's avonds"), 'yaml-aanhalingsteken', THEME, 4, 7),
    Mistake('anchor', front('kort: &a Test'), 'yaml-verwijzing', THEME, 4, 7),
    Mistake('alias', front('kort: *a'), 'yaml-verwijzing', THEME, 4, 7),
    Mistake('emphasis at the start of a value', front('kort: *Test* is dit'), 'yaml-verwijzing', THEME, 4),
    Mistake('billion laughs', write(SHORT, LAUGHS), 'yaml-verwijzing', SHORT, 1, 4),
    Mistake('tag of Python', front('kort: !!python/object/apply:os.system ["exit 1"]'), 'yaml-verwijzing', THEME, 4, 7,
            words=f'{THEME}:4: A text can\'t begin with this sign (such as &, *, !, @ or %). '
                  'Put the text between quotation marks.'),
    Mistake('tag of YAML', front('kort: !!str 12'), 'yaml-verwijzing', THEME, 4, 7),
    Mistake('text that begins with !', front('kort: !let op'), 'yaml-verwijzing', THEME, 4, 7),
    Mistake('100,000 brackets', front('kort: ' + '[' * 100_000), 'yaml-te-diep', THEME, 4, 26,
            words=f'{THEME}:4: This is nested too deeply. Nothing in a dossier needs more than a few levels.'),
    Mistake('100,000 braces', write(SHORT, '{a: ' * 100_000), 'yaml-te-diep', SHORT, 1),
    Mistake('deep lists', write(SHORT, '- ' * 10_000 + 'a'), 'yaml-te-diep', SHORT, 1, 41),
    Mistake('key twice', front('kort: a\nkort: b'), 'sleutel-dubbel', THEME, 5, 1,
            words=f'{THEME}:5: "kort" stands here twice. Remove one of the two.'),
    Mistake('key twice inside', write(SHORT, '- afkorting: GS\n  voluit: a\n  voluit: b\n'), 'sleutel-dubbel', SHORT, 3,
            3),
    Mistake('key twice between braces', write(SHORT, '- {afkorting: GS, voluit: a, voluit: b}\n'), 'sleutel-dubbel',
            SHORT, 1, 30),
]

VALUES = [
    Mistake('no title', write(THEME, '---\nsamenvatting: Kort.\n---\n'), 'sleutel-ontbreekt', THEME, 2, 1,
            words=f'{THEME}:2: "titel" is missing. Add a line: titel: ...'),
    Mistake('no date of the elections', instead(ROUND, 'verkiezing: 2027-03-17\n', ''), 'sleutel-ontbreekt', ROUND, 1,
            1),
    Mistake('decision without wie', front('besluitpunten:\n  - wat: a\n    wie: b\n  - wat: c'), 'sleutel-ontbreekt',
            THEME, 7, 5),
    Mistake('misspelt key', write(THEME, '---\ntitel: Water\nsamenvatting: Kort.\nsamenvating: x\n---\n'),
            'sleutel-onbekend', THEME, 4, 1,
            words=f'{THEME}:4: "samenvating" is not a key here. Did you mean "samenvatting"?'),
    Mistake('misspelt key inside', front('besluitpunten:\n  - wat: a\n    wie: b\n    uiterlijke: 2027'),
            'sleutel-onbekend', THEME, 7, 5,
            words=f'{THEME}:7: "uiterlijke" is not a key here. Did you mean "uiterlijk"?'),
    Mistake('key of something else', front('xyz: a'), 'sleutel-onbekend', THEME, 4, 1,
            words=f'{THEME}:4: "xyz" is not a key here. Known here: alleen_in_editie, titel, kort, samenvatting, portefeuille, '
                  'stand_per, besluitpunten, data, cijfers, partijen, documenten, contact, beeld.'),
    Mistake('check that is none', main_key('controles: {uit: [xyz]}'), 'controle-onbekend', ROUND, 6, 19,
            words=f'{ROUND}:6: There is no check "xyz". The codes stand in docs/controles.md.'),
    Mistake('key with a capital', main_key('Taal: nl'), 'sleutel-onbekend', ROUND, 6, 1),
    Mistake('text as a key', front('tekst: a'), 'sleutel-onbekend', THEME, 4, 1),
    Mistake('merge key', front('<<: {kort: a}'), 'sleutel-onbekend', THEME, 4, 1),
    Mistake('list as a key', front('? [a, b]\n: c'), 'sleutel-onbekend', THEME, 4, 3),
    Mistake('unknown kind of chart', figures('    - {naam: a, waarde: 1}\n    - {naam: b, waarde: 2}\n  soort: taart'),
            'keuze-onbekend', THEME, 10, 3,
            words=f'{THEME}:10: soort "taart" is not one of the choices. Did you mean "staaf"?'),
    Mistake('unknown kind of meeting', write(MEETINGS, '- datum: 2027-04-01\n  soort: kennismaken\n  titel: Test\n'),
            'keuze-onbekend', MEETINGS, 2, 3,
            words=f'{MEETINGS}:2: soort "kennismaken" is not one of the choices. Did you mean "kennismaking"?'),
    Mistake('kind of meeting is a list', write(MEETINGS, '- datum: 2027-04-01\n  soort: [gesprek]\n  titel: Test\n'),
            'keuze-onbekend', MEETINGS, 2, 3),
    Mistake('day that does not exist', instead(ROUND, '2027-03-17', '2023-02-30'), 'geen-dag', ROUND, 4, 1,
            words=f'{ROUND}:4: verkiezing "2023-02-30" is not a date. Write 2027-07-01.'),
    Mistake('day in words', instead(ROUND, '2027-03-17', '17 maart 2027'), 'geen-dag', ROUND, 4, 1),
    Mistake('day without its zero', instead(ROUND, '2027-03-17', '2027-3-17'), 'geen-dag', ROUND, 4, 1),
    Mistake('day of which only the month is known', instead(ROUND, '2027-03-17', '2027-03'), 'geen-dag', ROUND, 4, 1),
    Mistake('day that is empty', instead(ROUND, '2027-03-17', '~'), 'geen-dag', ROUND, 4, 1),
    Mistake('day that is a list', instead(ROUND, '2027-03-17', '[2027-03-17]'), 'geen-dag', ROUND, 4, 1),
    Mistake('date in words', front('besluitpunten:\n  - wat: a\n    wie: b\n    uiterlijk: 1 juli'), 'geen-datum',
            THEME, 7, 5,
            words=f'{THEME}:7: uiterlijk "1 juli" is not a date. Write 2027-07-01, or less precise: 2027-07, 2027-K3 or 2027.'),
    Mistake('date that does not exist', front('stand_per: 2023-02-30'), 'geen-datum', THEME, 4, 1),
    Mistake('month that does not exist', front('stand_per: 2027-13'), 'geen-datum', THEME, 4, 1),
    Mistake('quarter that does not exist', front('stand_per: 2027-K5'), 'geen-datum', THEME, 4, 1),
    Mistake('year zero', front('stand_per: 0000'), 'geen-datum', THEME, 4, 1),
    Mistake('date that is empty', front('data:\n  - wat: a\n    datum:'), 'geen-datum', THEME, 6, 5),
    Mistake('date that is a mapping', front('stand_per: {jaar: 2027}'), 'geen-datum', THEME, 4, 1),
    Mistake('yes in other words', front('data:\n  - wat: a\n    datum: 2027\n    zeker: misschien'), 'geen-ja-of-nee',
            THEME, 7, 5, words=f'{THEME}:7: zeker "misschien" is not yes or no. Write true or false.'),
    Mistake('yes as a digit', main_key('genummerde_koppen: 1'), 'geen-ja-of-nee', ROUND, 6, 1),
    Mistake('yes that is empty', main_key('genummerde_koppen:'), 'geen-ja-of-nee', ROUND, 6, 1),
    Mistake('number with a comma', figures('    - {naam: a, waarde: 1}\n    - naam: b\n      waarde: 12,5'),
            'geen-getal', THEME, 10, 7,
            words=f'{THEME}:10: waarde "12,5" is not a number. Write digits, with a point for decimals: 12.5'),
    Mistake('number that is empty', figures('    - {naam: a, waarde: 1}\n    - {naam: b, waarde: }'), 'geen-getal',
            THEME, 9, 17),
    Mistake('half a seat', write(PROVINCES, '- naam: A\n  hoofdstad: B\n  statenleden:\n    "2027": 4.5\n'),
            'geen-getal', PROVINCES, 4, 5),
    Mistake('seats that are a list', write(PROVINCES, '- naam: A\n  hoofdstad: B\n  statenleden:\n    "2027": [4]\n'),
            'geen-getal', PROVINCES, 4, 5),
    Mistake('number of 5000 digits',
            write(PROVINCES, f'- naam: A\n  hoofdstad: B\n  statenleden: {{"2027": {"9" * 5000}}}\n'), 'geen-getal',
            PROVINCES, 3, 17,
            words=f'{PROVINCES}:3: 2027 "{"9" * 57}..." is not a number. Write digits, with a point for decimals: 12.5'),
    Mistake('text instead of a list', front('besluitpunten: geen'), 'geen-lijst', THEME, 4, 1,
            words=f'{THEME}:4: "besluitpunten" must be a list. Put a hyphen and a space before each item: - ...'),
    Mistake('keys instead of a list', front('partijen:\n  naam: a\n  rol: b'), 'geen-lijst', THEME, 4, 1),
    Mistake('list that is empty', front('documenten:'), 'geen-lijst', THEME, 4, 1),
    Mistake('file that is no list', write(SHORT, 'afkorting: GS\nvoluit: a\n'), 'geen-lijst', SHORT, 1, 1),
    Mistake('file that is a word', write(SHORT, 'GS\n'), 'geen-lijst', SHORT, 1, 1),
    Mistake('text instead of keys', front('cijfers: 12'), 'geen-sleutels', THEME, 4, 1,
            words=f'{THEME}:4: "cijfers" must consist of keys. Known here: titel, eenheid, soort, bron, rijen.'),
    Mistake('words in a list of keys', front('besluitpunten:\n  - wat: a\n    wie: b\n  - c'), 'geen-sleutels', THEME,
            7, 5),
    Mistake('seats without a year', write(PROVINCES, '- naam: A\n  hoofdstad: B\n  statenleden: 43\n'), 'geen-sleutels',
            PROVINCES, 3, 3),
    Mistake('round that is a list', write(ROUND, '- ronde: "2027"\n'), 'geen-sleutels', ROUND, 1, 1),
    Mistake('front matter that is a word', write(THEME, '---\nWater\n---\n'), 'geen-sleutels', THEME, 2, 1),
    Mistake('theme key that is a list', front('cijfers: [a]'), 'geen-sleutels', THEME, 4, 1),
    Mistake('title that is a list', instead(ROUND, 'Klein dossier', '[Klein, dossier]'), 'geen-tekst', ROUND, 2, 1,
            words=f'{ROUND}:2: "titel" must be a text. Write one text, without hyphens or keys.'),
    Mistake('summary that is a mapping', write(THEME, '---\ntitel: Water\nsamenvatting: {a: b}\n---\n'), 'geen-tekst',
            THEME, 3, 1),
    Mistake('title with the keys of a text', instead(ROUND, 'Klein dossier', '{source: a, place: {file: b}}'),
            'geen-tekst', ROUND, 2, 1),
    Mistake('round with a title of two lines with hyphens', instead(ROUND, 'Klein dossier', '\n  - Klein\n  - dossier'),
            'geen-tekst', ROUND, 2, 1),
    Mistake('word that is a list', write(SHORT, '- afkorting: GS\n  voluit: [a, b]\n'), 'geen-tekst', SHORT, 2, 3),
    Mistake('list in a list of words', write(SHORT, '- afkorting: GS\n  voluit: a\n  varianten:\n    - [b]\n'),
            'geen-tekst', SHORT, 4, 7),
    Mistake('address of the web without https', front('documenten:\n  - titel: a\n    url: www.voorbeeld.example'),
            'geen-webadres', THEME, 6, 5,
            words=f'{THEME}:6: url "www.voorbeeld.example" is not a web address. '
                  'It begins with https:// and has no spaces.'),
    Mistake('script as an address', front('documenten:\n  - titel: a\n    url: javascript:alert(1)'), 'geen-webadres',
            THEME, 6, 5),
    Mistake('file as an address', write(CONTACT, 'website: file:///etc/hostname\n'), 'geen-webadres', CONTACT, 1, 1),
    Mistake('address with a space', write(CONTACT, 'website: https://voorbeeld .example\n'), 'geen-webadres', CONTACT,
            1, 1),
    Mistake('mail address without @', write(CONTACT, 'email: redactie.voorbeeld.example\n'), 'geen-mailadres', CONTACT,
            1, 1, words=f'{CONTACT}:1: email is not a mail address. Write it as naam@voorbeeld.nl.'),
    Mistake('mail address for printed copies', write(CONTACT, 'gedrukte_versie:\n  email: a b@voorbeeld.example\n'),
            'geen-mailadres', CONTACT, 2, 3),
    Mistake('time with a point', meeting('  datum: 2027-04-01\n  van: 17.00'), 'geen-tijd', MEETINGS, 4, 3,
            words=f'{MEETINGS}:4: van "17.00" is not a time. Write it as "17:00".'),
    Mistake('time after midnight', meeting('  datum: 2027-04-01\n  tot: "24:00"'), 'geen-tijd', MEETINGS, 4, 3),
    Mistake('time with seconds', meeting('  datum: 2027-04-01\n  tot: 9:30:00'), 'geen-tijd', MEETINGS, 4, 3),
    Mistake('slug with a capital', write(SHORT, EMPTY_SHORT + '  alleen_in: [Water]\n'), 'geen-korte-naam', SHORT, 3,
            15, words=f'{SHORT}:3: alleen_in "Water" is not a short name. Use small letters, digits and hyphens.'),
    Mistake('slug with a space',
            write(ORGANISATIONS, '- naam: Test\n  slug: een test\n  soort: a\n  vestigingsplaats: b\n  omschrijving: c\n'),
            'geen-korte-naam', ORGANISATIONS, 2, 3),
    Mistake('language in full', main_key('taal: Nederlands'), 'geen-taal', ROUND, 6, 1,
            words=f'{ROUND}:6: taal "Nederlands" is not a language. Write nl, en, fy or de.'),
    Mistake('language as a digit', write(SHORT, EMPTY_SHORT + '  taal: 1\n'), 'geen-taal', SHORT, 3, 3),
    Mistake('title that is empty', instead(ROUND, 'titel: Klein dossier', 'titel:'), 'tekst-leeg', ROUND, 2, 1,
            words=f'{ROUND}:2: "titel" is empty. Write a text, or remove the line.'),
    Mistake('title of spaces', instead(ROUND, 'Klein dossier', '"  "'), 'tekst-leeg', ROUND, 2, 1),
    Mistake('title of nothing', instead(ROUND, 'Klein dossier', '""'), 'tekst-leeg', ROUND, 2, 1),
    Mistake('title null', instead(ROUND, 'Klein dossier', 'null'), 'tekst-leeg', ROUND, 2, 1),
    Mistake('word that is empty', write(PROVINCES, '- naam: A\n  hoofdstad:\n'), 'tekst-leeg', PROVINCES, 2, 3),
    Mistake('word of nothing', write(PROVINCES, '- naam: A\n  hoofdstad: ""\n'), 'tekst-leeg', PROVINCES, 2, 3),
    Mistake('name that is too long', write(PROVINCES, f'- naam: {"a" * 201}\n  hoofdstad: B\n'), 'tekst-te-lang',
            PROVINCES, 1, 3, words=f'{PROVINCES}:1: "naam" is longer than 200 characters. Make it shorter.'),
    Mistake('abbreviation that is too long', write(SHORT, f'- afkorting: {"A" * 61}\n  voluit: b\n'), 'tekst-te-lang',
            SHORT, 1, 3),
    Mistake('chart of one bar', figures('    - {naam: a, waarde: 1}'), 'te-weinig', THEME, 7, 3,
            words=f'{THEME}:7: "rijen" needs at least 2. Add more, or remove it.'),
    Mistake('list without items', organisation('  lijsten:\n    - titel: a\n      punten: []'), 'te-weinig',
            ORGANISATIONS, 8, 7),
    Mistake('chart of 41 bars', figures('\n'.join(f'    - {{naam: "{n}", waarde: {n}}}' for n in range(41))), 'te-veel',
            THEME, 7, 3, words=f'{THEME}:7: "rijen" takes at most 40. Remove some.'),
    Mistake('abbreviation without meaning', write(SHORT, '- afkorting: GS\n'), 'voluit-ontbreekt', SHORT, 1, 3,
            words=f'{SHORT}:1: "voluit" is missing. Say what it stands for, or add: negeer: true'),
    Mistake('abbreviation with an empty meaning', write(SHORT, '- afkorting: GS\n  voluit: ~\n'), 'voluit-ontbreekt',
            SHORT, 1, 3),
    Mistake('number that is none', figures('    - {naam: a, waarde: 1}\n    - {naam: b, waarde: nan}'), 'geen-getal',
            THEME, 9, 17),
    Mistake('number without end', figures('    - {naam: a, waarde: 1}\n    - {naam: b, waarde: inf}'), 'geen-getal',
            THEME, 9, 17),
    Mistake('number that is too large', figures('    - {naam: a, waarde: 1}\n    - {naam: b, waarde: 1e999}'),
            'geen-getal', THEME, 9, 17),
    Mistake('seats below zero', write(PROVINCES, '- {naam: A, hoofdstad: B, statenleden: {"2027": -1}}\n'),
            'geen-getal', PROVINCES, 1, 41),
    Mistake('day as a week', instead(ROUND, '2027-03-17', '2027-W11-3'), 'geen-dag', ROUND, 4, 1),
    Mistake('month zero', front('stand_per: 2027-00'), 'geen-datum', THEME, 4, 1),
    Mistake('book without parts', main_key('onderdelen: []'), 'te-weinig', ROUND, 6, 1),
    Mistake('word of spaces', instead(PROVINCES, 'naam: Testgouw', 'naam: "  "'), 'tekst-leeg', PROVINCES, 3, 3),
    Mistake('bar below zero', figures('    - {naam: a, waarde: 1}\n    - {naam: b, waarde: -2}'), 'staaf-negatief', THEME,
            4, 1, words=f"{THEME}:4: A bar can't be shorter than nothing. Choose soort: lijn for figures below zero."),
    Mistake('meeting without a time', meeting('  provincie: Testgouw'), 'een-tijdstip', MEETINGS, 1, 3,
            words=f'{MEETINGS}:1: A meeting has either "datum" or "periode". Write one of the two.'),
    Mistake('meeting with two times', meeting('  datum: 2027-04-01\n  periode: april'), 'een-tijdstip', MEETINGS, 1, 3),
    Mistake('meeting that ends early', meeting('  datum: 2027-04-01\n  van: "17:00"\n  tot: "9:30"'), 'tot-voor-van',
            MEETINGS, 1, 3, words=f'{MEETINGS}:1: This meeting ends before it begins. Look at "van" and "tot".'),
]

FITTING = [
    Mistake('round of another year', instead(ROUND, '"2027"', '"2023"'), 'ronde-anders', ROUND, 1, 1,
            words=f'{ROUND}:1: "ronde" says 2023, but the folder is 2027. Make them the same.'),
    Mistake('misspelt part', main_key('onderdelen:\n  - themas\n  - welkom\n  - besluten'), 'onderdeel-onbekend', ROUND, 9,
            5, words=f'{ROUND}:9: There is no part or chapter "besluten". Did you mean "besluiten"?'),
    Mistake('part twice', main_key('onderdelen: [welkom, themas, welkom]'), 'onderdeel-dubbel', ROUND, 6, 30,
            words=f'{ROUND}:6: "welkom" stands here twice. Remove one of the two.'),
    Mistake('list of abbreviations not last', main_key('onderdelen:\n  - afkortingen\n  - welkom\n  - themas'),
            'afkortingen-laatst', ROUND, 7, 5,
            words=f'{ROUND}:7: "afkortingen" must be the last part: it gives the pages of all that stands before it. '
                  'Move it to the end.'),
    Mistake('news twice', write(NEWS, 2 * '- {kenmerk: a, datum: 2027-03-01, titel: A, tekst: B}\n'), 'kenmerk-dubbel',
            NEWS, 2, 4, words=f'{NEWS}:2: "kenmerk" a stands here twice. '
                              'Choose another; it tells this one from all others.'),
    Mistake('misspelt province', meeting('  datum: 2027-04-01\n  provincie: Voorbeelland'), 'provincie-onbekend',
            MEETINGS, 4, 3, words=f'{MEETINGS}:4: There is no province "Voorbeelland". Did you mean "Voorbeeldland"?'),
    Mistake('misspelt exception', meeting('  datum: 2027-04-01\n  provincie: alle\n  behalve: [Testgauw]'),
            'provincie-onbekend', MEETINGS, 5, 3,
            words=f'{MEETINGS}:5: There is no province "Testgauw". Did you mean "Testgouw"?'),
    Mistake('province when none is known',
            both(remove(PROVINCES), meeting('  datum: 2027-04-01\n  provincie: Testgouw')), 'provincie-onbekend',
            MEETINGS, 4, 3, words=f'{MEETINGS}:4: There is no province "Testgouw".'),
    Mistake('reference to nothing', body('Een\nregel met [[watr]].'), 'verwijzing-onbekend', THEME, 7,
            words=f'{THEME}:7: [[watr]] refers to nothing. Did you mean "water"?'),
    Mistake('reference with a capital', body('Zie [[Welkom]].'), 'verwijzing-onbekend', THEME, 6,
            words=f'{THEME}:6: [[Welkom]] refers to nothing. Did you mean "welkom"?'),
    Mistake('reference with a space', body('Zie [[welkom ]].'), 'verwijzing-onbekend', THEME, 6),
    Mistake('reference with a title to nothing', body('Zie [[xyz|dit hoofdstuk]].'), 'verwijzing-onbekend', THEME, 6,
            words=f'{THEME}:6: [[xyz]] refers to nothing. Known here: welkom, water, besluiten, tijdlijn, afkortingen.'),
    Mistake('reference to a part that is not in the book', body('Zie [[contact]].'), 'verwijzing-onbekend', THEME, 6),
    Mistake('reference to a part without a page', body('Zie [[inhoud]].'), 'verwijzing-onbekend', THEME, 6),
    Mistake('reference in a summary', write(THEME, '---\ntitel: Water\nsamenvatting: >\n  Zie [[watr]].\n---\n'),
            'verwijzing-onbekend', THEME, 4),
    Mistake('reference in a table', body('| a | b |\n|---|---|\n| c | d |\n| e | [[watr]] |'), 'verwijzing-onbekend',
            THEME, 9),
    Mistake('reference in a footnote', body('Een[^1]\n\n[^1]: Zie [[watr]].'), 'verwijzing-onbekend', THEME, 8),
    Mistake('reference in a date', front('data:\n  - datum: 2027\n    wat: Zie [[watr]]'), 'verwijzing-onbekend', THEME,
            6),
    Mistake('reference in the colophon', main_key('colofon: |\n  Een regel.\n\n  Zie [[watr]].'), 'verwijzing-onbekend',
            ROUND, 9),
    Mistake('footnote that is not used', body('Een\n\ntekst.\n\n[^noot]: Een noot.'), 'voetnoot-los', THEME, 10,
            words=f'{THEME}:10: Footnote [^noot] is not used in the text. Put [^noot] in the text.'),
    Mistake('footnote in a footnote', body('Een[^1].\n\n[^1]: Noot[^2].\n\n[^2]: Noot.'), 'voetnoot-genest', THEME, 8,
            words=f'{THEME}:8: A footnote stands in a footnote. Put its text in the first note.'),
    Mistake('footnote in itself', body('Een[^1].\n\n[^1]: Noot[^1].'), 'voetnoot-genest', THEME, 8),
    Mistake('footnote without text', body('Een\ntekst.[^1]'), 'voetnoot-leeg', THEME, 7,
            words=f'{THEME}:7: This footnote has no text. Add a line such as: [^1]: The text of the note.'),
    Mistake('footnote in a summary', write(THEME, '---\ntitel: Water\nsamenvatting: Kort.[^1]\n---\n'), 'voetnoot-leeg',
            THEME, 3),
    Mistake('link with a space', body('Zie [dit](https://voorbeeld.example/een pagina).'), 'link-kapot', THEME, 6,
            words=f'{THEME}:6: This link or picture is not written right. '
                  'No spaces in the address: [text](https://voorbeeld.nl)'),
    Mistake('link to a script', body('Zie\n[dit](javascript:alert(1)).'), 'link-kapot', THEME, 7),
    Mistake('link to a file by its address', body('Zie [dit](file:///etc/hostname).'), 'link-kapot', THEME, 6),
    Mistake('picture with a space', both(picture('beeld/een kaart.png'), body('![Kaart](beeld/een kaart.png)')),
            'link-kapot', THEME, 6),
    Mistake('box of an unknown kind', body('Een.\n\n::: kadr Titel\nTekst.\n:::'), 'kader-onbekend', THEME, 8,
            words=f'{THEME}:8: ":::" is followed by something unknown. Write "::: kader Title" or "::: uitgelicht".'),
    Mistake('box that is only closed', body('Een.\n\n:::'), 'kader-onbekend', THEME, 8),
    Mistake('box that is not closed', body('Een.\n\n::: kader Titel\n\nTekst.'), 'kader-open', THEME, 8,
            words=f'{THEME}:8: This box is not closed. End it with a line ":::".'),
    Mistake('mark of an unknown kind', body('De\n[GS]{.letterlik} van nu.'), 'merk-onbekend', THEME, 7,
            words=f'{THEME}:7: "{{.letterlik}}" is not known. Write {{.letterlijk}}, {{.voluit}} or {{.kort}}.'),
    Mistake('form that is a pattern', write(SHORT, '- afkorting: "(a+)+$"\n  voluit: iets\n'), 'vorm-onbruikbaar', SHORT, 1,
            words=f'{SHORT}:1: "(a+)+$" can\'t be found as an abbreviation. It has two letters or digits at least, '
                  'and only & + . / - or a space between them.'),
    Mistake('mark on a link', body('De [wet](https://a.example){.groot} van nu.'), 'merk-onbekend', THEME, 6),
    Mistake('mark on a heading', body('## Kop {.foo}'), 'merk-onbekend', THEME, 6),
    Mistake('mark without a kind', body('De [GS]{#plaats} van nu.'), 'merk-onbekend', THEME, 6),
    Mistake('heading of level 1', body('# Water'), 'kop-niveau', THEME, 6,
            words=f'{THEME}:6: A heading in a text has at least two #, and skips no level. Use ## here.'),
    Mistake('heading of level 1 after others', body('## Een\n\n### Twee\n\n# Drie'), 'kop-niveau', THEME, 10),
    Mistake('underlined heading of level 1', body('Water\n====='), 'kop-niveau', THEME, 6),
    Mistake('heading that skips a level', body('## Een\n\n#### Twee'), 'kop-niveau', THEME, 8,
            words=f'{THEME}:8: A heading in a text has at least two #, and skips no level. Use ### here.'),
    Mistake('first heading too low', body('### Een'), 'kop-niveau', THEME, 6),
    Mistake('link without https', body('Zie [dit](www.voorbeeld.example).'), 'link-onbekend', THEME, 6,
            words=f'{THEME}:6: "www.voorbeeld.example" is not a web address. '
                  'A link begins with https://; a reference to a chapter is written as [[slug]].'),
    Mistake('link to a file', body('Zie [dit](../../dossier.yaml).'), 'link-onbekend', THEME, 6),
    Mistake('link to ftp', body('Zie <ftp://voorbeeld.example>.'), 'link-onbekend', THEME, 6),
    Mistake('link to a place', body('Zie [dit](#kop).'), 'link-onbekend', THEME, 6),
    Mistake('picture from the web', body('![Kaart](https://voorbeeld.example/kaart.png)'), 'beeld-buiten', THEME, 6,
            words=f'{THEME}:6: The picture "https://voorbeeld.example/kaart.png" lies outside the folder of the round. '
                  'Copy it to the folder "beeld" and write: beeld/kaart.png'),
    Mistake('picture above the round', both(picture('../kaart.png'), body('![Kaart](../kaart.png)')), 'beeld-buiten',
            THEME, 6),
    Mistake('picture above the round, escaped', both(picture('../kaart.png'), body('![Kaart](%2e%2e/kaart.png)')),
            'beeld-buiten', THEME, 6),
    Mistake('picture by its full path', body('![Kaart](/etc/kaart.png)'), 'beeld-buiten', THEME, 6),
    Mistake('picture as a link out of the round',
            both(outside('kaart.png', PICTURE.read_bytes()), link('data/2027/beeld/kaart.png', '../elders/kaart.png'),
            body('![Kaart](beeld/kaart.png)')),
            'beeld-buiten', THEME, 6),
    Mistake('loop of links as a picture',
            both(link('data/2027/beeld/kaart.png', 'data/2027/beeld/kaart.png'), body('![Kaart](beeld/kaart.png)')),
            'beeld-buiten', THEME, 6),
    Mistake('picture of a theme above the round', front('beeld:\n  - bestand: ../kaart.png\n    alt: Kaart'),
            'beeld-buiten', THEME, 5, 5),
    Mistake('picture that is missing', both(picture('beeld/kaart.png'), body('Een\n\n![Kaart](beeld/kart.png)')),
            'beeld-ontbreekt', THEME, 8,
            words=f'{THEME}:8: There is no picture "beeld/kart.png". Did you mean "beeld/kaart.png"?'),
    Mistake('picture when there is none', body('![Kaart](beeld/kaart.png)'), 'beeld-ontbreekt', THEME, 6,
            words=f'{THEME}:6: There is no picture "beeld/kaart.png".'),
    Mistake('picture with a name that is too long',
            both(picture('beeld/a.png'), body(f'![Kaart](beeld/{"k" * 300}.png)')), 'beeld-ontbreekt', THEME, 6),
    Mistake('picture that is a folder', both(folder('data/2027/beeld/kaart.png'), body('![Kaart](beeld/kaart.png)')),
            'beeld-ontbreekt', THEME, 6),
    Mistake('picture of a chapter that is missing',
            write(CHAPTER, '---\ntitel: Welkom\nbeeld:\n  - alt: x\n    bestand: beeld/x.png\n---\n'),
            'beeld-ontbreekt', CHAPTER, 5, 5),
    Mistake('picture of a wrong kind', both(picture('beeld/kaart.tiff'), body('![Kaart](beeld/kaart.tiff)')),
            'beeld-soort', THEME, 6,
            words=f'{THEME}:6: "beeld/kaart.tiff" is not a picture that can be printed. Use PNG, JPEG or SVG.'),
    Mistake('picture that is a text', both(write('data/2027/beeld/x.md', 'a'), body('![Kaart](beeld/x.md)')),
            'beeld-soort', THEME, 6),
    Mistake('picture of 60 MB', both(sparse('data/2027/beeld/x.png', 60_000_000), body('![Kaart](beeld/x.png)')),
            'beeld-te-groot', THEME, 6, words=f'{THEME}:6: "beeld/x.png" is larger than 50 MB. Save it smaller.'),
    Mistake('picture that is cut off',
            both(picture('beeld/x.png', PICTURE.read_bytes()[:100]), body('![Kaart](beeld/x.png)')), 'beeld-stuk',
            THEME, 6),
    Mistake('picture with another name', both(picture('beeld/x.jpg'), body('![Kaart](beeld/x.jpg)')), 'beeld-stuk',
            THEME, 6,
            words=f'{THEME}:6: "beeld/x.jpg" can\'t be read: it is a PNG with another name. '
                  'Save it again from your picture program.'),
    Mistake('picture that is a page of the web',
            both(picture('beeld/x.svg', b'<html/>'), body('![Kaart](beeld/x.svg)')), 'beeld-stuk', THEME, 6,
            words=f'{THEME}:6: "beeld/x.svg" can\'t be read: it is no SVG. Save it again from your picture program.'),
    Mistake('picture without alternative text', both(picture('beeld/x.png'), body('![](beeld/x.png)')), 'alt-ontbreekt',
            THEME, 6,
            words=f'{THEME}:6: This picture has no alternative text. '
                  "Say what it shows, for who can't see it: ![what it shows](beeld/kaart.png)"),
]
# fmt: on

MISTAKES = [*READING, *VALUES, *FITTING]


def codes_of(section: str) -> set[str]:
    """Return the codes under a heading of the table in dossier/messages/book.py."""
    parts = re.split(r'^    # (.+)$', inspect.getsource(book), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return set(re.findall(r"^    '([a-z-]+)': \(", sections[section], re.MULTILINE))
