"""What is no request: automatic answers, bounces, lists and spam, by their headers (RFC 3834, RFC 3464, RFC 2369)."""

import re
from dataclasses import dataclass

from dossier.requests.mail import Mail

_MACHINE = re.compile(r'(?i)(?:mailer-daemon|postmaster|bounces?)(?:[+=-].*)?@')
_NO_REPLY = re.compile(r'(?i)(?:no-?reply|do-?not-?reply|niet-?beantwoorden|noreply\w*)[\w+.-]*@')
_SUBJECT = re.compile(
    r'(?i)(?:automatisch antwoord|automatic reply|automatische antwort|out of office|afwezig|undeliver'
    r'|onbestelbaar|delivery status|returned mail)'
)
_AUTOMATIC = ('x-autoreply', 'x-autorespond', 'x-auto-reply-from', 'x-autoresponder')


@dataclass(frozen=True)
class Screened:
    """`ignored`: certainly no request. `unlikely`: none, unless its text reads as one. `doubt`: a person must look."""

    ignored: str = ''
    unlikely: str = ''
    doubt: str = ''
    answerable: bool = True


def screen(mail: Mail) -> Screened:
    """Return what the headers say of the mail; never answer what a machine sent."""
    headers, sender = mail.headers, mail.headers.get('from', '')
    if mail.kind == 'multipart/report' or (_MACHINE.search(sender) and headers.get('return-path', '<>') == '<>'):
        return Screened(ignored='onbestelbaar', answerable=False)
    automatic = headers.get('auto-submitted', 'no').partition(';')[0].strip().lower() != 'no'
    if (
        automatic
        or any(name in headers for name in _AUTOMATIC)
        or headers.get('delivered-to', '').lower() == 'autoresponder'
    ):
        return Screened(ignored='automatisch', answerable=False)
    empty_path = headers.get('return-path') == '<>'
    if headers.get('x-spam-flag', '').lower() == 'yes' or headers.get('x-spam-status', '').lower().startswith('yes'):
        return Screened(unlikely='spam', answerable=False)
    if any(name.startswith('list-') for name in headers) or headers.get('precedence', '').lower() in (
        'bulk',
        'list',
        'junk',
    ):
        return Screened(unlikely='lijst', answerable=False)
    if _SUBJECT.match(mail.subject) or empty_path:
        return Screened(doubt='lijkt-automatisch', answerable=False)
    if _NO_REPLY.search(sender) or _MACHINE.search(sender):
        return Screened(doubt='geen-antwoord', answerable=False)
    return Screened(answerable=bool(mail.email))
