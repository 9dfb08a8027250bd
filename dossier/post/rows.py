"""A list of people in CSV: bytes in, rows with their line out, a finding for each row that is no good; fails with DataError."""

import csv
import io
import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dossier.errors import DataError, Finding, Place, SourceError
from dossier.messages import finding

MAX_BYTES, MAX_ROWS = 20_000_000, 20_000
_SEPARATORS = ';,\t|'
# What can't stand on paper: control characters, the directions of writing, private code points, half characters.
_UNPRINTABLE = {'Cc', 'Co', 'Cs', 'Cn'}
_STEERING = re.compile('[\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_QUOTED = re.compile(r'="([^"]*)"')  # ="0123", by which a spreadsheet is made to keep a zero
_FORMULA = re.compile(r'=|#(?:N/[AB]|REF!|VALUE!|WAARDE!|NAME\?|NAAM\?|NUM!|GETAL!|DIV/0!|DEEL/0!|VERW!)')


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its place, and its cells by the name of their column (small letters, no spaces)."""

    place: Place
    cells: dict[str, str]


def read_list(path: Path) -> tuple[list[Row], list[Finding]]:
    """Return the rows of a CSV file and the findings of those that are no good; SourceError, DataError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError([finding('bestand-te-groot', Place(path.name), mb=MAX_BYTES // 1_000_000)])
        content = path.read_bytes()
    except OSError as error:
        raise SourceError([finding('bestand-onleesbaar', Place(path.name), reason=error.strerror)]) from error
    return parse_list(content, path.name)


def parse_list(content: bytes, name: str) -> tuple[list[Row], list[Finding]]:
    """Return the rows of a list, and what is wrong with those that are left out; DataError when it is no list."""
    lines = list(_records(_decode(content), name))
    if not lines:
        raise DataError([finding('bestand-leeg', Place(name))])
    (first, header), *rest = lines
    columns = [_name_column(title) for title in header]
    if twice := next((column for column in columns if column and columns.count(column) > 1), ''):
        raise DataError([finding('sleutel-dubbel', Place(name, first), name=twice)])
    if len(rest) > MAX_ROWS:
        raise DataError([finding('lijst-te-lang', Place(name), n=MAX_ROWS)])
    rows, findings = [], []
    for line, record in rest:
        place = Place(name, line)
        cells = [_QUOTED.sub(r'\1', ' '.join(cell.split())) for cell in record]
        if any(cells):
            wrong = _find_wrong(record, cells, columns, place)
            findings += [wrong] if wrong else []
            row = dict(zip(columns, cells + [''] * len(columns), strict=False))
            rows.append(Row(place, {} if wrong else {key: cell for key, cell in row.items() if key}))
    return rows, findings


def _find_wrong(record: list[str], cells: list[str], columns: list[str], place: Place) -> Finding | None:
    if any(cells[len(columns) :]):
        return finding('rij-te-lang', place, found=len(cells), asked=len(columns))
    for column, raw, cell in zip(columns, record, cells, strict=False):
        bad = next((sign for sign in raw if _is_unprintable(sign)), None)
        if bad:
            return finding('verboden-teken', place, number=f'{ord(bad):04X}')
        if _FORMULA.match(cell):
            return finding('rij-formule', place, name=column)
    return None


def _is_unprintable(sign: str) -> bool:
    return sign not in '\n\r\t' and (unicodedata.category(sign) in _UNPRINTABLE or bool(_STEERING.match(sign)))


def _decode(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode('utf-16', 'replace')
    try:
        return content.decode('utf-8-sig')
    except UnicodeDecodeError:
        return content.decode('cp1252', 'replace')  # what Excel writes by "CSV"


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records, each with its first line in the file; a broken quotation mark is a DataError."""
    told = re.match(r'sep=(.)\r?\n', text)  # what Excel puts before it
    header = text[told.end() if told else 0 :].lstrip().partition('\n')[0]
    separator = told[1] if told else max(_SEPARATORS, key=header.count)
    stream = io.StringIO(text, newline='')
    reader = csv.reader(stream, delimiter=separator, strict=True)  # an open quotation mark would swallow rows
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record) and not (told and line == 1):
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError([finding('lijst-stuk', Place(name, line))]) from error


def _name_column(title: str) -> str:
    """Return the name of a column: its title in small letters without accents, and _ for the rest."""
    signs = unicodedata.normalize('NFKD', title).lower()
    plain = ''.join(sign for sign in signs if not unicodedata.combining(sign))
    return re.sub(r'[^a-z0-9]+', '_', plain).strip('_')
