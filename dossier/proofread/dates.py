"""Dates: what is still announced and was over on the peildatum, a state of affairs that is old, a decision without a date."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from dossier.dates import Datum

if TYPE_CHECKING:
    from dossier.proofread import Proof

MONTHS = (
    'januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december',
)  # fmt: skip
_DATE = re.compile(rf'(?<![\d.,])(?:(\d{{1,2}}) )?(?:({"|".join(MONTHS)}) )?((?:19|20)\d\d)(?![\d.,]\d|-)')
_AHEAD = re.compile(
    r'\b(?:zal|zullen|komt er|moet nog|moeten nog|wordt verwacht|worden verwacht|verwacht(?:en)? (?:het|de|dat)|binnenkort)\b'
)
# Before a date: what was announced then, and what has happened since.
_BACK = re.compile(
    r'\b(?:zou|zouden|sinds|sindsdien|vanaf|tot|eerder|al|werd|werden|was|waren|had|hadden|kwam|kwamen|na|uit|van)\b'
)
_NOBODY = re.compile(r'\W*(?:n\.?v\.?t\.?|pm|nog (?:niet bekend|onbekend|te bepalen)|onbekend)?\W*', re.IGNORECASE)
_DAYS_A_MONTH = 30.44


def check(proof: 'Proof') -> Iterator[tuple[str, dict[str, object]]]:
    """Yield dates in the past that are still announced, an old `stand_per`, and decisions that say too little."""
    ronde = proof.marked.dossier.ronde
    for passage in proof.passages:
        for start, sentence in passage.sentences():
            for at, day in find_dates(sentence):
                before = sentence[max(0, at - 25) : at]
                if day.last_day < ronde.peildatum and _AHEAD.search(sentence) and not _BACK.search(before):
                    yield (
                        'datum-voorbij',
                        {'place': passage.at(start + at), 'name': words_of(day), 'day': ronde.peildatum},
                    )
    for slug, theme in proof.marked.dossier.themas.items():
        source = proof.sources.themas[slug]
        age = ronde.peildatum - theme.stand_per.last_day if theme.stand_per else timedelta()
        if age.days > ronde.controles.stand_maanden * _DAYS_A_MONTH:
            yield 'stand-oud', {'place': source.place_of(('stand_per',)), 'n': round(age.days / _DAYS_A_MONTH)}
        for n, event in enumerate(theme.data):
            if not event.zeker and event.datum.last_day < ronde.peildatum:
                values = {'name': words_of(event.datum), 'day': ronde.peildatum}
                yield 'datum-voorbij', {'place': source.place_of(('data', n, 'datum')), **values}
        for n, point in enumerate(theme.besluitpunten):
            place = source.place_of(('besluitpunten', n))
            if not point.uiterlijk:
                yield 'besluit-zonder-datum', {'place': place}
            elif point.uiterlijk.last_day < ronde.peildatum:
                values = {'name': words_of(point.uiterlijk), 'day': ronde.peildatum}
                yield 'datum-voorbij', {'place': source.place_of(('besluitpunten', n, 'uiterlijk')), **values}
            if _NOBODY.fullmatch(str(point.wie)):
                yield 'besluit-zonder-wie', {'place': source.place_of(('besluitpunten', n, 'wie'))}


def find_dates(text: str) -> Iterator[tuple[int, Datum]]:
    """Yield the dates in a text that are known to the day or the month, or are a year alone, and where each begins."""
    for match in _DATE.finditer(text):
        day, month, year = match.groups()
        if day and not month:
            continue
        parts = (year, month and f'{MONTHS.index(month) + 1:02}', day and f'{int(day):02}')
        try:
            yield match.start(), Datum.parse('-'.join(filter(None, parts)))
        except ValueError:  # 31 april
            continue


def words_of(day: Datum) -> str:
    """Return a date as a text says it."""
    return ' '.join(filter(None, (str(day.dag or ''), MONTHS[day.maand - 1] if day.maand else '', str(day.jaar))))
