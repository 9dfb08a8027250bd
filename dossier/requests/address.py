"""Addresses in lines of text, in; street, number, postcode and town with how sure they are, out.

Sure is only what fills a piece of a line from end to end: a wrong address is worse than a question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dossier.countries import find_country


class Sure(StrEnum):
    """How sure a value is."""

    YES = 'zeker'
    LIKELY = 'waarschijnlijk'
    GUESS = 'gok'


@dataclass(frozen=True)
class Value:
    """What was read, how sure, and the words of the mail it came from."""

    value: str
    sure: Sure
    words: str


class Segment(NamedTuple):
    """A piece of a line: between commas, or the whole."""

    line: int
    text: str


class Address(NamedTuple):
    """The values by field, and the pieces above it that may be names, nearest first."""

    values: dict[str, Value]
    above: list[Segment]


POSTCODE_LENGTH = {'NL': 7, 'BE': 4, 'DE': 5, 'LU': 4}
# Words of a sentence: a street or town that holds one is none.
_SENTENCE = frozenset(
    'ik mijn me mij wij we ons onze is zijn was naar graag woon woont wonen adres stuur sturen verstuur postcode nummer'
    ' dat dit deze thuis werk privé groet groeten mvg alvast bedankt dank met best kind regards thanks please my send'
    ' address to u uw of voor verhuisd vanaf tot exemplaar exemplaren editie statenlid'
    ' fractie telefoon tel kamer verdieping etage t/o'.split()
)
_TOWN_SMALL = frozenset("aan den de het 't bij op en van ter ten te over onder in a/d d'n".split())
_TOWN = r"(?P<plaats>['’]?[^\W\d_][^\d,;:!?@]{1,40}?)\.?"
_DUTCH = (
    r'(?i)(?:NL[- ]{0,2})?(?P<cijfers>[1-9]\d{3})\s*(?P<letters>(?!S[ADS])[A-Z]{2})'  # SA, SD and SS are not given out
)
_PLACES = {
    'NL': re.compile(rf'{_DUTCH}(?:\s+{_TOWN})?'),
    'BE': re.compile(rf'(?:B|BE)[- ]{{1,2}}(?P<cijfers>[1-9]\d{{3}})\s+{_TOWN}'),
    'LU': re.compile(rf'(?:L|LU)[- ]{{1,2}}(?P<cijfers>\d{{4}})\s+{_TOWN}'),
    'DE': re.compile(rf'(?:D|DE)[- ]{{1,2}}(?P<cijfers>\d{{5}})\s+{_TOWN}'),
    '': re.compile(rf'(?P<cijfers>\d{{4,5}})\s+{_TOWN}'),  # the country must stand below it
}
_POSTCODE = re.compile(r'(?<![\d-])[1-9]\d{3}\s{0,2}(?!S[ADS])(?:[A-Z]{2}|[a-z]{2})(?![A-Za-z])')
_SMALL_WORDS = frozenset(
    'de in is en of op om ik we te er al ga zo ze je me nu na bv nv ps gs kb mb km ha dd nr'.split()
)
_TOWN_WORDS = r"((?:['’]?[A-Z][\w'’-]+)(?:\s(?:aan|den|de|het|op|van|[A-Z][\w'’-]+)){0,4})"
_SUFFIX = (
    r'(?:\s*[-/]\s*(?:\d{1,4}|[A-Za-z]{1,2}\d{0,3}|[IVX]{1,4})|\s?[A-Za-z](?:\s?[-/]?\s?\d{1,3})?'
    r'|\s*(?:bis|hs|huis|zwart|rood|wit|boven|ben|[IVX]{1,4}|bus\s?\w{1,4}|\d-?hoog|bis\s?[A-Za-z]))'
)
# A street may begin with a digit (1e Dwarsstraat, 1 Meistraat) and end in a year (Plein 1940).
_STREET = re.compile(
    r"(?P<straat>(?:['’]s-?|\d{1,3}(?:e|ste|de)?\s)?[^\W\d_](?:[^\d,;:!?@]*?[^\W_]['’.)]?)?(?:\s(?:1[5-9]\d\d|\d\d-\d\d))?)"
    rf',?\s+(?:nr\.?\s?|nummer\s|no\.?\s?|#)?(?P<huisnummer>\d{{1,5}})(?P<toevoeging>{_SUFFIX})?\.?'
)
_BOX = re.compile(r'(?i)(?P<straat>postbus|antwoordnummer|p\.?\s?o\.?\s?box|postfach)\s*(?P<huisnummer>\d{1,6})\.?')
_NUMBER_FIRST = re.compile(
    r'(?i)(?P<huisnummer>\d{1,4}),?\s+(?P<straat>(?:rue|avenue|route|boulevard|place|allée)\s.{2,40})'
)
_WITHIN = re.compile(
    r"(?:[A-Z0-9'’][\w'’.-]*\s)(?:[\w'’.-]+\s){0,3}?\d{1,5}(?:\s?[-/]?\s?(?!in\b|te\b|at\b)[A-Za-z]{1,3}\b)?(?=\s|$|\))"
)
_SENTENCE_END = re.compile(r'(?<=\w{3})[.!?]\s+(?=[A-Z])')
_ABBREVIATED = re.compile(
    r'(?i)(?:burg|past|mgr|gen|kon|pres|prof|dr|mr|st|min|weth|jhr|ds|kard|adm|kap|lt|kol|pr|prins|graaf)\. '
)
_LABEL = re.compile(
    r'(?i)\A(?:[-*•]+\s+|\(?\d{1,2}[.)]\s+)?(?:(?:mijn|ons|het|my|our)\s+)?'
    r'(?:(?:post|woon|huis|werk|verzend|aflever)?adres(?:gegevens)?(?:\s+is)?|address(?:\s+is)?|postcode)\b\s*[:=]?\s*'
)
_ANY_LABEL = re.compile(r'\A(?:[^:]{0,60}:\s+)+(?=\S)')
_PIECES = re.compile(r'\s*[,;|•]\s*|\s+[-–]\s+')


def cut(lines: Sequence[str]) -> list[Segment]:
    """Return the pieces of the lines, without what stands before a colon."""
    pieces = (
        (n, _ANY_LABEL.sub('', _LABEL.sub('', piece))) for n, line in enumerate(lines) for piece in _PIECES.split(line)
    )
    return [Segment(n, text) for n, piece in pieces if (text := piece.strip(' .\t*"“”'))]


def read_place(text: str, small: bool = False) -> dict[str, str] | None:
    """Return postcode, town ('' without) and country ('' unknown) of a text that is nothing else; `small` as in a form."""
    for country, pattern in _PLACES.items():
        if match := pattern.fullmatch(text.strip()):
            town, letters = (match['plaats'] or '').strip(), match.groupdict().get('letters') or ''
            if (town and not _is_town(town, small)) or (letters in _SMALL_WORDS and not small):
                return None
            postcode = f'{match["cijfers"]} {letters.upper()}'.strip()
            return {'postcode': postcode, 'plaats': _capitals(town), 'land': country}
    return None


def _is_town(text: str, small: bool = False) -> bool:
    words = text.replace('(', '').replace(')', '').split()
    if len(words) > 5 or any(word.lower() in _SENTENCE for word in words):
        return False
    return small or all(word[0].isupper() or word[0] in "'’" or word in _TOWN_SMALL for word in words)


def _capitals(town: str) -> str:
    """Return a town that was typed in capitals or in small letters as it is written."""
    if not (town.isupper() or town.islower()):
        return town
    words = town.lower().split()
    text = ' '.join(word if n and word in _TOWN_SMALL else word.capitalize() for n, word in enumerate(words))
    text = re.sub(r'-(\w)', lambda match: '-' + match[1].upper(), text)
    return re.sub(r'\bIj', 'IJ', re.sub(r"^'S-", "'s-", text))


def read_street(text: str, small: bool = False) -> dict[str, str] | None:
    """Return street, number and suffix of a text that is nothing else; `small` as in a form."""
    text = text.strip(' .,')
    if box := _BOX.fullmatch(text):
        street = 'Antwoordnummer' if box['straat'][0] in 'aA' else 'Postbus'
        return {'straat': street, 'huisnummer': box['huisnummer'], 'toevoeging': ''}
    match = _NUMBER_FIRST.fullmatch(text) or _STREET.fullmatch(text)
    street = match['straat'].strip(' ,') if match else ''
    words = street.split()
    if not match or len(words) > 6 or any(word.strip('.').lower() in _SENTENCE for word in words):
        return None
    if _SENTENCE_END.search(street) and not _ABBREVIATED.match(street):
        return None  # the end of a sentence before it, or a word cut short that we don't know
    if not small and street[0].islower() and not re.match(r'rue|avenue', street):
        return None
    suffix = (match.groupdict().get('toevoeging') or '').strip(' -/')
    street = street[0].upper() + street[1:] if small else street
    suffix = suffix.upper() if len(suffix) == 1 else suffix
    return {'straat': street, 'huisnummer': match['huisnummer'], 'toevoeging': suffix}


def find_addresses(lines: Sequence[str]) -> list[Address]:
    """Return every address in the lines, in their order."""
    segments = cut(lines)
    return [address for n in range(len(segments)) if (address := _address_at(segments, n))]


def _address_at(segments: list[Segment], n: int) -> Address | None:
    place, sure, before = _place_at(segments[n].text)
    if place is None:
        return None
    last, following = n, _following(segments, n)
    if not place['plaats'] and sure is Sure.YES and following and _is_town(following):
        place['plaats'], last = _capitals(following), n + 1
    street, exact, first = _street_at(segments, n, before)
    if not street and place['land'] != 'NL':
        return None
    country = find_country(_following(segments, last))
    if not place['land'] and POSTCODE_LENGTH.get(country) == len(place['postcode']):
        place['land'] = country
    if street and place['land'] == 'DE' and len(street['toevoeging']) == 1:
        street['toevoeging'] = street['toevoeging'].lower()  # as is usual there
    values = {key: Value(value, sure, segments[n].text) for key, value in place.items() if value}
    sure, words = sure if exact else Sure.LIKELY, segments[first].text
    values |= {key: Value(value, sure, words) for key, value in (street or {}).items() if value}
    return Address(values, _names_above(segments, first))


def _following(segments: list[Segment], n: int) -> str:
    near = n + 1 < len(segments) and segments[n + 1].line - segments[n].line <= 1
    return segments[n + 1].text if near else ''


def _place_at(text: str) -> tuple[dict[str, str] | None, Sure, str]:
    """Return postcode and town of a piece, how sure they are, and what stands before them."""
    if place := read_place(text):
        return place, Sure.YES, ''
    if place := read_place(text, small=True):
        return place, Sure.LIKELY, ''
    match = next((match for match in _POSTCODE.finditer(text) if match[0][-2:] not in _SMALL_WORDS), None)
    if not match:
        return None, Sure.GUESS, ''
    before, after = text[: match.start()].strip(' ('), text[match.end() :]
    town = re.match(rf'\s*{_TOWN_WORDS}', after) or re.search(rf'\b(?:in|te)\s{_TOWN_WORDS}', before)
    place = (read_place(f'{match[0]} {town[1]}') if town else None) or read_place(match[0])
    return place, Sure.LIKELY, before


def _street_at(segments: list[Segment], n: int, before: str) -> tuple[dict[str, str] | None, bool, int]:
    """Return the street before or above a postcode, whether it is exact, and the piece where it stands."""
    above = [
        (back, segments[back].text)
        for back in (n - 1, n - 2)
        if back >= 0 and segments[n].line - segments[back].line <= 2
    ]
    for back, text in [(n, before), *above] if before else above:
        if street := read_street(text):
            return street, back == n - 1 and segments[n].line - segments[back].line <= 1, back
        if street := read_street(text, small=True) or _street_within(text):
            return street, False, back
    return None, False, n


def _street_within(text: str) -> dict[str, str] | None:
    """Return the street in the midst or at the end of a sentence: a likely one."""
    for match in _WITHIN.finditer(text):
        for start in [match.start(), *(match.start() + gap.end() for gap in re.finditer(r'\s', match[0]))]:
            if street := read_street(text[start : match.end()]):
                return street
    return None


def _names_above(segments: list[Segment], first: int) -> list[Segment]:
    found: list[Segment] = []
    for segment in segments[:first][:-4:-1]:
        if (found[-1] if found else segments[first]).line - segment.line > 1:
            break
        found.append(segment)
    return found
