"""Checks of what stands on a page of a print file: colour, ink, lines, text, pictures, bleed."""

from dataclasses import dataclass, field
from math import hypot
from typing import Any

import pikepdf

from dossier.errors import Place
from dossier.press.binding import PT_PER_MM
from dossier.press.inks import open_picture, total_ink
from dossier.press.marks import Notes
from dossier.press.separate import SOURCE
from dossier.press.walk import Box, Colour, Step, Walker, intersect, read_space, scale_of

# Numbers of the GWG's sheetfed specifications and of Dutch printers; docs/drukken.md gives them to the user.
LINE_PT, TEXT_PT, MIXED_TEXT_PT, RICH_TEXT_PT = 0.25, 5.0, 9.0, 12.0
SAFE_MM = 5.0
PPI, BITMAP_PPI = (300, 225, 150), (1200, 800, 550)  # asked, else a warning, else an error
_MOST_PIXELS = 40_000_000
_INKS = ('Cyan', 'Magenta', 'Yellow', 'Black')
_CMYK, _GREY = ('DeviceCMYK', 'ICCBased4'), ('DeviceGray', 'ICCBased1', 'CalGray')
_TRIMMED = 0.5  # points: nearer to the edge than a cutter can cut
_TINY = 0.005

Inks = tuple[float, ...]


@dataclass
class Limits:
    """What the pages of a file must keep to; and what is known already of its fonts and pictures."""

    ink: float
    bleed_pt: float
    faces: dict[tuple[int, int], Any] = field(default_factory=dict)
    inks: dict[tuple[int, int], float] = field(default_factory=dict)


def inks_of(colour: Colour) -> Inks | None:
    """Return the inks of a colour, or None for one that has none of its own."""
    values = colour.values
    if colour.space in _CMYK and len(values) == 4:
        return values
    if colour.space in _GREY and len(values) == 1:
        return 0.0, 0.0, 0.0, 1 - values[0]
    if colour.space == 'Separation' and colour.name in _INKS and len(values) == 1:
        return tuple(values[0] if name == colour.name else 0.0 for name in _INKS)
    return None


class PageCheck:
    """Checks a page, given with its bleed and trim box: knows what was painted on it so far, and with which inks."""

    def __init__(self, page: Any, number: int, boxes: tuple[Box, Box], limits: Limits, notes: Notes) -> None:
        self.page, self.number, self.limits, self.notes = page, number, limits, notes
        self.bleed, self.trim = boxes
        self.source = Place(str(page[SOURCE])) if SOURCE in page else None
        self.painted: list[tuple[Box, Inks | None]] = []

    def note(self, code: str, place: Place | None = None, **values: Any) -> None:
        self.notes.add(code, self.number, place or self.source, **values)

    def check(self) -> None:
        """Note what is wrong on the page."""
        resources = self.page.get('/Resources', pikepdf.Dictionary())
        for values in resources.get('/ExtGState', {}).values():
            if '/TR' in values or values.get('/TR2', '/Default') != '/Default' or '/HTP' in values:
                self.note('druk-verboden', what='TR')  # curves and screens are the printer's (ISO 15930-7, 6.12)
        self._group(self.page)
        for step in Walker(self.bleed, faces=self.limits.faces).walk(self.page, resources):
            if step.operator == 'gs' and step.state.is_transparent:
                self.note('druk-transparantie')
            if step.paints == 'form':
                self._group(step.target)
                if step.target.get('/Subtype') == '/PS':
                    self.note('druk-verboden', what='PostScript')
            elif step.paints and step.box is not None:
                self.notes.box = step.box
                self._paint(step, step.box)
            self.notes.box = ()
        for side in range(4):
            self._bleeding(side)

    def _group(self, owner: Any) -> None:
        """The space in which transparency is mixed must be that of the press (ISO 15930-7, 6.15)."""
        space = owner.get('/Group', {}).get('/CS')
        if space is not None and read_space(space, None).space not in _CMYK + _GREY:
            self.note('druk-mengruimte')

    def _paint(self, step: Step, box: Box) -> None:
        state = step.state
        if step.paints == 'image':
            self._picture(step, box)
        elif step.paints == 'shading':
            self._colour(read_space(step.target.ColorSpace, step.resources), step, box)
            self.painted.append((box, None))
        elif step.paints == 'text':
            self._text(step, box)
        if step.paints in ('fill', 'both'):
            self._colour(state.fill, step, box)
            self._ink(step, box, state.fill, state.overprint)
            thin, long = sorted((box[2] - box[0], box[3] - box[1]))
            if thin < LINE_PT - _TINY and long > 3 and _area(intersect(box, self.trim)) == _area(box):
                self.note('druk-lijn', width=round(thin, 2))
        if step.paints in ('stroke', 'both'):
            self._colour(state.stroke, step, box)
            self._ink(step, box, state.stroke, state.stroke_overprint)
            width = state.width_pt * scale_of(state.ctm)
            if width < LINE_PT - _TINY:
                self.note('druk-lijn', width=round(width, 2))

    def _colour(self, colour: Colour, step: Step, box: Box) -> None:
        """Note a colour that is not made of the inks of the press."""
        if colour.space == 'Pattern':
            pattern = step.resources.get('/Pattern', {}).get(colour.name, {})
            if '/Shading' not in pattern:
                return  # what a tile paints is walked through
            colour = read_space(pattern.Shading.ColorSpace, step.resources)
        if colour.space in ('Separation', 'DeviceN'):
            if colour.name == 'All' and _area(intersect(box, self.trim)):
                self.note('druk-registratie')
            other = [name for name in colour.name.split() if name not in (*_INKS, 'None', 'All')]
            if other:
                self.note('druk-steunkleur', names=', '.join(other))
        elif colour.space not in _CMYK + _GREY:
            self.note('druk-kleurruimte', space=colour.space)

    def _ink(self, step: Step, box: Box, colour: Colour, overprint: bool) -> None:
        """The sum of the inks, with those below when the colour overprints (ISO 32000-1, 11.7.4)."""
        inks = inks_of(colour)
        if inks is not None and overprint:
            if not any(inks):
                self.note('druk-wit-overdruk')
            below = [other for place, other in self.painted if other and _area(intersect(place, box))]
            for other in below[-50:] if step.state.mode else ():
                inks = tuple(own or old for own, old in zip(inks, other, strict=True))
        self._check_ink(sum(inks or ()), _TINY)
        if step.paints != 'text' and (inks is None or any(inks)):
            self.painted.append((box, inks))

    def _check_ink(self, ink: float, leeway: float) -> None:
        if ink > self.limits.ink + leeway:
            self.note('druk-inkt', found=round(ink * 100), limit=round(self.limits.ink * 100))

    def _text(self, step: Step, box: Box) -> None:
        state, size, face = step.state, step.size_pt, step.state.face
        if face and (face.kind == 'Type3' or not face.embedded):
            self.note('druk-type3' if face.kind == 'Type3' else 'druk-lettertype', name=face.name)
        if face and face.missing.intersection(step.codes):
            self.note('druk-teken', name=face.name)
        if state.render in (3, 7) or not step.codes:
            return
        colour = state.stroke if state.render in (1, 5) else state.fill
        self._colour(colour, step, box)
        self._ink(step, box, colour, state.overprint)
        inks = inks_of(colour) or (0.0, 0.0, 0.0, 1.0)
        if size < TEXT_PT - _TINY:
            self.note('druk-tekst-klein', size=round(size, 1), least=TEXT_PT)
        if inks[3] >= 0.8 and sum(inks[:3]) > 0.1 and size < RICH_TEXT_PT - _TINY:
            self.note('druk-diepzwart', size=round(size, 1))
        elif sum(value > 0.02 for value in inks) > 1 and size < MIXED_TEXT_PT - _TINY:
            self.note('druk-tekst-inkten', size=round(size, 1), least=MIXED_TEXT_PT)
        inside, trim = intersect(box, self.trim), self.trim
        if inside:
            near = min(inside[0] - trim[0], inside[1] - trim[1], trim[2] - inside[2], trim[3] - inside[3]) / PT_PER_MM
            if near < SAFE_MM - 0.02:
                self.note('druk-tekst-rand', found=round(near, 1))

    def _picture(self, step: Step, box: Box) -> None:
        target = step.target if isinstance(step.target, pikepdf.Stream) else step.target.obj  # the latter is inline
        width, height = int(target.get('/Width', target.get('/W', 1))), int(target.get('/Height', target.get('/H', 1)))
        stencil = bool(target.get('/ImageMask', target.get('/IM', False)))
        self.painted.append((box, None))
        if not stencil:
            space = target.get('/ColorSpace', target.get('/CS', pikepdf.Name.DeviceGray))
            colour = read_space(space, step.resources)
            self._colour(colour, step, box)
            if colour.space == 'DeviceCMYK':
                self._picture_ink(target, width * height)
        if '/SMask' in target:
            self.note('druk-transparantie')
        ctm = step.state.ctm
        across, up = hypot(ctm.a, ctm.b) or 1, hypot(ctm.c, ctm.d) or 1
        ppi = min(width / across, height / up) * 72
        bitmap = stencil or int(target.get('/BitsPerComponent', target.get('/BPC', 8))) == 1
        asked, warn, least = BITMAP_PPI if bitmap else PPI
        if ppi < warn - 0.5 and width * height > 16:
            code = 'druk-resolutie' if ppi < least - 0.5 else 'druk-resolutie-matig'
            file, line, name = target.get(SOURCE, ('', 0, f'{width} x {height}'))
            place = Place(str(file), int(line) or None) if file else None
            self.note(code, place, name=str(name), ppi=round(ppi), wide=round(across / PT_PER_MM), asked=asked)

    def _picture_ink(self, target: Any, pixels: int) -> None:
        if pixels > _MOST_PIXELS:
            self.note('druk-beeld-te-groot')
            return
        key = target.objgen
        if key not in self.limits.inks or not target.is_indirect:
            image = open_picture(target)
            self.limits.inks[key] = total_ink(image) if image.mode == 'CMYK' else 0.0
        self._check_ink(self.limits.inks[key], 0.02)

    def _bleeding(self, side: int) -> None:
        """What touches the trimmed edge must run on to the edge of the bleed, alone or with what lies below or on it."""
        sign = 1 if side > 1 else -1
        trim = self.trim[side]
        edge = trim + sign * self.limits.bleed_pt
        for box, _inks in self.painted:
            inside = intersect(box, self.trim)
            touches = sign * trim - _TRIMMED <= sign * box[side] < sign * edge - _TRIMMED
            if not inside or not _area(inside) or not touches:
                continue
            strip = list(inside)
            strip[side] = edge
            strip[(side + 2) % 4] = trim - sign * _TRIMMED
            if not any(_holds(other, strip) for other, _inks in self.painted):
                self.note('druk-afloop', missing=round(abs(edge - box[side]) / PT_PER_MM, 1))


def _area(box: Box | None) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if box else 0.0


def _holds(outer: Box, strip: list[float]) -> bool:
    left, low, right, high = strip
    past = max(outer[0] - left, outer[1] - low, right - outer[2], high - outer[3])
    return past <= _TRIMMED
