"""The book as the preview has it: what was read, every part as it was last laid out, and the number of each page.

One changed chapter is read and checked alone, and what was marked of the others is remembered; the whole round follows at leisure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from dossier.abbreviate import Memory, mark_dossier
from dossier.assemble.numerals import write_numbers
from dossier.compose import Composer
from dossier.editions import choose_edition, choose_names
from dossier.errors import Finding, sort_findings
from dossier.excerpt import excerpt, point_out
from dossier.model import Dossier
from dossier.number import Numbering, collect_definitions, collect_pages, estimate_pages, number_parts
from dossier.parts import PLACEHOLDER, Draft, Part, Sheet
from dossier.pipeline import check_dossier
from dossier.read import read_chapter, read_round
from dossier.typeset import list_entries
from dossier.validate import validate_chapter, validate_sources

_NUMBER = re.compile(rf'(<span class="nr[^"]*" data-naar="([^"]*)">)({chr(PLACEHOLDER)}+)')


@dataclass
class Book:
    """What the preview shows. `drafts` holds the last good pages of each part, `keys` what they were made from."""

    whole: Dossier  # all editions, without abbreviations marked
    edition: str
    memory: Memory
    composer: Composer
    findings: list[dict[str, Any]]
    guesses: Mapping[str, int]  # pages of each part, before it is laid out
    titles: Mapping[str, str]
    drafts: dict[str, Draft] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def numbering(self) -> Numbering:
        """The page numbers, with a guess for the parts that are not laid out yet."""
        names = self.composer.names
        pages = {
            name: self.drafts[name].fragment.pages if name in self.drafts else self.guesses[name] for name in names
        }
        return number_parts((name, pages[name], name != 'omslag') for name in names)

    def compose(self, name: str) -> Part:
        """Return a part; TemplateError."""
        if name == 'afkortingen':
            numbering = self.numbering
            fragments = [draft.fragment for part, draft in self.drafts.items() if part != name]
            pages, defined = collect_pages(numbering, fragments), collect_definitions(numbering, fragments)
            return self.composer.compose_list(list_entries(self.composer, pages, defined))
        return _name_targets(self.composer.compose(name), self.composer.names)

    def take_chapter(self, project: Path, file: str) -> str:
        """Take over one changed text; returns the name of its part. DataError or SourceError with what is wrong in it."""
        sources = read_chapter(project, file)
        whole = validate_chapter(self.whole, sources)
        self.composer.take(mark_dossier(choose_edition(whole, self.edition), self.memory))
        self.whole = whole
        return next(iter({**sources.themas, **sources.hoofdstukken}))

    def knows(self, file: str) -> bool:
        """Return whether a file is a chapter that stands on pages of its own."""
        parts = [self.whole.themas.get(name) or self.whole.hoofdstukken.get(name) for name in self.drafts]
        return any(part and part.tekst.place.file == file for part in parts)

    def find_page(self, name: str, index: int) -> bytes | None:
        """Return a page as PDF with the numbers on it."""
        draft = self.drafts.get(name)
        sheet = draft.sheets.get(index) if draft else None
        return write_numbers(sheet.pdf, sheet.slots, _numbers(sheet, name, index, self.numbering)) if sheet else None

    def find_source(self, name: str, index: int, x_pt: float, y_pt: float) -> str:
        """Return where the text at a point of a page came from, as file:line; the nearest above it, else the first on the page."""
        draft = self.drafts.get(name)
        marks = draft.sheets[index].marks if draft and index in draft.sheets else ()
        before = [
            mark
            for mark in marks
            if mark.left_pt <= x_pt + 3
            and (mark.y_pt + mark.height_pt <= y_pt or (mark.y_pt <= y_pt and mark.x_pt <= x_pt))
        ]
        nearest = max(before, key=lambda mark: (mark.y_pt, mark.x_pt), default=marks[0] if marks else None)
        return nearest.source if nearest else ''

    def as_json(self) -> list[dict[str, Any]]:
        """Return the parts in the order of the book, each with its pages: an identity that changes when the page does."""
        numbering, parts = self.numbering, []
        for name in self.composer.names:
            draft = self.drafts.get(name)
            if draft:
                first = numbering.first[name]
                pages = []
                for index in range(draft.fragment.pages):
                    page: dict[str, Any] = {'number': first and first + index}
                    if sheet := draft.sheets.get(index):
                        numbers = _numbers(sheet, name, index, numbering)
                        page |= {'id': '-'.join([sheet.digest, *map(str, numbers)]), 'size': sheet.size_pt}
                    pages.append(page)
                parts.append({'name': name, 'title': self.composer.titles.get(name, self.titles[name]), 'pages': pages})
        return parts


def read_book(project: Path, ronde: str, before: 'Book | None') -> Book:
    """Return the first edition of the round, read and checked, with the pages that were laid out before; DossierError."""
    whole, memory = validate_sources(read_round(project, ronde)), Memory()
    findings = check_dossier(project, whole, False, memory).findings
    edition = choose_names(whole.ronde, ())[0]
    composer = Composer(mark_dossier(choose_edition(whole, edition), memory), project, sources=True)
    composer.digits = dict.fromkeys(composer.names, 2)
    parts = [composer.compose(name) for name in composer.names if name != 'afkortingen']
    guesses = {part.name: estimate_pages(part.html) for part in parts} | {'afkortingen': 1}
    titles = {**composer.titles, **{part.name: part.title for part in parts}}
    told = before.findings if before else describe(project, findings)
    book = Book(whole, edition, memory, composer, told, guesses, titles)
    if before:
        book.drafts = {name: draft for name, draft in before.drafts.items() if name in composer.names}
        book.keys = before.keys
    composer.digits = book.numbering.digits()
    return book


def describe(project: Path, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings for the page, worst first, each with the line of the file that it is about."""
    pointed = point_out(project, sort_findings(findings))
    return [{**found.as_json(), 'excerpt': '\n'.join(excerpt(project, found))} for found in pointed]


def _numbers(sheet: Sheet, name: str, index: int, numbering: Numbering) -> list[int]:
    """Return the number for each slot of a page; 0 where it has too few places until the part is laid out again."""
    own = numbering.first[name] + index
    numbers = [numbering.first.get(slot.target, 0) if slot.target else own for slot in sheet.slots]
    return [number if number < 10**slot.digits else 0 for slot, number in zip(sheet.slots, numbers, strict=True)]


def key_of_part(part: Part, state: str, files: Mapping[str, str]) -> str:
    """Return what tells whether a part must be laid out again: its text, the state of the styles, and of the files it read."""
    return sha256('\0'.join([part.html, state, *(f'{url} {made}' for url, made in files.items())]).encode()).hexdigest()


def _name_targets(part: Part, names: Sequence[str]) -> Part:
    """Return the part with, in the place of each page number, the place in `names` of what it is of (see draw_part)."""

    def fill(match: re.Match[str]) -> str:
        code = str(names.index(match[2])).zfill(len(match[3]))
        return match[1] + ''.join(chr(PLACEHOLDER + int(digit)) for digit in code)

    return replace(part, html=_NUMBER.sub(fill, part.html))
