"""The processes that lay out for the preview: one that waits for what is on the screen, and niced ones for the rest of the book."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Any

from dossier.errors import DossierError, LayoutError, Severity
from dossier.i18n import current_language, set_language
from dossier.layout.cache import digest_style
from dossier.layout.pool import read_log
from dossier.layout.style import Style
from dossier.messages import finding
from dossier.parts import Draft, Part
from dossier.pipeline import KEPT, check
from dossier.preview.book import describe
from dossier.proofread.progress import count_marks

Checked = tuple[list[dict[str, Any]], list[dict[str, Any]]]  # findings, and how far each file is
MAX_SECONDS = 60  # for one part; ten pages take half a second


class Workers:
    """Both kinds, started anew when one dies or takes too long."""

    def __init__(self, style: Style, jobs: int) -> None:
        self.style = style
        self.jobs = {'front': 1, 'back': jobs}
        # As many at a time as there are workers, so that there is no queue to go through when something is saved.
        self.free = {which: asyncio.Semaphore(count) for which, count in self.jobs.items()}
        self.pools: dict[str, ProcessPoolExecutor] = {}
        for which in self.jobs:
            self._pool(which).submit(int)  # so that it gets warm while the texts are read

    async def draw(self, part: Part, state: str, names: Sequence[str], wanted: Collection[int] | None = None) -> Draft:
        """Return the wanted pages of a part at once, or all of them at leisure; LayoutError when that can't be, or not in time."""
        which = 'front' if wanted else 'back'
        await self.free[which].acquire()
        arguments = (part, self.style, state, names, wanted)
        running = asyncio.get_running_loop().run_in_executor(self._pool(which), _draw, *arguments)
        running.add_done_callback(lambda _done: self.free[which].release())
        try:
            # Shielded: a pool whose processes are stopped stumbles over what was cancelled.
            draft = await asyncio.wait_for(asyncio.shield(running), MAX_SECONDS if wanted else None)
        except (BrokenProcessPool, TimeoutError) as error:
            self.stop()
            raise LayoutError([finding('werker-gestopt')]) from error
        if wanted:
            self._pool('front').submit(gc.collect, 1)
        found = read_log({part.name: draft.fragment})
        if errors := [wrong for wrong in found if wrong.severity is Severity.ERROR]:
            raise LayoutError(errors)
        return draft

    async def check(self, project: Path, ronde: str) -> Checked:
        """Return all that `dossier check` says of a round, for the page, and how far the round is."""
        running = asyncio.get_running_loop().run_in_executor(self._pool('back'), _check, project, ronde)
        try:
            return await asyncio.shield(running)
        except BrokenProcessPool:
            self.stop()
            return [], []

    def stop(self) -> None:
        """Stop all of them at once, also what is being laid out."""
        for child in active_children():
            child.kill()
        for pool in self.pools.values():
            pool.shutdown(wait=False)
        self.pools = {}

    def _pool(self, which: str) -> ProcessPoolExecutor:
        if which not in self.pools:
            # This process has threads, so nothing may be forked from it.
            niceness = 10 if which == 'back' else 0
            arguments = (self.style, niceness, current_language())
            self.pools[which] = ProcessPoolExecutor(self.jobs[which], get_context('spawn'), _start, arguments)
        return self.pools[which]


def _start(style: Style, niceness: int, language: str) -> None:
    set_language(language)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which stops us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if niceness and hasattr(os, 'nice'):
        os.nice(niceness)
    from dossier.layout.weasy import warm

    warm(style, digest_style(style))


def _end_with_parent() -> None:
    """End when the server does, even when it was killed."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(0)


def _draw(*arguments: Any) -> Draft:
    from dossier.layout.draft import draw_part

    return draw_part(*arguments)


def _check(project: Path, ronde: str) -> Checked:
    try:
        marked = check(project, ronde, kept=project / KEPT)
    except DossierError as error:  # of a file that was saved meanwhile
        return describe(project, error.findings), []
    return describe(project, marked.findings), [asdict(row) for row in count_marks(project, marked.dossier)]
