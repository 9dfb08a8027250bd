"""The PDF for the screen: a laid out book in, assembled and checked PDF out, kept for as long as nothing in it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dossier.errors import PreflightError
from dossier.number import Numbering
from dossier.parts import Fragment, Metadata, Part
from dossier.resources import shipped
from dossier.store import Entry, Store, digest
from dossier.typeset import Book
from dossier.versions import installed_versions


@dataclass(frozen=True)
class Screen:
    """All that the PDF is made of; it travels to a worker, so the parts have no text and the fragments lie on disk."""

    parts: list[Part]
    fragments: Mapping[str, Fragment]
    numbering: Numbering
    metadata: Metadata
    uses: int  # of abbreviations

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(self.fragments[part.name].pages for part in self.parts)

    def key(self) -> str:
        """Return what tells whether it was made before: content, numbers, metadata, supplies, program and libraries."""
        folder = Path(__file__).parent.parent
        sources = [Path(__file__), folder / 'press' / 'preflight.py', *sorted((folder / 'assemble').glob('*.py'))]
        files = [path.read_bytes() for path in (*sources, *_number_fonts().values(), _profile())]
        made = [(part.name, part.title, part.folio, self.fragments[part.name].digest) for part in self.parts]
        return digest(repr(made), repr(self.numbering), repr(self.metadata), *installed_versions(), *files)


def plan_screen(book: Book, metadata: Metadata) -> Screen:
    """Return what a laid out book needs to become a PDF."""
    uses = sum(part.html.count('<abbr ') for part in book.parts)
    parts = [replace(part, html='') for part in book.parts]
    return Screen(parts, {part.name: book.fragments[part.name] for part in parts}, book.numbering, metadata, uses)


def make_pdf(screen: Screen, store: Store) -> bytes | Entry:
    """Return the PDF, on disk where it can be; PreflightError when it isn't fit to publish."""
    key = screen.key()
    if entry := store.get(key):
        return entry
    # Slow to import, and not needed when it was made before.
    from dossier.assemble.book import Supplies, assemble_book
    from dossier.press.preflight import preflight_screen

    supplies = Supplies(_number_fonts(), _profile())
    content = assemble_book(screen.parts, screen.fragments, screen.numbering, screen.metadata, supplies)
    if wrong := preflight_screen(content, screen.pages, screen.uses):
        raise PreflightError(wrong)
    try:
        return store.put(key, {}, content)
    except OSError:
        return content


def _number_fonts() -> dict[str, Path]:
    return {path.stem: path for path in sorted(shipped('styles').glob('fonts/DossierNummers*.ttf'))}


def _profile() -> Path:
    return shipped('styles') / 'profielen' / 'sRGB2014.icc'
