"""Entries on disk, found by key: a head in JSON and a body. May be deleted at any time; a damaged entry counts as none.

An entry is written aside and moved in place, so that builds side by side can't hurt each other; its digest stands inside.
"""

import json
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

LIMIT_BYTES = 1_000_000_000  # thirteen editions of a book of 100 pages with their products take 60 MB
_KEPT_S = 3600  # what was used this short before the newest entry may still be in use by a build
_MAGIC = b'dossier-1'


@dataclass(frozen=True)
class Entry:
    """A whole entry: its head and its digest, and where its body begins in its file."""

    head: Any
    digest: str
    path: Path
    offset: int

    def read(self) -> bytes:
        """Return the body."""
        with self.path.open('rb') as file:
            file.seek(self.offset)
            return file.read()


@dataclass(frozen=True)
class Store:
    """A folder of entries."""

    folder: Path

    def put(self, key: str, head: Any, body: bytes) -> Entry:
        """Keep an entry; OSError when the disk can't take it."""
        path, packed = self._path(key), json.dumps(head, separators=(',', ':')).encode()
        made = digest(packed, body)
        first = b'%s %s %d\n' % (_MAGIC, made.encode(), len(packed))
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix='aside-', delete=False) as file:
            aside = Path(file.name)
            try:
                file.writelines((first, packed, body))
                file.close()
                aside.replace(path)
            except OSError:
                aside.unlink(missing_ok=True)
                raise
        return Entry(head, made, path, len(first) + len(packed))

    def get(self, key: str) -> Entry | None:
        """Return the entry of this key, now the youngest; None when there is none or it is damaged."""
        path = self._path(key)
        try:
            first, _newline, rest = path.read_bytes().partition(b'\n')
            magic, made, length = first.split()
            packed, body = rest[: int(length)], rest[int(length) :]
            if (magic, made.decode()) != (_MAGIC, digest(packed, body)):
                return None
            path.touch()
            return Entry(json.loads(packed), made.decode(), path, len(first) + 1 + len(packed))
        except (OSError, ValueError):
            return None

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> None:
        """Throw the oldest entries out until the rest fits; what may still be in use stays."""
        found = sorted(_stat(self.folder.glob('*/*')), reverse=True)
        total = 0
        for time, size, path in found:
            total += size
            if time < found[0][0] - _KEPT_S and (total > limit_bytes or path.name.startswith('aside-')):
                with suppress(OSError):  # another build was first, or it is open on Windows
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def digest(*parts: str | bytes) -> str:
    """Return the key of these parts; ('ab', 'c') has another than ('a', 'bc')."""
    made = sha256()
    for part in parts:
        content = part.encode('utf-8', 'surrogatepass') if isinstance(part, str) else part
        made.update(b'%d ' % len(content) + content)
    return made.hexdigest()


def _stat(paths: Iterable[Path]) -> Iterable[tuple[float, int, Path]]:
    for path in paths:
        with suppress(OSError):
            facts = path.stat()
            yield facts.st_mtime, facts.st_size, path
