"""What preflight notes, page by page; what is said more than once of the same source is one finding with its pages."""

from dataclasses import dataclass, field, replace
from typing import Any

from dossier.errors import Finding, Place, Severity
from dossier.i18n import _
from dossier.messages import finding
from dossier.messages.press import WARNINGS

Spots = dict[tuple[int, tuple[float, ...]], None]  # pages, and where on them

_NAMED = 6  # pages that a message names
_SHOWN = 100  # places that a report may mark


@dataclass
class Notes:
    """What was noted of a file, by code, the author's place and the values of the message: the pages, counted from 1."""

    file: str
    noted: dict[tuple[str, Place | None, tuple[tuple[str, Any], ...]], Spots] = field(default_factory=dict)
    box: tuple[float, ...] = ()  # of what is looked at now, if it is known

    def add(self, code: str, page: int = 0, place: Place | None = None, **values: Any) -> None:
        """Note something of a page, or of the whole file."""
        self.noted.setdefault((code, place, tuple(values.items())), {})[page, self.box] = None

    def findings(self) -> list[Finding]:
        """Return the findings, each with its first pages."""
        return [self._explain(*key, spots=tuple(sorted(spots))) for key, spots in self.noted.items()]

    def _explain(self, code: str, place: Place | None, values: tuple[tuple[str, Any], ...], spots: Any) -> Finding:
        severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
        found = finding(code, place or Place(self.file), severity, **dict(values))
        pages = list(dict.fromkeys(page for page, _box in spots))
        if not pages[-1]:
            return found
        named = ', '.join(map(str, pages[:_NAMED])) + (' ...' if len(pages) > _NAMED else '')
        message = _('Page {pages}: {message}', pages=named, message=found.message)
        shown = tuple(spot for spot in spots if spot[0] in pages[:_NAMED])[:_SHOWN]
        return replace(found, message=message, spots=shown)
