"""Marks the abbreviations in the texts of one chapter, and writes out the first of each.

A text is looked at as its readers see it: emphasis, links and line ends are no boundary, code and addresses are no text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from markdown_it.token import Token

from dossier.abbreviate.forms import NEAR, SOFT_HYPHEN, Match
from dossier.abbreviate.unknown import find_expansions, find_unknown
from dossier.abbreviate.vocabulary import WORD, Vocabulary, key_of
from dossier.errors import Finding, Place, Severity
from dossier.messages import finding
from dossier.model import Afkorting
from dossier.model.settings import Afkortinggebruik
from dossier.text import Tekst, transform

_NO_TEXT = '\ufffc'  # stands for code, pictures and the like in the text as it is read
_GLUED = re.compile(r"[-\u2011’'][\w\u00ad-]+")
_SENTENCE_END = re.compile(r'(?:^|[.?!]["”’)]*\s)["“‘]*$')
# "De minister van BZK", "de ministeries van LNV en IenW": what stands before says already that it is a ministry.
_MINISTRY = 'ministerie van '
_OF_MINISTRY = re.compile(r'\b(?:minist\w+|staatssecretaris\w*) van (?:[A-Z]\w+(?:, | en ))*$', re.IGNORECASE)
_ENDS_HERE = re.compile(r'\s*$|\s+[A-Z“]')


@dataclass
class Ledger:
    """What was met in the texts: uses by the key of a meaning, undeclared forms, explanations, long forms, findings."""

    uses: dict[str, list[Place]] = field(default_factory=dict)
    unknown: dict[str, list[Place]] = field(default_factory=dict)
    explained: dict[str, str] = field(default_factory=dict)
    written_in_full: dict[str, list[Place]] = field(default_factory=dict)
    just_written: set[str] = field(default_factory=set)  # used once, and printed in full only
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: 'Ledger') -> None:
        """Add what was met in another chapter."""
        for name in ('uses', 'unknown', 'written_in_full'):
            places: dict[str, list[Place]] = getattr(self, name)
            for key, found in getattr(other, name).items():
                places.setdefault(key, []).extend(found)
        self.explained = {**other.explained, **self.explained}
        self.just_written |= other.just_written
        self.findings += other.findings


@dataclass
class _Piece:
    """A child of an inline token, where it begins in the text as it is read, and that text."""

    token: Token
    start: int
    text: str
    style: str
    in_link: bool


class Marker:
    """Marks the texts of one chapter; knows which abbreviations are written out already."""

    def __init__(
        self, words: Vocabulary, rules: Afkortinggebruik, ledger: Ledger, once: Iterable[str], done: set[str]
    ) -> None:
        self.words, self.rules, self.ledger, self.once = words, rules, ledger, frozenset(once)
        self.written_out = done

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
                children = self.mark_inline(token.children or [], tekst, line, expand and not inside)
                token = token.copy(children=children)
            tokens.append(token)
        return transform(tekst, tokens)

    def mark_inline(self, children: Sequence[Token], tekst: Tekst, line: int, expand: bool) -> list[Token]:
        pieces = list(_pieces(children))
        text = ''.join(piece.text for piece in pieces)
        found = list(self.words.forms.find(text))
        self.note(text, found, tekst, line)
        matches = [match for match in found if _is_whole(match, pieces)]
        marked: list[Token] = []
        end = 0  # of the last match
        for piece in pieces:
            token = piece.token
            if token.type == 'footnote_ref':
                note = [child.copy() for child in token.children or ()]
                first = next((child.meta['line'] for child in note if 'line' in child.meta), None)
                note_line = line if first is None else (tekst.place.line or 1) + first
                token = token.copy(children=self.mark_inline(note, tekst, note_line, expand))
            if token.type != 'text' or piece.text.startswith(_NO_TEXT):
                if piece.start >= end or not piece.text:
                    marked.append(token)
                continue
            position = max(piece.start, end)
            stop = piece.start + len(piece.text)
            for match in matches:
                if position <= match.start < stop:
                    marked += _text(text[position : match.start])
                    place = _place(tekst, line, text, match)
                    abbreviation, end = self.mark_form(match, text, stop, place, expand, piece)
                    marked.append(abbreviation)
                    position = end
            marked += _text(text[position:stop])
        return marked

    def mark_form(
        self, match: Match, text: str, stop: int, place: Place, expand: bool, piece: _Piece
    ) -> tuple[Token, int]:
        """Return the token of a use, and where in the text it ends: behind what is glued to it when it is written out."""
        entry = self.meaning(match.form, place)
        key = key_of(entry)
        self.ledger.uses.setdefault(key, []).append(place)
        before, after = text[max(0, match.start - NEAR) : match.start], text[match.end : match.end + NEAR]
        by_hand = stands_beside(entry.voluit or '', before, after)
        may = piece.style == 'voluit' or (
            expand and not piece.in_link and piece.style != 'kort' and self.rules.eerste_gebruik != 'nooit'
        )
        write_out = may and not by_hand and (piece.style == 'voluit' or key not in self.written_out)
        first = (write_out or by_hand) and key not in self.written_out
        if (expand and may) or by_hand:
            self.written_out.add(key)
        write_out = write_out and not entry.negeer and entry.voluit != entry.afkorting  # a name stands for nothing else
        tail = _GLUED.match(text, match.end, stop) if write_out else None
        end = tail.end() if tail else match.end
        form = text[match.start : match.end].replace(SOFT_HYPHEN, '').replace('\n', ' ')
        plural = match.form in self.words.plurals
        token = _token(form, entry, before, tail[0] if tail else '')
        token.meta['first'] = first
        if write_out:
            glued = bool(tail) or before.endswith(('-', '\u2011'))
            short_first = plural or glued or self.rules.vorm == 'kort'
            bracketed = _depth(before) > 0
            only_once = key in self.once and not glued and not plural
            self.ledger.just_written |= {key} if only_once else set()
            token.meta['print'] = (
                'long' if only_once else ('short' if short_first else 'long') + ('_comma' if bracketed else '_brackets')
            )
            if match.form.endswith('.') and _ENDS_HERE.match(after):
                token.meta['end'] = '.'  # of the sentence: that of the form goes between the brackets
            begins = _SENTENCE_END.search(before) and (not form[0].islower() or not before.strip())
            if begins and not short_first and token.meta['long'] == entry.voluit:
                token.meta['long'] = token.meta['long'][:1].upper() + token.meta['long'][1:]
        return token, end

    def meaning(self, form: str, place: Place) -> Afkorting:
        """Return what a form stands for here; where two meanings hold, a finding names them."""
        entries = self.words.meanings[form]
        meanings = sorted({entry.voluit or '' for entry in entries})
        if len(meanings) > 1:
            self.ledger.findings.append(
                finding('afkorting-dubbelzinnig', place, form=form, a=meanings[0], b=meanings[1])
            )
        return entries[0]

    def note(self, text: str, matches: Sequence[Match], tekst: Tekst, line: int) -> None:
        """Note what is not declared, what the text explains itself, and long forms that have a short one."""
        for form, start in find_unknown(text):
            if not any(match.start <= start < match.end for match in matches):
                found = Match(start, start + len(form), form)
                self.ledger.unknown.setdefault(form, []).append(_place(tekst, line, text, found))
        for form, long_form in find_expansions(text):
            declared = self.words.meanings.get(form)
            if not declared:
                self.ledger.explained.setdefault(form, long_form)
            elif not any(alike(long_form, entry.voluit or '') for entry in declared):
                place = _place(tekst, line, text, Match(text.find(form), text.find(form) + len(form), form))
                wrong = finding(
                    'afkorting-anders', place, Severity.WARNING, form=form, a=long_form, b=declared[0].voluit
                )
                self.ledger.findings.append(wrong)
        lower = text.casefold()
        for word in WORD.finditer(lower):
            for length in self.words.long_lengths.get(word[0], ()):
                end = word.start() + length
                key = self.words.long_forms.get(lower[word.start() : end])
                if key and end <= len(lower) and not lower[end : end + 1].isalnum():
                    found = Match(word.start(), end, key)
                    self.ledger.written_in_full.setdefault(key, []).append(_place(tekst, line, text, found))


def stands_beside(long_form: str, before: str, after: str) -> bool:
    """Return whether the writer wrote it out by hand: "Gedeputeerde Staten (GS)" or "GS (Gedeputeerde Staten)"."""
    if not long_form:
        return False
    if before.rstrip().endswith('('):
        words = before.rstrip()[:-1].split()
        return alike(' '.join(words[-len(long_form.split()) :]), long_form)
    inside = re.match(r'\s*\(([^()]*)\)', after)
    return bool(inside) and alike(inside[1] if inside else '', long_form)


def alike(one: str, other: str) -> bool:
    """Return whether two long forms are the same but for capitals, an ending or a letter."""
    one, other = one.casefold().strip('“”‘’"* '), other.casefold()
    return one == other or (one.endswith(f' {other}')) or SequenceMatcher(None, one, other).ratio() > 0.88


def _pieces(children: Sequence[Token]) -> Iterator[_Piece]:
    """Yield the children with the text that a reader sees of each."""
    start = 0
    style = ''
    in_link = False
    for child in children:
        if child.type in ('span_open', 'span_close'):
            style = str(child.attrGet('class') or '') if child.type == 'span_open' else ''
        elif child.type in ('link_open', 'link_close'):
            in_link = child.type == 'link_open'
        if child.type == 'text':
            text = child.content if style != 'letterlijk' else _NO_TEXT * len(child.content)
        elif child.type in ('softbreak', 'hardbreak'):
            text = '\n'
        else:
            text = '' if child.nesting else _NO_TEXT
        yield _Piece(child, start, text, style, in_link)
        start += len(text)


def _is_whole(match: Match, pieces: Sequence[_Piece]) -> bool:
    """Return whether a form stands in one piece of text, or is broken by line ends only."""
    inside = [piece for piece in pieces if piece.start < match.end and piece.start + len(piece.text) > match.start]
    between = [piece for piece in pieces if not piece.text and match.start < piece.start < match.end]
    return not between and all(piece.token.type in ('text', 'softbreak', 'hardbreak') for piece in inside)


def _place(tekst: Tekst, line: int, text: str, match: Match) -> Place:
    """Return file, line and, where it can be found in the source, column of a match."""
    line += text.count('\n', 0, match.start)
    lines = tekst.source.split('\n')
    number = line - (tekst.place.line or 1)
    column = lines[number].find(text[match.start : match.end]) + 1 if 0 <= number < len(lines) else 0
    indent = (tekst.place.column or 1) - 1 if number == 0 else 0
    return Place(tekst.place.file, line, column + indent if column else None)


def _depth(before: str) -> int:
    sentence = before[before.rfind('\n') + 1 :]
    return sentence.count('(') - sentence.count(')')


def _text(content: str) -> Iterator[Token]:
    for n, line in enumerate(content.split('\n')):
        if n:
            yield Token('softbreak', 'br', 0)
        if line:
            yield Token('text', '', 0, content=line)


def _token(form: str, entry: Afkorting, before: str, tail: str) -> Token:
    is_name = entry.negeer or entry.voluit == entry.afkorting  # BIJ12: a name stands for nothing else
    meta: Mapping[str, Any] = {
        'key': key_of(entry),
        'voluit': '' if is_name else entry.voluit,
        'taal': entry.taal,
        'long': _drop_overlap(before, entry.voluit or ''),
        'print': 'short',
        'tail': tail,
        'end': '',
        'first': False,  # written out here for the first time in its chapter
        'negeer': entry.negeer,
    }
    return Token('abbreviation', '', 0, content=form, meta=dict(meta))


def _drop_overlap(before: str, long_form: str) -> str:
    """Return the long form without the first words that the writer has written already ("het ministerie van OCW")."""
    if long_form.startswith(_MINISTRY) and _OF_MINISTRY.search(before):
        return long_form.removeprefix(_MINISTRY)
    words = long_form.split(' ')
    for n in range(len(words) - 1, 0, -1):
        if re.search(r'\b' + re.escape(' '.join(words[:n])) + r'\s$', before, re.IGNORECASE):
            return ' '.join(words[n:])
    return long_form
