"""Checks of what stands on a page of a print file: colour, ink, lines, text, pictures, bleed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot
from typing import Any

import pikepdf

from dossier.errors import Place, Severity
from dossier.press.binding import PT_PER_MM
from dossier.press.inks import open_picture, total_ink
from dossier.press.marks import Mark
from dossier.press.separate import SOURCE
from dossier.press.walk import Box, Colour, State, Step, Walker, intersect, read_space, scale_of

# Numbers of the GWG's sheetfed specifications and of Dutch printers; docs/drukken.md gives them to the user.
LINE_PT, TEXT_PT, MIXED_TEXT_PT, RICH_TEXT_PT = 0.25, 5.0, 9.0, 12.0
SAFE_MM = 5.0
ASKED_PPI, WARN_PPI, LEAST_PPI = 300, 225, 150
WARN_BITMAP_PPI, LEAST_BITMAP_PPI = 800, 550
_MOST_PIXELS = 40_000_000
_PROCESS = ('Cyan', 'Magenta', 'Yellow', 'Black', 'None')
_DEVICE = ('DeviceCMYK', 'DeviceGray', 'Separation', 'DeviceN', 'Pattern', 'ICCBased4', 'ICCBased1', 'CalGray')
_TRIMMED = 0.5  # points: nearer to the edge than a cutter can cut

Inks = tuple[float, float, float, float]


@dataclass
class Shared:
    """What the pages of a file share: the limit of the inks, the bleed that is asked, fonts, and pictures by their number."""

    limit: float
    bleed_pt: float
    faces: dict[tuple[int, int], Any] = field(default_factory=dict)
    inks: dict[tuple[int, int], float] = field(default_factory=dict)


def inks_of(colour: Colour) -> Inks | None:
    """Return the inks of a colour, or None for one that has none of its own."""
    values = colour.values
    if colour.space in ('DeviceCMYK', 'ICCBased4') and len(values) == 4:
        return values
    if colour.space in ('DeviceGray', 'ICCBased1', 'CalGray') and len(values) == 1:
        return 0.0, 0.0, 0.0, 1 - values[0]
    if colour.space == 'Separation' and colour.name in _PROCESS[:4] and len(values) == 1:
        cyan, magenta, yellow, black = (values[0] if name == colour.name else 0.0 for name in _PROCESS[:4])
        return cyan, magenta, yellow, black
    return None


class PageCheck:
    """Checks one page."""

    def __init__(self, shared: Shared, number: int, page: Any, bleed: Box, trim: Box) -> None:
        self.shared, self.number, self.page, self.bleed, self.trim = shared, number, page, bleed, trim
        self.source = Place(str(page[SOURCE])) if SOURCE in page else None
        self.painted: list[tuple[Box, Inks | None]] = []
        self.transparent = False

    def marks(self) -> Iterator[Mark]:
        """Yield what is wrong on the page."""
        walker = Walker(self.bleed, faces=self.shared.faces)
        resources = self.page.get('/Resources', pikepdf.Dictionary())
        yield from self._states(resources)
        yield from self._group(self.page)
        for step in walker.walk(self.page, resources):
            if step.operator == 'gs':
                yield from self._see_through(step.state)
            if step.paints == 'form':
                yield from self._group(step.target)
                if step.target.get('/Subtype') == '/PS':
                    yield self._mark('druk-verboden', what='PostScript')
            elif step.paints and step.box is not None:
                yield from self._painted(step)
        yield from self._bleeding()

    def _mark(self, code: str, severity: Severity = Severity.ERROR, box: Box | None = None, **values: Any) -> Mark:
        return Mark(code, severity, self.number, box, self.source, tuple(values.items()))

    def _painted(self, step: Step) -> Iterator[Mark]:
        state = step.state
        if step.paints == 'image':
            yield from self._picture(step)
        elif step.paints == 'shading':
            space = read_space(step.target.get('/ColorSpace'), step.resources) if step.target is not None else ('', '')
            yield from self._colour(Colour(space[0], (), space[1]), step)
            self._remember(step, None)
        elif step.paints == 'text':
            yield from self._text(step)
        else:
            if step.paints in ('fill', 'both'):
                yield from self._colour(state.fill, step)
                yield from self._thin(step)
                yield from self._ink(step, state.fill, state.overprint)
            if step.paints in ('stroke', 'both'):
                yield from self._colour(state.stroke, step)
                width = state.width_pt * scale_of(state.ctm)
                if width < LINE_PT - 0.005:
                    yield self._mark('druk-lijn', Severity.WARNING, step.box, width=round(width, 2))
                yield from self._ink(step, state.stroke, state.stroke_overprint)

    def _colour(self, colour: Colour, step: Step) -> Iterator[Mark]:
        if colour.space == 'Pattern':
            pattern = step.resources.get('/Pattern', {}).get(colour.name)
            shading = pattern.get('/Shading') if pattern is not None else None
            if shading is None:
                return
            colour = Colour(*read_space(shading.ColorSpace, step.resources)[:1])
        if colour.space not in _DEVICE:
            yield self._mark('druk-kleurruimte', box=step.box, space=colour.space)
        if colour.space == 'Separation' and colour.name == 'All':
            if step.box and intersect(step.box, self.bleed) and _area(intersect(step.box, self.trim)):
                yield self._mark('druk-registratie', box=step.box)
        elif colour.space in ('Separation', 'DeviceN'):
            other = [name for name in colour.name.split() if name not in _PROCESS]
            if other:
                yield self._mark('druk-steunkleur', Severity.WARNING, step.box, names=', '.join(other))

    def _ink(self, step: Step, colour: Colour, overprint: bool) -> Iterator[Mark]:
        """The sum of the inks, with those below when the colour overprints (ISO 32000-1, 11.7.4)."""
        inks, box = inks_of(colour), step.box
        if inks is None or box is None:
            self._remember(step, inks)
            return
        if overprint:
            if not any(inks):
                yield self._mark('druk-wit-overdruk', box=box)
            below = [other for place, other in self.painted if other and _area(intersect(place, box))]
            for channel in below[-50:]:
                inks = tuple(own or (old if step.state.mode else 0) for own, old in zip(inks, channel, strict=True))  # type: ignore[assignment]
        if sum(inks) > self.shared.limit + 0.005:
            yield self._mark('druk-inkt', box=box, found=round(sum(inks) * 100), limit=round(self.shared.limit * 100))
        if step.paints != 'text':
            self._remember(step, inks)

    def _remember(self, step: Step, inks: Inks | None) -> None:
        if step.box is not None and (inks is None or any(inks)):
            self.painted.append((step.box, inks))

    def _thin(self, step: Step) -> Iterator[Mark]:
        left, bottom, right, top = step.box or (0, 0, 0, 0)
        thin, long = sorted((right - left, top - bottom))
        if thin < LINE_PT - 0.005 and long > 3 and step.shape and min(self._size(step.shape)) < LINE_PT:
            yield self._mark('druk-lijn', Severity.WARNING, step.box, width=round(thin, 2))

    @staticmethod
    def _size(box: Box) -> tuple[float, float]:
        return box[2] - box[0], box[3] - box[1]

    def _text(self, step: Step) -> Iterator[Mark]:
        state, box, size = step.state, step.box, float(step.target or 0)
        face = state.face
        if face and face.kind == 'Type3':
            yield self._mark('druk-type3', box=box, name=face.name)
        elif face and not face.embedded:
            yield self._mark('druk-lettertype', box=box, name=face.name)
        if face and face.missing.intersection(step.codes):
            yield self._mark('druk-teken', box=box, name=face.name)
        if state.render in (3, 7) or box is None or not step.codes:
            return
        colour = state.stroke if state.render in (1, 5) else state.fill
        yield from self._colour(colour, step)
        yield from self._ink(step, colour, state.overprint)
        if size < TEXT_PT - 0.005:
            yield self._mark('druk-tekst-klein', Severity.WARNING, box, size=round(size, 1), least=TEXT_PT)
        inks = inks_of(colour) or (0.0, 0.0, 0.0, 1.0)
        if inks[3] >= 0.8 and sum(inks[:3]) > 0.1 and size < RICH_TEXT_PT:
            yield self._mark('druk-diepzwart', box=box, size=round(size, 1))
        elif sum(value > 0.02 for value in inks) > 1 and size < MIXED_TEXT_PT - 0.005:
            yield self._mark('druk-tekst-inkten', Severity.WARNING, box, size=round(size, 1), least=MIXED_TEXT_PT)
        inside = intersect(box, self.trim)
        if inside and _area(inside) and self._nearest(inside) < SAFE_MM * PT_PER_MM - 0.05:
            yield self._mark(
                'druk-tekst-rand', Severity.WARNING, box, found=round(self._nearest(inside) / PT_PER_MM, 1)
            )

    def _nearest(self, box: Box) -> float:
        """Return how far a box stays from the edge of the trimmed page."""
        trim = self.trim
        return min(box[0] - trim[0], box[1] - trim[1], trim[2] - box[2], trim[3] - box[3])

    def _picture(self, step: Step) -> Iterator[Mark]:
        target, matrix = step.target, step.state.ctm
        if not isinstance(target, pikepdf.Stream):  # an inline image
            target = target.obj
        width, height = int(target.get('/Width', target.get('/W', 1))), int(target.get('/Height', target.get('/H', 1)))
        bits = int(target.get('/BitsPerComponent', target.get('/BPC', 8)))
        stencil = bool(target.get('/ImageMask', target.get('/IM', False)))
        self._remember(step, None)
        if not stencil:
            name, ink = read_space(
                target.get('/ColorSpace', target.get('/CS', pikepdf.Name.DeviceGray)), step.resources
            )
            yield from self._colour(Colour(name, (), ink), step)
            if name == 'DeviceCMYK':
                yield from self._picture_ink(step, target, width * height)
        if '/SMask' in target:
            self.transparent = True
            yield self._mark('druk-transparantie', Severity.WARNING, step.box)
        across, up = hypot(matrix[0], matrix[1]) or 1, hypot(matrix[2], matrix[3]) or 1
        ppi = min(width / across, height / up) * 72
        asked, warn, least = (
            (1200, WARN_BITMAP_PPI, LEAST_BITMAP_PPI) if bits == 1 or stencil else (ASKED_PPI, WARN_PPI, LEAST_PPI)
        )
        if ppi < warn - 0.5 and width * height > 16:
            severity = Severity.ERROR if ppi < least - 0.5 else Severity.WARNING
            place, _colon, file = str(target.get(SOURCE, '')).rpartition(': ')
            mark = self._mark('druk-resolutie', severity, step.box, name=file or f'{width} x {height}', ppi=round(ppi),
                              wide=round(across / PT_PER_MM), asked=asked)  # fmt: skip
            yield Mark(mark.code, severity, mark.page, mark.box, _read_place(place) or self.source, mark.values)

    def _picture_ink(self, step: Step, target: Any, pixels: int) -> Iterator[Mark]:
        key = target.objgen
        if key not in self.shared.inks or key == (0, 0):
            if pixels > _MOST_PIXELS:
                yield self._mark('druk-beeld-te-groot', Severity.WARNING, step.box)
                return
            image = open_picture(target)
            self.shared.inks[key] = total_ink(image) if image.mode == 'CMYK' else 0.0
        if self.shared.inks[key] > self.shared.limit + 0.02:
            limit = round(self.shared.limit * 100)
            yield self._mark('druk-inkt', box=step.box, found=round(self.shared.inks[key] * 100), limit=limit)

    def _see_through(self, state: State) -> Iterator[Mark]:
        if state.alpha < 1 or state.stroke_alpha < 1 or state.mask or state.blend not in ('Normal', 'Compatible'):
            self.transparent = True
            yield self._mark('druk-transparantie', Severity.WARNING)

    def _group(self, owner: Any) -> Iterator[Mark]:
        """The space in which transparency is mixed must be that of the press (ISO 15930-7, 6.15)."""
        space = owner.get('/Group', {}).get('/CS')
        if space is not None and read_space(space, None)[0] not in (
            'DeviceCMYK',
            'DeviceGray',
            'ICCBased4',
            'ICCBased1',
        ):
            yield self._mark('druk-mengruimte')

    def _states(self, resources: Any) -> Iterator[Mark]:
        """Curves and screens are the printer's (ISO 15930-7, 6.12)."""
        for values in resources.get('/ExtGState', {}).values():
            if '/TR' in values or values.get('/TR2', '/Default') != '/Default' or '/HTP' in values:
                yield self._mark('druk-verboden', what='TR')

    def _bleeding(self) -> Iterator[Mark]:
        """What touches the trimmed edge must run on to the edge of the bleed, alone or with what lies below or on it."""
        for side in range(4):
            trim = self.trim[side]
            edge = trim + (self.shared.bleed_pt if side > 1 else -self.shared.bleed_pt)
            for box, _inks in self.painted:
                near = box[side] >= trim - _TRIMMED if side > 1 else box[side] <= trim + _TRIMMED
                reaches = box[side] >= edge - _TRIMMED if side > 1 else box[side] <= edge + _TRIMMED
                if not near or reaches or not _area(intersect(box, self.trim)):
                    continue
                strip = list(intersect(box, self.trim) or box)
                strip[side], strip[(side + 2) % 4] = edge, trim
                strip = [
                    min(strip[0], strip[2]),
                    min(strip[1], strip[3]),
                    max(strip[0], strip[2]),
                    max(strip[1], strip[3]),
                ]
                if not any(_holds(other, strip) for other, _ink in self.painted):
                    missing = abs(edge - box[side]) / PT_PER_MM
                    yield self._mark('druk-afloop', box=box, missing=round(missing, 1))


def _read_place(text: str) -> Place | None:
    """Return the place that was written as file:line."""
    file, _colon, line = text.rpartition(':')
    return Place(file, int(line)) if file and line.isdigit() else Place(text) if text else None


def _area(box: Box | None) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0


def _holds(outer: Box, strip: list[float]) -> bool:
    low = all(a <= b + _TRIMMED for a, b in zip(outer[:2], strip[:2], strict=True))
    return low and all(a >= b - _TRIMMED for a, b in zip(outer[2:], strip[2:], strict=True))
