"""Abbreviate: the dossier's texts in, the same texts with their abbreviations marked out, and what was found on the way.

A marked use is a token of type `abbreviation`; what it stands for, and how it is printed, is in its `meta` (marking.py).
Running text holds the written-out first use, once a chapter or once in the book; tables, titles and captions are marked only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from pydantic import BaseModel

from dossier.abbreviate.marking import Ledger, Marker
from dossier.abbreviate.unknown import nearest
from dossier.abbreviate.vocabulary import Vocabulary, key_of
from dossier.errors import Finding, Place, Severity
from dossier.i18n import _
from dossier.messages import finding
from dossier.model import Afkorting, Dossier, Hoofdstuk, Thema
from dossier.text import Tekst

OFTEN = 5  # long forms in a book that has a short one


@dataclass
class Abbreviated:
    """The dossier with its abbreviations marked; every use by the key of its meaning, and what else was met."""

    dossier: Dossier
    ledger: Ledger = field(default_factory=Ledger)
    findings: list[Finding] = field(default_factory=list)
    site: Ledger = field(default_factory=Ledger)  # of the texts that stand on the site only

    def used(self, on_site: bool = False) -> list[Afkorting]:
        """Return the abbreviations for the list, in its order: those that are used, and not just written out once."""
        uses = {*self.ledger.uses, *(self.site.uses if on_site else ())}
        entries = [entry for entry in self.dossier.afkortingen if key_of(entry) in uses and not entry.negeer]
        entries = [entry for entry in entries if key_of(entry) not in self.ledger.just_written]
        return sorted(entries, key=lambda entry: sort_key(entry.afkorting))


def sort_key(form: str) -> tuple[str, str]:
    """Return the key of the Dutch order: case, accents, dots and signs don't count; IJ is an I and a J."""
    plain = normalize('NFKD', form.casefold())
    return ''.join(char for char in plain if char.isalnum()), form


Memory = dict[tuple[Any, ...], tuple[list[Any], Ledger, set[str], Any]]  # chapters that were marked before


def abbreviate_dossier(dossier: Dossier, tips: bool = True, memory: Memory | None = None) -> Abbreviated:
    """Return the dossier with abbreviations marked, and what was found about them; without tips a build is the quicker."""
    result = mark_dossier(dossier, memory)
    found = dict.fromkeys(result.ledger.findings + result.site.findings)
    result.findings += [*_check_declared(dossier.afkortingen), *found]
    result.findings += _check_used(result, tips)
    return result


def mark_dossier(dossier: Dossier, memory: Memory | None = None) -> Abbreviated:
    """Return the dossier with abbreviations marked; what an edition shares with one before it is remembered."""
    memory = {} if memory is None else memory
    once: list[str] = []
    if dossier.ronde.afkortingen.eenmalig == 'voluit':
        counted = _mark_dossier(dossier, (), memory)
        once = [key for key, places in counted.ledger.uses.items() if len(places) == 1]
    return _mark_dossier(dossier, once, memory)


def _mark_dossier(dossier: Dossier, once: Sequence[str], memory: Memory) -> Abbreviated:
    """Mark chapter by chapter: an introduction and the data that it introduces share their first uses."""
    result = Abbreviated(dossier)
    rules = dossier.ronde.afkortingen
    in_book: set[str] = set()
    special = {chapter for entry in dossier.afkortingen for chapter in entry.alleen_in}
    common = Vocabulary.of(dossier.afkortingen, '')
    changed: dict[str, Any] = {name: dict(getattr(dossier, name)) for name in ('hoofdstukken', 'themas', 'paginas')}
    order = [slug for name in dossier.onderdelen for slug in (dossier.themas if name == 'themas' else (name,))]
    for name in dict.fromkeys(['colofon', *order, *dossier.hoofdstukken, *dossier.themas, *_DATA]):
        done = set(in_book) if rules.eerste_gebruik == 'boek' else set()
        places = [('ronde', '')] if name == 'colofon' else []
        places += [(group, name) for group in ('hoofdstukken', 'themas') if name in changed[group]]
        places += [(name, '')] if name in _DATA else []
        values = [changed[group][slug] if slug else getattr(dossier, group) for group, slug in places]
        key = (name, *map(id, (*values, dossier.afkortingen)), rules, frozenset(once), frozenset(done))
        if key not in memory:
            words = Vocabulary.of(dossier.afkortingen, name) if name in special else common
            marker = Marker(words, rules, Ledger(), once, done)
            marked = [_mark_all(value, marker) for value in values]
            memory[key] = marked, marker.ledger, done, (values, dossier.afkortingen)  # kept, so that no id comes again
        marked, ledger, after, _kept = memory[key]
        result.ledger.add(ledger)
        in_book |= after
        for (group, slug), value in zip(places, marked, strict=True):
            if slug:
                changed[group][slug] = value
            else:
                changed[group] = value
    for name, page in dossier.paginas.items():
        changed['paginas'][name] = _mark_all(page, Marker(common, rules, result.site, (), set()))
    changed['nieuws'] = tuple(_mark_all(item, Marker(common, rules, result.site, (), set())) for item in dossier.nieuws)
    result.dossier = dossier.model_copy(update=changed)
    return result


_DATA = ('proposities', 'organisaties', 'bijeenkomsten')
# Running text, in the order in which it is read; all else stands in titles, tables and lists.
_RUNNING = ('samenvatting', 'tekst', 'omschrijving', 'colofon')
_TITLES = ('titel', 'naam', 'kort')


def _mark_all(value: Any, marker: Marker, expand: bool = True) -> Any:
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
    return _RUNNING.index(name) if name in _RUNNING else (-1 if name in _TITLES else len(_RUNNING))


def _check_declared(entries: Sequence[Afkorting]) -> Iterator[Finding]:
    """Yield every form that is declared twice where both hold: with the same meaning, or with another."""
    seen: dict[tuple[str, str], str | None] = {}
    for entry in entries:
        for form in filter(None, (entry.afkorting, *entry.varianten, entry.meervoud)):
            for place in {(form, chapter) for chapter in entry.alleen_in or ('',)}:
                if place in seen and seen[place] == entry.voluit:
                    yield finding('afkorting-dubbel', form.place, form=form)
                elif place in seen:
                    yield finding('afkorting-dubbelzinnig', form.place, form=form, a=seen[place], b=entry.voluit)
                seen[place] = entry.voluit


def _check_used(result: Abbreviated, tips: bool) -> Iterator[Finding]:
    ledger, dossier = result.ledger, result.dossier
    declared = [entry.afkorting for entry in dossier.afkortingen]
    unknown = {form: ledger.unknown.get(form, []) + places for form, places in result.site.unknown.items()}
    for form, places in sorted({**ledger.unknown, **unknown}.items()):
        near, long_form = nearest(form, declared), ledger.explained.get(form, '')
        hint = _hint(form, near, long_form)
        yield finding('afkorting-onbekend', places[0], Severity.WARNING, form=form, n=len(places), hint=hint)
    today = dossier.ronde.peildatum
    for entry in dossier.afkortingen:
        places = ledger.uses.get(key_of(entry), []) + result.site.uses.get(key_of(entry), [])
        long_uses = ledger.written_in_full.get(key_of(entry), [])
        if entry.negeer:
            continue
        if not places and tips:
            yield finding('afkorting-ongebruikt', entry.afkorting.place, Severity.TIP, form=entry.afkorting)
        outdated = (entry.geldig_tot and entry.geldig_tot < today) or (entry.geldig_van and entry.geldig_van > today)
        if places and outdated:
            hint = _('Its successor: {next}.', next=entry.opvolger) if entry.opvolger else _('What holds now?')
            yield finding('afkorting-verlopen', places[0], Severity.WARNING, form=entry.afkorting, day=today, hint=hint)
        if tips and len(long_uses) - len(places) >= OFTEN:
            words = {'form': entry.afkorting, 'long': entry.voluit, 'n': len(long_uses)}
            yield finding('afkorting-voluit', long_uses[0], Severity.TIP, **words)
    if tips:
        yield from _check_titles(dossier)


def _check_titles(dossier: Dossier) -> Iterator[Finding]:
    chapters: list[Thema | Hoofdstuk] = [*dossier.themas.values(), *dossier.hoofdstukken.values()]
    for chapter in chapters:
        for token, line in chapter.titel.walk():
            if token.type == 'abbreviation' and token.meta['voluit']:
                place = Place(chapter.titel.place.file, line)
                yield finding('afkorting-in-titel', place, Severity.TIP, form=token.content, long=token.meta['voluit'])


def _hint(form: str, near: str, long_form: str) -> str:
    """Return what to do with an undeclared form: what was probably meant, or the entry ready to paste."""
    if near and near.casefold() == form.casefold():
        return _('Did you mean "{near}"?', near=near)
    entry = f'- {{afkorting: {form}, voluit: {long_form or "..."}}}'
    suggestion = _('Did you mean "{near}"?', near=near) + ' ' if near else ''
    return suggestion + _('Add to data/afkortingen.yaml: {entry}', entry=entry)
