"""The stylesheets of a book, and the two folders that a page may read from."""

from dataclasses import dataclass
from pathlib import Path

from dossier.resources import find_file, shipped

SHEETS = ('lettertypen.css', 'maten.css', 'boek.css', 'onderdelen.css')
# Addresses inside a page begin with one of these, not with a real path: a path would show in the names of pictures in the PDF.
ROUND_URL = 'file:///ronde/'
STYLE_URL = 'file:///stijl/'


@dataclass(frozen=True)
class Style:
    """Which stylesheets; and where the files of the round and of the style are, the first folder that has a file first."""

    sheets: tuple[Path, ...]
    ronde: tuple[Path, ...]
    stijl: tuple[Path, ...]

    def find(self, url: str) -> Path | None:
        """Return the file of an address, or None when it is not inside one of the folders."""
        for prefix, folders in ((ROUND_URL, self.ronde), (STYLE_URL, self.stijl)):
            if url.startswith(prefix):
                paths = ((folder / url.removeprefix(prefix)).resolve() for folder in folders)
                inside = (path for folder, path in zip(folders, paths, strict=True) if path.is_relative_to(folder))
                return next((path for path in inside if path.is_file()), None)
        return None


def find_style(project: Path, ronde: str) -> Style:
    """Return the style of a round: a file in the project's own `styles/` stands in for the shipped one of that name."""
    sheets = tuple(find_file(project, 'styles', name) for name in SHEETS)
    return Style(
        sheets, ((project / 'data' / ronde).resolve(),), ((project / 'styles').resolve(), shipped('styles').resolve())
    )
