"""Abbreviate: the dossier's texts in, the same texts with their abbreviations marked out.

Works on the parsed text, so code, links' addresses and mark-up are never touched. A marked use is a token of type
`abbreviation`; what it stands for is in its `meta`. Each chapter writes out its first use in running text; tables, titles
and captions are marked only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token
from pydantic import BaseModel

from dossier.errors import Finding, Place, Severity
from dossier.messages import finding
from dossier.model import Afkorting, Dossier
from dossier.text import Tekst, transform

# What looks like an abbreviation: two capitals or more, or a capital and a digit; names with a hyphen are left out.
_LOOKS_SHORT = re.compile(r'(?<![\w&+/@.-])[A-Z][A-Za-z&+]*[A-Z0-9][A-Za-z0-9]*\+*(?![\w&@])(?!-[A-Z][a-z])')
_NO_ABBREVIATION = (
    re.compile(r'^[AENS]\d{1,3}$'),  # roads
    re.compile(r'^(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})$'),  # Roman numerals
    re.compile(r'[a-z]{3}'),  # names such as ProRail
    re.compile(r'^IJ[a-z]'),  # IJmond
)


@dataclass(frozen=True)
class Use:
    """One use of an abbreviation."""

    afkorting: str
    place: Place
    column_of: str = ''  # the text in which it stands, to find its column


@dataclass
class Abbreviated:
    """The dossier with its abbreviations marked, every use by its short form, and what was found on the way."""

    dossier: Dossier
    uses: dict[str, list[Place]] = field(default_factory=dict)
    unknown: dict[str, list[Place]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def used(self) -> list[Afkorting]:
        """Return the abbreviations that are used, in the order of the list."""
        entries = {entry.afkorting: entry for entry in self.dossier.afkortingen if entry.afkorting in self.uses}
        return sorted(entries.values(), key=lambda entry: sort_key(entry.afkorting))


def sort_key(form: str) -> tuple[str, str]:
    """Return the key of the Dutch order: case, accents, dots and signs don't count; IJ is an I and a J."""
    import unicodedata

    plain = unicodedata.normalize('NFKD', form.casefold())
    return ''.join(char for char in plain if char.isalnum()), form


def abbreviate_dossier(dossier: Dossier) -> Abbreviated:
    """Return the dossier with abbreviations marked, and a finding for each that is unknown, unused or declared twice."""
    result = Abbreviated(dossier, findings=list(_check_declared(dossier.afkortingen)))
    chapters = {
        name: _mark_all(getattr(dossier, name), _Marker(dossier.afkortingen, result, name))
        for name in ('proposities', 'organisaties', 'bijeenkomsten')
    }
    for group in ('hoofdstukken', 'themas'):
        chapters[group] = {
            slug: _mark_all(item, _Marker(dossier.afkortingen, result, slug))
            for slug, item in getattr(dossier, group).items()
        }
    chapters['ronde'] = _mark_all(dossier.ronde, _Marker(dossier.afkortingen, result, 'colofon'))
    result.dossier = dossier.model_copy(update=chapters)
    result.findings += _check_used(result)
    return result


def _mark_all(value: Any, marker: '_Marker') -> Any:
    """Return a part of the model with every text in it marked, in the order in which it is read."""
    if isinstance(value, Tekst):
        return marker.mark(value)
    if isinstance(value, tuple):
        return tuple(_mark_all(item, marker) for item in value)
    if isinstance(value, BaseModel):
        names = sorted(type(value).model_fields, key=_reading_order)
        changed = {name: _mark_in_field(name, getattr(value, name), marker) for name in names}
        return value.model_copy(update={name: new for name, new in changed.items() if new is not getattr(value, name)})
    return value


_EXPANDED = (
    'samenvatting',
    'tekst',
    'omschrijving',
    'colofon',
)  # running text; all else stands in titles, tables and lists


def _reading_order(name: str) -> int:
    return _EXPANDED.index(name) if name in _EXPANDED else (-1 if name in ('titel', 'naam', 'kort') else len(_EXPANDED))


def _mark_in_field(name: str, value: Any, marker: '_Marker') -> Any:
    if isinstance(value, Tekst) and name not in _EXPANDED:
        return marker.mark(value, expand=False)
    return _mark_all(value, marker)


class _Marker:
    """Marks the texts of one chapter; knows which abbreviations it has written out already."""

    def __init__(self, entries: Sequence[Afkorting], result: Abbreviated, chapter: str) -> None:
        self.result = result
        self.chapter = chapter
        self.forms = dict(_forms(entries, chapter))
        self.pattern = _pattern(self.forms)
        self.written_out: set[str] = set()

    def mark(self, tekst: Tekst, expand: bool = True) -> Tekst:
        """Return the text with its abbreviations marked, the first of each written out where that may be."""
        tokens: list[Token] = []
        in_table = in_heading = False
        for token in tekst.tokens:
            in_table = token.type == 'table_open' or (in_table and token.type != 'table_close')
            in_heading = token.type == 'heading_open' or (in_heading and token.type != 'heading_close')
            if token.type == 'inline':
                line = (tekst.place.line or 1) + (token.map[0] if token.map else 0)
                children = self.mark_inline(
                    token.children or [], Place(tekst.place.file, line), expand and not in_table and not in_heading
                )
                token = token.copy(children=children)
            tokens.append(token)
        return transform(tekst, tokens)

    def mark_inline(self, children: Iterable[Token], place: Place, expand: bool) -> list[Token]:
        marked: list[Token] = []
        style = ''
        in_link = False
        for child in children:
            line = child.meta.get('line')
            if child.type in ('softbreak', 'hardbreak'):
                place = Place(place.file, (place.line or 1) + 1)
            elif child.type == 'span_open':
                style = str(child.attrGet('class') or '')
            elif child.type == 'span_close':
                style = ''
            elif child.type in ('link_open', 'link_close'):
                in_link = child.type == 'link_open'
            elif child.type == 'footnote_ref':
                child = child.copy(children=self.mark_inline(child.children or [], place, expand))
            if child.type == 'text' and style != 'letterlijk' and line is None:
                marked += self.mark_text(child.content, place, expand and not in_link, style, in_link)
            elif child.type == 'text' and line is not None:
                marked += self.mark_text(child.content, place, expand, style, in_link)
            else:
                marked.append(child)
        return marked

    def mark_text(self, text: str, place: Place, expand: bool, style: str, in_link: bool) -> Iterator[Token]:
        """Yield a text as tokens of plain text and of abbreviations."""
        position = 0
        for match in self.pattern.finditer(text) if self.forms else ():
            if match.start() < position:
                continue
            before = text[position : match.start()]
            self.note_unknown(before, place)
            yield from _text(before)
            entry, plural = self.forms[match[0]]
            first = entry.afkorting not in self.written_out
            self.result.uses.setdefault(entry.afkorting, []).append(place)
            long_form = entry.voluit or ''
            by_hand = text[: match.start()].rstrip('( ').casefold().endswith(long_form.casefold()) and text[
                : match.start()
            ].endswith('(')
            write_out = (style == 'voluit') or (expand and first and style != 'kort' and not by_hand)
            if expand and (first or by_hand):
                self.written_out.add(entry.afkorting)
            end = match.end()
            tail = ''
            if write_out and (compound := re.match(r"(?:[-’'][\w-]+)", text[end:])):
                tail = compound[0]
                end += len(tail)
            starts_sentence = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith(
                ('.', '?', '!')
            )
            long_form = _drop_overlap(text[: match.start()], long_form)
            starts_sentence = starts_sentence and long_form == entry.voluit
            yield _token(match[0], entry, long_form, write_out, tail, starts_sentence and not plural)
            position = end
        self.note_unknown(text[position:], place)
        yield from _text(text[position:])

    def note_unknown(self, text: str, place: Place) -> None:
        for match in _LOOKS_SHORT.finditer(text):
            if not any(pattern.search(match[0]) for pattern in _NO_ABBREVIATION):
                self.result.unknown.setdefault(match[0], []).append(place)


def _forms(entries: Iterable[Afkorting], chapter: str) -> Iterator[tuple[str, tuple[Afkorting, bool]]]:
    """Yield every form under which an abbreviation of this chapter is known, and whether it is a plural."""
    for entry in sorted(entries, key=lambda entry: bool(entry.alleen_in)):
        if not entry.alleen_in or chapter in entry.alleen_in:
            yield entry.afkorting, (entry, False)
            for variant in entry.varianten:
                yield variant, (entry, False)
            if entry.meervoud:
                yield entry.meervoud, (entry, True)


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the forms, the longest first, on the word boundaries of Dutch (a hyphen may follow)."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r'(?<![\w&+/@.])(?<!\w-)(?:' + '|'.join(map(re.escape, longest)) + r')(?![\w&+@])(?!\.\w)')


def _text(content: str) -> Iterator[Token]:
    if content:
        yield Token('text', '', 0, content=content)


def _drop_overlap(before: str, long_form: str) -> str:
    """Return the long form without the first words that the writer has written already ("het ministerie van OCW")."""
    words = long_form.split(' ')
    for n in range(len(words) - 1, 0, -1):
        if re.search(r'\b' + re.escape(' '.join(words[:n])) + r' $', before, re.IGNORECASE):
            return ' '.join(words[n:])
    return long_form


def _token(form: str, entry: Afkorting, long_form: str, write_out: bool, tail: str, capital: bool) -> Token:
    known_as_name = entry.negeer or entry.voluit == entry.afkorting
    if capital and long_form:
        long_form = long_form[0].upper() + long_form[1:]
    meta = {
        'afkorting': entry.afkorting,
        'voluit': '' if known_as_name else entry.voluit,
        'taal': entry.taal,
        'long': long_form,
        'write_out': write_out and not known_as_name,
        'tail': tail,
        'negeer': entry.negeer,
    }
    return Token('abbreviation', '', 0, content=form, meta=meta)


def _check_declared(entries: Sequence[Afkorting]) -> Iterator[Finding]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for entry in entries:
        if (entry.afkorting, entry.alleen_in) in seen:
            yield finding('afkorting-dubbel', Place('data/afkortingen.yaml'), form=entry.afkorting)
        seen.add((entry.afkorting, entry.alleen_in))


def _check_used(result: Abbreviated) -> Iterator[Finding]:
    for form, places in sorted(result.unknown.items()):
        yield finding('afkorting-onbekend', places[0], Severity.WARNING, form=form, n=len(places))
    for entry in result.dossier.afkortingen:
        if entry.afkorting not in result.uses and not entry.negeer:
            yield finding('afkorting-ongebruikt', Place('data/afkortingen.yaml'), Severity.TIP, form=entry.afkorting)
