"""Comments of an author that the book doesn't show: `controle uit: code` silences a finding, `nakijken: reason` marks a place.

In YAML they begin with #, in Markdown they stand between <!-- and -->.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dossier.errors import Finding, Place, Severity

_COMMENT = re.compile(r'(?:<!--|(?:^|\s)#)\s*(controle uit|nakijken):\s*([^\n]*?)\s*(?:-->|$)')


@dataclass(frozen=True)
class Comment:
    """A comment for the program: what it asks, what it says, and its line."""

    kind: str
    text: str
    place: Place


def read_comments(project: Path, file: str) -> Iterator[Comment]:
    """Yield the comments for the program in a file of the project."""
    for number, line in enumerate(_lines(project / file), start=1):
        if match := _COMMENT.search(line):
            yield Comment(match[1], match[2], Place(file, number, match.start() + 1))


def silence(project: Path, findings: Sequence[Finding], off: Sequence[str] = ()) -> list[Finding]:
    """Return the findings without those whose code is off, for the project or by a comment at their place; errors stay."""
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR or not (finding.code in off or _is_off(project, finding))
    ]


def _is_off(project: Path, finding: Finding) -> bool:
    place = finding.place
    if not place or not place.line:
        return False
    lines = _lines(project / place.file)
    for line in _above(lines, place.line, place.file.endswith('.md')):
        match = _COMMENT.search(line)
        if match and match[1] == 'controle uit' and finding.code in re.split(r'[,\s]+', match[2]):
            return True
    return False


def _above(lines: Sequence[str], number: int, is_text: bool) -> Iterator[str]:
    """Yield the line itself, in a text the paragraph around it, and the comments just above."""
    at = number - 1
    yield from lines[at : at + 1]
    while is_text and at > 0 and lines[at - 1].strip():
        at -= 1
        yield lines[at]
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(('#', '<!--'))):
        at -= 1
        yield lines[at]
        if not lines[at].strip() and at > 0 and not lines[at - 1].lstrip().startswith('<!--'):
            return


@lru_cache(maxsize=64)
def _read(path: Path, _changed_ns: int) -> list[str]:
    return path.read_text(encoding='utf-8', errors='replace').split('\n')


def _lines(path: Path) -> list[str]:
    try:
        return _read(path, path.stat().st_mtime_ns) if path.is_file() else []
    except OSError:
        return []
