"""Each check of the texts: a case that fires, one just inside the limit that doesn't, and the ways to switch it off."""
# ruff: noqa: E501  # a case a line

import re

import pytest

from dossier.messages.proofread import MESSAGES
from dossier.pipeline import check
from dossier.proofread import CODES, spelling
from tests.conftest import ROOT
from tests.mistakes import CONTACT, ROUND, THEME

WORDS = 'een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien'.split()
LONG = ' '.join((WORDS * 2)[:25])
STYLE = 'styles/maten.css'


def theme(front='', body='Een tekst.'):
    return THEME, f'---\ntitel: Water\nsamenvatting: Kort.\n{front}---\n\n{body}\n'


def decision(text):
    return theme(f'besluitpunten:\n  - wat: Het waterplan vaststellen\n{text}')


# (code, what fires, what is just inside the limit)
CASES = [
    ('zin-lang', theme(body=f'{LONG} meer.'), theme(body=f'{LONG}.')),
    ('alinea-lang', theme(body=('Een zin van vier. ' * 31)), theme(body='Een zin van vier. ' * 30)),
    ('lijdende-vorm', theme(body='Het plan wordt door de staten vastgesteld.'), theme(body='De staten stellen het plan vast; dat wordt een feest.')),
    ('lijdende-vorm', theme(body='De regels werden later gewijzigd.'), theme(body='In Utrecht worden gemeenten groter.')),
    ('ambtelijk', theme(body='Dat doen wij middels een plan.'), theme(body='Dat is ons middel.')),
    ('leesbaarheid', theme(body='Interprovinciale verantwoordelijkheidsverdelingen compliceren besluitvormingsprocedures. ' * 30),
     theme(body='De provincies verdelen samen het werk en het geld. ' * 30)),
    ('spelling', theme(body='Een onmiddelijk besluit.'), theme(body='Een onmiddellijk besluit over het waterprogramma.')),
    ('link-tekst', theme(body='Lees [klik hier](https://voorbeeld.nl).'), theme(body='Lees [hier meer over water](https://voorbeeld.nl).')),
    ('webadres-ongeldig', theme(body='Zie [water](https://voorbeeld).'), theme(body='Zie [water](https://voorbeeld.nl/a?b=c#d).')),
    ('webadres-ongeldig', theme('documenten:\n  - titel: A\n    url: https://voorbeeld..nl\n'),
     theme('documenten:\n  - titel: A\n    url: https://xn--e1afmkfd.xn--p1ai/\n')),
    ('webadres-ongeldig', theme(body='[mail](mailto:iemand@voorbeeld)'), theme(body='[mail](mailto:iemand@voorbeeld.nl)')),
    ('datum-voorbij', theme(body='Op 30 maart 2027 zal het kabinet kiezen.'), theme(body='Op 31 maart 2027 zal het kabinet kiezen.')),
    ('datum-voorbij', theme(body='In februari 2027 komt er een brief.'), theme(body='In februari 2027 kwam een brief.')),
    ('datum-voorbij', theme('data:\n  - {datum: 2027-03-30, wat: Een brief, zeker: nee}\n'),
     theme('data:\n  - {datum: 2027-03, wat: Een brief, zeker: nee}\n  - {datum: 2027-01, wat: Een plan}\n')),
    ('datum-voorbij', decision('    wie: PS\n    uiterlijk: 2027-03-30\n'), decision('    wie: PS\n    uiterlijk: 2027-03-31\n')),
    ('stand-oud', theme('stand_per: 2026-09-20\n'), theme('stand_per: 2026-10-01\n')),
    ('besluit-zonder-datum', decision('    wie: PS\n'), decision('    wie: PS\n    uiterlijk: 2028\n')),
    ('besluit-zonder-wie', decision('    wie: Nog niet bekend.\n    uiterlijk: 2028\n'), decision('    wie: PS\n    uiterlijk: 2028\n')),
    ('persoon-onbekend', theme(body='Dat zei gedeputeerde A. Testmens.'), theme(body='Dat zei gedeputeerde B. Voorbeeld.')),
    ('persoon-onbekend', theme(body='Daarover sprak Petra Testmens.'), theme(body='Minister van Binnenlandse Zaken zijn is zwaar.')),
    ('feit-verschilt',
     theme('data:\n  - {datum: 2028-01-01, wat: De nieuwe waterwet gaat overal in}\n', 'Op 1 juli 2028 gaat de nieuwe waterwet overal in.'),
     theme('data:\n  - {datum: 2028-01-01, wat: De nieuwe waterwet gaat overal in}\n', 'In januari 2028 gaat de nieuwe waterwet overal in.')),
    ('feit-verschilt',
     theme('cijfers:\n  titel: Nieuwe woningen\n  eenheid: woningen\n  rijen:\n    - {naam: Testgouw, waarde: 1200}\n    - {naam: Fictie, waarde: 5}\n',
           'In Testgouw komen 1.300 nieuwe woningen.'),
     theme('cijfers:\n  titel: Nieuwe woningen\n  eenheid: woningen\n  rijen:\n    - {naam: Testgouw, waarde: 1200}\n    - {naam: Fictie, waarde: 5}\n',
           'In Testgouw komen 1.200 nieuwe woningen.')),
    ('contrast-laag', (STYLE, ':root { --papier: #ffffff; --grijs: #787878; }'), (STYLE, ':root { --papier: #ffffff; --grijs: #757575; }')),
]  # fmt: skip


@pytest.fixture
def codes(project, monkeypatch):
    """Write a file and give the codes of the proofreader with their lines."""
    project.write(CONTACT, 'personen:\n  - {naam: B. Voorbeeld, functie: test}\n')

    def codes(file, content):
        project.write(file, content)
        found = [
            found
            for found in check(project.path, None, kept=project.path / 'w' / 'woorden.txt').findings
            if found.code in CODES
        ]
        return [(found.code, found.place and found.place.file, found.place and found.place.line) for found in found]

    return codes


def tell(found, code):
    return [row for row in found if row[0] == code]


@pytest.mark.parametrize(('code', 'fires', 'inside'), CASES, ids=lambda value: value if isinstance(value, str) else '')
def test_a_check_fires_just_outside_its_limit_and_not_inside(codes, code, fires, inside):
    assert [row[:2] for row in tell(codes(*fires), code)] == [(code, fires[0])]
    assert tell(codes(*inside), code) == []


def test_every_code_has_a_case_and_a_section_in_the_handbook():
    assert set(CODES) == set(MESSAGES) == {code for code, _fires, _inside in CASES} | {'woordenboek-ontbreekt'}
    sections = re.findall(
        r'^### `([a-z-]+)`', (ROOT / 'docs' / 'controles.md').read_text(encoding='utf-8'), re.MULTILINE
    )
    assert set(sections) == set(CODES)


@pytest.mark.parametrize(('code', 'fires', 'inside'), CASES, ids=lambda value: value if isinstance(value, str) else '')
def test_a_code_is_switched_off_for_a_project(project, codes, code, fires, inside):
    text = (project.path / ROUND).read_text(encoding='utf-8')
    project.write(ROUND, f'{text}controles:\n  uit: [{code}]\n')
    assert tell(codes(*fires), code) == []


@pytest.mark.parametrize(
    ('comment', 'left'),
    [
        ('<!-- controle uit: ambtelijk, zin-lang -->\n\n', 0),
        ('<!-- controle uit: ambtelijk -->\n', 0),
        ('Een regel.<!-- controle uit: ambtelijk -->\n', 0),
        ('<!-- controle uit: zin-lang -->\n\n', 1),
        ('<!-- controle uit: ambtelijk -->\n\nEen andere alinea.\n\n', 1),
    ],
)
def test_a_code_is_switched_off_in_a_place(codes, comment, left):
    found = codes(*theme(body=f'{comment}Dat doen wij middels een plan.'))
    assert len(tell(found, 'ambtelijk')) == left


@pytest.mark.parametrize(
    ('front', 'left'),
    [
        ('    # controle uit: besluit-zonder-datum\n  - {wat: Kiezen, wie: PS}\n', 0),
        ('  - {wat: Kiezen, wie: PS} # controle uit: besluit-zonder-datum\n', 0),
        ('  - {wat: Kiezen, wie: PS} # controle uit: zin-lang\n', 1),
    ],
)
def test_a_code_is_switched_off_in_yaml(codes, front, left):
    assert len(tell(codes(*theme('besluitpunten:\n' + front)), 'besluit-zonder-datum')) == left


def test_a_comment_does_not_show_in_the_book(project):
    project.write(*theme(body='Een <!-- nakijken: jaartal -->zin.\n\n<!-- over\nregels -->\n\n[[water]]'))
    text = check(project.path, None).dossier.themas['water'].tekst
    assert 'nakijken' not in str(text)
    assert [line for token, line in text.walk() if token.type == 'reference'] == [11]


def test_known_words_are_not_misspelt(project, codes):
    project.write('data/woorden.txt', '# namen\nFictiewoord # van een boek\n')
    project.write('data/afkortingen.yaml', '- {afkorting: PS, voluit: Provinciale Statenxen}\n')
    body = 'De PS met Fictiewoord en Statenxen, `codewoordx`, <https://voorbeeldx.nl> en [x](mailto:redactiex@voorbeeld.nl). Eén Testfoutje!'
    assert tell(codes(*theme(body=body)), 'spelling') == []
    assert len(tell(codes(*theme(body='Een fauwt.')), 'spelling')) == 1


def test_words_are_looked_up_once(codes, monkeypatch):
    case = theme(body='Een fauwt en een fietspad.')
    assert len(tell(codes(*case), 'spelling')) == 1
    monkeypatch.setattr(spelling, '_lookup', lambda *_arguments: 1 / 0)
    assert len(tell(codes(*case), 'spelling')) == 1


def test_without_a_dictionary_that_is_said_once(codes, monkeypatch):
    monkeypatch.setattr(spelling, '_FOLDERS', ())
    assert [row[0] for row in codes(*theme(body='Een fauwt.'))] == ['woordenboek-ontbreekt']


def test_a_build_does_not_proofread(project):
    project.write(*theme(body='Dat doen wij middels een plan.'))
    assert [found for found in check(project.path, None, tips=False).findings if found.code in CODES] == []


def test_the_round_of_2023_keeps_what_was_read_and_found_right():
    found = [found for found in check(ROOT, '2023').findings if found.code in CODES]
    counts = {code: sum(1 for one in found if one.code == code) for code in CODES}
    # Each of these was read: the sentences are passive, these decisions have no date yet, and Remkes is in no contact list.
    right = {'lijdende-vorm': 20, 'besluit-zonder-datum': 24, 'persoon-onbekend': 1}
    assert {code: n for code, n in counts.items() if n} == right
