"""The job ticket: what the printer is asked for, as YAML (`druk/order.yaml`); the template `order.html` shows the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from dossier.press.binding import Make


@dataclass(frozen=True)
class Ticket:
    """A job for the printer: the make of the book, and its files."""

    title: str
    client: str
    make: Make
    files: Mapping[str, bytes]

    @property
    def checksums(self) -> dict[str, str]:
        """The SHA-256 of each file."""
        return {name: sha256(content).hexdigest() for name, content in self.files.items()}


def write_ticket(ticket: Ticket) -> str:
    """Return the ticket as YAML."""
    make, druk = ticket.make, ticket.make.druk
    bleed = 2 * druk.afloop_mm
    rows: dict[str, object] = {
        'titel': ticket.title,
        'opdrachtgever': ticket.client,
        'oplage': druk.oplage,
        'formaat_mm': [round(make.width_mm, 1), round(make.height_mm, 1)],
        'afloop_mm': druk.afloop_mm,
        'binding': druk.binding,
        'binnenwerk': {
            'paginas': make.pages,
            'papier': druk.papier,
            'gramsgewicht': druk.gramsgewicht,
            'kleuren': '4/4',
        },
        'omslag': {
            'papier': druk.omslagpapier,
            'gramsgewicht': druk.omslaggramsgewicht,
            'kleuren': '4/0',
            'rug_mm': make.spine_mm,
            'vel_mm': [round(2 * make.width_mm + make.spine_mm + bleed, 1), round(make.height_mm + bleed, 1)],
        },
        'drukconditie': druk.drukconditie,
        'inktlimiet_procent': druk.inktlimiet,
        'gewicht_exemplaar_g': make.weight_g,
        'gewicht_zending_g': make.parcel_g,
        'gewicht_oplage_kg': round(make.weight_g * druk.oplage / 1000, 1) if druk.oplage else None,
        'leverdatum': druk.leverdatum.isoformat() if druk.leverdatum else None,
        'leveradres': list(druk.leveradres),
        'opmerking': druk.opmerking,
        'sha256': ticket.checksums,
    }
    # A value in JSON is a value in YAML 1.2.
    return ''.join(f'{key}: {json.dumps(value, ensure_ascii=False)}\n' for key, value in rows.items())
