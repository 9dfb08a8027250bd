"""What is no request: automatic answers, bounces, lists and spam, by their headers (RFC 3834, RFC 3464, RFC 2369)."""

import re

from dossier.requests.mail import Mail

_MACHINE = re.compile(r'(?i)(?:mailer-daemon|postmaster|bounces?)(?:[+=-].*)?@')
_NO_REPLY = re.compile(r'(?i)(?:no-?reply|do-?not-?reply|niet-?beantwoorden|noreply\w*)[\w+.-]*@')
_SUBJECT = re.compile(
    r'(?i)(?:automatisch antwoord|automatic reply|automatische antwort|out of office|afwezig|undeliver'
    r'|onbestelbaar|delivery status|returned mail)'
)
_AUTOMATIC = ('x-autoreply', 'x-autorespond', 'x-auto-reply-from', 'x-autoresponder')


IGNORED = ('onbestelbaar', 'automatisch')  # certainly no request
UNLIKELY = ('spam', 'lijst')  # none, unless its text reads as one


def screen(mail: Mail) -> str:
    """Return what the headers say that it is (a word of REASONS), '' for a mail of a person; only that is ever answered."""
    headers, sender = mail.headers, mail.headers.get('from', '')
    machine = _MACHINE.search(sender)
    if mail.kind == 'multipart/report' or (machine and headers.get('return-path', '<>') == '<>'):
        return 'onbestelbaar'
    automatic = headers.get('auto-submitted', 'no').partition(';')[0].strip().lower() != 'no'
    autoresponder = headers.get('delivered-to', '').lower() == 'autoresponder'
    if automatic or autoresponder or any(name in headers for name in _AUTOMATIC):
        return 'automatisch'
    if headers.get('x-spam-flag', '').lower() == 'yes' or headers.get('x-spam-status', '').lower().startswith('yes'):
        return 'spam'
    precedence = headers.get('precedence', '').lower()
    if any(name.startswith('list-') for name in headers) or precedence in ('bulk', 'list', 'junk'):
        return 'lijst'
    if _SUBJECT.match(mail.subject) or headers.get('return-path') == '<>':
        return 'lijkt-automatisch'
    return 'geen-antwoord' if machine or _NO_REPLY.search(sender) else ''
