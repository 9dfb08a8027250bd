"""Makes the pictures behind cover and openings: twelve fields seen from above, one for each province, none in particular.

The colours come from `styles/maten.css`. Run again when they change:  python styles/beeld/make_velden.py
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
TOKENS = dict(re.findall(r'--([\w-]+):\s*(#[0-9a-f]{6})', (HERE.parent / 'maten.css').read_text()))
BLEED = 10  # how far a picture runs on around the page, in mm: `--rand` of maten.css
DITCH = 0.9  # half the width of the water between two fields, in mm

Point = tuple[float, float]
# Each field: ground, stripe, how many stripes, which of its edges they run along, and how much of the field they cover.
FIELDS: Sequence[tuple[str, str, int, int, float]] = (
    ('veld-2', 'veld-3', 9, 0, 0.5),
    ('veld-4', 'veld-5', 14, 1, 0.22),
    ('veld-1', 'veld-2', 7, 1, 0.5),
    ('veld-3', 'veld-2', 20, 0, 0.3),
    ('veld-5', 'veld-4', 6, 1, 0.5),
    ('veld-1', 'veld-3', 16, 0, 0.22),
    ('veld-3', 'veld-4', 10, 1, 0.3),
    ('veld-6', 'veld-7', 12, 0, 0.4),
    ('veld-2', 'veld-1', 12, 1, 0.5),
    ('veld-7', 'veld-6', 18, 1, 0.18),
    ('veld-3', 'veld-1', 5, 0, 0.4),
    ('veld-4', 'veld-3', 11, 0, 0.45),
)
QUIET = {'veld-1': 'band-1', 'veld-2': 'band-2', 'veld-3': 'band-3', 'veld-4': 'band-2', 'veld-5': 'band-3'}
QUIET |= {'veld-6': 'band-1', 'veld-7': 'band-3'}


def clip(shape: Sequence[Point], a: float, b: float, c: float) -> list[Point]:
    """Return the part of a convex shape where a·x + b·y <= c."""
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
        d1, d2 = a * x1 + b * y1 - c, a * x2 + b * y2 - c
        if d1 <= 0:
            kept.append((x1, y1))
        if d1 * d2 < 0:
            share = d1 / (d1 - d2)
            kept.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
    return kept


def shrink(shape: Sequence[Point], by: float) -> list[Point]:
    """Return a shape, drawn clockwise on the page, with every edge moved inwards."""
    inner = list(shape)
    for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
        a, b = y2 - y1, x1 - x2
        length = (a * a + b * b) ** 0.5
        a, b = a / length, b / length
        inner = clip(inner, a, b, a * x1 + b * y1 - by)
    return inner


def polygon(shape: Sequence[Point], colour: str) -> str:
    """Return the shape as SVG."""
    return f'<polygon fill="{TOKENS[colour]}" points="{" ".join(f"{x:.2f},{y:.2f}" for x, y in shape)}"/>'


def draw_field(shape: Sequence[Point], field: tuple[str, str, int, int, float], quiet: bool) -> Iterator[str]:
    """Yield one field with its furrows."""
    ground, stripe, count, edge, cover = field
    if quiet:
        ground, stripe = QUIET[ground], QUIET[stripe]
    shape = shrink(shape, DITCH)
    yield polygon(shape, ground)
    (x1, y1), (x2, y2) = shape[edge], shape[edge + 1]
    a, b = y2 - y1, x1 - x2
    length = (a * a + b * b) ** 0.5
    a, b = a / length, b / length
    reach = [a * x + b * y for x, y in shape]
    step = (max(reach) - min(reach)) / count
    for n in range(count):
        start = min(reach) + step * (n + (1 - cover) / 2)
        furrow = clip(clip(shape, a, b, start + step * cover), -a, -b, -start)
        if len(furrow) > 2 and ground != stripe:
            yield polygon(furrow, stripe)


def stretch(point: Point, inner: Point, width: float, height: float) -> Point:
    """Return a point outside the page moved so far along the line from its inner neighbour that it lies beyond the bleed."""
    (x, y), (x2, y2) = point, inner
    past = max(-x, x - width, -y, y - height)
    across = abs(x - x2) if past == max(-x, x - width) else abs(y - y2)
    share = (BLEED + 2 - past) / across if past > 0 and across else 0
    return x + (x - x2) * share, y + (y - y2) * share


def widen(lattice: Sequence[Sequence[Point]], width: float, height: float) -> list[list[Point]]:
    """Return the lattice with its outermost points beyond the bleed."""
    rows = [[*row] for row in lattice]
    for row in rows:
        row[0], row[-1] = stretch(row[0], row[1], width, height), stretch(row[-1], row[-2], width, height)
    for edge, inner in ((rows[0], rows[1]), (rows[-1], rows[-2])):
        edge[:] = [stretch(point, below, width, height) for point, below in zip(edge, inner, strict=True)]
    return rows


def draw(name: str, width: float, height: float, lattice: Sequence[Sequence[Point]], quiet: bool = False) -> None:
    """Write the picture `name`.svg of the fields between the points of a lattice."""
    shapes = []
    for row, below in pairwise(widen(lattice, width, height)):
        for n in range(len(row) - 1):
            field = FIELDS[len(shapes)]
            shapes.append((field, [row[n], row[n + 1], below[n + 1], below[n]]))
    lines = [line for field, shape in shapes for line in draw_field(shape, field, quiet)]
    wide, high = width + 2 * BLEED, height + 2 * BLEED
    box = f'width="{wide}mm" height="{high}mm" viewBox="{-BLEED} {-BLEED} {wide} {high}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
    (HERE / f'{name}.svg').write_text('\n'.join([svg, *lines, '</svg>', '']))


draw(
    'omslag',
    210,
    297,
    [
        [(-6, 158), (62, 146), (118, 136), (170, 127), (216, 119)],
        [(-6, 206), (54, 197), (126, 182), (162, 178), (216, 167)],
        [(-6, 252), (70, 240), (112, 236), (178, 222), (216, 217)],
        [(-6, 304), (58, 304), (124, 304), (168, 304), (216, 304)],
    ],
)
draw(
    'opening',
    210,
    86,
    [
        [(102, -4), (136, -4), (158, -4), (184, -4), (214, -4)],
        [(96, 30), (128, 25), (161, 19), (181, 16), (214, 11)],
        [(84, 62), (124, 54), (152, 50), (186, 43), (214, 40)],
        [(78, 92), (114, 92), (150, 92), (178, 92), (214, 92)],
    ],
    quiet=True,
)
