"""What a press wants to know of a font: is it embedded, how wide are its characters, which miss (ISO 32000-1, 9.6 and 9.7)."""

from dataclasses import dataclass, field
from typing import Any

import pikepdf

_MANY = 20_000  # entries of a table of widths


@dataclass(frozen=True)
class Face:
    """A font: widths in ems by character code, two bytes a code when `wide`."""

    name: str = ''
    kind: str = ''
    embedded: bool = True
    wide: bool = False
    widths: dict[int, float] = field(default_factory=dict)
    default: float = 0.5
    missing: frozenset[int] = frozenset()  # codes that show the .notdef glyph

    def codes(self, text: bytes) -> tuple[int, ...]:
        """Return the character codes of a text."""
        if not self.wide:
            return tuple(text)
        return tuple(text[n] << 8 | text[n + 1] for n in range(0, len(text) - 1, 2))

    def width(self, code: int) -> float:
        """Return the width of a character in ems."""
        return self.widths.get(code, self.default)


def read_face(font: Any) -> Face:
    """Return the font of a font dictionary."""
    inner = font['/DescendantFonts'][0] if '/DescendantFonts' in font else font
    descriptor = inner.get('/FontDescriptor', {})
    kind = str(font.get('/Subtype', '/'))[1:]
    embedded = kind == 'Type3' or any(key in descriptor for key in ('/FontFile', '/FontFile2', '/FontFile3'))
    name = str(font.get('/BaseFont', '/?'))[1:]
    if kind == 'Type0':
        identity = str(font.get('/Encoding', '')).startswith('/Identity')
        missing = frozenset((0,)) if identity else frozenset()
        return Face(name, kind, embedded, True, _cid_widths(inner), float(inner.get('/DW', 1000)) / 1000, missing)
    first = int(font.get('/FirstChar', 0))
    scale = float(font['/FontMatrix'][0]) if '/FontMatrix' in font else 0.001
    widths = {first + n: float(width) * scale for n, width in enumerate(list(font.get('/Widths', ()))[:256])}
    return Face(name, kind, embedded, False, widths, 0.5, _missing(font.get('/Encoding')))


def _cid_widths(font: Any) -> dict[int, float]:
    """Return the widths of a CIDFont: `c [w1 w2 ...]` or `first last w` (9.7.4.3)."""
    widths: dict[int, float] = {}
    items = list(font.get('/W', ()))
    n = 0
    while n + 1 < len(items) and len(widths) < _MANY:
        first = int(items[n])
        if isinstance(items[n + 1], pikepdf.Array):
            widths |= {first + k: float(width) / 1000 for k, width in enumerate(items[n + 1])}
            n += 2
        else:
            last = min(int(items[n + 1]), first + _MANY)
            widths |= dict.fromkeys(range(first, last + 1), float(items[n + 2]) / 1000)
            n += 3
    return widths


def _missing(encoding: Any) -> frozenset[int]:
    """Return the codes that an encoding gives to .notdef."""
    codes: set[int] = set()
    code = 0
    for item in encoding.get('/Differences', ()) if isinstance(encoding, pikepdf.Dictionary) else ():
        if isinstance(item, pikepdf.Name):
            if str(item) == '/.notdef':
                codes.add(code)
            code += 1
        else:
            code = int(item)
    return frozenset(codes)
