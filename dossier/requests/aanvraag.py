"""The noun of this folder: a request for printed copies, its states, and what may follow on which."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Where a request is; the values are those of `requests list --format json`."""

    NEW = 'nieuw'  # read with certainty
    UNSURE = 'te-controleren'
    APPROVED = 'goedgekeurd'
    PRINTING = 'in-druk'
    SENT = 'verzonden'
    RETURNED = 'retour'
    IGNORED = 'genegeerd'
    ERASED = 'gewist'


# Erasing follows on every state and has a way of its own (dossier.requests.forget).
NEXT: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.APPROVED, Status.UNSURE, Status.IGNORED}),
    Status.UNSURE: frozenset({Status.APPROVED, Status.IGNORED}),
    Status.APPROVED: frozenset({Status.PRINTING, Status.SENT, Status.UNSURE, Status.IGNORED}),
    Status.PRINTING: frozenset({Status.SENT, Status.APPROVED}),
    Status.SENT: frozenset({Status.RETURNED}),
    Status.RETURNED: frozenset({Status.APPROVED, Status.UNSURE}),
    Status.IGNORED: frozenset({Status.UNSURE}),
    Status.ERASED: frozenset(),
}
# What a person may correct, in the order of the form.
EDITABLE = (
    'naam organisatie functie straat huisnummer toevoeging postcode plaats land aantal editie taal email opmerking'
).split()
MAX_COPIES = 25  # more is asked of a person
ADDRESS = ('straat', 'huisnummer', 'postcode', 'plaats')
PERSONAL = (*EDITABLE[:9], 'email', 'opmerking', 'message_id')  # what is erased; aantal, editie and taal stay
JSON_KEYS = (
    'nummer status naam organisatie straat huisnummer toevoeging postcode plaats land aantal editie ontvangen message_id'
    ' dubbel reden'
).split()


@dataclass(frozen=True)
class Aanvraag:
    """A request. `versie` counts its changes; `herkomst` says of each field how sure it is and the words it came from."""

    nummer: int = 0
    status: Status = Status.UNSURE
    ronde: str = ''
    naam: str = ''
    organisatie: str = ''
    functie: str = ''
    straat: str = ''  # or Postbus, Antwoordnummer
    huisnummer: str = ''
    toevoeging: str = ''
    postcode: str = ''
    plaats: str = ''
    land: str = 'NL'  # ISO 3166-1 alpha-2
    aantal: int = 1
    editie: str = ''
    taal: str = 'nl'
    email: str = ''  # where an answer may go
    opmerking: str = ''
    ontvangen: str = ''  # ISO 8601, UTC, as all moments here
    verzonden: str = ''
    message_id: str = ''
    dubbel: int | None = None  # the number of the earlier request that it resembles
    reden: str = ''  # a word of REASONS: why it must be looked at, or was ignored
    beantwoorden: bool = True  # never for what a machine wrote
    mail: int | None = None
    versie: int = 1
    herkomst: Mapping[str, Any] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether a parcel can be addressed: someone, somewhere."""
        return bool((self.naam or self.organisatie) and all(getattr(self, name) for name in ADDRESS))

    def as_json(self) -> dict[str, Any]:
        """Return the keys of `requests list --format json`."""
        values = asdict(self)
        return {key: values[key] for key in JSON_KEYS}


def tidy(text: str) -> str:
    """Return the text on one line, without what can't be printed or steers the direction of writing."""
    return ' '.join(''.join(sign if sign.isprintable() else ' ' for sign in text).split())
