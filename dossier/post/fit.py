"""How large an address can be set in a box: the real widths of the letters, so that no word ever leaves its window or label."""

from collections.abc import Sequence
from functools import lru_cache

from fontTools.ttLib import TTFont

from dossier.resources import shipped

SIZES_PT = (10, 9, 8, 7)  # PostNL asks for 10 to 12; a long name rather smaller than cut
LEADING = 1.2
_MM_PT = 25.4 / 72


def fit_pt(lines: Sequence[str], width_mm: float, height_mm: float) -> int | None:
    """Return the largest size in points in which the lines fit, each on one line; None when none does."""
    widest = max(map(_width_em, lines), default=0)
    for size in SIZES_PT:
        if widest * size * _MM_PT <= width_mm and len(lines) * size * LEADING * _MM_PT <= height_mm:
            return size
    return None


def _width_em(text: str) -> float:
    """Return the width of a text in Source Sans 3, in em; kerning only makes it narrower by a hair."""
    widths, usual = _widths()
    return sum(widths.get(ord(sign), usual) for sign in text) / 1000


@lru_cache(1)
def _widths() -> tuple[dict[int, float], float]:
    with TTFont(shipped('styles') / 'fonts' / 'SourceSans3-Regular.ttf', lazy=True) as font:
        scale = 1000 / font['head'].unitsPerEm
        advances = font['hmtx'].metrics
        widths = {code: advances[glyph][0] * scale for code, glyph in font.getBestCmap().items()}
    return widths, max(widths.values())
