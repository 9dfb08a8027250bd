"""Words in, the files below a folder that hold one of them out, also when it is coded or packed."""

import base64
import json
import quopri
import re
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

_STREAM = re.compile(rb'stream\r?\n')
_MAX_STREAM = 50_000_000


def find_traces(folder: Path, words: Collection[str]) -> list[Path]:
    """Return the files in which a word stands: as text, in UTF-16, base64, quoted-printable or hex, or packed in a PDF."""
    needles = {needle for word in words for needle in _forms(word)}
    pattern = re.compile(b'|'.join(map(re.escape, sorted(needles)))) if needles else None
    files = sorted(path for path in folder.rglob('*') if path.is_file()) if pattern else []
    return [path for path in files if pattern and any(pattern.search(view) for view in _views(path.read_bytes()))]


def _forms(word: str) -> Iterator[bytes]:
    plain = word.encode()
    yield from {plain, word.upper().encode(), word.lower().encode(), word.encode('latin-1', 'replace')}
    yield re.sub(rb'\s+', b'_', plain)  # an encoded word of a header
    yield quopri.encodestring(plain).rstrip()
    yield quopri.encodestring(plain, header=True).rstrip()
    yield from (word.encode('utf-16-le'), word.encode('utf-16-be'), word.encode('utf-16-be').hex().encode())
    yield word.encode('utf-16-be').hex().upper().encode()
    yield from (json.dumps(word)[1:-1].encode(), plain.hex().encode())
    for before in range(3):  # base64 depends on where a word begins; the ends mix with what stands beside it
        coded = base64.b64encode(b'\0' * before + plain)
        skip, rest = (0, 2, 3)[before], (len(plain) + before) % 3
        middle = coded[skip : len(coded) - (4 if rest else 0)]
        if len(middle) >= 6:
            yield middle


def _views(content: bytes) -> Iterator[bytes]:
    """Yield the bytes, the same without soft line ends, and what is packed in it."""
    yield content
    if b'=\n' in content or b'=\r\n' in content:
        yield re.sub(rb'=\r?\n', b'', content)
    if content.startswith(b'%PDF'):
        for start in _STREAM.finditer(content):
            try:
                end = content.find(b'endstream', start.end())
                yield zlib.decompressobj().decompress(content[start.end() : end], _MAX_STREAM)
            except zlib.error:
                continue  # not packed, or packed in another way
    else:
        yield re.sub(rb'[\r\n]+', b'', content)  # base64 is broken in lines
