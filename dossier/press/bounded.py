"""Runs work on a PDF of a stranger in a process of its own, with bounded time and memory: it ends in a finding at worst."""

import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pikepdf

from dossier.errors import Finding, Place
from dossier.messages import finding

SECONDS = 20
MEGABYTES = 500
# What pikepdf and Pillow raise on a PDF that is not what it says it is.
BROKEN = (
    pikepdf.PikepdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError,
    NotImplementedError, OSError, SyntaxError,
)  # fmt: skip
Result = TypeVar('Result')


def run_bounded(work: Callable[..., Result], path: Path, *arguments: Any) -> Result | Finding:
    """Return what `work(path, ...)` returns, or the finding that says why it could not end."""
    context = get_context('fork' if sys.platform == 'linux' else 'spawn')
    with ProcessPoolExecutor(1, context, _limit) as pool:
        try:
            return pool.submit(_guarded, work, path, arguments).result()
        except BrokenProcessPool:
            return finding('pdf-te-zwaar', Place(path.name), seconds=SECONDS, megabytes=MEGABYTES)


def _guarded(work: Callable[..., Result], path: Path, arguments: tuple[Any, ...]) -> Result | Finding:
    try:
        return work(path, *arguments)
    except pikepdf.PasswordError:
        return finding('druk-versleuteld', Place(path.name))
    except MemoryError:
        return finding('pdf-te-zwaar', Place(path.name), seconds=SECONDS, megabytes=MEGABYTES)
    except BROKEN:
        return finding('pdf-stuk', Place(path.name))


def _limit() -> None:
    """Bound this process, where the system can: time of the processor, and memory beyond what it has already."""
    warnings.simplefilter('ignore')  # what pikepdf mends or misses is in the verdict, not on the user's screen
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = Path('/proc/self/statm')
    pages = int(used.read_text().split()[0]) if used.is_file() else 0
    most = pages * resource.getpagesize() + (MEGABYTES - 100) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
