"""Findings, errors and their exit codes (the table stands in docs/handleiding.md). Imports nothing of the program."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How bad a finding is; the values are those of `--format json`."""

    ERROR = 'fout'
    WARNING = 'waarschuwing'
    TIP = 'tip'


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file relative to the project, line and column counted from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ':'.join(str(part) for part in (self.file, self.line) if part is not None)


class Scalar(str):
    """A text of a data file, that knows its place."""

    __slots__ = ('place',)
    place: Place

    def __new__(cls, text: str, place: Place) -> 'Scalar':
        self = super().__new__(cls, text)
        self.place = place
        return self


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or remarkable: code (never changes meaning), what, where, and the way out."""

    code: str
    message: str
    place: Place | None = None
    hint: str = ''
    severity: Severity = Severity.ERROR
    about: str = ''  # the author's words that are meant, to find them on their line
    spots: tuple[
        tuple[int, tuple[float, ...]], ...
    ] = ()  # pages of a PDF, counted from 1, and boxes in points where known

    def __str__(self) -> str:
        where = f'{self.place}: ' if self.place else ''
        return f'{where}{self.message}{" " + self.hint if self.hint else ""}'

    def as_json(self) -> dict[str, str | int | None]:
        """Return the finding with the keys of `check --format json`."""
        return {
            'code': self.code,
            'ernst': self.severity.value,
            'bestand': self.place.file if self.place else None,
            'regel': self.place.line if self.place else None,
            'kolom': self.place.column if self.place else None,
            'melding': self.message,
            'hint': self.hint,
        }


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings worst first, then by file and line; each only once."""
    worst = list(Severity)

    def key(finding: Finding) -> tuple[int, str, int, int, str]:
        place = finding.place or Place('')
        return worst.index(finding.severity), place.file, place.line or 0, place.column or 0, finding.message

    return sorted(dict.fromkeys(findings), key=key)


class DossierError(Exception):
    """A stage can't go on; carries every finding of that stage."""

    exit_code = 1

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sort_findings(findings))
        super().__init__('\n'.join(map(str, self.findings)))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)  # it may come from a worker


class SourceError(DossierError):
    """A source is missing or can't be read."""

    exit_code = 3


class DataError(DossierError):
    """The data break a rule."""

    exit_code = 4


class TemplateError(DossierError):
    """A template is wrong."""

    exit_code = 5


class LayoutError(DossierError):
    """A page could not be laid out as asked."""

    exit_code = 6


class PreflightError(DossierError):
    """A product is not fit to print or to publish."""

    exit_code = 7


class OutputError(DossierError):
    """The output folder can't take a product."""

    exit_code = 8


class ArchiveError(DossierError):
    """The archive can't be sealed, or is damaged."""

    exit_code = 9


class RegisterError(DossierError):
    """The register of requests: unknown, in the wrong state, or out of reach."""

    exit_code = 10


class ToolError(DossierError):
    """A program, font or profile that the build needs is missing."""

    exit_code = 11
