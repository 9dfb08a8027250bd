"""Facts: the same one told twice with another date or figure, and persons whom nobody can find in contact.yaml."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dossier.dates import Datum
from dossier.model import Thema
from dossier.proofread.dates import find_dates, words_of
from dossier.proofread.passages import Passage

if TYPE_CHECKING:
    from dossier.proofread import Proof

ALIKE = 0.75  # of the words of a fact that a sentence must hold, to be about the same
MIN_WORDS = 3
_WORD = re.compile(r'[^\W\d_]{4,}')
_COMMON = frozenset(('deze', 'door', 'voor', 'moeten', 'worden', 'wordt', 'hebben', 'heeft', 'alle', 'meer'))
_AMOUNT = re.compile(r'(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?![\d.,]\d)')
_NAME = r'(?:[A-Z][a-zà-ÿ]+|[A-Z]\.)(?: (?:van|de|der|den|ter|ten|te|’t))*(?:[ -](?:[A-Z][a-zà-ÿ]+|[A-Z]\.))*'
_ROLE = (
    'minister|staatssecretaris|gedeputeerde|directeur|wethouder|burgemeester|voorzitter|woordvoerder|de heer|mevrouw'
)
_GIVEN = '|'.join(
    """
    Albert Alexander André Anna Anne Annemarie Anton Arie Arjan Bart Bas Ben Bert Carla Christine Daan Dirk
    Eelco Els Emma Eric Erik Eva Frank Frans Geert Gerard Gert Hans Harry Henk Hugo Ingrid Jaap Jacob Jan
    Janneke Jeroen Jesse Joep Johan Johannes Joost Joris Judith Karin Kees Klaas Lars Laura Linda Lisa Marc
    Maria Marieke Marianne Marjan Mark Martijn Martin Monique Nico Paul Peter Petra Piet Pieter Rob Robert
    Roel Rogier Rutger Ruud Sander Sandra Sanne Sigrid Simon Sophie Stef Theo Thijs Thomas Tim Tom Willem Wim
    """.split()
)
_PERSON = re.compile(rf'\b(?:(?:{_ROLE})(?: (?:van|de|der|den))* ({_NAME})|((?:{_GIVEN}) {_NAME}))')
_OFFICE = re.compile(r'van (?:het |de )?[A-Z]|voor [A-Z]')


def check(proof: 'Proof') -> Iterator[tuple[str, dict[str, object]]]:
    """Yield facts of a theme that its text tells otherwise, and persons who aren't in contact.yaml."""
    known = {
        word for person in proof.marked.dossier.contact.personen for word in re.findall(r'[^\W\d_]{3,}', person.naam)
    }
    for passage in proof.passages:
        for match in _PERSON.finditer(passage.masked):
            name = match[1] or match[2]
            if name.split()[-1] not in known and not _OFFICE.search(match[0]):
                known.add(name.split()[-1])  # once is enough
                yield 'persoon-onbekend', {'place': passage.at(match.start()), 'name': name}
        theme = proof.marked.dossier.themas.get(passage.chapter)
        if theme and passage.kind == 'paragraph':
            yield from _differing_dates(passage, theme)
            yield from _differing_figures(passage, theme)


def _differing_dates(passage: Passage, theme: Thema) -> Iterator[tuple[str, dict[str, object]]]:
    told = [(event.datum, str(event.wat)) for event in theme.data]
    told += [(point.uiterlijk, str(point.wat)) for point in theme.besluitpunten if point.uiterlijk]
    for start, sentence in passage.sentences():
        dates = list(find_dates(sentence))
        for day, fact in told if len(dates) == 1 else ():
            at, other = dates[0]
            if _is_about(sentence, _words(fact)) and not _overlap(day, other) and str(other.jaar) not in fact:
                values = {'name': words_of(other), 'other': words_of(day), 'where': str(day)}
                yield 'feit-verschilt', {'place': passage.at(start + at), **values}


def _differing_figures(passage: Passage, theme: Thema) -> Iterator[tuple[str, dict[str, object]]]:
    figures = theme.cijfers
    for start, sentence in passage.sentences() if figures else ():
        assert figures
        for row in figures.rijen:
            subject = re.search(rf'\b{re.escape(row.naam)}\b', sentence)
            said = re.search(rf'{_AMOUNT.pattern} (?:\w+ )?{re.escape(figures.eenheid)}\b', sentence)
            others = [other.naam for other in figures.rijen if re.search(rf'\b{re.escape(other.naam)}\b', sentence)]
            if (
                not subject
                or not said
                or len(others) > 1
                or not _is_about(sentence, _words(str(figures.titel)), 0.5, least=1)
            ):
                continue
            value = float(said[1].replace('.', '') + '.' + (said[2] or '0'))
            if abs(value - row.waarde) > abs(row.waarde) * 0.005:
                values = {'name': said[0], 'other': f'{row.waarde:,.10g}'.replace(',', '.'), 'where': row.naam}
                yield 'feit-verschilt', {'place': passage.at(start + said.start()), **values}


def _words(text: str) -> frozenset[str]:
    """Return the words of a fact that tell it from others, without their endings."""
    return frozenset(word[:6] for word in map(str.casefold, _WORD.findall(text)) if word not in _COMMON)


def _is_about(sentence: str, words: frozenset[str], share: float = ALIKE, least: int = MIN_WORDS) -> bool:
    return len(words) >= least and len(words & _words(sentence)) >= share * len(words)


def _overlap(one: Datum, other: Datum) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day
