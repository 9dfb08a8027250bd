"""Progress on a terminal: the stage, the part, and the pages so far."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from dossier.i18n import _, ngettext
from dossier.typeset import Report


@contextmanager
def show_progress() -> Iterator[Report]:
    """Give a function that shows where a build is, on one line of stderr that disappears at the end."""
    names = {
        'read': _('reading'),
        'lay out': _('laying out'),
        'assemble': _('assembling'),
        'preflight': _('checking'),
        'deliver': _('delivering'),
    }
    total = 0
    # No thread of its own before the workers are forked: the line is written when something happens.
    console = Console(stderr=True, highlight=False)

    def report(stage: str, detail: str, pages: int) -> None:
        nonlocal total
        total += pages
        text = f'{names[stage]} {detail}'
        words = ngettext('{n} page', '{n} pages', total)
        counted = f' [dim]{words}[/dim]' if total else ''
        console.print(f'\r\x1b[K{escape(text)}{counted}', end='')

    try:
        yield report
    finally:
        console.print('\r\x1b[K', end='')
