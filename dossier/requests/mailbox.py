"""A mailbox over IMAP with TLS, in; its mails, one at a time, out. A mail that is done gets a flag or moves; nothing is deleted."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path
from urllib.parse import unquote, urlsplit

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.mailbox import MailBox

from dossier.errors import SourceError
from dossier.messages import finding
from dossier.requests.mail import MAX_BYTES

FLAG = 'DossierGelezen'  # a keyword of our own: "seen" is for people
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Account:
    """Where a mailbox is, and whose."""

    host: str
    port: int
    user: str
    folder: str
    authority: Path | None = None  # a file of certificates to trust, besides those of the system
    move_to: str | None = None


def read_address(address: str, authority: Path | None = None, move_to: str | None = None) -> Account:
    """Return the account of imaps://user@host/FOLDER; SourceError when it is none, or when it holds a password."""
    try:
        parts = urlsplit(address)
        port = parts.port or 993
    except ValueError as error:
        raise SourceError([finding('imap-adres')]) from error
    if parts.scheme != 'imaps' or not parts.hostname or not parts.username:
        raise SourceError([finding('imap-adres')])
    if parts.password is not None:
        raise SourceError([finding('imap-wachtwoord')])
    folder = unquote(parts.path.lstrip('/')) or 'INBOX'
    return Account(parts.hostname, port, unquote(parts.username), folder, authority, move_to)


def read_mailbox(account: Account, password: str) -> Iterator[bytes]:
    """Yield the mails that weren't done before; one is done when the next is asked for. SourceError when the mailbox fails."""
    with _explained(account), _opened(account, password) as box:
        if account.move_to:
            _check_move(box, account.host, account.move_to)
        for uid in box.uids('ALL' if account.move_to else f'UNKEYWORD {FLAG}'):
            yield _fetch(box, uid)
            if account.move_to:
                box.move([uid], account.move_to)
            else:
                box.flag([uid], [FLAG], True)


@contextmanager
def _opened(account: Account, password: str) -> Iterator[MailBox]:
    context = ssl.create_default_context()
    if account.authority:
        context.load_verify_locations(account.authority)
    box = MailBox(account.host, account.port, timeout=_TIMEOUT_SECONDS, ssl_context=context)
    try:
        box.login(account.user, password, account.folder)
        yield box
    finally:
        with suppress(OSError, IMAP4.error, ImapToolsError):
            box.logout()
        with suppress(OSError):  # closed already, unless logging in failed
            box.client.shutdown()


def _check_move(box: MailBox, host: str, folder: str) -> None:
    _status, known = box.client.capability()  # more than before logging in
    box.client.capabilities = tuple(known[0].decode().upper().split())
    if 'MOVE' not in box.client.capabilities:
        raise SourceError([finding('imap-verplaatsen')])  # copying and deleting could lose a mail
    if not box.folder.exists(folder):
        raise SourceError([finding('imap-map', host=host, folder=folder)])


def _fetch(box: MailBox, uid: str) -> bytes:
    """Return the first part of a mail, without marking it as seen; empty when it is gone."""
    _status, answer = box.client.uid('FETCH', uid, f'(BODY.PEEK[]<0.{MAX_BYTES}>)')
    return next((part[1] for part in answer if isinstance(part, tuple)), b'')


@contextmanager
def _explained(account: Account) -> Iterator[None]:
    """Turn the errors of a mailbox into messages; none of them repeats what the server says."""
    try:
        yield
    except MailboxLoginError as error:
        raise SourceError([finding('imap-aanmelden', host=account.host)]) from error
    except MailboxFolderSelectError as error:
        raise SourceError([finding('imap-map', host=account.host, folder=account.folder)]) from error
    except ssl.SSLCertVerificationError as error:
        raise SourceError([finding('imap-certificaat', host=account.host)]) from error
    except (ImapToolsError, IMAP4.error, OSError) as error:
        raise SourceError([finding('imap-verbinding', host=account.host, reason=type(error).__name__)]) from error
