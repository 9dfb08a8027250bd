"""Where a finding points in the author's file: its line and column made sharp, and the line itself with a caret below."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dossier.errors import Finding, Place

MAX_AHEAD = 40  # lines of one text that YAML folds; what it says of itself is the line on which it begins
MAX_WIDTH = 100
MAX_BYTES = 2_000_000
_OF_LAYOUT = ('opmaak', 'teken-ontbreekt')  # they know a chapter, and no line
_ELSEWHERE = (
    'templates/**/*.html',
    'styles/**/*.css',
    *(f'data/{{ronde}}/**/*.{kind}' for kind in ('md', 'yaml', 'svg')),
)


def point_out(project: Path, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the line and column of the very words that they are about, where those can be found."""
    return [replace(finding, place=_sharpen(project, finding)) if finding.place else finding for finding in findings]


def excerpt(project: Path, finding: Finding) -> list[str]:
    """Return the author's line and a line with a caret under what is meant; nothing where there is no such line."""
    place = finding.place
    lines = _lines(project / place.file) if place and place.line else []
    if not place or not place.line or place.line > len(lines) or not (line := lines[place.line - 1]).strip():
        return []
    column = place.column or len(line) - len(line.lstrip()) + 1
    if finding.about and (at := _find(finding.about, line, column - 1)) >= 0:
        column = at + 1  # the value behind the key
    start = max(0, column - 1 - MAX_WIDTH // 2) if len(line) > MAX_WIDTH else 0
    shown = line[start : start + MAX_WIDTH].expandtabs(1)
    length = len(finding.about) if line.startswith(finding.about, column - 1) else 1
    caret = '^' + '~' * (min(length, len(shown) - column + 1 + start) - 1)
    gutter = f'{place.line:>6}:{column} | '
    return [gutter + shown, ' ' * (len(gutter) - 2) + '| ' + ' ' * (column - 1 - start) + caret]


def _sharpen(project: Path, finding: Finding) -> Place:
    place = finding.place
    assert place
    if not finding.about or place.column or not (place.line or finding.code in _OF_LAYOUT):
        return place
    for file in _files(project, finding, place):
        lines = _lines(project / file)
        first = place.line or 1
        last = min(first + MAX_AHEAD, len(lines)) if place.line else len(lines)
        for number in range(first, last + 1):
            if (at := _find(finding.about, lines[number - 1], 0)) >= 0:
                return Place(file, number, at + 1)
    return place


def _files(project: Path, finding: Finding, place: Place) -> Iterator[str]:
    """Yield the file that a finding names; for what WeasyPrint says then every other that the author may have written."""
    yield place.file
    if not place.line and (ronde := re.match(r'data/([^/]+)', place.file)):
        for pattern in _ELSEWHERE:
            for path in sorted(project.glob(pattern.format(ronde=ronde[1]))):
                yield path.relative_to(project).as_posix()


def _find(words: str, line: str, after: int) -> int:
    """Return where the words stand in a line, whole words first; -1 when they don't."""
    whole = re.compile(rf'(?<!\w){re.escape(words)}(?!\w)').search(line, after)
    return whole.start() if whole else line.find(words, after)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else b''
    except OSError:
        return []
    return text.decode('utf-8-sig', 'replace').replace('\r\n', '\n').replace('\r', '\n').split('\n')
