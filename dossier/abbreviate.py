"""Abbreviate: the dossier's texts in, the same texts with their abbreviations marked out.

Works on the parsed text, so code, links' addresses and mark-up are never touched. A marked use is a token of type
`abbreviation`; what it stands for is in its `meta`. Each chapter writes out its first use in running text; tables, titles
and captions are marked only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from markdown_it.token import Token
from pydantic import BaseModel

from dossier.errors import Finding, Place, Severity
from dossier.messages import finding
from dossier.model import Afkorting, Dossier
from dossier.text import Tekst, transform

# What looks like an abbreviation: two capitals or more, or a capital and a digit; names with a hyphen are left out.
_LOOKS_SHORT = re.compile(r'(?<![\w&+/@.-])[A-Z][A-Za-z&+]*[A-Z0-9][A-Za-z0-9]*\+*(?![\w&@])(?!-[A-Z][a-z])')
_GLUED = re.compile(r"[-’'][\w-]+")
_NO_ABBREVIATION = (
    re.compile(r'^[AENS]\d{1,3}$'),  # roads
    re.compile(r'^(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})$'),  # Roman numerals
    re.compile(r'[a-z]{3}'),  # names such as ProRail
    re.compile(r'^IJ[a-z]'),  # IJmond
)


@dataclass
class Abbreviated:
    """The dossier with its abbreviations marked; every use by the key of its meaning, and what else looks like one."""

    dossier: Dossier
    uses: dict[str, list[Place]] = field(default_factory=dict)
    unknown: dict[str, list[Place]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def used(self) -> list[Afkorting]:
        """Return the abbreviations that are used, in the order of the list."""
        entries = [entry for entry in self.dossier.afkortingen if key_of(entry) in self.uses and not entry.negeer]
        return sorted(entries, key=lambda entry: sort_key(entry.afkorting))


def key_of(entry: Afkorting) -> str:
    """Return what tells a meaning from another of the same short form."""
    return '@'.join((entry.afkorting, *entry.alleen_in))


def sort_key(form: str) -> tuple[str, str]:
    """Return the key of the Dutch order: case, accents, dots and signs don't count; IJ is an I and a J."""
    plain = normalize('NFKD', form.casefold())
    return ''.join(char for char in plain if char.isalnum()), form


def abbreviate_dossier(dossier: Dossier) -> Abbreviated:
    """Return the dossier with abbreviations marked, and a finding for each that is unknown, unused or declared twice."""
    result = Abbreviated(dossier, findings=list(_check_declared(dossier.afkortingen)))
    markers: dict[str, _Marker] = {}

    def mark(name: str, value: Any) -> Any:
        """Mark what stands in one chapter; its introduction and its data share their first uses."""
        return _mark_all(value, markers.setdefault(name, _Marker(dossier.afkortingen, result, name)))

    changed: dict[str, Any] = {
        group: {slug: mark(slug, chapter) for slug, chapter in getattr(dossier, group).items()}
        for group in ('hoofdstukken', 'themas')
    }
    changed |= {name: mark(name, getattr(dossier, name)) for name in ('proposities', 'organisaties', 'bijeenkomsten')}
    changed['ronde'] = mark('colofon', dossier.ronde)
    result.dossier = dossier.model_copy(update=changed)
    result.findings += _check_used(result)
    return result


# Running text, in the order in which it is read; all else stands in titles, tables and lists.
_RUNNING = ('samenvatting', 'tekst', 'omschrijving', 'colofon')


def _mark_all(value: Any, marker: '_Marker', expand: bool = True) -> Any:
    """Return a part of the model with every text in it marked, in the order in which it is read."""
    if isinstance(value, Tekst):
        return marker.mark(value, expand)
    if isinstance(value, tuple):
        return tuple(_mark_all(item, marker, expand) for item in value)
    if isinstance(value, BaseModel):
        names = sorted(type(value).model_fields, key=_reading_order)
        new = {name: _mark_all(getattr(value, name), marker, name in _RUNNING) for name in names}
        return value.model_copy(update=new)
    return value


def _reading_order(name: str) -> int:
    return _RUNNING.index(name) if name in _RUNNING else (-1 if name in ('titel', 'naam', 'kort') else len(_RUNNING))


class _Marker:
    """Marks the texts of one chapter; knows which abbreviations it has written out already."""

    def __init__(self, entries: Sequence[Afkorting], result: Abbreviated, chapter: str) -> None:
        self.result = result
        self.forms = dict(_forms(entries, chapter))
        self.pattern = _pattern(self.forms)
        self.written_out: set[str] = set()

    def mark(self, tekst: Tekst, expand: bool) -> Tekst:
        """Return the text with its abbreviations marked, the first of each written out where that may be."""
        tokens: list[Token] = []
        inside = ''  # of a table or a heading, where nothing is written out
        for token in tekst.tokens:
            if token.type in ('table_open', 'heading_open'):
                inside = token.type.replace('open', 'close')
            elif token.type == inside:
                inside = ''
            if token.type == 'inline':
                line = (tekst.place.line or 1) + (token.map[0] if token.map else 0)
                place = Place(tekst.place.file, line)
                token = token.copy(children=self.mark_inline(token.children or [], place, expand and not inside))
            tokens.append(token)
        return transform(tekst, tokens)

    def mark_inline(self, children: Iterable[Token], place: Place, expand: bool) -> list[Token]:
        marked: list[Token] = []
        style = ''
        in_link = False
        for child in children:
            if child.type in ('softbreak', 'hardbreak'):
                place = Place(place.file, (place.line or 1) + 1)
            elif child.type in ('span_open', 'span_close'):
                style = str(child.attrGet('class') or '') if child.type == 'span_open' else ''
            elif child.type in ('link_open', 'link_close'):
                in_link = child.type == 'link_open'
            elif child.type == 'footnote_ref':
                child = child.copy(children=self.mark_inline(child.children or [], place, expand))
            if child.type == 'text' and style != 'letterlijk':
                may_expand = style == 'voluit' or (expand and not in_link and style != 'kort')
                marked += self.mark_text(child.content, place, may_expand, style == 'voluit')
            else:
                marked.append(child)
        return marked

    def mark_text(self, text: str, place: Place, expand: bool, always: bool) -> Iterator[Token]:
        """Yield a text as tokens of plain text and of abbreviations."""
        position = 0
        for match in self.pattern.finditer(text) if self.forms else ():
            if match.start() < position:
                continue
            yield from self.plain_text(text[position : match.start()], place)
            entry, plural = self.forms[match[0]]
            key = key_of(entry)
            self.result.uses.setdefault(key, []).append(place)
            before, after = text[: match.start()], text[match.end() :]
            by_hand = _stands_beside(entry.voluit or '', before, after)
            write_out = always or (expand and key not in self.written_out and not by_hand)
            if expand or by_hand:
                self.written_out.add(key)
            # What is glued to the form (-besluit, 's) keeps it in front: "GS-besluit (Gedeputeerde Staten)".
            tail = _GLUED.match(after) if write_out else None
            position = match.end() + (tail.end() if tail else 0)
            yield _token(match[0], entry, write_out, before, plural, tail[0] if tail else '')
        yield from self.plain_text(text[position:], place)

    def plain_text(self, text: str, place: Place) -> Iterator[Token]:
        for match in _LOOKS_SHORT.finditer(text):
            if not any(pattern.search(match[0]) for pattern in _NO_ABBREVIATION):
                self.result.unknown.setdefault(match[0], []).append(place)
        if text:
            yield Token('text', '', 0, content=text)


def _forms(entries: Iterable[Afkorting], chapter: str) -> Iterator[tuple[str, tuple[Afkorting, bool]]]:
    """Yield every form under which an abbreviation of this chapter is known, and whether it is a plural."""
    for entry in sorted(entries, key=lambda entry: bool(entry.alleen_in)):
        if not entry.alleen_in or chapter in entry.alleen_in:
            yield from ((form, (entry, False)) for form in (entry.afkorting, *entry.varianten))
            if entry.meervoud:
                yield entry.meervoud, (entry, True)


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the forms, the longest first, on the word boundaries of Dutch (a hyphen may follow)."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r'(?<![\w&+/@.])(?<!\w-)(?:' + '|'.join(map(re.escape, longest)) + r')(?![\w&+@])(?!\.\w)')


def _stands_beside(long_form: str, before: str, after: str) -> bool:
    """Return whether the writer wrote it out by hand: "Gedeputeerde Staten (GS)" or "GS (Gedeputeerde Staten)"."""
    if not long_form:
        return False
    long_form, before, after = long_form.casefold(), before.casefold(), after.casefold()
    return before.endswith(f'{long_form} (') or after.startswith(f' ({long_form})')


def _token(form: str, entry: Afkorting, write_out: bool, before: str, plural: bool, tail: str) -> Token:
    is_name = entry.negeer or entry.voluit == entry.afkorting  # BIJ12: a name stands for nothing else
    long_form = _drop_overlap(before, entry.voluit or '')
    starts_sentence = not before.strip() or before.rstrip().endswith(('.', '?', '!'))
    if starts_sentence and not plural and not tail and long_form == entry.voluit:
        long_form = long_form[:1].upper() + long_form[1:]
    meta = {
        'key': key_of(entry),
        'voluit': '' if is_name else entry.voluit,
        'taal': entry.taal,
        'long': long_form,
        'write_out': write_out and not is_name,
        'short_first': plural or bool(tail),  # the plural of what is written out is not known
        'tail': tail,
        'negeer': entry.negeer,
    }
    return Token('abbreviation', '', 0, content=form, meta=meta)


def _drop_overlap(before: str, long_form: str) -> str:
    """Return the long form without the first words that the writer has written already ("het ministerie van OCW")."""
    words = long_form.split(' ')
    for n in range(len(words) - 1, 0, -1):
        if re.search(r'\b' + re.escape(' '.join(words[:n])) + r' $', before, re.IGNORECASE):
            return ' '.join(words[n:])
    return long_form


def _check_declared(entries: Sequence[Afkorting]) -> Iterator[Finding]:
    """Yield every form that is declared twice where both hold: nobody could say which is meant."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        chapters = entry.alleen_in or ('',)
        for form in filter(None, (entry.afkorting, *entry.varianten, entry.meervoud)):
            if any((form, chapter) in seen for chapter in chapters):
                yield finding('afkorting-dubbel', form.place, form=form)
            seen |= {(form, chapter) for chapter in chapters}


def _check_used(result: Abbreviated) -> Iterator[Finding]:
    for form, places in sorted(result.unknown.items()):
        yield finding('afkorting-onbekend', places[0], Severity.WARNING, form=form, n=len(places))
    for entry in result.dossier.afkortingen:
        if key_of(entry) not in result.uses and not entry.negeer:
            yield finding('afkorting-ongebruikt', entry.afkorting.place, Severity.TIP, form=entry.afkorting)
