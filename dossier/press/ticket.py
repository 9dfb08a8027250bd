"""The job ticket: what the printer is asked for, as the template `order.html` and `druk/order.yaml` show it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dossier.press.binding import Make


def make_ticket(make: Make, title: str, client: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the ticket for a book and its files; sizes in mm, weights in gram unless the name says otherwise."""
    druk, bleed = make.druk, 2 * make.druk.afloop_mm
    return {
        'titel': title,
        'opdrachtgever': client,
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
        'leverdatum': druk.leverdatum,
        'leveradres': druk.leveradres,
        'opmerking': druk.opmerking,
        'sha256': {name: sha256(content).hexdigest() for name, content in files.items()},
    }
