"""Deliver: checked products to their place in `output/`, each in one step; fails with OutputError and leaves the last good one."""

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dossier.errors import OutputError, Place
from dossier.messages import finding


def deliver(project: Path, products: dict[str, bytes], folders: Sequence[str] = (), work: str = 'output/werk') -> None:
    """Put the products, by their paths below the project, in place: all are written aside, in `work`, then moved.

    One of the folders is replaced whole, so that what an earlier build left in it goes.
    """
    ready: dict[Path, tuple[Path, str]] = {}
    try:
        for name, content in products.items():
            whole = next((folder for folder in folders if name.startswith(f'{folder}/')), '')
            with explained(name):
                target = project / (whole or name)
                aside = project / work / f'{os.getpid()}-{len(ready)}{target.suffix}'
                aside, _first = ready.setdefault(target, (aside, name))
                _write(aside / name.removeprefix(f'{whole}/') if whole else aside, content)
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_dir() and not whole:
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        for target, (aside, name) in ready.items():
            with explained(name):
                _move(aside, target)
    finally:
        for aside, _name in ready.values():
            _remove(aside)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open('wb') as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(aside: Path, target: Path) -> None:
    if not target.is_dir():
        aside.replace(target)
        return
    old = aside.with_name(f'{aside.name}-oud')  # a folder can't be replaced in one step
    target.replace(old)
    try:
        aside.replace(target)
    except OSError:
        old.replace(target)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn an error of the file system into a message with its way out."""
    try:
        yield
    except OSError as error:
        codes = {errno.ENOSPC: 'schijf-vol', errno.EDQUOT: 'schijf-vol', errno.EISDIR: 'uitvoer-is-map'}
        raise OutputError([finding(codes.get(error.errno or 0, 'uitvoer-dicht'), Place(name))]) from error
