"""Tables that others open in a spreadsheet: CSV in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_FORMULA = ('=', '+', '-', '@', '\t', '\r')  # with which a spreadsheet would begin to calculate (OWASP, CSV injection)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]], **form: Any) -> str:
    """Return a CSV (RFC 4180, unless `form` says otherwise to csv.writer) with a quote before what looks like a formula."""
    stream = io.StringIO(newline='')
    writer = csv.writer(stream, **form)
    writer.writerow(header)
    writer.writerows([_defuse(cell) for cell in row] for row in rows)
    return stream.getvalue()


def write_sheet(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV that Excel opens as it is: semicolons, and UTF-8 with its mark."""
    return write_csv(header, rows, delimiter=';').encode('utf-8-sig')


def _defuse(cell: object) -> str:
    text = '' if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4]) else text
