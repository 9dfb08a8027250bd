"""Mails from a real IMAP server over TLS, also when the program is killed in the midst of it."""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from imap_tools.mailbox import MailBox

from dossier.errors import SourceError
from dossier.requests.mailbox import FLAG, read_address, read_mailbox
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from tests.conftest import ROOT
from tests.requests.dovecot import PASSWORD, PROGRAM, Server

pytestmark = pytest.mark.skipif(
    PROGRAM is None or os.getuid() != 0, reason='dovecot is not installed, or this is not root'
)


def make_mail(n):
    filler = 'een lange zin over iets anders. ' * (n % 50)
    return (
        f'From: Verzonnen Mens{n} <mens{n}@voorbeeld.example>\r\nTo: communicatie@ipo.nl\r\nSubject: gedrukt exemplaar\r\n'
        f'Message-ID: <{n}@kill.example>\r\nDate: Thu, 01 Apr 2027 10:00:{n % 60:02} +0200\r\n\r\n'
        f'Graag een exemplaar. {filler}\r\n\r\nVerzonnen Mens{n}\r\nBedachtestraat {n + 1}\r\n7411 AB Deventer\r\n'
    ).encode()


@pytest.fixture(scope='module')
def server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def box(server):
    """Open a mailbox as a person would, to look at it."""
    import ssl

    opened = []

    def open_box(user, folder='INBOX'):
        context = ssl.create_default_context(cafile=str(server.certificate))
        opened.append(MailBox('localhost', server.port, ssl_context=context).login(user, PASSWORD, folder))
        return opened[-1]

    yield open_box
    for each in opened:
        each.logout()


def start(project, server, user, *options):
    arguments = ['requests', 'import', server.address(user), '--ca', str(server.certificate), *options]
    environment = {**os.environ, 'DOSSIER_IMAP_PASSWORD': PASSWORD}
    return subprocess.Popen(
        [sys.executable, '-m', 'dossier', '--project', str(project.path), *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def message_ids(project, clock):
    engine = open_database(f'sqlite:///{project.path}/output/aanvragen/aanvragen.db')
    found = Counter(request.message_id for request in Register(engine, 'test', clock).select())
    engine.dispose()
    return found


def kill_and_go_on(project, server, user, count, kills, clock, *options):
    """Import, killed again and again at a random moment; returns how many mails were in the register at each kill."""
    server.deliver(user, [make_mail(n) for n in range(count)])
    chance, seen = random.Random(20270317), []
    started = time.monotonic()
    start(project, server, 'niemand').communicate(timeout=60)  # how long starting takes here
    launch = time.monotonic() - started
    for _kill in range(kills):
        process = start(project, server, user, *options)
        time.sleep(launch * 0.7 + chance.random() * (launch * 0.5 + count / kills * 0.012))
        process.kill()
        process.communicate(timeout=60)
        seen.append(sum(message_ids(project, clock).values()))
    _out, err = (last := start(project, server, user, *options)).communicate(timeout=300)
    assert last.returncode == 0, err
    assert message_ids(project, clock) == {f'<{n}@kill.example>': 1 for n in range(count)}
    return seen


def test_killed_three_times_every_mail_comes_in_exactly_once(project, server, clock, box):
    seen = kill_and_go_on(project, server, 'drie', 60, 3, clock)
    assert seen == sorted(seen)
    assert len(box('drie').uids(f'KEYWORD {FLAG}')) == 60
    assert box('drie').uids('SEEN') == []
    out, _err = start(project, server, 'drie').communicate(timeout=60)
    assert out == ''  # nothing is left to do


@pytest.mark.slow
def test_killed_twenty_times_of_a_thousand_mails_each_comes_in_exactly_once(project, server, clock, box):
    seen = kill_and_go_on(project, server, 'duizend', 1000, 20, clock)
    print('mails in the register at each kill:', seen)
    assert sum(0 < n < 1000 for n in seen) >= 10  # it was really broken off in the midst
    assert len(box('duizend').uids('ALL')) == len(box('duizend').uids(f'KEYWORD {FLAG}')) == 1000


@pytest.mark.slow
def test_killed_while_moving_no_mail_is_lost(project, server, clock, box):
    kill_and_go_on(project, server, 'verhuizer', 200, 6, clock, '--move', 'Klaar')
    assert box('verhuizer').uids('ALL') == []
    assert len(box('verhuizer', 'Klaar').uids('ALL')) == 200


def test_mails_that_are_done_move_to_a_folder_when_asked(project, server, box):
    server.deliver('mover', [make_mail(n) for n in range(3)])
    out, err = start(project, server, 'mover', '--move', 'Klaar').communicate(timeout=60)
    assert out.split() == ['3', 'nieuw'], err
    assert (box('mover').uids('ALL'), len(box('mover', 'Klaar').uids('ALL'))) == ([], 3)


def codes(address, password=PASSWORD, **options):
    with pytest.raises(SourceError) as error:
        list(read_mailbox(read_address(address, **options), password))
    assert password not in str(error.value)
    return [finding.code for finding in error.value.findings]


def test_what_is_wrong_with_a_mailbox_is_told(server):
    trusted = {'authority': server.certificate}
    server.deliver('fout', [make_mail(1)])
    assert codes(server.address('fout')) == ['imap-certificaat']
    assert codes(server.address('fout').replace('localhost', '127.0.0.1'), **trusted) == ['imap-certificaat']
    assert codes(server.address('fout'), 'verkeerd-woord', **trusted) == ['imap-aanmelden']
    assert codes(server.address('fout', 'Bestaat niet'.replace(' ', '%20')), **trusted) == ['imap-map']
    assert codes(server.address('fout'), move_to='Nergens', **trusted) == ['imap-map']
    assert codes('imaps://a@localhost:1/', **trusted) == ['imap-verbinding']


@pytest.mark.parametrize(
    ('address', 'code'),
    [
        ('imap://a@localhost/INBOX', 'imap-adres'),
        ('imaps://localhost/INBOX', 'imap-adres'),
        ('imaps://a@localhost:99999/', 'imap-adres'),
        ('imaps://a:geheim@localhost/INBOX', 'imap-wachtwoord'),
        ('http://a@localhost/', 'imap-adres'),
    ],
)
def test_an_address_that_is_none_is_told(address, code):
    with pytest.raises(SourceError) as error:
        read_address(address)
    assert [finding.code for finding in error.value.findings] == [code]
    assert 'geheim' not in str(error.value)


def test_a_user_with_an_at_sign_and_a_folder_with_a_space():
    account = read_address('imaps://info%40voorbeeld.example@mail.example/Map%20een')
    assert (account.user, account.host, account.port, account.folder) == (
        'info@voorbeeld.example',
        'mail.example',
        993,
        'Map een',
    )
