"""Confirmations, to a real mail server: each once whatever happens, with TLS, and nothing of what the other wrote."""

import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd import smtp as protocol
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from dossier.errors import DataError, OutputError
from dossier.post.carrier import OUTBOX, Outbox, open_server
from dossier.post.confirm import Clerk
from dossier.post.templates import open_templates
from dossier.requests.aanvraag import Status
from tests.bench.letters import OFFICE
from tests.requests.conftest import Clock, make_request


class Postman:
    """Takes mails, or does what the test says; `answers` are given in turn at the step of that name."""

    def __init__(self):
        self.mails = []
        self.senders = []
        self.answers = {}

    def _next(self, step):
        return self.answers.get(step, []).pop(0) if self.answers.get(step) else None

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self._next('mail') or '250 OK'

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self._next('rcpt')
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or '250 OK'

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self._next('data')
        if answer == 'drop':  # it has the mail, and the line breaks
            self.mails.append(envelope.content)
            server.transport.abort()
            return '250 OK'
        if answer == 'kill':
            os.kill(os.getpid(), signal.SIGKILL)
        if not answer:
            self.mails.append(envelope.content)
            self.senders.append(envelope.mail_from)
        return answer or '250 OK'


class TlsController(Controller):
    """A server that speaks TLS from the start, or after STARTTLS."""

    def __init__(self, handler, context, starttls, **options):
        self.starttls = starttls
        self.tls = context
        super().__init__(handler, hostname='127.0.0.1', port=0, ssl_context=None if starttls else context, **options)

    def factory(self):
        if self.starttls:
            options = {'tls_context': self.tls, 'require_starttls': True}
            return protocol.SMTP(self.handler, **options, authenticator=_check, auth_exclude_mechanism=['LOGIN'])
        return protocol.SMTP(
            self.handler, authenticator=_check, auth_require_tls=False, auth_exclude_mechanism=['LOGIN']
        )

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _check(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b'geheim' and data.login == b'bode', handled=False)


@pytest.fixture(scope='session')
def certificate(tmp_path_factory):
    """A certificate of 127.0.0.1 and its key, made by openssl."""
    folder = tmp_path_factory.mktemp('tls')
    command = (
        'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1'
    )
    subprocess.run(
        [*command.split(), '-keyout', 'key.pem', '-out', 'cert.pem'], cwd=folder, check=True, capture_output=True
    )
    return folder


@pytest.fixture(params=['smtps', 'smtp'])
def mail_server(request, certificate, monkeypatch):
    """A real server: its postman and its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / 'cert.pem', certificate / 'key.pem')
    monkeypatch.setenv('SSL_CERT_FILE', str(certificate / 'cert.pem'))
    postman = Postman()
    controller = TlsController(postman, context, request.param == 'smtp')
    controller.start()
    yield postman, f'{request.param}://bode@127.0.0.1:{controller.port}'
    controller.stop()


@pytest.fixture
def clerk(tmp_path):
    from dossier.requests.register import Register
    from dossier.requests.schema import open_database

    clock = Clock()
    engine = open_database(f'sqlite:///{tmp_path}/aanvragen.db')
    register = Register(engine, 'anna', clock)
    yield Clerk(register, OFFICE, open_templates(tmp_path), clock())
    engine.dispose()


def add(clerk, count=3, **values):
    for n in range(1, count + 1):
        clerk.register.add(f'{n} {values}', b'', [make_request(n, **values)])
    return clerk.register.select()


def confirm(clerk, address, password='geheim'):
    with open_server(address, password) as server:
        return clerk.confirm(server)


def test_each_once_with_the_right_headers(clerk, mail_server):
    postman, address = mail_server
    requests = add(clerk, 3)
    assert confirm(clerk, address) == (3, [])
    assert confirm(clerk, address) == (0, [])
    mails = [message_from_bytes(mail, policy=policy.default) for mail in postman.mails]
    assert postman.senders == ['<>'] * 3
    for mail, request in zip(mails, requests, strict=True):
        assert mail['To'] == request.email
        assert mail['From'] == OFFICE.email
        assert mail['Auto-Submitted'] == 'auto-replied'
        assert mail['X-Auto-Response-Suppress'] == 'All'
        assert mail['In-Reply-To'] == mail['References'] == request.message_id
        assert f'2027-000{request.nummer}' in mail['Subject']
        assert request.naam not in mail.as_string()
        assert request.straat not in mail.as_string()
    assert len({mail['Message-ID'] for mail in mails}) == 3
    approved = clerk.register.transition(requests[:1], Status.APPROVED)
    clerk.register.transition(approved, Status.SENT)
    assert confirm(clerk, address) == (1, [])
    assert 'verzonden' in message_from_bytes(postman.mails[-1], policy=policy.default)['Subject']


def test_never_to_a_machine_nor_to_what_is_unsure_nor_to_no_address(clerk, mail_server):
    postman, address = mail_server
    add(clerk, 1, beantwoorden=False)
    add(clerk, 1, status=Status.UNSURE, naam='B', email='b@voorbeeld.example')
    add(clerk, 1, status=Status.IGNORED, naam='C', email='c@voorbeeld.example')
    for n, wrong in enumerate(
        ('', 'geen', 'a b@c.nl', 'a@b', 'a@b.nl\nBcc: x@y.nl', 'a@b.nl,c@d.nl', '<a@b.nl>', 'é@b.nl')
    ):
        add(clerk, 1, naam=f'D{n}', email=wrong, postcode='', huisnummer=str(n), status=Status.NEW)
    for request in clerk.register.select(Status.UNSURE):
        if request.naam.startswith('D'):
            clerk.register.change(request, status=Status.NEW)
    assert confirm(clerk, address) == (0, [])
    assert postman.mails == []


def test_no_header_can_be_put_in(clerk):
    request = make_request(1, nummer=1, message_id='<a@b>\r\nBcc: kwaad@voorbeeld.example', naam='x\r\nBcc: y@z.nl')
    mail = clerk.write(request, 'ontvangen')
    assert mail['Bcc'] is None
    assert 'In-Reply-To' not in mail
    assert b'kwaad' not in mail.as_bytes()


def test_who_asks_again_and_again_gets_one_answer_a_day(clerk, mail_server):
    _postman, address = mail_server
    for n in range(3):
        add(clerk, 1, naam=f'N{n}', postcode='', huisnummer=str(n), email='lus@voorbeeld.example')
    for request in clerk.register.select(Status.UNSURE):
        clerk.register.change(request, status=Status.NEW)
    assert confirm(clerk, address)[0] == 1
    assert confirm(clerk, address)[0] == 0
    clerk.register._clock.pass_days(2)
    assert confirm(replace(clerk, now=clerk.register._clock()), address)[0] == 1


@pytest.mark.parametrize(
    ('answers', 'first', 'code', 'then'),
    [
        ({'rcpt': ['550 nobody']}, 2, 'mail-geweigerd', (0, 0)),  # for good: no other try
        ({'rcpt': ['451 later']}, 2, 'mail-geweigerd', (1, 0)),
        ({'data': ['554 no']}, 2, 'mail-geweigerd', (0, 0)),
        ({'data': ['452 full']}, 2, 'mail-geweigerd', (1, 0)),
        ({'mail': ['550 no empty sender']}, 3, None, (0, 0)),  # then with a sender
        ({'mail': ['550 no', '550 no']}, None, 'mail-server', (3, 0)),
        ({'data': ['drop']}, None, 'mail-server', (2, 1)),  # taken or not? never twice
    ],
)
def test_a_server_that_fails(answers, first, code, then, clerk, mail_server):
    postman, address = mail_server
    add(clerk, 3)
    postman.answers = {step: [*given] for step, given in answers.items()}
    if first is None:
        with pytest.raises(OutputError) as caught:
            confirm(clerk, address)
        assert caught.value.findings[0].code == code
    else:
        sent, wrong = confirm(clerk, address)
        assert sent == first
        assert [found.code for found in wrong] == ([code] if code else [])
    sent, wrong = confirm(clerk, address)
    assert (sent, len(wrong)) == then
    assert len({message_from_bytes(mail)['Message-ID'] for mail in postman.mails}) == len(postman.mails)


def test_a_wrong_password_a_strange_certificate_and_no_server_are_told(clerk, mail_server, monkeypatch):
    postman, address = mail_server
    add(clerk, 1)
    for server, password in ((address, 'fout'), ('smtps://127.0.0.1:1', 'geheim')):
        with pytest.raises(OutputError) as caught:
            confirm(clerk, server, password)
        assert 'geheim' not in str(caught.value)
        assert 'persoon1' not in str(caught.value)
    monkeypatch.delenv('SSL_CERT_FILE')
    with pytest.raises(OutputError):
        confirm(clerk, address)
    assert postman.mails == []
    monkeypatch.undo()


@pytest.mark.parametrize('address', ['http://x', 'smtp://', 'smtp://a:b@c', 'smtp://x:99999999', 'voorbeeld'])
def test_a_wrong_address_of_a_server_is_told(address):
    with pytest.raises(DataError), open_server(address, ''):
        pass


def test_the_outbox_holds_each_mail_once_and_a_mail_program_reads_it(clerk, tmp_path):
    add(clerk, 2)
    assert clerk.confirm(Outbox(tmp_path)) == (2, [])
    assert clerk.confirm(Outbox(tmp_path)) == (0, [])
    files = sorted((tmp_path / OUTBOX).iterdir())
    assert [file.name for file in files] == ['00001-ontvangen.eml', '00002-ontvangen.eml']
    mail = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert mail['To'] == 'persoon1@voorbeeld.example'
    assert 'Wij hebben uw aanvraag' in mail.get_content()
    assert [made.bestand for made in clerk.register.made(1)] == [f'{OUTBOX}/00001-ontvangen.eml']


def test_in_english_where_it_was_asked(clerk):
    assert 'Your request' in clerk.write(make_request(1, nummer=1, taal='en'), 'ontvangen')['Subject']
    assert 'posted' in clerk.write(make_request(1, nummer=1, taal='en'), 'verzonden')['Subject']


_RUN = """
import sys, time
from pathlib import Path
from datetime import UTC, datetime
from dossier.post.carrier import open_server
from dossier.post.confirm import Clerk
from dossier.post.templates import open_templates
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from tests.bench.letters import OFFICE
folder, address = Path(sys.argv[1]), sys.argv[2]
register = Register(open_database(f'sqlite:///{folder}/aanvragen.db'), 'x', lambda: datetime(2027, 4, 1, 9, tzinfo=UTC))
clerk = Clerk(register, OFFICE, open_templates(folder), datetime(2027, 4, 1, 9, tzinfo=UTC))
print('begin', flush=True)
with open_server(address, 'geheim') as server:
    clerk.confirm(server)
"""


def test_killed_in_the_middle_nobody_gets_two(clerk, mail_server, tmp_path):
    postman, address = mail_server
    add(clerk, 40)
    root = Path(__file__).parent.parent.parent
    for delay in (0.02, 0.15, 0.3):
        command = [sys.executable, '-c', _RUN, str(tmp_path), address]
        process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, env={**os.environ, 'PYTHONPATH': str(root)}
        )
        process.stdout.readline()
        time.sleep(delay)
        process.kill()
        process.wait()
        process.stdout.close()
    _sent, wrong = confirm(clerk, address)
    numbers = [message_from_bytes(mail)['Message-ID'] for mail in postman.mails]
    assert len(numbers) == len({*numbers})
    assert 40 - len(wrong) <= len(numbers) <= 40
    assert len(wrong) <= 4  # one each time, at most, of which nobody knows
    assert all(found.code == 'mail-onzeker' for found in wrong)
