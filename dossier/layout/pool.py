"""Lays parts out side by side in worker processes; the result does not depend on how many there are."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from dossier.errors import Finding, LayoutError, Place, Severity, ToolError
from dossier.layout.style import Style
from dossier.messages import finding
from dossier.parts import Fragment, Part

Progress = Callable[[Fragment], None]


def count_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1


@dataclass(frozen=True)
class Typesetter:
    """Lays parts out in a style: the workers, which live as long as it does."""

    executor: Executor
    style: Style

    def lay_out(self, parts: Sequence[Part], progress: Progress) -> dict[str, Fragment]:
        """Return the fragments by name, the longest parts first to the workers; LayoutError with all that went wrong."""
        longest = sorted(parts, key=lambda part: -len(part.html))
        futures = [self.executor.submit(_work, part, self.style) for part in longest]
        fragments: dict[str, Fragment] = {}
        try:
            for future in as_completed(futures):
                fragment = future.result()
                fragments[fragment.name] = fragment
                progress(fragment)
        except BrokenProcessPool as error:
            raise LayoutError([finding('werker-gestopt')]) from error
        wrong = read_log(fragments)
        if errors := [finding for finding in wrong if finding.severity is Severity.ERROR]:
            raise LayoutError(errors)
        return {part.name: fragments[part.name] for part in parts}


@contextmanager
def open_typesetter(style: Style, jobs: int) -> Iterator[Typesetter]:
    """Give a typesetter whose workers have loaded WeasyPrint, fonts and styles."""
    # fork is the quickest, and safe here: this process has no threads yet.
    method = 'fork' if os.name == 'posix' and os.uname().sysname == 'Linux' else 'spawn'
    pool = ProcessPoolExecutor(jobs, get_context(method), _start, (style,))
    for _job in range(jobs):  # start them all now
        pool.submit(int)
    try:
        yield Typesetter(pool, style)
    finally:
        pool.shutdown(cancel_futures=True)


def read_log(fragments: Mapping[str, Fragment]) -> list[Finding]:
    """Return what WeasyPrint said of the parts and of the stylesheets, as findings."""
    lines = [line for name in sorted(fragments) for line in fragments[name].log]
    return list(dict.fromkeys(_explain(*line) for line in lines))


def _explain(level: str, message: str, file: str) -> Finding:
    # A missing glyph is a warning to WeasyPrint; a page that can't show its text is an error to us.
    no_glyph = message.startswith('.notdef')
    worse = no_glyph or level in ('ERROR', 'CRITICAL')
    at = re.search(r' at (\d+):(\d+)', message) if file.startswith('styles/') else None
    place = Place(file, int(at[1]), int(at[2])) if at else Place(file)
    code = 'teken-ontbreekt' if no_glyph else 'opmaak'
    return finding(code, place, Severity.ERROR if worse else Severity.WARNING, reason=message)


def _start(style: Style) -> None:
    from dossier.layout.weasy import warm

    warm(style)


def _work(part: Part, style: Style) -> Fragment:
    try:
        from dossier.layout.weasy import lay_out_part
    except OSError as error:  # Pango isn't there
        raise ToolError([finding('pango-ontbreekt', reason=error)]) from error
    return lay_out_part(part, style)
