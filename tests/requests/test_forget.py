"""Forgetting: what is due goes, with all that was made from it; a byte search finds everybody before and nobody after."""

import base64
import json
import quopri
import re
import zlib

import pytest

from dossier.errors import RegisterError
from dossier.requests import schema
from dossier.requests.aanvraag import Status
from dossier.requests.forget import erase, find_due, find_person
from dossier.requests.intake import take_in
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from dossier.requests.traces import find_traces
from tests.requests.conftest import make_request

MAIL = """From: {naam} <{mail}>
To: communicatie@ipo.nl
Subject: gedrukt exemplaar
Message-ID: <{mail}>
Content-Type: text/plain; charset=utf-8

Graag een exemplaar.

{naam}
{straat}
{plaats}
"""
PEOPLE = [
    {
        'naam': f'Verzonnen{chr(97 + n)} Spoorzoeker{chr(97 + n)}',
        'mail': f'spoor{chr(97 + n)}@zoek.example',
        'straat': f'Vindweg{chr(97 + n)} {n + 11}',
        'plaats': f'{3000 + n} XZ Nergenshuizen',
    }
    for n in range(8)
]
WORDS = ('naam', 'mail', 'straat')


def forms(word):
    """Return the bytes in which a word may stand, made in another way than the program does."""
    plain = word.encode()
    yield from (
        plain,
        word.upper().encode(),
        word.encode('utf-16-le'),
        word.encode('utf-16-be'),
        quopri.encodestring(plain),
    )
    yield word.encode('utf-16-be').hex().encode()
    for n in range(3):
        coded = base64.b64encode(b'x' * n + plain + b'yyy')
        yield coded[4 : 4 * ((n + len(plain)) // 3)]


def holders(folder, word):
    """Return the files below a folder in which the word stands, in any form, also inside zlib streams."""
    found = []
    for path in folder.rglob('*'):
        if path.is_file():
            content = path.read_bytes()
            views = [content]
            for match in re.finditer(rb'stream\r?\n', content):
                try:
                    views.append(zlib.decompressobj().decompress(content[match.end() :]))
                except zlib.error:
                    continue
            if any(form in view for form in forms(word) if len(form) > 7 for view in views):
                found.append(path.name)
    return found


@pytest.fixture
def filled(tmp_path, clock):
    """A register with people who asked, were sent to, and of whom files were made in every form."""
    folder = tmp_path / 'output' / 'aanvragen'
    register = Register(open_database(f'sqlite:///{folder}/aanvragen.db'), 'anna', clock)
    take_in(register, [MAIL.format(**person).encode() for person in PEOPLE], '2027', (), lambda n: None)
    requests = register.transition(register.transition(register.select(), Status.APPROVED), Status.SENT)
    text = '\n'.join(f'{person["naam"]} {person["mail"]} {person["straat"]}' for person in PEOPLE[:4])
    made = {
        'brieven/brieven.pdf': b'%PDF-1.7\n1 0 obj <<>> stream\n' + zlib.compress(text.encode()) + b'\nendstream',
        'etiketten.csv': text.encode('utf-16'),
        'uitbak/1.eml': base64.encodebytes(text.encode()),
        'uitbak/2.eml': quopri.encodestring(text.encode()),
    }
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        register.record_made([request.nummer for request in requests[:4]], 'brief', f'output/aanvragen/{name}')
    (folder / 'aanvragen-versie-1.bak').write_bytes((folder / 'aanvragen.db').read_bytes() + text.encode())
    (tmp_path / 'output' / 'werk').mkdir()
    (tmp_path / 'output' / 'werk' / 'batch').write_bytes(text.encode())
    yield register
    register.engine.dispose()


def test_after_purge_a_byte_search_finds_nobody_and_before_it_everybody(filled, tmp_path, clock):
    output = tmp_path / 'output'
    for n, person in enumerate(PEOPLE):
        for word in WORDS:
            assert any(name.startswith('aanvragen.db') for name in holders(output, person[word]))
            assert (len(holders(output, person[word])) > 5) == (n < 4)
    clock.pass_days(29)
    assert find_due(filled, lambda ronde: 30) == []
    clock.pass_days(1)
    erased = erase(filled, find_due(filled, lambda ronde: 30), tmp_path)
    assert erased == list(range(1, 9))
    for person in PEOPLE:
        assert [holders(output, person[word]) for word in WORDS] == [[], [], []]


def test_what_stays_is_the_number_the_round_the_day_the_edition_and_the_copies(filled, tmp_path, clock):
    request = filled.get(3)
    erase(filled, [request], tmp_path)
    left = filled.get(3)
    assert left.status is Status.ERASED
    assert (left.ronde, left.ontvangen, left.verzonden, left.aantal) == (
        '2027',
        request.ontvangen,
        request.verzonden,
        1,
    )
    assert not any((left.naam, left.straat, left.postcode, left.plaats, left.email, left.message_id, left.herkomst))
    assert filled.raw_mail(left) == b''
    assert filled.made(3) == []
    assert 'verzonden -> gewist' in filled.history(3)[-1]['wat']
    assert filled.get(4).naam == PEOPLE[3]['naam']


def test_an_erased_mail_is_known_when_it_comes_again(filled, tmp_path):
    erase(filled, filled.select(), tmp_path)
    mails = [MAIL.format(**person).encode() for person in PEOPLE]
    assert take_in(filled, mails, '2027', (), lambda n: None) == {'bekend': 8}
    assert {request.status for request in filled.select()} == {Status.ERASED}


def test_what_is_open_stays_and_what_came_back_or_was_ignored_goes_in_its_own_time(register, clock):
    register.add('a', b'', [make_request(1)])
    register.add('b', b'', [make_request(2, status=Status.IGNORED)])
    register.add('c', b'', [make_request(3)])
    (sent,) = register.transition(register.transition([register.get(3)], Status.APPROVED), Status.SENT)
    clock.pass_days(25)
    register.transition([sent], Status.RETURNED)
    clock.pass_days(10)
    assert [request.nummer for request in find_due(register, lambda ronde: 30)] == [2]
    clock.pass_days(20)
    assert [request.nummer for request in find_due(register, lambda ronde: 30)] == [2, 3]
    assert find_due(register, lambda ronde: 300) == []


def test_the_requests_of_one_mail_go_together(register, clock):
    first, _second = register.add('a', b'both', [make_request(1), make_request(2)])
    register.transition(register.transition([first], Status.APPROVED), Status.SENT)
    clock.pass_days(99)
    assert find_due(register, lambda ronde: 30) == []
    register.transition(register.transition([register.get(2)], Status.APPROVED), Status.SENT)
    clock.pass_days(30)
    assert len(find_due(register, lambda ronde: 30)) == 2


def test_erasing_works_on_every_database(register, tmp_path):
    register.add(
        'a', b'mail', [make_request(1, herkomst={'naam': {'zeker': 'zeker', 'woorden': 'x'}}), make_request(2)]
    )
    erase(register, [register.get(1)], tmp_path)
    assert register.get(1).naam == ''
    assert register.raw_mail(register.get(2)) == b''  # it spoke of both
    assert register.get(2).naam


def test_a_person_is_found_by_name_or_mail_address_and_nobody_else(register):
    for n in (1, 2, 12):
        register.add(str(n), b'', [make_request(n)])
    assert [request.nummer for request in find_person(register, ' verzonnen  PERSOON 1')] == [1]
    assert [request.nummer for request in find_person(register, 'Persoon2@voorbeeld.example')] == [2]
    for nobody in ('Persoon', '', ' '):
        with pytest.raises(RegisterError) as error:
            find_person(register, nobody)
        assert error.value.findings[0].code == 'persoon-onbekend'


def test_a_trace_that_is_left_is_told_by_its_file(filled, tmp_path):
    (tmp_path / 'output' / 'kopie.txt').write_text(PEOPLE[0]['naam'])
    with pytest.raises(RegisterError) as error:
        erase(filled, [filled.get(1)], tmp_path)
    (found,) = error.value.findings
    assert (found.code, found.place.file) == ('wissen-sporen', 'output/kopie.txt')
    assert PEOPLE[0]['naam'] not in str(error.value)


def test_a_name_that_the_dossier_prints_itself_is_no_trace(filled, tmp_path):
    (tmp_path / 'data' / '2027').mkdir(parents=True)
    (tmp_path / 'data' / '2027' / 'contact.yaml').write_text(f'naam: {PEOPLE[0]["naam"]}')
    (tmp_path / 'output' / 'index.html').write_text(PEOPLE[0]['naam'])
    assert erase(filled, [filled.get(1)], tmp_path) == [1]


def test_a_register_that_another_reads_is_not_said_to_be_clean(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(schema, 'BUSY_MS', 100)
    filled.engine.dispose()
    with open_database(str(filled.engine.url)).connect() as reader:
        reader.exec_driver_sql('SELECT naam FROM aanvraag').fetchone()
        with pytest.raises(RegisterError) as error:
            erase(filled, [], tmp_path)
    assert error.value.findings[0].code in ('wissen-bezet', 'register-onbereikbaar')
    reader.engine.dispose()


def test_files_outside_output_are_never_removed(filled, tmp_path):
    (tmp_path / 'data').mkdir()
    (tmp_path / 'data' / 'thema.md').write_text('text')
    filled.record_made([1], 'brief', 'output/../data/thema.md')
    erase(filled, [filled.get(1)], tmp_path)
    assert (tmp_path / 'data' / 'thema.md').exists()


@pytest.mark.parametrize(
    'content',
    [
        'Spoorzoeker Ü'.encode(),
        'SPOORZOEKER Ü'.encode(),
        'xx Spoorzoeker Ü'.encode('utf-16-le'),
        quopri.encodestring('Spoorzoeker Ü'.encode()),
        *(base64.encodebytes(b'x' * n + 'Spoorzoeker Ü'.encode() + b'y' * 80) for n in range(70)),
        b'%PDF stream\n' + zlib.compress('Spoorzoeker Ü'.encode()) + b'endstream',
        'Spoorzoeker Ü'.encode('utf-16-be').hex().upper().encode(),
        json.dumps('Spoorzoeker Ü').encode(),
    ],
)
def test_traces_are_found_in_every_form(tmp_path, content):
    (tmp_path / 'a').write_bytes(content)
    (tmp_path / 'b').write_bytes(content[::-1])
    assert [path.name for path in find_traces(tmp_path, {'Spoorzoeker Ü'})] == ['a']
