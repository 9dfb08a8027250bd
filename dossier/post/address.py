"""An address to the lines on an envelope, in PostNL's form: two spaces after the postcode, town and country in capitals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossier.countries import COUNTRIES, find_country

HOME = 'NL'
_NL_POSTCODE = re.compile(r'([1-9]\d{3})\s*([A-Za-z]{2})')
_FIELDS = ('naam', 'organisatie', 'straat', 'huisnummer', 'toevoeging', 'postcode', 'plaats', 'land')


@dataclass(frozen=True, slots=True)
class Adres:
    """Where something goes. `straat` may hold the number too, or a Postbus; `land` is a code or a name, empty at home."""

    naam: str = ''
    organisatie: str = ''
    straat: str = ''
    huisnummer: str = ''
    toevoeging: str = ''
    postcode: str = ''
    plaats: str = ''
    land: str = ''

    @property
    def country(self) -> str:
        """The code of the country, or its name where we have no code for it."""
        return find_country(self.land) or self.land.strip() or HOME

    @property
    def missing(self) -> str:
        """The name of the first field without which nothing arrives; empty when all is there."""
        if not self.naam and not self.organisatie:
            return 'naam'
        if self.country == HOME and not _NL_POSTCODE.fullmatch(self.postcode.strip()):
            return 'postcode'
        return next((name for name in ('straat', 'plaats') if not getattr(self, name).strip()), '')

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines, three to six (PostNL, addressing tips)."""
        street = ' '.join(filter(None, (self.straat, self.huisnummer)))
        glue = '' if self.toevoeging[:1] in ('-', '/', '') else ' '
        whom = (self.organisatie, f'{self._attention} {self.naam}') if self.organisatie and self.naam else ()
        country = '' if self.country == HOME else COUNTRIES.get(self.country, (self.country,))[0].upper()
        lines = (*(whom or (self.naam or self.organisatie,)), f'{street}{glue}{self.toevoeging}', self._town, country)
        return tuple(line for line in lines if line.strip())

    @property
    def _attention(self) -> str:
        return 't.a.v.' if self.country in (HOME, 'BE') else 'attn.'

    @property
    def _town(self) -> str:
        town, postcode = self.plaats.strip().upper(), ' '.join(self.postcode.split())
        if self.country != HOME:
            return f'{postcode} {town}'.strip()
        found = _NL_POSTCODE.fullmatch(postcode)
        return f'{found[1]} {found[2].upper()}  {town}' if found else f'{postcode}  {town}'


def address_of(values: Mapping[str, Any]) -> Adres:
    """Return the address in a row of a list, or in the fields of a request."""
    return Adres(**{name: ' '.join(str(values.get(name, '')).split()) for name in _FIELDS})
