"""Charts from `cijfers`: the numbers of a line, in the coordinates of its drawing."""

from dataclasses import dataclass
from math import floor, log10

from dossier.model import Cijfers

WIDTH, HEIGHT = 480.0, 150.0


@dataclass(frozen=True)
class Point:
    """A value on the line."""

    x: float
    y: float
    naam: str
    waarde: float


@dataclass(frozen=True)
class LineChart:
    """A line in a drawing of `width` x `height`: its points, and the grid's heights with their values."""

    width: float
    height: float
    points: tuple[Point, ...]
    grid: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The line as the points of an SVG polyline."""
        return ' '.join(f'{point.x:g},{point.y:g}' for point in self.points)


def draw_line(cijfers: Cijfers) -> LineChart:
    """Return the line of the figures; its scale begins at a round number at or below the lowest value."""
    values = [row.waarde for row in cijfers.rijen]
    low, high, step = _scale(min(values), max(values))

    def height_of(value: float) -> float:
        return round(HEIGHT - (value - low) / (high - low) * HEIGHT, 2)

    gap = WIDTH / len(values)
    points = tuple(
        Point(round(gap * (n + 0.5), 2), height_of(row.waarde), row.naam, row.waarde)
        for n, row in enumerate(cijfers.rijen)
    )
    lines = round((high - low) / step)
    return LineChart(
        WIDTH, HEIGHT, points, tuple((height_of(low + n * step), low + n * step) for n in range(lines + 1))
    )


def _scale(lowest: float, highest: float) -> tuple[float, float, float]:
    """Return lowest, highest and step of an axis with round numbers and two to six lines."""
    span = (highest - lowest) or abs(highest) or 1.0
    low = 0.0 if 0 <= lowest < 2 * span else lowest - span * 0.2
    step = 10.0 ** floor(log10(highest - low or 1.0))
    while (highest - low) / step < 2:
        step /= 2
    low = floor(low / step) * step
    high = low + step * -(-(highest - low) // step)
    return low, high if high > low else low + step, step
