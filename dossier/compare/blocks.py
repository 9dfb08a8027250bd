"""The texts of a chapter as the blocks that a reader sees: paragraphs, items, rows, notes, and the texts of its data."""

from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it.token import Token
from pydantic import BaseModel

from dossier.compare.words import Block
from dossier.errors import Place
from dossier.model import Bijeenkomst, Document, Partij, Persoon
from dossier.text import Tekst

_MARKED = ('paragraph_open', 'heading_open', 'list_item_open', 'tr_open')  # what can carry a change bar
_ONE_LINE = (Partij, Document, Bijeenkomst, Persoon)  # told as one block each
_APART = ('besluitpunten', 'data', 'cijfers')  # compared in their own way


def find_blocks(value: Any, titles: Mapping[str, str], kind: str = 'tekst') -> Iterator[Block]:
    """Yield the blocks of a part of the model, in the order of its fields; references by the title they lead to."""
    if isinstance(value, Tekst):
        if value.kind == 'block':
            yield from _find_in_text(value, titles)
        else:
            yield Block(''.join(_read(token, titles) for token in value.tokens).strip(), kind, value.place)
    elif isinstance(value, _ONE_LINE):
        fields = [getattr(value, name) for name in type(value).model_fields]
        place = next((field.place for field in fields if isinstance(field, Tekst)), None)
        yield Block(' – '.join(_say(field) for field in fields if field), kind, place)
    elif isinstance(value, tuple):
        for item in value:
            yield from find_blocks(item, titles, kind)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _APART:
                yield from find_blocks(getattr(value, name), titles, name)


def _say(value: Any) -> str:
    return ', '.join(map(_say, value)) if isinstance(value, tuple) else str(value)


def _find_in_text(tekst: Tekst, titles: Mapping[str, str]) -> Iterator[Block]:
    around: list[Token] = []
    row: list[str] = []
    for token in tekst.tokens:
        if token.nesting == 1:
            around.append(token)
            row = [] if token.type == 'tr_open' else row
        elif token.nesting == -1:
            opened = around.pop()
            if opened.type == 'tr_open':
                yield Block(' | '.join(row), 'tabel', place_of(tekst, opened))
        if token.type == 'inline':
            text = _read(token, titles).strip()
            if any(other.type == 'tr_open' for other in around):
                row.append(text)
            elif text:
                marked = (other for other in reversed(around) if other.type in _MARKED and not other.hidden)
                kind = 'kop' if around[-1].type == 'heading_open' else 'tekst'
                yield Block(text, kind, place_of(tekst, next(marked, token)))
            yield from _find_notes(token, titles, tekst)
        elif token.type in ('fence', 'code_block'):
            yield Block(token.content.strip(), 'code', place_of(tekst, token))


def _find_notes(token: Token, titles: Mapping[str, str], tekst: Tekst) -> Iterator[Block]:
    for child in token.children or ():
        if child.type == 'footnote_ref' and child.children:
            yield Block(''.join(_read(part, titles) for part in child.children).strip(), 'noot', place_of(tekst, token))


def place_of(tekst: Tekst, token: Token) -> Place:
    """Return the place of a token of a text."""
    return Place(tekst.place.file, (tekst.place.line or 1) + (token.map or [0])[0])


def _read(token: Token, titles: Mapping[str, str]) -> str:
    """Return the text of a token as it is read."""
    if token.type == 'reference':
        return token.content or titles.get(token.meta['slug'], token.meta['slug'])
    if token.type in ('text', 'code_inline', 'literal', 'abbreviation'):
        return token.content
    if token.type in ('softbreak', 'hardbreak'):
        return ' '
    return '' if token.type == 'footnote_ref' else ''.join(_read(child, titles) for child in token.children or ())
