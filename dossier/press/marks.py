"""What preflight notes: a check that went wrong, on a page and at a place there; many of a kind become one finding."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from dossier.errors import Finding, Place, Severity
from dossier.i18n import _
from dossier.messages import finding
from dossier.press.walk import Box

_NAMED = 6  # pages that a message names


@dataclass(frozen=True)
class Mark:
    """Something that is wrong: the page counted from 1 (0: the whole file), where on it, and the author's place if known."""

    code: str
    severity: Severity = Severity.ERROR
    page: int = 0
    box: Box | None = None
    place: Place | None = None
    values: tuple[tuple[str, Any], ...] = field(default=())


def gather(marks: Iterable[Mark], file: str) -> list[Finding]:
    """Return one finding for all marks that say the same of the same source, with the pages in its message."""
    pages: dict[Mark, list[int]] = {}
    for mark in marks:
        pages.setdefault(replace(mark, page=0, box=None), []).append(mark.page)
    return [_explain(mark, sorted(set(found)), file) for mark, found in pages.items()]


def _explain(mark: Mark, pages: list[int], file: str) -> Finding:
    found = finding(mark.code, mark.place or Place(file), mark.severity, **dict(mark.values))
    if not pages[-1]:
        return found
    named = ', '.join(map(str, pages[:_NAMED])) + (' ...' if len(pages) > _NAMED else '')
    return replace(found, message=_('Page {pages}: {message}', pages=named, message=found.message))
