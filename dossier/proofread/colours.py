"""Colours of a house style: enough contrast between letters and what they stand on (WCAG 2.2, 1.4.3)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dossier.errors import Place

if TYPE_CHECKING:
    from dossier.proofread import Proof

LEAST = 4.5
FILE = 'styles/maten.css'
# Which colours of letters stand on which ground in the shipped stylesheets.
_ON = {'papier': 'inkt grijs merk accent', 'vlak': 'inkt grijs merk', 'warm': 'inkt accent', 'diep': 'papier goud'}
_TOKEN = re.compile(r'--([\w-]+):\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b')


def check(proof: 'Proof') -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the colours of the project's own house style that are too much alike."""
    path = proof.project / FILE
    if not path.is_file():
        return
    text = path.read_text(encoding='utf-8', errors='replace')
    found = {match[1]: match for match in _TOKEN.finditer(text)}
    for ground, letters in _ON.items():
        for name in letters.split() if ground in found else ():
            if name in found and (ratio := contrast(found[name][2], found[ground][2])) < LEAST:
                place = Place(FILE, text.count('\n', 0, found[name].start()) + 1)
                yield 'contrast-laag', {'place': place, 'name': name, 'other': ground, 'ratio': f'{ratio:.1f}'}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours in hexadecimal, 1 to 21 (WCAG 2.2, definition)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else ''.join(digit * 2 for digit in colour)
    red, green, blue = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
