"""What the stages hand on: a Part (HTML of one part of the book), its Fragment (laid out pages), and the Slots for numbers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dossier import __version__
from dossier.store import Entry, digest

PLACEHOLDER = 0xE000  # U+E000: the digit 0 in the fonts Dossier Nummers; nobody can type it (dossier.read refuses it)
PADDED_DIGITS = 4  # places for a number that may be filled up with blanks


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: a document of its own that opens on a right-hand page and knows no page number."""

    name: str
    title: str
    html: str = field(repr=False)
    file: str  # the author's file, for messages
    folio: bool = True  # the cover has no page number and isn't counted


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on a page where a number must come: `at` and `length` of the text operator in the content stream.

    `target` is what the number is of: a part's name, or None for the page itself (a folio). An exact slot must get as many
    digits as it has; the others are filled up with blanks, on the left or on the right.
    """

    page: int
    at: int
    length: int
    digits: int
    target: str | None
    fill: Literal['exact', 'left', 'right']


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for the outline: its level counted from 1, its page in the part, and its height there in points."""

    level: int
    title: str
    page: int
    y_pt: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part laid out: its tagged PDF, and all that numbering and assembly must know of it."""

    name: str
    content: bytes | Entry = field(repr=False)  # in memory, or on disk
    pages: int
    slots: tuple[Slot, ...] = ()
    headings: tuple[Heading, ...] = ()
    uses: dict[str, tuple[int, ...]] = field(default_factory=dict)  # pages in the part on which an abbreviation stands
    defined: dict[str, int] = field(default_factory=dict)  # page in the part on which it is first written out
    anchors: dict[str, tuple[int, float]] = field(default_factory=dict)  # entries of the list: page, height in points
    log: tuple[tuple[str, str, str], ...] = ()  # what WeasyPrint said: level, message, file of the author
    surplus: dict[str, int] = field(default_factory=dict)  # lines too many in boxes of a fixed size, by name
    reads: dict[str, str] = field(default_factory=dict)  # addresses of the files that it read, with their digests

    @property
    def pdf(self) -> bytes:
        """The tagged PDF."""
        return self.content if isinstance(self.content, bytes) else self.content.read()

    @property
    def digest(self) -> str:
        """What tells it from another: its PDF, and all else that assembly takes from it."""
        if isinstance(self.content, Entry):
            return self.content.digest
        return digest(self.content, repr((self.slots, self.headings, self.anchors)))


@dataclass(frozen=True)
class Metadata:
    """What a product says of itself."""

    title: str
    author: str
    language: str
    date: datetime  # with a time zone

    @property
    def tool(self) -> str:
        """The program that made the product."""
        return f'dossier {__version__}'

    @property
    def pdf_date(self) -> str:
        """The date as PDF writes it (ISO 32000-1, 7.9.4)."""
        offset = self.date.strftime('%z')
        return f"D:{self.date:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a line of a writer begins on a page, in points from the upper left: its block's left side, and the line itself."""

    left_pt: float
    x_pt: float
    y_pt: float
    height_pt: float
    source: str  # file:line


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page for looking at, as a PDF of its own."""

    pdf: bytes = field(repr=False)
    digest: str
    slots: tuple[Slot, ...]  # by their place in the bytes of the PDF
    size_pt: tuple[float, float]
    marks: tuple[Mark, ...] = field(repr=False)


@dataclass(frozen=True)
class Draft:
    """A part for looking at: what numbering must know of it (no PDF), and its pages, as far as they are drawn."""

    fragment: Fragment
    sheets: dict[int, Sheet]
