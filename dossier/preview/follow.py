"""Follows the files of a round: the part that was saved is on the screen first, the rest of the book follows until the next save.

One loop. A save stops what is done at leisure, and is itself never stopped, so that somebody who saves all the time sees pages too.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from watchfiles import awatch

from dossier.errors import DossierError, Finding, LayoutError
from dossier.layout.cache import digest_style, read_digest
from dossier.layout.style import find_style
from dossier.parts import Draft, Part
from dossier.preview.book import Book, describe, key_of_part, read_book
from dossier.preview.workers import Workers

SETTLE_SECONDS = (
    0.3  # between the last save and what is done at leisure; an editor that saves in two steps is done by then
)
MAX_HURRIED = 3  # files saved at once of which each goes first; more is no writing but a checkout
_STEP_MS, _DEBOUNCE_MS = 10, 50  # watchfiles waits for 50 and 1,600 by default
_ROUNDS = 4  # of numbers that move other numbers

View = Collection[tuple[str, int]]


class Follower:
    """The book of a round and what is wrong with it, kept up to date while `run` runs; `news` is set at every change."""

    def __init__(self, project: Path, ronde: str, jobs: int) -> None:
        self.project, self.ronde = project.resolve(), ronde
        self.style = find_style(project, ronde)
        self.state = digest_style(self.style)
        self.workers = Workers(self.style, jobs)
        self.book: Book | None = None
        self.errors: list[dict[str, Any]] = []
        self.hurried_errors: list[Finding] = []
        self.progress: list[dict[str, Any]] = []  # what is still to be looked at, a theme at a time
        self.to_do = 0  # parts still to be laid out
        self.is_ready = False  # with all that was saved
        self.latest = ''  # the part that was saved last
        self.views: dict[Any, View] = {}  # by browser: the pages on its screen
        self.news = asyncio.Event()

    async def run(self) -> None:
        """Follow the files until cancelled; then nothing is left running."""
        rest = self._start_renewing(0)
        try:
            async for files in self._watch():
                rest.cancel()
                await asyncio.wait([rest])
                self.is_ready = False
                await self._hurry(files)
                rest = self._start_renewing(SETTLE_SECONDS)
        finally:
            rest.cancel()
            self.workers.stop()

    def tell(self) -> None:
        """Wake everybody who waits for news."""
        self.news.set()
        self.news = asyncio.Event()

    async def _watch(self) -> AsyncIterator[list[str]]:
        """Yield what was changed, as files below the project."""
        folders = [self.project / name for name in ('data', 'templates', 'styles') if (self.project / name).is_dir()]
        async for changes in awatch(*folders, step=_STEP_MS, debounce=_DEBOUNCE_MS):
            yield sorted({Path(path).relative_to(self.project).as_posix() for _change, path in changes})

    async def _hurry(self, files: list[str]) -> None:
        """Show the changed chapters, their pages on the screen first; what is wrong with them waits for a second look."""
        book = self.book
        if not book or len(files) > MAX_HURRIED or not all(map(book.knows, files)):
            return
        for file in files:
            try:
                name = await asyncio.to_thread(book.take_chapter, self.project, file)
                await self._show_seen(book, book.compose(name))
            except DossierError as error:
                self.hurried_errors += error.findings

    async def _show_seen(self, book: Book, part: Part) -> None:
        """Lay out the pages of a part that are on a screen, and show them; the others stay as they were."""
        there = book.drafts[part.name]
        seen = {index for view in self.views.values() for name, index in view if name == part.name}
        if seen:
            glance = await self.workers.draw(part, self.state, book.composer.names, seen)
            pages = max([there.fragment.pages, *(index + 1 for index in glance.sheets)])
            book.drafts[part.name] = Draft(replace(there.fragment, pages=pages), there.sheets | glance.sheets)
        self.errors = [found for found in self.errors if found['bestand'] != part.file]
        self.latest = part.name
        self.tell()

    def _start_renewing(self, delay_s: float) -> 'asyncio.Task[None]':
        task = asyncio.create_task(self._renew(delay_s))
        task.add_done_callback(report_bug)
        return task

    async def _renew(self, delay_s: float) -> None:
        """Read the whole round, and lay out all that is no longer as it was."""
        if self.book and self.latest:
            with suppress(DossierError):  # told below, with all else
                await self._lay_out(self.book, self._stale(self.book, [self.book.compose(self.latest)]))
        await asyncio.sleep(delay_s)
        if self.hurried_errors:
            self.errors, self.hurried_errors = describe(self.project, self.hurried_errors), []
            self.tell()
        try:
            self.state = await asyncio.to_thread(digest_style, self.style)
            self.book = book = await asyncio.to_thread(read_book, self.project, self.ronde, self.book)
            for _round in range(_ROUNDS):
                stale = await asyncio.to_thread(self._find_stale, book)
                if not await self._lay_out(book, stale):
                    break
            self.errors = []
        except DossierError as error:
            self.errors = describe(self.project, error.findings)
        self.to_do, self.is_ready = 0, True
        self.tell()
        if self.book and not self.errors:
            self.book.findings, self.progress = await self.workers.check(self.project, self.ronde)
            self.tell()

    def _find_stale(self, book: Book) -> list[Part]:
        """Return the parts that must be laid out again, those on a screen first; the afkortingenlijst when all else is right."""
        book.composer.digits = book.numbering.digits()
        seen = {part for view in self.views.values() for part, _index in view}
        last = [name for name in book.composer.names if name == 'afkortingen']
        others = [name for name in book.composer.names if name not in last]
        for names in (others, last):
            if stale := self._stale(book, [book.compose(name) for name in names]):
                return sorted(stale, key=lambda part: part.name not in seen)
        return []

    def _stale(self, book: Book, parts: Iterable[Part]) -> list[Part]:
        """Return those that are not laid out as they are now, with the style and the pictures as they are now."""

        def key(part: Part) -> str:
            draft = book.drafts.get(part.name)
            urls: Iterable[str] = draft.fragment.reads if draft else ()
            return key_of_part(part, self.state, {url: read_digest(self.style, url) for url in urls})

        return [part for part in parts if book.keys.get(part.name) != key(part)]

    async def _lay_out(self, book: Book, parts: list[Part]) -> int:
        """Lay parts out at leisure, side by side; returns how many. LayoutError with all that went wrong."""
        self.to_do = len(parts)
        wrong: list[Finding] = []
        tasks = [asyncio.create_task(self._draw(book, part)) for part in parts]
        try:
            for task in asyncio.as_completed(tasks):
                try:
                    await task
                except DossierError as error:
                    wrong += error.findings
                self.to_do -= 1
                self.tell()
        finally:
            for left in tasks:
                left.cancel()
        if wrong:
            raise LayoutError(wrong)
        return len(parts)

    async def _draw(self, book: Book, part: Part) -> None:
        draft = await self.workers.draw(part, self.state, book.composer.names)
        book.drafts[part.name] = draft
        book.keys[part.name] = key_of_part(part, self.state, draft.fragment.reads)


def report_bug(task: 'asyncio.Task[None]') -> None:
    """Show the traceback of a task that nobody waits for, in the terminal."""
    if not task.cancelled() and (error := task.exception()):
        logging.getLogger('dossier').error('', exc_info=error)
