"""Intake of files and folders: each mail once, however untidy; and mails that try to break it."""

import base64
import mailbox
import random
import resource
import struct
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dossier.errors import SourceError
from dossier.requests.aanvraag import Status
from dossier.requests.intake import KEPT_BYTES, find_own_postcodes, take_in
from dossier.requests.mail import MAX_BYTES, html_to_text, read_mail
from dossier.requests.reading import read_requests
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from dossier.requests.sources import read_files
from tests.conftest import ROOT
from tests.requests.corpus import as_bytes, load

MAILS = [as_bytes(item, n) for n, item in enumerate(load('mails.yaml'))]


@pytest.fixture
def register(tmp_path, clock):
    engine = open_database(f'sqlite:///{tmp_path}/register.db')
    yield Register(engine, 'anna', clock)
    engine.dispose()


def take(register, path):
    return take_in(register, read_files(path), '2027', {'2511 EG'}, lambda n: None)


def as_folder(tmp_path):
    for n, mail in enumerate(MAILS):
        (tmp_path / 'map' / str(n % 3)).mkdir(parents=True, exist_ok=True)
        (tmp_path / 'map' / str(n % 3) / f'{n}.EML').write_bytes(mail)
    (tmp_path / 'map' / 'lijst.txt').write_text('no mail')
    return tmp_path / 'map'


def as_maildir(tmp_path):
    box = mailbox.Maildir(tmp_path / 'maildir')
    for mail in MAILS:
        box.add(mail)
    return tmp_path / 'maildir'


def as_mbox(tmp_path):
    box = mailbox.mbox(tmp_path / 'mbox')
    for mail in MAILS:
        box.add(mail)
    box.close()
    return tmp_path / 'mbox'


def test_the_same_mails_from_a_folder_a_maildir_and_an_mbox_come_in_once(register, tmp_path):
    counted = take(register, as_folder(tmp_path))
    assert sum(counted.values()) >= len(MAILS)
    assert counted['nieuw'] > 40
    before = len(register.select())
    for make in (as_folder, as_maildir, as_mbox):
        assert take(register, make(tmp_path)) == {'bekend': len(MAILS)}, make
    assert len(register.select()) == before


def test_one_mail_as_a_file_of_any_name(register, tmp_path):
    (tmp_path / 'mail').write_bytes(MAILS[0])
    assert take(register, tmp_path / 'mail') == {'nieuw': 1}
    assert register.raw_mail(register.get(1)) == MAILS[0]


def test_broken_off_in_the_midst_it_goes_on_where_it_stopped(register):
    def some():
        yield from MAILS[:20]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(register, some(), '2027', (), lambda n: None)
    counted = take_in(register, iter(MAILS), '2027', (), lambda n: None)
    assert counted['bekend'] == 20


def test_two_mails_with_the_same_id_and_another_text_both_come_in(register):
    second = MAILS[0].replace(b'Bedachtestraat 1', b'Bedachtestraat 9')
    take_in(register, iter([MAILS[0], second]), '2027', (), lambda n: None)
    assert [request.dubbel for request in register.select()] == [None, 1]


def test_a_mail_without_a_date_gets_the_day_it_came_in(register, tmp_path):
    (tmp_path / 'x.eml').write_bytes(b'Subject: gedrukt exemplaar\n\nGraag.')
    take(register, tmp_path / 'x.eml')
    assert register.get(1).ontvangen == register.now


def test_a_large_mail_is_read_and_kept_in_part(register, tmp_path):
    head = b'From: Grote Mail <groot@voorbeeld.example>\nSubject: exemplaar\nContent-Type: multipart/mixed; boundary=b\n\n--b\n'
    text = b'Content-Type: text/plain\n\nGraag een exemplaar.\n\nGrote Mail\nGrootweg 1\n7411 AB Deventer\n--b\n'
    attachment = b'Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n' + b'QUJD' * 19 + b'\n'
    with (tmp_path / 'groot.eml').open('wb') as file:
        file.write(head + text + attachment)
        for _line in range(50_000):
            file.write(b'QUJD' * 250 + b'\n')
    started = time.monotonic()
    assert take(register, tmp_path / 'groot.eml') == {'nieuw': 1}
    assert time.monotonic() - started < 5
    assert len(register.raw_mail(register.get(1))) == KEPT_BYTES


def test_a_source_that_is_not_there_is_told(register, tmp_path):
    with pytest.raises(SourceError) as error:
        take(register, tmp_path / 'nergens')
    assert [finding.code for finding in error.value.findings] == ['bron-ontbreekt']


def test_our_own_postcodes_stand_in_the_data_of_the_round(full_project, tmp_path):
    assert find_own_postcodes(ROOT, '2023') >= {'2511 EG'}
    assert find_own_postcodes(tmp_path, '2023') == set()


def attribute(level, kind, data):
    return struct.pack('<BII', level, kind, len(data)) + data + struct.pack('<H', sum(data) & 0xFFFF)


def test_winmail_dat_that_claims_four_thousand_million_properties_does_not_hang():
    head = struct.pack('<IH', 0x223E9F78, 1)
    for kind in (0x00069003, 0x00069004, 0x00069005):
        for properties in (b'\xff' * 8, struct.pack('<IHHI', 1, 0x1002, 1, 0xFFFFFFFF)):
            tnef = head + attribute(1, kind, properties) + attribute(1, 0x0002800C, b'Graag een exemplaar')
            raw = b'Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n' + base64.encodebytes(tnef)
            started = time.monotonic()
            assert read_mail(raw).text == 'Graag een exemplaar'
            assert time.monotonic() - started < 1


def test_winmail_dat_is_opened():
    body = b'Graag een exemplaar.\r\n\r\nWin Mail\r\nWinweg 1\r\n7411 AB Deventer\r\n\0'
    tnef = (
        struct.pack('<IH', 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack('<I', 0x10000))
        + attribute(1, 0x0002800C, body)
    )
    raw = (
        b'From: Win Mail <win@voorbeeld.example>\nSubject: exemplaar\nContent-Type: multipart/mixed; boundary=b\n\n--b\n'
        b'Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n'
        + base64.encodebytes(tnef)
        + b'--b--\n'
    )
    (request,) = read_requests(read_mail(raw), '2027')
    assert (request.naam, request.straat, request.plaats) == ('Win Mail', 'Winweg', 'Deventer')


NESTED = b'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n'
NASTY = {
    'nested': b''.join(NESTED % (n, n) for n in range(5000)),
    'nested a little': b''.join(NESTED % (n, n) for n in range(20)) + b'x\n' * 300_000,
    'messages': b'Content-Type: message/rfc822\n\n' * 20_000,
    'parts': b'Content-Type: multipart/mixed; boundary=b\n\n' + b'--b\n\nx\n' * 100_000,
    'recipients': b'To: ' + b', '.join(b'mens%d@voorbeeld.example' % n for n in range(10_000)) + b'\nSubject: x\n\nx',
    'headers': b'X: y\n' * 200_000 + b'\nx',
    'one header': b'Subject: ' + b'=?utf-8?q?=41?= ' * 60_000 + b'\n\nx',
    'from': b'From: ' + b'"(' * 300_000 + b'\n\nx',
    'continued': b'From: a\n' + b' b\n' * 300_000 + b'\nx',
    'punycode': b'Content-Type: text/plain; charset=punycode\n\n' + b'a-' * 400_000,
    'digits': b'Subject: exemplaar\n\n' + b'1' * 900_000,
    'number words': b'Subject: exemplaar\n\n' + b'een twee ' * 11_000,
    'capitals': b'Subject: exemplaar\n\n' + b'Aa ' * 33_000,
    'capitals and numbers': b'Subject: exemplaar\n\n' + b'Aa van 1 ' * 11_000,
    'postcodes': b'Subject: exemplaar\n\n' + b'Aaweg 1, 1234 AB Aa, ' * 5_000,
    'postcode lines': b'Subject: exemplaar\n\n' + b'Aa Bb\nAaweg 1\n1234 AB Aa\n' * 4_000,
    'colons': b'Subject: exemplaar\n\n' + b'a: ' * 33_000,
    'quotes': b'Subject: exemplaar\n\n' + b'Op ' * 33_000,
    'quote lines': b'Subject: exemplaar\n\n' + b'Op ma schreef x\n' * 6_000,
    'van lines': b'Subject: FW: exemplaar\n\n' + b'Van: a\nAan: b\n' * 7_000,
    'forms': b'Subject: exemplaar\n\n' + b'Naam: a\nStraat en huisnummer: Aweg 1\nPostcode en plaats: 1234 AB A\n' * 1_500,
    'remarks': b'Subject: exemplaar\n\nNaam: a\nOpmerking: b\n' + b'x\n' * 50_000,
    'spaces': b'Subject: exemplaar\n\n' + b' ' * 900_000 + b'x',
    'dots': b'Subject: exemplaar\n\n' + b'A. ' * 33_000,
    'hyphens': b'Subject: exemplaar\n\nGroet\n' + b'Aa-' * 33_000,
    'brackets': b'Subject: exemplaar\n\n' + b'fractie (' * 11_000,
    'html': b'Content-Type: text/html\n\n' + b'<a b="' * 150_000,
    'html nested': b'Content-Type: text/html\n\n' + b'<blockquote>' * 80_000,
    'html signs': b'Content-Type: text/html\n\n' + b'<!--<![CDATA[</x<?' * 50_000,
    'uuencode': b'Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n' + b'M' * 900_000,
    'surrogates': b'Subject: \xed\xa0\x80\xff\n\n\xed\xa0\x80',
    'nothing': b'',
    'nul': b'\0' * 1000,
}  # fmt: skip


@pytest.mark.parametrize('raw', NASTY.values(), ids=NASTY)
def test_no_mail_takes_long_or_breaks_it(register, raw):
    started = time.monotonic()
    requests = read_requests(read_mail(raw), '2027', {'2511 EG'})
    assert time.monotonic() - started < 4
    assert register.add('key', raw[:KEPT_BYTES], requests)
    assert all(request.reden for request in requests if request.status is not Status.NEW)


def test_the_text_of_a_page_is_that_what_is_seen():
    page = '<style>x</style><p>Een<br>twee&nbsp;drie</p><!-- nee <p>nee --><ul><li>vier<li>vijf</ul><script>nee</script><td>zes'
    assert html_to_text(page).split() == ['Een', 'twee', 'drie', 'vier', 'vijf', 'zes']


def mutate(raw, chance):
    """Return the mail with a few bytes, lines or headers changed, repeated, moved or lost."""
    lines = raw.split(b'\n')
    for _change in range(chance.randint(1, 6)):
        at, kind = chance.randrange(len(lines)), chance.randrange(8)
        if kind == 0:
            lines[at] = bytes(chance.randrange(256) for _byte in range(chance.randint(0, 40)))
        elif kind == 1:
            del lines[at]
        elif kind == 2:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 3:
            lines[at] = lines[at].replace(b'=', b'==').replace(b';', b';;*=').replace(b':', b'::')
        elif kind == 4:
            lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
        elif kind == 5:
            lines.insert(at, chance.choice(TRICKS))
        elif kind == 6:
            other = chance.choice(MAILS).split(b'\n')
            lines[at:at] = other[: chance.randint(0, len(other))]
        else:
            cut = bytearray(lines[at] or b'x')
            cut[chance.randrange(len(cut))] = chance.randrange(256)
            lines[at] = bytes(cut)
        lines = lines or [b'']
    return b'\n'.join(lines)


TRICKS = [
    b'Content-Type: text/plain; name*',
    b'Content-Type: multipart/alternative; boundary=""',
    b'Content-Type: text/html; charset=utf-7',
    b'Content-Type: text/plain; charset="\xff\0"',
    b'Content-Type: message/rfc822',
    b'Content-Transfer-Encoding: base64',
    b'Content-Transfer-Encoding: x-uuencode',
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff",
    b'From: =?UTF-8?Q?=0AX?= <a@b>',
    b'From: (((',
    b'Reply-To: a@b, "c" <',
    b'Date: Mon, 99 Foo -1 99:99:99 +99999999999',
    b'Date: Mon, 01 Jan 0001 00:00:00 +2359',
    b'Message-ID: <[]>',
    b'Subject: =?bogus?B?!!!?=',
    b'Subject: =?utf-8?b?////?=',
    b'Aantal: 99999999999999999999',
    b'Aantal: \xd9\xa3\xd9\xa4',
    '1234 AB \u202e İstanbul'.encode(),
    'Straat \u00b2\u2460 1\u00bd'.encode(),
    b'--b--',
]


def fuzz(count, seed):
    chance = random.Random(seed)
    for _mail in range(count):
        raw = mutate(chance.choice(MAILS), chance)
        requests = read_requests(read_mail(raw), '2027', {'2511 EG'})
        assert requests, raw
        for request in requests:
            assert bool(request.reden) == (request.status is not Status.NEW), raw
            assert request.status is not Status.NEW or (request.complete and 1 <= request.aantal <= 25), raw
            str(request.as_json()).encode()


def test_three_hundred_mutated_mails_are_read():
    fuzz(300, 7)


@pytest.mark.slow
def test_twenty_thousand_mutated_mails_are_read():
    fuzz(20_000, 20270317)


@hypothesis_settings(max_examples=100)
@given(st.text(max_size=400), st.text(max_size=60), st.binary(max_size=200))
def test_any_text_is_read(text, subject, tail):
    head = f'Subject: {subject}\nFrom: {subject} <a@b.example>\n\n'
    raw = f'{head}Graag een exemplaar\n{text}\n1234 AB {subject}\n'.encode(errors='replace')
    for mail in (raw, raw + tail, tail + raw):
        assert read_requests(read_mail(mail), '2027')


@pytest.mark.slow
def test_a_thousand_mails_take_under_a_minute_and_200_mb(tmp_path):
    folder = tmp_path / 'mails'
    folder.mkdir()
    for n in range(1000):
        raw = MAILS[n % len(MAILS)] + b'\n' * 50 + b'x' * (0 if n % 100 else 3_000_000)
        (folder / f'{n}.eml').write_bytes(raw.replace(b'corpus.example', b'%d.example' % n))
    (tmp_path / 'data' / '2027').mkdir(parents=True)
    started = time.monotonic()
    command = [sys.executable, '-m', 'dossier', '--project', str(tmp_path), 'requests', 'import', str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    seconds = time.monotonic() - started
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f'{seconds:.1f} s, {megabytes:.0f} MB')
    assert seconds < 60
    assert megabytes < 200


def test_what_is_read_of_a_mail_is_bounded():
    raw = b'Subject: exemplaar\n\n' + b'x' * MAX_BYTES + b'\nAan het eind'
    assert 'eind' not in read_mail(raw).text
