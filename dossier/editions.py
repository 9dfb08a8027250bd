"""Choose: the dossier and the name of an edition in, the dossier of that edition out; fails with DataError.

What an edition shares with the whole stays the very same object: so its abbreviations are marked once for all editions.
"""

from collections.abc import Collection, Iterator, Mapping
from operator import is_
from typing import Any

from pydantic import BaseModel

from dossier.choice import choose_tokens
from dossier.errors import DataError, Finding, Place, SourceError
from dossier.messages import finding
from dossier.model import ONDERDELEN, Dossier, Keuze, Provincie, iter_texts
from dossier.model.settings import Editie, Verkiezingsronde
from dossier.text import Tekst, transform
from dossier.validate.edition_checks import PROVINCES
from dossier.validate.explain import suggest

_OWN = ('titel', 'ondertitel', 'colofon', 'onderdelen')


def choose_names(ronde: Verkiezingsronde, asked: Collection[str], all_of_them: bool = False) -> list[str]:
    """Return the names of the editions to make, the first one by default; SourceError with those that there aren't."""
    known = list(ronde.edities)
    if wrong := [name for name in asked if name not in known]:
        raise SourceError([finding('editie-onbekend', name=name, suggestion=suggest(name, known)) for name in wrong])
    return known if all_of_them else [name for name in known if name in asked] or known[:1]


def choose_edition(dossier: Dossier, name: str, memory: dict[Any, Any] | None = None) -> Dossier:
    """Return the dossier of an edition; DataError with all that doesn't fit in it.

    Editions that are chosen with one memory share what is the same in both, also where a third has something else.
    """
    editie = dossier.ronde.edities[name]
    province = next((province for province in dossier.provincies if province.naam == editie.provincie), None)
    chooser = _Chooser(name, editie, province, dossier.ronde.ronde, {} if memory is None else memory)
    groups = (
        'ronde',
        'hoofdstukken',
        'themas',
        'bijeenkomsten',
        'proposities',
        'organisaties',
        'contact',
        'paginas',
        'nieuws',
    )
    new = {group: chooser.choose(getattr(dossier, group)) for group in groups}
    if editie.themas:
        new['themas'] = {slug: new['themas'][slug] for slug in editie.themas if slug in new['themas']}
    if contact := dossier.contact.per_editie.get(name):
        changed = {key: getattr(contact, key) for key in contact.model_fields_set}
        new['contact'] = new['contact'].model_copy(update=changed)
    new['editie'] = editie.model_copy(update={'naam': editie.naam or editie.provincie})
    chosen = dossier.model_copy(update={**new, 'provincie': province})
    own = {key: chooser.choose(value) for key in _OWN if (value := getattr(editie, key))}
    chosen = chosen.model_copy(update={'ronde': _order(chosen, chosen.ronde.model_copy(update=own), editie.voorwoord)})
    present = {slug for part in chosen.onderdelen for slug in (chosen.themas if part == 'themas' else (part,))}
    absent = {chapter.tekst.place.file for slug, chapter in chosen.hoofdstukken.items() if slug not in present}
    findings = [found for found in chooser.findings if found.place and found.place.file not in absent]
    if not present >= {*dossier.themas, *dossier.alle_onderdelen} - {'themas'}:
        findings += _find_lost(chosen, present, name)
    if findings:
        raise DataError(findings)
    return chosen


def _order(chosen: Dossier, ronde: Verkiezingsronde, foreword: str | None) -> Verkiezingsronde:
    """Return the round with the order of the edition: without what isn't in it, the foreword before all other chapters."""
    if ronde.onderdelen is None and not foreword:
        return ronde
    order = chosen.model_copy(update={'ronde': ronde}).onderdelen
    present = [name for name in order if name in _parts(chosen) and name != foreword]
    if foreword:
        present.insert(sum(name in ONDERDELEN[:3] for name in present[:3]), foreword)
    return ronde.model_copy(update={'onderdelen': tuple(present)})


def _parts(chosen: Dossier) -> set[str]:
    """Return what an edition can hold: its chapters, and the parts that are made from data."""
    return {*chosen.hoofdstukken, *ONDERDELEN} - (set() if chosen.provincie else {'provincie'})


def _find_lost(chosen: Dossier, present: set[str], name: str) -> Iterator[Finding]:
    """Yield the references to what the edition doesn't have."""
    for part in present:
        chapter = chosen.themas.get(part) or chosen.hoofdstukken.get(part)
        for text in iter_texts((chapter, getattr(chosen, part, ()))):
            for token, line in text.walk():
                if token.type == 'reference' and token.meta['slug'] not in present:
                    place = Place(text.place.file, line)
                    yield finding('verwijzing-buiten-editie', place, slug=token.meta['slug'], name=name)


class _Chooser:
    """Leaves out what is not in an edition, and fills in the values of its province."""

    def __init__(
        self, name: str, editie: Editie, province: Provincie | None, ronde: str, memory: dict[Any, Any]
    ) -> None:
        self.name, self.editie, self.memory = name, editie, memory
        self.names = {name, PROVINCES} if province else {name}
        self.values = _values(province, ronde) if province else {}
        self.findings: list[Finding] = []

    def choose(self, value: Any) -> Any:
        """Return a part of the model as this edition has it; the very same where nothing differs."""
        if isinstance(value, Tekst):
            return self.choose_text(value)
        if isinstance(value, dict):
            chosen = {key: self.choose(item) for key, item in value.items() if self.has(item)}
            same = len(chosen) == len(value) and all(chosen[key] is value[key] for key in value)
            return value if same else self.share(value, tuple(chosen.values()), chosen)
        if isinstance(value, tuple):
            items = tuple(self.choose(item) for item in value if self.has(item))
            same = len(items) == len(value) and all(map(is_, items, value))
            return value if same else self.share(value, items, items)
        if isinstance(value, BaseModel) and not isinstance(value, Editie):
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            new = {name: changed for name, old in fields.items() if (changed := self.choose(old)) is not old}
            return self.share(value, tuple((fields | new).values()), value.model_copy(update=new)) if new else value
        return value

    def share(self, value: Any, parts: tuple[Any, ...], made: Any) -> Any:
        """Return what was made of a value and of these parts of it, or the very same that another edition made of them."""
        key = (id(value), *map(id, parts))
        return self.memory.setdefault(key, (made, value, parts))[0]  # all are kept, so that no id comes again

    def has(self, value: Any) -> bool:
        """Return whether an item is in this edition."""
        return (
            not isinstance(value, Keuze) or not value.alleen_in_editie or bool({*value.alleen_in_editie} & self.names)
        )

    def choose_text(self, tekst: Tekst) -> Tekst:
        """Return a text as this edition has it."""
        if '{#alleen-' not in tekst.source and '{provincie.' not in tekst.source:
            return tekst
        tokens = tuple(choose_tokens(tekst.tokens, self.names, _Values(self.values, self, tekst)))
        chosen: Tekst = self.share(tekst, tokens, transform(tekst, tokens))
        return chosen


class _Values(dict[str, str]):
    """The values of a province; a value that there isn't becomes a finding."""

    def __init__(self, values: Mapping[str, str], chooser: _Chooser, tekst: Tekst) -> None:
        super().__init__(values)
        self.chooser, self.tekst = chooser, tekst

    def __missing__(self, name: str) -> str:
        place, before = self.tekst.place, self.tekst.source.partition(f'{{provincie.{name}}}')[0]
        place = Place(place.file, (place.line or 1) + before.count('\n'))
        self.chooser.findings.append(finding('waarde-ontbreekt', place, value=name, name=self.chooser.name))
        return ''


def _values(province: Provincie, ronde: str) -> dict[str, str]:
    """Return what a text can say of a province: what is known of it, and its seats in this round."""
    found = {'naam': province.naam, 'hoofdstad': province.hoofdstad, 'website': province.website}
    seats = province.statenleden.get(ronde)
    return {key: str(value) for key, value in {**found, 'statenleden': seats}.items() if value is not None}
