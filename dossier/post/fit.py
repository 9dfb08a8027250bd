"""How large an address can be set in a box, by the real widths of its letters: no word ever leaves its window or label."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from fontTools.ttLib import TTFont

from dossier.resources import shipped

SIZES_PT = (10, 9, 8, 7)  # PostNL asks for 10 to 12; a long name rather smaller than cut
LEADING = 1.2
_MM_PT = 25.4 / 72


def fit_lines(lines: Sequence[str], width_mm: float, height_mm: float) -> tuple[int, tuple[str, ...]] | None:
    """Return the largest size in points in which the lines fit, and the lines, folded where too long; None when none does."""
    for size in SIZES_PT:
        folded = [part for line in lines for part in _fold(line, width_mm / size / _MM_PT)]
        fits = all(_width_em(part) * size * _MM_PT <= width_mm for part in folded)
        if fits and len(folded) * size * LEADING * _MM_PT <= height_mm:
            return size, tuple(folded)
    return None


def _fold(line: str, width_em: float) -> Iterator[str]:
    """Yield the line in parts that are no wider, as far as its spaces allow; as it is when it fits."""
    if _width_em(line) <= width_em:
        yield line
        return
    part = ''
    for word in line.split():
        if part and _width_em(f'{part} {word}') > width_em:
            yield part
            part = word
        else:
            part = f'{part} {word}'.strip()
    yield part


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
