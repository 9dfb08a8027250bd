"""Labels: addresses to sheets of labels, whichever is the first free one and however the printer shifts; fails with DataError."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from dossier.errors import DataError, Finding, Place
from dossier.messages import finding
from dossier.post.fit import LEADING
from dossier.post.letters import Recipient
from dossier.resources import find_file
from dossier.templates import Templates

FILE = 'etiketvellen.csv'  # in styles/; a project may have its own
_INSET_MM = 3.0  # printers and knives are not so precise
_MM_PT = 25.4 / 72


@dataclass(frozen=True)
class LabelSheet:
    """A sheet of A4 with labels: their size, how many, the gaps between them, and the margins; all in mm."""

    width: float
    height: float
    columns: int
    rows: int
    gap_x: float
    gap_y: float
    left: float
    top: float

    @property
    def count(self) -> int:
        """How many labels there are on a sheet."""
        return self.columns * self.rows

    def corner(self, n: int) -> tuple[float, float]:
        """Return the top left of a label in mm, counted from 0 along the rows."""
        row, column = divmod(n, self.columns)
        return self.left + column * (self.width + self.gap_x), self.top + row * (self.height + self.gap_y)


@dataclass(frozen=True)
class Placing:
    """Where on the paper: the first free label (from 1), the shift of the printer in mm, and whether only frames are drawn."""

    first: int = 1
    right_mm: float = 0
    down_mm: float = 0
    test: bool = False


def read_sheet(project: Path, code: str) -> LabelSheet:
    """Return the sheet of this name in etiketvellen.csv; DataError with the names that are there."""
    with find_file(project, 'styles', FILE).open(encoding='utf-8-sig', newline='') as file:
        rows = {row['code'].strip(): row for row in csv.DictReader(file)}
    found = next((row for name, row in rows.items() if code.lower() in (name.lower(), name.lower().split()[-1])), None)
    if found is None:
        raise DataError([finding('etiketvel-onbekend', value=code, known=', '.join(rows))])
    try:
        size = (float(found['etiket_b_mm']), float(found['etiket_h_mm']), int(found['kolommen']), int(found['rijen']))
        gaps = (float(found[name]) for name in ('kolomafstand_mm', 'rijafstand_mm', 'marge_links_mm', 'marge_boven_mm'))
        return LabelSheet(*size, *gaps)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError([finding('lijst-stuk', Place(f'styles/{FILE}'))]) from error


def compose_labels(
    templates: Templates, sheet: LabelSheet, people: Mapping[int, Recipient], placing: Placing
) -> tuple[list[str], list[Finding]]:
    """Return the sheets as HTML, and a finding for each address that does not fit; DataError when the first label is not there."""
    if not 1 <= placing.first <= sheet.count:
        raise DataError([finding('etiket-onbekend', value=placing.first, count=sheet.count)])
    fitted = [person.fit(sheet.width - 2 * _INSET_MM, sheet.height - 2 * _INSET_MM) for person in people.values()]
    findings = [found for found in fitted if isinstance(found, Finding)]
    texts = [found for found in fitted if not isinstance(found, Finding)]
    if placing.test:
        texts = [(10, (str(n + 1),)) for n in range(sheet.count)]
    placed = enumerate(texts, 0 if placing.test else placing.first - 1)
    pages = [
        [_place(sheet, placing, n % sheet.count, *text) for n, text in page]
        for _number, page in groupby(placed, lambda label: label[0] // sheet.count)
    ]
    return [templates.fill('etiketten.html', etiketten=page, proef=placing.test) for page in pages], findings


def _place(sheet: LabelSheet, placing: Placing, n: int, size: int, lines: Sequence[str]) -> dict[str, Any]:
    """Return what the template needs of a label: its box in mm, and its lines in the middle of its height."""
    x, y = sheet.corner(n)
    left, top = x + placing.right_mm, y + placing.down_mm
    above = (sheet.height - len(lines) * size * LEADING * _MM_PT) / 2
    box = {'x': left, 'y': top, 'b': sheet.width, 'h': sheet.height, 'links': left + _INSET_MM, 'boven': top + above}
    return {**{name: round(mm, 3) for name, mm in box.items()}, 'regels': lines, 'pt': size}
