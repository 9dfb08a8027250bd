"""What a round says about editions: are the names, provinces, chapters and values there that it speaks of."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel

from dossier.errors import Finding, Place
from dossier.messages import finding
from dossier.model import ONDERDELEN, Dossier, Keuze
from dossier.read.raw import Source, Steps
from dossier.text import Tekst
from dossier.validate.explain import suggest

PROVINCES = 'provincies'  # a mark for this holds in every edition that has a province
VALUES = ('naam', 'hoofdstad', 'website', 'statenleden')  # of a province, for use in texts
_LOOSE = re.compile(r'\{(?:#alleen-|provincie\.)[^}]*\}?')


def check_editions(dossier: Dossier, main: Source) -> Iterator[Finding]:
    """Yield what `edities` in dossier.yaml names and isn't there."""
    provinces = [province.naam for province in dossier.provincies]
    parts = [*ONDERDELEN, *dossier.hoofdstukken]
    for name, editie in dossier.ronde.edities.items():
        named: list[tuple[Steps, str | None, list[str]]] = [
            (('voorwoord',), editie.voorwoord, list(dossier.hoofdstukken))
        ]
        named += [(('themas', n), slug, list(dossier.themas)) for n, slug in enumerate(editie.themas or ())]
        named += [(('onderdelen', n), part, parts) for n, part in enumerate(editie.onderdelen or ())]
        for path, asked, known in named:
            if asked and asked not in known:
                place = main.place_of(('edities', name, *path))
                yield finding('onderdeel-onbekend', place, name=asked, suggestion=suggest(asked, known))
        if editie.provincie and editie.provincie not in provinces:
            place, near = main.place_of(('edities', name, 'provincie')), suggest(editie.provincie, provinces)
            yield finding('provincie-onbekend', place, name=editie.provincie, suggestion=near)
        if 'afkortingen' in (editie.onderdelen or ())[:-1]:
            yield finding('afkortingen-laatst', main.place_of(('edities', name, 'onderdelen')))


def check_choices(value: Any, source: Source, editions: Collection[str]) -> Iterator[Finding]:
    """Yield the editions that a data file or the front of a text names and that there aren't."""
    for path, name in _iter_choices(value, ()):
        if name not in editions:
            yield _unknown(name, editions, source.place_of(path))


def check_marks(tekst: Tekst, editions: Collection[str]) -> Iterator[Finding]:
    """Yield marks for editions that there aren't, values that a province doesn't have, and marks that stand wrong."""
    if '{#alleen-' not in tekst.source and '{provincie.' not in tekst.source:
        return
    for token, line in tekst.walk():
        place = Place(tekst.place.file, line)
        for name in token.meta.get('alleen', ()):
            if name not in editions:
                yield _unknown(name, editions, place)
        if token.type == 'waarde' and token.content not in VALUES:
            yield finding('waarde-onbekend', place, name=token.content, suggestion=suggest(token.content, VALUES))
        if token.type == 'text' and (loose := _LOOSE.search(token.content)):
            yield finding('merk-los', place, mark=loose[0])


def _unknown(name: str, editions: Collection[str], place: Place) -> Finding:
    return finding('editie-onbekend', place, name=name, suggestion=suggest(name, list(editions)))


def _iter_choices(value: Any, path: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, Keuze):
        yield from (((*path, 'alleen_in_editie', n), name) for n, name in enumerate(value.alleen_in_editie))
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _iter_choices(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            if path == ('per_editie',):
                yield (*path, key), key
            yield from _iter_choices(item, (*path, key))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _iter_choices(item, (*path, n))
