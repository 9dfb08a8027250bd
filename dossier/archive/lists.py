"""The lists of a round as CSV (RFC 4180, UTF-8): abbreviations, decisions, dates and meetings."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from dossier.model import Dossier

_COLUMNS = {
    'afkortingen': ('afkorting', 'voluit', 'toelichting'),
    'besluiten': ('thema', 'wat', 'wie', 'uiterlijk'),
    'data': ('thema', 'datum', 'wat', 'zeker'),
    'bijeenkomsten': ('datum', 'periode', 'van', 'tot', 'provincie', 'titel'),
}


def make_lists(dossier: Dossier) -> dict[str, bytes]:
    """Return the lists by file name."""
    themes = [(slug, theme) for slug, theme in dossier.themas.items()]
    rows: dict[str, list[tuple[str, Any]]] = {
        'afkortingen': [('', entry) for entry in dossier.afkortingen if not entry.negeer],
        'besluiten': [(slug, point) for slug, theme in themes for point in theme.besluitpunten],
        'data': [(slug, event) for slug, theme in themes for event in theme.data],
        'bijeenkomsten': [('', meeting) for meeting in dossier.bijeenkomsten],
    }
    return {f'{name}.csv': _write(_COLUMNS[name], found) for name, found in rows.items()}


def _write(columns: Sequence[str], rows: Iterable[tuple[str, Any]]) -> bytes:
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(columns)
    writer.writerows([_cell(slug if name == 'thema' else getattr(row, name)) for name in columns] for slug, row in rows)
    return output.getvalue().encode()


def _cell(value: Any) -> str:
    """Return the text of a cell; no spreadsheet takes it for a formula."""
    text = {None: '', True: 'ja', False: 'nee'}.get(value, str(value))
    return f"'{text}" if text.startswith(('=', '+', '-', '@', '\t', '\r')) else text
