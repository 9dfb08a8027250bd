"""A mail as bytes in, what a person would see of it out. Mail is hostile: nothing here fails, and all is bounded.

The library `email` raises on real mail (an empty group, a parameter without a name, a charset that isn't one), so every
call that can choke stands alone in `attempt`. Nothing is fetched, no attachment is opened but winmail.dat.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, TypeVar

from tnefparse.tnef import TNEF, TNEFObject

from dossier.requests.aanvraag import tidy

T = TypeVar('T')
MAX_BYTES = 1_000_000  # what is read of a mail; behind it are attachments
MAX_TEXT = 100_000
_MAX_PARTS, _MAX_DEPTH, _MAX_NESTED, _MAX_MARKS = 100, 10, 20, 2_000
_MAX_HEADER, _MAX_KEYED = 2_000, 100_000
# Others are never the charset of a mail, and some take very long (punycode) or are no text (zlib).
_CHARSET = re.compile(r'(?i)(utf|us-ascii|ascii|iso|latin|windows|cp|koi8|mac|big5|gb|euc|shift|ks_c)[\w-]{0,20}')
_INVISIBLE = dict.fromkeys(map(ord, '\u00ad\u200b\u200c\u200d\u2060\ufeff'))
FORWARDED = '---------- Forwarded message ----------'


def attempt(default: T, function: Callable[..., T], *arguments: Any) -> T:
    """Return what one call gives; the default when it fails, however it fails."""
    try:
        return function(*arguments)
    except Exception:  # a single call on hostile input
        return default


@dataclass(frozen=True)
class Mail:
    """What is known of a mail: who, what about, its text; `identity` is the same for the same mail from another folder."""

    identity: str
    message_id: str
    sender: str  # the name, '' without one
    email: str
    subject: str
    moment: str  # ISO 8601, UTC; '' when it is unknown
    text: str
    kind: str  # the content type
    headers: dict[str, str] = field(default_factory=dict)  # by name in small letters; the first of each


def read_mail(raw: bytes) -> Mail:
    """Return the mail; its text is empty when there is none that can be read."""
    raw = raw[:MAX_BYTES]
    message = _parse(raw)
    headers: dict[str, str] = {}
    for name, value in attempt(list[tuple[str, str]](), lambda: list(message.raw_items())):
        headers.setdefault(name.lower(), tidy(_decode_words(_as_text(str(value))[:_MAX_HEADER])))
    answer = headers.get('reply-to') or headers.get('from', '')
    name, address = attempt(('', ''), parseaddr, headers.get('from', ''))
    to = attempt(('', ''), parseaddr, answer)[1] or address
    moment = attempt('', _as_moment, headers.get('date', ''))
    message_id = headers.get('message-id', '')
    body = re.sub(rb'[\s>]+', b'', raw.partition(b'\n\n' if b'\r\n\r\n' not in raw else b'\r\n\r\n')[2])[:_MAX_KEYED]
    known = [message_id, *(headers.get(key, '') for key in ('from', 'date', 'subject')), sha256(body).hexdigest()]
    return Mail(
        '\n'.join(known),
        message_id,
        name if '@' not in name else '',
        to if re.fullmatch(r'[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+', to) else '',
        headers.get('subject', ''),
        moment,
        _clean(_text_of(message)),
        attempt('', message.get_content_type),
        headers,
    )


def _parse(raw: bytes) -> Message:
    # Time grows with the number of parts times the lines, and the parser calls itself for each part in a part.
    if raw.lower().count(b'boundary=') <= _MAX_NESTED and raw.count(b'\n--') <= _MAX_MARKS:
        message = attempt(None, lambda: message_from_bytes(raw, policy=policy.compat32))
        if message is not None:
            return message
    return attempt(Message(), lambda: BytesHeaderParser(policy=policy.compat32).parsebytes(raw))


def _as_moment(text: str) -> str:
    return parsedate_to_datetime(text).astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')


def decode(content: bytes, charset: str | None) -> str:
    """Return the text: by the charset that was declared, else as UTF-8, else as Windows-1252."""
    for name in (charset if charset and _CHARSET.fullmatch(charset) else 'utf-8', 'utf-8', 'cp1252'):
        text = attempt(None, lambda name=name: content.decode(name))
        if text is not None:
            return text
    return content.decode('latin-1')


def _as_text(value: str) -> str:
    """Return a header in which raw bytes were kept as surrogates."""
    return decode(value.encode('utf-8', 'surrogateescape'), None) if not value.isascii() else value


def _decode_words(value: str) -> str:
    chunks = attempt([(value, None)], decode_header, value)
    return ''.join(decode(chunk, charset) if isinstance(chunk, bytes) else chunk for chunk, charset in chunks)


def _text_of(message: Message) -> str:
    """Return the plain text of all parts, or else the text of the HTML."""
    found = list(_parts(message, 0, [0]))
    plain = '\n'.join(text for kind, text in found if kind == 'plain')
    return plain if plain.strip() else '\n'.join(html_to_text(text) for kind, text in found if kind == 'html')


def _parts(message: Message, depth: int, count: list[int]) -> Iterator[tuple[str, str]]:
    count[0] += 1
    if depth > _MAX_DEPTH or count[0] > _MAX_PARTS:
        return
    kind = attempt('text/plain', message.get_content_type)
    if message.is_multipart():
        if kind == 'message/rfc822':
            yield 'plain', FORWARDED
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1, count)
        return
    data: Any = attempt(None, lambda: message.get_payload(decode=True))
    if not isinstance(data, bytes):
        return
    name = attempt('', lambda: message.get_filename() or '')
    shown = attempt(None, message.get_content_disposition)
    if kind == 'application/ms-tnef' or name.lower() == 'winmail.dat':
        yield from _tnef(data)
    elif kind in ('text/plain', 'text/html') and not (name and depth) and shown != 'attachment':
        text = decode(data[: MAX_TEXT * 4], attempt(None, message.get_content_charset))
        yield kind.removeprefix('text/'), text[:MAX_TEXT]


def _tnef(data: bytes) -> Iterator[tuple[str, str]]:
    # Not TNEF() itself: it believes a count of four thousand million properties, and would never end.
    offset = 6
    for _object in range(_MAX_PARTS):
        found = attempt(None, TNEFObject, data[offset:])
        if found is None or found.length <= 0:
            return
        if found.name == TNEF.ATTBODY:
            yield 'plain', decode(found.data, None)[:MAX_TEXT].rstrip('\0')
        offset += found.length


def _clean(text: str) -> str:
    """Return lines of printable signs, with one kind of space."""
    text = text[:MAX_TEXT].translate(_INVISIBLE).replace('\r\n', '\n').replace('\r', '\n')
    return '\n'.join(tidy(line) for line in text.split('\n'))


class _Text(HTMLParser):
    """Collects the text of a page: a line a block, quotations with a sign before each line."""

    BLOCKS = frozenset(
        'p div br blockquote tr li ul ol table h1 h2 h3 h4 h5 h6 hr address section article body'.split()
    )
    UNSEEN = frozenset('script style head title template'.split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = ['']
        self.unseen = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in self.UNSEEN
        self.quoted += tag == 'blockquote'
        if tag == 'br' or (tag in self.BLOCKS and self.lines[-1].strip()):
            self.lines.append('')
        elif tag in ('td', 'th'):
            self.lines[-1] += ' '

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in self.UNSEEN))
        self.quoted = max(0, self.quoted - (tag == 'blockquote'))
        if tag in self.BLOCKS and tag != 'br' and self.lines[-1].strip():
            self.lines.append('')
        if tag == 'p':
            self.lines.append('')

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            words = re.sub(r'\s+', ' ', data)
            self.lines[-1] += words if self.lines[-1] or not self.quoted else f'> {words}'


def html_to_text(html: str) -> str:
    """Return the text of a page, a line a block; nothing of it is run or fetched."""
    html = ''.join(piece.partition('-->')[2] if n else piece for n, piece in enumerate(html.split('<!--')))
    html = re.sub(r'<(?=[^<>]*(?:<|\Z))', '', html)  # on tags that never end the parser looks ahead again and again
    parser = _Text()
    attempt(None, parser.feed, html)
    attempt(None, parser.close)
    text = '\n'.join(line.strip() for line in parser.lines)
    return re.sub(r'\n{3,}', '\n\n', text)
