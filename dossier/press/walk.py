"""Walks content streams with their graphics state: a page or form in, a step for every operator out (ISO 32000-1, 8 and 9)."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from math import hypot, sqrt
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Matrix, Rectangle

from dossier.press.fonts import Face, read_face

Box = tuple[float, ...]  # left, bottom, right, top
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
_DEPTH = 12  # forms in forms
_ASCENT, _DESCENT = 0.75, -0.2  # of letters, in ems
_SHORT = {'G': 'DeviceGray', 'RGB': 'DeviceRGB', 'CMYK': 'DeviceCMYK', 'I': 'Indexed'}
_DEVICE = {'g': 'DeviceGray', 'rg': 'DeviceRGB', 'k': 'DeviceCMYK'}
_PAINT = dict.fromkeys(('f', 'F', 'f*'), 'fill') | dict.fromkeys(('S', 's'), 'stroke') | {'n': ''}
_PAINT |= dict.fromkeys(('B', 'B*', 'b', 'b*'), 'both')
_NUMBERS = {'w': 'width_pt', 'Tc': 'spacing', 'Tw': 'word_spacing', 'Tz': 'stretch',
            'TL': 'leading', 'Ts': 'rise', 'Tr': 'render'}  # fmt: skip


class Colour(NamedTuple):
    """A colour as it is set: its space (`DeviceCMYK`, `ICCBased3`, `Separation`, ...), its values, the name of ink or pattern."""

    space: str = 'DeviceGray'
    values: tuple[float, ...] = (0.0,)
    name: str = ''


BLACK = Colour()


@dataclass(slots=True)
class State:
    """The graphics state that matters to a press."""

    ctm: Matrix
    clip: Box
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width_pt: float = 1.0
    face: Face | None = None
    size: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 100.0
    leading: float = 0.0
    rise: float = 0.0
    render: float = 0
    alpha: float = 1.0  # of what is filled
    stroke_alpha: float = 1.0
    blend: str = 'Normal'
    mask: bool = False
    overprint: bool = False
    stroke_overprint: bool = False
    mode: int = 0  # 1: a nought in DeviceCMYK leaves what is below (table 128, OPM)

    @property
    def is_transparent(self) -> bool:
        """Whether what is painted lets the ground through, or mixes with it."""
        return min(self.alpha, self.stroke_alpha) < 1 or self.mask or self.blend not in ('Normal', 'Compatible')


@dataclass(slots=True)
class Step:
    """An operator with the state after it; what it paints, and where on the page (within the clip), if it paints."""

    operator: str
    operands: list[Any]
    state: State
    resources: Any
    paints: str = ''  # fill, stroke, both, text, image, form, shading
    box: Box | None = None
    target: Any = None  # the picture, form or shading
    codes: tuple[int, ...] = ()  # of the text
    size_pt: float = 0.0


def bound(matrix: Matrix, box: Box) -> Box:
    """Return the box around a box that is transformed."""
    found = matrix.transform(Rectangle(*box))
    return found.llx, found.lly, found.urx, found.ury


def intersect(a: Box, b: Box) -> Box | None:
    """Return what two boxes share, or None."""
    box = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def scale_of(matrix: Matrix) -> float:
    """Return how many points a unit is, on average over directions."""
    return sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def numbers(values: Any) -> tuple[float, ...]:
    """Return the numbers among operands."""
    return tuple(float(value) for value in values if not isinstance(value, pikepdf.Object | str | bytes | bool))


def read_space(space: Any, resources: Any) -> Colour:
    """Return a colour space as a Colour without values; an Indexed space counts as its base (ISO 32000-1, 8.6)."""
    for _step in range(_DEPTH):
        named = isinstance(space, pikepdf.Name)
        family = str(space if named else space[0])[1:]
        family = _SHORT.get(family, family)
        if named:
            found = resources.get('/ColorSpace', {}).get(str(space)) if resources is not None else None
            if found is None or family.startswith('Device'):
                return Colour(family, ())
            space = found
        elif family == 'Indexed':
            space = space[1]
        elif family == 'ICCBased':
            return Colour(f'ICCBased{int(space[1].N)}', ())
        elif family == 'DeviceN':
            return Colour(family, (), ' '.join(str(ink)[1:] for ink in space[1]))
        else:
            return Colour(family, (), str(space[1])[1:] if family == 'Separation' else '')
    return Colour('', ())


@dataclass
class Walker:
    """Walks the content of one page; `deep` goes into forms and patterns, and measures text."""

    clip: Box
    deep: bool = True
    inside: list[tuple[int, int]] = field(default_factory=list)
    faces: dict[tuple[int, int], Face] = field(default_factory=dict)

    def walk(self, content: Any, resources: Any, state: State | None = None) -> Iterator[Step]:
        """Yield every step of a content stream, and those of the forms and tiles in it."""
        run = _Run(resources, state or State(Matrix(), self.clip), self.faces if self.deep else None)
        for instruction in pikepdf.parse_content_stream(content):
            step = run.take(str(instruction.operator), instruction)
            yield step
            if self.deep and step.paints == 'form':
                yield from self.enter(step.target, step.state, resources)
            elif self.deep and step.paints in ('fill', 'both', 'text') and step.state.fill.space == 'Pattern':
                pattern = resources.get('/Pattern', {}).get(step.state.fill.name)
                if isinstance(pattern, pikepdf.Stream):
                    for inner in self.enter(pattern, State(run.base, EVERYWHERE), resources):
                        inner.box = step.box and inner.box and step.box  # a tile is everywhere in what it fills
                        yield inner

    def enter(self, form: Any, state: State, resources: Any) -> Iterator[Step]:
        """Yield the steps of a form XObject or pattern (8.10); one that draws itself is left."""
        if form.objgen in self.inside or len(self.inside) > _DEPTH:
            return
        inner = copy(state)
        inner.ctm = Matrix(*numbers(form.get('/Matrix', (1, 0, 0, 1, 0, 0)))) @ inner.ctm
        if '/BBox' in form:
            inner.clip = intersect(inner.clip, bound(inner.ctm, numbers(form.BBox))) or (0, 0, 0, 0)
        self.inside.append(form.objgen)
        yield from self.walk(form, form.get('/Resources', resources), inner)
        self.inside.pop()


class _Run:
    """The state while one content stream is read."""

    def __init__(self, resources: Any, state: State, faces: dict[tuple[int, int], Face] | None) -> None:
        self.resources, self.state, self.faces = resources, copy(state), faces
        self.base = state.ctm  # in which the patterns lie (8.7.3.1)
        self.stack: list[State] = []
        self.path: Box | None = None
        self.clipping = False
        self.text = self.line = Matrix()

    def take(self, operator: str, instruction: Any) -> Step:
        operands = list(instruction.operands)
        step = Step(operator, operands, self.state, self.resources)
        if operator == 'q':
            self.stack.append(copy(self.state))
        elif operator == 'Q' and self.stack:
            self.state = step.state = self.stack.pop()
        elif operator == 'cm':
            self.state.ctm = Matrix(*numbers(operands)) @ self.state.ctm
        elif operator in ('re', 'm', 'l', 'c', 'v', 'y'):
            self._extend(operator, numbers(operands))
        elif operator in _PAINT:
            self._paint(step)
        elif operator in ('W', 'W*'):
            self.clipping = True
        elif operator in _NUMBERS:
            setattr(self.state, _NUMBERS[operator], float(operands[0]))
        elif operator.lower() in _DEVICE or operator.lower() in ('cs', 'sc', 'scn'):
            self._colour(operator, operands)
        elif operator == 'gs':
            self._external(self.resources.get('/ExtGState', {}).get(str(operands[0]), {}))
        elif operator in ('Do', 'INLINE IMAGE'):
            self._draw(step, instruction)
        elif operator == 'sh':
            step.paints, step.box = 'shading', self.state.clip
            step.target = self.resources.Shading[str(operands[0])]
        elif operator.startswith('T') or operator in ('BT', "'", '"'):
            self._text(step)
        return step

    def _extend(self, operator: str, points: tuple[float, ...]) -> None:
        if operator == 're':
            x, y, width, height = points
            points = (x, y, x + width, y, x + width, y + height, x, y + height)
        for x, y in zip(points[::2], points[1::2], strict=True):
            px, py = self.state.ctm.transform((x, y))
            old = self.path or (px, py, px, py)
            self.path = (min(old[0], px), min(old[1], py), max(old[2], px), max(old[3], py))

    def _paint(self, step: Step) -> None:
        step.paints = _PAINT[step.operator]
        if self.path is not None:
            half = self.state.width_pt * scale_of(self.state.ctm) / 2 if step.paints in ('stroke', 'both') else 0
            left, bottom, right, top = self.path
            step.box = intersect((left - half, bottom - half, right + half, top + half), self.state.clip)
            if self.clipping:
                self.state.clip = intersect(self.path, self.state.clip) or (0, 0, 0, 0)
        self.path, self.clipping = None, False

    def _colour(self, operator: str, operands: list[Any]) -> None:
        side = 'stroke' if operator.isupper() else 'fill'
        operator = operator.lower()
        if operator in _DEVICE:
            colour = Colour(_DEVICE[operator], numbers(operands))
        elif operator == 'cs':
            colour = read_space(operands[0], self.resources)
        else:
            before: Colour = getattr(self.state, side)
            name = str(operands[-1]) if operands and isinstance(operands[-1], pikepdf.Name) else before.name
            colour = Colour(before.space, numbers(operands), name)
        setattr(self.state, side, colour)

    def _external(self, values: Any) -> None:
        """Take an ExtGState dictionary (ISO 32000-1, table 58)."""
        state = self.state
        state.alpha = float(values.get('/ca', state.alpha))
        state.stroke_alpha = float(values.get('/CA', state.stroke_alpha))
        state.width_pt = float(values.get('/LW', state.width_pt))
        if '/BM' in values:
            mode = values['/BM']
            state.blend = str(mode if isinstance(mode, pikepdf.Name) else mode[0])[1:]
        if '/SMask' in values:
            state.mask = not isinstance(values['/SMask'], pikepdf.Name)
        state.overprint = bool(values.get('/op', values.get('/OP', state.overprint)))
        state.stroke_overprint = bool(values.get('/OP', state.stroke_overprint))
        state.mode = int(values.get('/OPM', state.mode))
        if '/Font' in values:
            state.face, state.size = self._face(values['/Font'][0]), float(values['/Font'][1])

    def _face(self, font: Any) -> Face | None:
        if self.faces is None or font is None:
            return None
        if font.objgen not in self.faces or not font.is_indirect:
            self.faces[font.objgen] = read_face(font)
        return self.faces[font.objgen]

    def _draw(self, step: Step, instruction: Any) -> None:
        if step.operator == 'Do':
            step.target = self.resources.get('/XObject', {}).get(str(step.operands[0]))
            if step.target is None:
                return
        else:
            step.target = instruction.iimage
        is_form = step.operator == 'Do' and step.target.get('/Subtype') != '/Image'
        step.paints = 'form' if is_form else 'image'
        step.box = None if is_form else intersect(bound(self.state.ctm, (0, 0, 1, 1)), self.state.clip)

    def _text(self, step: Step) -> None:
        operator, operands, state = step.operator, step.operands, self.state
        if operator == 'BT':
            self.text = self.line = Matrix()
        elif operator == 'Tf':
            font = self.resources.get('/Font', {}).get(str(operands[0]))
            state.face, state.size = self._face(font), float(operands[1])
        elif operator == 'Tm':
            self.text = self.line = Matrix(*numbers(operands))
        elif operator in ('Td', 'TD'):
            x, y = numbers(operands)
            state.leading = -y if operator == 'TD' else state.leading
            self._move(x, y)
        elif operator == 'T*':
            self._move(0, -state.leading)
        elif operator in ('Tj', 'TJ', "'", '"'):
            if operator == '"':
                state.word_spacing, state.spacing = numbers(operands[:2])
            if operator in ("'", '"'):
                self._move(0, -state.leading)
            step.paints = 'text'
            if self.faces is not None:
                self._show(step)

    def _move(self, x: float, y: float) -> None:
        self.text = self.line = self.line.translated(x, y)

    def _show(self, step: Step) -> None:
        """Measure what is shown, and go on behind it (9.4.4)."""
        state, face = self.state, self.state.face or Face()
        shown = step.operands[-1]
        pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
        step.codes = face.codes(b''.join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)))
        kerning = sum(numbers(pieces)) / 1000 * state.size
        words = step.codes.count(32) * state.word_spacing if not face.wide else 0
        width = sum(map(face.width, step.codes)) * state.size + len(step.codes) * state.spacing + words - kerning
        width *= state.stretch / 100
        matrix = self.text @ state.ctm
        low, high = state.size * _DESCENT + state.rise, state.size * _ASCENT + state.rise
        step.box = intersect(bound(matrix, (0, low, width, high)), state.clip)
        step.size_pt = abs(state.size) * hypot(matrix.c, matrix.d)
        self.text = self.text.translated(width, 0)
