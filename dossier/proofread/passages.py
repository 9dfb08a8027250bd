"""The texts of a dossier as a proofreader sees them: paragraphs, headings and lines, each with its place, and their sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from dossier.errors import Place
from dossier.model import Dossier, iter_texts
from dossier.text import Tekst

MASK = '\u00b7'  # in the place of each letter of an abbreviation, a code or a name that is left alone
_END = re.compile(r'[.!?…]["”’)]*\s+(?=["“‘(]?[A-Z0-9À-Ý·])|\n(?=\n)')
_NO_END = re.compile(r'(?:\b(?:[A-Z]|nr|art|dr|mr|drs|ir|prof|bijv|blz|ca|incl|excl|resp|St|vgl|jl|o\.a)\.)\s*$')


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, item, cell or line: its text, the same with abbreviations masked, and where it stands."""

    text: str
    masked: str
    place: Place
    kind: str  # 'paragraph', 'heading' or 'line'
    chapter: str
    links: tuple[tuple[str, str], ...] = ()  # text and address

    def at(self, position: int) -> Place:
        """Return the line of a place in the text."""
        return Place(self.place.file, (self.place.line or 1) + self.text.count('\n', 0, position))

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Yield the sentences, and where each begins."""
        start = 0
        for match in _END.finditer(self.text):
            if not _NO_END.search(self.text[start : match.end()]):
                yield start, self.text[start : match.end()].strip()
                start = match.end()
        if self.text[start:].strip():
            yield start, self.text[start:].strip()


def read_passages(dossier: Dossier) -> Iterator[Passage]:
    """Yield the passages of all texts, in the order of the model."""
    groups = {**dossier.themas, **dossier.hoofdstukken}
    others = {
        name: getattr(dossier, name) for name in ('ronde', 'proposities', 'organisaties', 'bijeenkomsten', 'contact')
    }
    for name, value in {**groups, **others}.items():
        for text in iter_texts(value):
            yield from _split(text, name)


def _split(text: Tekst, chapter: str) -> Iterator[Passage]:
    line = text.place.line or 1
    if text.kind != 'block':
        children = [child for token in text.tokens for child in (token.children or [token])]
        yield _passage(children, Place(text.place.file, line), 'heading' if text.kind == 'heading' else 'line', chapter)
        return
    opened: list[str] = []
    for token in text.tokens:
        if token.nesting == 1:
            opened.append(token.type)
        elif token.nesting == -1 and opened:
            opened.pop()
        elif token.type == 'inline':
            kind = (
                'heading'
                if opened[-1:] == ['heading_open']
                else 'paragraph'
                if opened == ['paragraph_open']
                else 'line'
            )
            yield _passage(token.children or [], Place(text.place.file, line + (token.map or [0])[0]), kind, chapter)


def _passage(children: list[Token], place: Place, kind: str, chapter: str) -> Passage:
    text = masked = address = linked = ''
    links: list[tuple[str, str]] = []
    for child in children:
        if child.type == 'link_open':
            address, linked = str(child.attrGet('href') or ''), ''
        elif child.type == 'link_close':
            links.append((linked, address))
            address = ''
        shown = child.content if child.type in ('text', 'abbreviation', 'literal', 'code_inline', 'reference') else ''
        shown = '\n' if child.type in ('softbreak', 'hardbreak') else shown
        text, linked = text + shown, linked + shown
        plain = child.type in ('text', 'softbreak', 'hardbreak') and shown not in (
            address,
            address.removeprefix('mailto:'),
        )
        masked += shown if plain else MASK * len(shown)
    return Passage(text, masked, place, kind, chapter, tuple(links))
