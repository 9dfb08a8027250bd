"""The stylesheets of a book: which files, in which order."""

from dataclasses import dataclass
from pathlib import Path

from dossier.resources import find_file

SHEETS = ('lettertypen.css', 'maten.css', 'boek.css', 'onderdelen.css')


@dataclass(frozen=True)
class Style:
    """The stylesheets, and the folders from which a part may read pictures and fonts."""

    sheets: tuple[Path, ...]
    folders: tuple[Path, ...]
    base: Path  # the folder of the round; pictures are named from here


def find_style(project: Path, ronde: str) -> Style:
    """Return the style of a round: a stylesheet in the project's own `styles/` stands in for the shipped one of that name."""
    sheets = tuple(find_file(project, 'styles', name).resolve() for name in SHEETS)
    base = (project / 'data' / ronde).resolve()
    return Style(sheets, (*{sheet.parent for sheet in sheets}, base), base)
