"""Deliver: checked products to their place in `output/`, each in one step; fails with OutputError and leaves the last good one."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossier.errors import OutputError, Place
from dossier.messages import finding


def deliver(project: Path, products: dict[str, bytes]) -> None:
    """Put the products, by their paths below the project, in place: all are written aside first, then moved."""
    ready: list[tuple[Path, Path, str]] = []
    try:
        for name, content in products.items():
            with _explained(name):
                target = project / name
                aside = project / 'output' / 'werk' / f'{os.getpid()}-{len(ready)}{target.suffix}'
                aside.parent.mkdir(parents=True, exist_ok=True)
                ready.append((aside, target, name))
                with aside.open('wb') as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        for aside, target, name in ready:
            with _explained(name):
                aside.replace(target)
    finally:
        for aside, _target, _name in ready:
            aside.unlink(missing_ok=True)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn an error of the file system into a message with its way out."""
    try:
        yield
    except OSError as error:
        codes = {errno.ENOSPC: 'schijf-vol', errno.EDQUOT: 'schijf-vol', errno.EISDIR: 'uitvoer-is-map'}
        raise OutputError([finding(codes.get(error.errno or 0, 'uitvoer-dicht'), Place(name))]) from error
