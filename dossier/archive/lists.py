"""The lists of a round as CSV (RFC 4180, UTF-8): abbreviations, decisions, dates and meetings."""

from collections.abc import Iterable, Sequence
from typing import Any

from dossier.model import Dossier
from dossier.table import write_csv

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
    cells = ([_text(slug if name == 'thema' else getattr(row, name)) for name in columns] for slug, row in rows)
    return write_csv(columns, cells).encode()


def _text(value: Any) -> Any:
    return {True: 'ja', False: 'nee'}.get(value, value)
