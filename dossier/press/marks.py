"""What preflight notes, page by page; what is said more than once of the same source is one finding with its pages."""

from dataclasses import dataclass, field, replace
from typing import Any

from dossier.errors import Finding, Place, Severity
from dossier.i18n import _
from dossier.messages import finding
from dossier.messages.press import WARNINGS

_NAMED = 6  # pages that a message names


@dataclass
class Notes:
    """What was noted of a file, by code, the author's place and the values of the message: the pages, counted from 1."""

    file: str
    noted: dict[tuple[str, Place | None, tuple[tuple[str, Any], ...]], list[int]] = field(default_factory=dict)

    def add(self, code: str, page: int = 0, place: Place | None = None, **values: Any) -> None:
        """Note something of a page, or of the whole file."""
        self.noted.setdefault((code, place, tuple(values.items())), []).append(page)

    def findings(self) -> list[Finding]:
        """Return the findings, each with its first pages."""
        return [self._explain(*key, pages=sorted(set(pages))) for key, pages in self.noted.items()]

    def _explain(
        self, code: str, place: Place | None, values: tuple[tuple[str, Any], ...], pages: list[int]
    ) -> Finding:
        severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
        found = finding(code, place or Place(self.file), severity, **dict(values))
        if not pages[-1]:
            return found
        named = ', '.join(map(str, pages[:_NAMED])) + (' ...' if len(pages) > _NAMED else '')
        return replace(found, message=_('Page {pages}: {message}', pages=named, message=found.message))
