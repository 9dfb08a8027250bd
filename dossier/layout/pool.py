"""Lays parts out side by side in worker processes, each part once; the result does not depend on how many there are."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from dossier.errors import Finding, LayoutError, Place, Severity, ToolError
from dossier.foreign import STYLE, explain
from dossier.layout.cache import FragmentCache, open_cache
from dossier.layout.style import Style
from dossier.messages import finding
from dossier.parts import Fragment, Part
from dossier.store import Store

if TYPE_CHECKING:
    from dossier.layout.cluster import Cluster

Progress = Callable[[Fragment], None]
Result = TypeVar('Result')


def count_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1


@dataclass(frozen=True)
class Begun:
    """Parts that are being laid out, by what will be their fragments."""

    names: Sequence[str]
    cache: FragmentCache
    futures: dict[Future[Fragment], Part] = field(default_factory=dict)


@dataclass
class Typesetter:
    """Lays parts out in a style. Its workers and its cache live as long as it does, over as many builds as you like."""

    style: Style
    jobs: int
    folder: Path  # of the cache
    cluster: str = ''  # the address of its scheduler: parts are laid out there, everything else here
    executor: Executor | None = None
    remote: 'Cluster | None' = None
    laid_out: int = 0
    reused: int = 0
    begun: dict[str, Future[Fragment]] = field(default_factory=dict)  # by key, for all editions that are set together

    def warm(self) -> None:
        """Start the workers, which load WeasyPrint, fonts and styles, or find those of the cluster; ToolError when it won't do."""
        if self.cluster:
            from dossier.layout.cluster import open_cluster

            self.remote = self.remote or open_cluster(self.cluster, self.style)
        elif self.executor is None:
            # fork is the quickest, and safe here: this process has no threads yet.
            method = 'fork' if os.name == 'posix' and os.uname().sysname == 'Linux' else 'spawn'
            cache = open_cache(self.folder, self.style)
            self.executor = ProcessPoolExecutor(self.jobs, get_context(method), _start, (cache,))
            for _job in range(self.jobs):  # start them all now
                self.executor.submit(int)

    def lay_out(self, parts: Sequence[Part], progress: Progress) -> dict[str, Fragment]:
        """Return the fragments by name, from the cache where they are; LayoutError with all that went wrong."""
        self.begun.clear()
        return self.finish(self.begin(parts), progress)

    def begin(self, parts: Sequence[Part]) -> Begun:
        """Let the workers lay parts out, the longest first; what is in the cache or begun before is laid out no more."""
        cache = open_cache(self.folder, self.style)
        begun = Begun([part.name for part in parts], cache)
        for part in sorted(parts, key=lambda part: -len(part.html)):
            key = cache.key(part)
            known = self.begun.get(key) or _done(cache.find(part))
            self.reused, self.laid_out = self.reused + bool(known), self.laid_out + (not known)
            begun.futures[self.begun.setdefault(key, known or self._lay_out(part, cache))] = part
        return begun

    def finish(self, begun: Begun, progress: Progress) -> dict[str, Fragment]:
        """Return the fragments by name when they are laid out; LayoutError with all that went wrong."""
        fragments: dict[str, Fragment] = {}
        for future in self.remote.results(begun.futures) if self.remote else as_completed(begun.futures):
            part, fragment = begun.futures[future], self.wait(future)
            if isinstance(fragment.content, bytes):  # it comes from far, or isn't fit to be kept
                fragment = begun.cache.keep(part, fragment)
            fragments[part.name] = fragment
            progress(fragment)
        wrong = read_log(fragments)
        if errors := [finding for finding in wrong if finding.severity is Severity.ERROR]:
            raise LayoutError(errors)
        return {name: fragments[name] for name in begun.names}

    def _lay_out(self, part: Part, cache: FragmentCache) -> Future[Fragment]:
        self.warm()
        if self.remote:
            return self.remote.lay_out(part)
        assert self.executor
        return self.executor.submit(_work, part, cache)

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Let a worker do it, where there are workers; else it is done at once. Ask `wait` for the result."""
        if self.executor:
            return self.executor.submit(function, *arguments)
        future: Future[Result] = Future()
        future.set_result(function(*arguments))
        return future

    def wait(self, future: Future[Result]) -> Result:
        """Return the result; LayoutError when its worker has died."""
        try:
            return future.result()
        except BrokenProcessPool as error:
            self.close()
            raise LayoutError([finding('werker-gestopt')]) from error

    def close(self) -> None:
        """Stop the workers; they start again when something must be laid out."""
        self.begun.clear()
        if self.executor:
            self.executor.shutdown(cancel_futures=True)
            self.executor = None
        if self.remote:
            self.remote.close()
            self.remote = None


@contextmanager
def open_typesetter(style: Style, jobs: int, folder: Path | None = None, cluster: str = '') -> Iterator[Typesetter]:
    """Give a typesetter with its cache in a folder, or in a temporary one; at the end the oldest fragments are thrown out."""
    with nullcontext(folder) if folder else TemporaryDirectory(prefix='dossier-') as place:
        typesetter = Typesetter(style, jobs, Path(place), cluster)
        try:
            yield typesetter
        finally:
            typesetter.close()
            Store(typesetter.folder).prune()


def _done(fragment: Fragment | None) -> Future[Fragment] | None:
    """Return a fragment that is there as one that will be; None where it isn't."""
    if fragment is None:
        return None
    future: Future[Fragment] = Future()
    future.set_result(fragment)
    return future


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
    said = explain(STYLE, message)
    return finding(code, place, Severity.ERROR if worse else Severity.WARNING, reason=said.reason, about=said.about)


def _start(cache: FragmentCache) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    from dossier.layout.weasy import warm

    warm(cache.style, cache.state)


def _end_with_parent() -> None:
    """End this worker when the build was killed: it would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _work(part: Part, cache: FragmentCache) -> Fragment:
    try:
        from dossier.layout.weasy import lay_out_part
    except OSError as error:  # Pango isn't there
        raise ToolError([finding('pango-ontbreekt', reason=error)]) from error
    return cache.keep(part, lay_out_part(part, cache.style, cache.state))
