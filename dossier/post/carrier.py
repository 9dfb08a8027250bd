"""Carriers of mails: an outbox of files, or a mail server over TLS; fails with MailError, that says whether a mail went out."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from enum import Enum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from dossier.deliver import deliver
from dossier.errors import DataError, OutputError
from dossier.messages import finding

OUTBOX = 'output/aanvragen/uitgaand'
_TIMEOUT_S = 30


class Outcome(Enum):
    """What became of a mail that failed."""

    NOT_SENT = 1
    REFUSED = 2  # for good
    UNKNOWN = 3  # the line broke while the server took it


class MailError(OutputError):
    """A mail failed; `stops` when the next would fail as well."""

    def __init__(self, reason: str, outcome: Outcome, stops: bool) -> None:
        super().__init__([finding('mail-server', reason=reason)])
        self.reason, self.outcome, self.stops = reason, outcome, stops


class Outbox:
    """Puts mails in a folder of the project, as files that a mail program opens; the same mail is the same file."""

    once = False  # to send it again is no second mail

    def __init__(self, project: Path) -> None:
        self._project = project

    def send(self, name: str, mail: EmailMessage) -> str:
        """Return the file."""
        file = f'{OUTBOX}/{name}.eml'
        deliver(self._project, {file: mail.as_bytes(policy=SMTP)})
        return file


class Server:
    """Hands mails to a mail server, over one connection."""

    once = True

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def send(self, name: str, mail: EmailMessage) -> str:
        """Return 'verstuurd' when the server has taken the mail; MailError."""
        server = self._connection
        with _explained(Outcome.NOT_SENT):
            server.rset()
            # No sender on the envelope, so that nothing answers (RFC 3834, 3.3), where the server lets us.
            if server.mail('')[0] != 250:
                server.rset()
                _expect(server.mail(mail['From']), stops=True)
            _expect(server.rcpt(mail['To']), stops=False)
        with _explained(Outcome.UNKNOWN):
            _expect(server.data(mail.as_bytes(policy=SMTP)), stops=False)
        return 'verstuurd'


Carrier = Outbox | Server


@contextmanager
def open_server(address: str, password: str) -> Iterator[Server]:
    """Give the server at smtps://user@server:465, or at smtp://user@server:587 with STARTTLS; DataError, MailError."""
    parts = urlsplit(address)
    try:
        host, port = parts.hostname or '', parts.port
    except ValueError:
        host, port = '', None
    if parts.scheme not in ('smtp', 'smtps') or not host or parts.password:
        raise DataError([finding('mail-instelling', value=f'{parts.scheme}://{host}')])
    with _explained(Outcome.NOT_SENT):
        server = _connect(parts, host, port, password)
    try:
        yield Server(server)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _connect(parts: SplitResult, host: str, port: int | None, password: str) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if parts.scheme == 'smtps':
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=_TIMEOUT_S, context=trusted)
    else:
        server = smtplib.SMTP(host, port or 587, timeout=_TIMEOUT_S)
    try:
        if parts.scheme == 'smtp':
            server.starttls(context=trusted)
        if parts.username:
            server.login(unquote(parts.username), password)
        server.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _expect(answer: tuple[int, bytes], stops: bool) -> None:
    """Go on after a yes; MailError after a no: 4xx for now, 5xx for good (RFC 5321, 4.2.1)."""
    if answer[0] not in (250, 251):
        outcome = Outcome.REFUSED if answer[0] >= 500 and not stops else Outcome.NOT_SENT
        raise MailError(str(answer[0]), outcome, stops)


@contextmanager
def _explained(outcome: Outcome) -> Iterator[None]:
    """Turn what goes wrong on the line into a MailError, without a word that may hold an address or a password."""
    try:
        yield
    except smtplib.SMTPResponseException as error:  # the server said no
        raise MailError(f'{type(error).__name__} {error.smtp_code}', Outcome.NOT_SENT, stops=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(type(error).__name__, outcome, stops=True) from error
