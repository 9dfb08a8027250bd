"""Tables that others open in a spreadsheet: CSV in which no cell is a formula; and the packing list of what goes out."""

import csv
import io
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

_FORMULA = ('=', '+', '-', '@', '\t', '\r')  # with which a spreadsheet would begin to calculate (OWASP, CSV injection)
_PRINTED = ('druk/binnenwerk.pdf', 'overdrachtsdossier.pdf')


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV that Excel opens as it is: semicolons, UTF-8 with its mark, and a quote before what looks like a formula."""
    stream = io.StringIO(newline='')
    writer = csv.writer(stream, delimiter=';', lineterminator='\r\n')
    writer.writerow(header)
    writer.writerows([_defuse(cell) for cell in row] for row in rows)
    return stream.getvalue().encode('utf-8-sig')


def _defuse(cell: object) -> str:
    text = '' if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4]) else text


def find_printed(project: Path, ronde: str, edition: str = 'landelijk') -> tuple[str, str]:
    """Return the file of the edition that is sent and its SHA-256; empty where it isn't built."""
    for name in _PRINTED:
        path = project / 'output' / ronde / edition / name
        if path.is_file():
            return path.relative_to(project).as_posix(), sha256(path.read_bytes()).hexdigest()
    return '', ''
