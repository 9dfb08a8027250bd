"""A file, a folder, a Maildir or an mbox, in; its mails, one at a time, out; changes nothing there; fails with SourceError."""

import re
from collections.abc import Iterator
from pathlib import Path

from dossier.errors import Place, SourceError
from dossier.messages import finding
from dossier.requests.mail import MAX_BYTES


def read_files(path: Path) -> Iterator[bytes]:
    """Yield the mails (the first MAX_BYTES) of an .eml file, a folder of them, a Maildir or an mbox; SourceError."""
    try:
        if path.is_dir():
            for file in _list(path):
                yield _head(file)
        elif _head(path, 5) == b'From ':
            yield from _split_mbox(path)
        else:
            yield _head(path)
    except OSError as error:
        code = 'bron-ontbreekt' if isinstance(error, FileNotFoundError) else 'bestand-onleesbaar'
        raise SourceError([finding(code, Place(str(path)), reason=error.strerror)]) from error


def _list(folder: Path) -> list[Path]:
    """Return the mails of a Maildir, or else all .eml files in the folder and below it, in the order of their names."""
    if (folder / 'cur').is_dir() and (folder / 'new').is_dir():
        found = [*(folder / 'new').iterdir(), *(folder / 'cur').iterdir()]
        return sorted((file for file in found if file.is_file()), key=lambda file: file.name)
    return sorted(file for file in folder.rglob('*') if file.suffix.lower() == '.eml' and file.is_file())


def _head(file: Path, size: int = MAX_BYTES) -> bytes:
    with file.open('rb') as opened:
        return opened.read(size)


def _split_mbox(file: Path) -> Iterator[bytes]:
    """Yield the mails of an mbox: each begins with a line "From " after an empty one (RFC 4155)."""
    mail, empty = bytearray(), True
    with file.open('rb') as opened:
        opened.readline(MAX_BYTES)
        while line := opened.readline(MAX_BYTES):
            if empty and line.startswith(b'From '):
                yield bytes(mail)
                mail.clear()
            elif len(mail) < MAX_BYTES:
                mail += re.sub(rb'\A>(>*From )', rb'\1', line)
            empty = line in (b'\n', b'\r\n')
    yield bytes(mail)
