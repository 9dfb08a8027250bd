"""Dates as the writers know them: a day, a month, a quarter or a year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

from dossier.messages.mark import N_

# In words, to be translated into the language of the text.
MONTHS = (
    N_('January'), N_('February'), N_('March'), N_('April'), N_('May'), N_('June'),
    N_('July'), N_('August'), N_('September'), N_('October'), N_('November'), N_('December'),
)  # fmt: skip
_FORM = re.compile(r'(\d{4})(?:-(?:K([1-4])|(\d\d)(?:-(\d\d))?))?')


@dataclass(frozen=True, slots=True)
class Datum:
    """A date that is known to the day, the month, the quarter or the year."""

    jaar: int
    maand: int | None = None
    dag: int | None = None
    kwartaal: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date of 2023, 2023-07, 2023-K3 or 2023-07-01; ValueError for anything else and for impossible days."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        year, quarter, month, day = (int(group) if group else None for group in match.groups())
        assert year is not None
        date(year, 1 if month is None else month, 1 if day is None else day)
        return cls(year, month, day, quarter)

    @property
    def first_day(self) -> date:
        """The first day that it can be."""
        month = self.maand or (3 * self.kwartaal - 2 if self.kwartaal else 1)
        return date(self.jaar, month, self.dag or 1)

    @property
    def last_day(self) -> date:
        """The last day that it can be; the order of a timeline: what is vague comes after what is certain."""
        month = self.maand or (3 * self.kwartaal if self.kwartaal else 12)
        return date(self.jaar, month, self.dag or monthrange(self.jaar, month)[1])

    def __str__(self) -> str:
        if self.kwartaal:
            return f'{self.jaar}-K{self.kwartaal}'
        return '-'.join(f'{part:02}' for part in (self.jaar, self.maand, self.dag) if part)
