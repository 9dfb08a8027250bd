"""Preflight of a file for the screen: can it be read aloud, and by all? ISO 14289-1 and WCAG 2.2; a PDF in, findings out."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from dossier.errors import Finding
from dossier.press.bounded import BROKEN
from dossier.press.marks import Notes
from dossier.press.preflight import check_screen
from dossier.press.walk import Box, Colour, Step, Walker, numbers

_LANGUAGE = re.compile(
    r'[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*'
)  # the form of BCP 47; nothing asks whether the language exists
_CONTRAST, _LARGE_CONTRAST, _LARGE_PT, _BOLD_PT = 4.5, 3.0, 18.0, 14.0  # WCAG 2.2, 1.4.3
_LEADER = 5  # the same one or two characters so often on a page are rows of dots: decoration, that needs no contrast
_SLACK_PT = 1.0
WHITE = (1.0, 1.0, 1.0)
Rgb = tuple[float, ...]
Owner = tuple[int, int]  # a page, by its object


@dataclass
class Tree:
    """What a structure tree holds of the pages, in the order in which it is read."""

    order: dict[Owner, list[int]] = field(default_factory=dict)  # marked-content ids
    aside: set[tuple[Owner, int]] = field(default_factory=set)  # in notes and figures, which stand where there is room
    spans: dict[tuple[Owner, int], bool] = field(default_factory=dict)  # text that is a Span by itself: has it /E
    kinds: dict[tuple[Any, ...], set[bool]] = field(default_factory=dict)  # the same by font and characters


def judge_screen(path: Path) -> list[Finding]:
    """Return what makes a PDF of any program unfit for the screen; pikepdf's errors when it can't be read at all."""
    with pikepdf.open(path) as pdf:
        notes, numbered = Notes(path.name), {page.obj.objgen: n for n, page in enumerate(pdf.pages, start=1)}
        _check_document(pdf, notes)
        tree = _read_tree(pdf.Root.get('/StructTreeRoot'), numbered, notes)
        faces: dict[tuple[int, int], Any] = {}
        for number, page in enumerate(pdf.pages, start=1):
            try:
                if page.get('/Annots') and page.get('/Tabs') != '/S':
                    notes.add('scherm-tab', number)
                _PageReader(page.obj, number, tree, notes).read(Walker(numbers(page.mediabox), faces=faces))
            except BROKEN:
                notes.add('druk-pagina-stuk', number)
        bare = sum(kinds == {True, False} for kinds in tree.kinds.values())
        if bare:
            notes.add('scherm-afkorting', found=bare, asked=sum(True in kinds for kinds in tree.kinds.values()))
        return [*check_screen(pdf, len(pdf.pages), 0), *notes.findings()]


def _check_document(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """The title is known and shown, the language has the form of one (ISO 14289-1, 7.1 and 7.2)."""
    metadata = pdf.Root.Metadata.read_bytes() if '/Metadata' in pdf.Root else b''
    viewer: Any = pdf.Root.get('/ViewerPreferences', {})
    if not viewer.get('/DisplayDocTitle', False) or not re.search(rb'<dc:title>(\s|<[^>]*>)*[^\s<]', metadata):
        notes.add('scherm-titel')
    _check_language(pdf.Root, 0, notes)


def _check_language(owner: Any, page: int, notes: Notes) -> None:
    if '/Lang' in owner and not _LANGUAGE.fullmatch(str(owner['/Lang'])):
        notes.add('scherm-taal', page, label=str(owner['/Lang'])[:30])


def _read_tree(root: Any, numbered: dict[Owner, int], notes: Notes) -> Tree:
    """Return what the tree holds; figures have a text, headings follow each other (ISO 14289-1, 7.3 and 7.4.2)."""
    tree, level, seen = Tree(), 0, set()
    roles: Any = root.get('/RoleMap', {}) if root is not None else {}
    pending: list[tuple[Any, Owner, bool]] = [(root, (0, 0), False)] if root is not None else []
    while pending:
        element, page, aside = pending.pop()
        if not isinstance(element, pikepdf.Dictionary):
            tree.order.setdefault(page, []).append(int(element))
            tree.aside |= {(page, int(element))} if aside else set()
            continue
        if element.is_indirect and element.objgen in seen:
            continue
        seen.add(element.objgen)
        page = element['/Pg'].objgen if '/Pg' in element else page
        number, kind = numbered.get(page, 0), str(element.get('/S', '/'))
        kind = str(roles.get(kind, kind))[1:]
        _check_language(element, number, notes)
        if kind == 'Figure' and not str(element.get('/Alt', element.get('/ActualText', ''))).strip():
            notes.add('scherm-alt', number)
        if re.fullmatch('H[1-9]', kind):
            if int(kind[1]) > level + 1:
                notes.add('scherm-koppen', number, found=kind, before=f'H{level}' if level else '-')
            level = int(kind[1])
        kids = _kids(element)
        tree.spans |= {(page, mcid): meant for mcid, meant in _inline(kids)}
        aside = aside or kind in ('Note', 'Figure')
        pending += [(kid, page, aside) for kid in reversed(kids)]
    return tree


def _kids(element: Any) -> list[Any]:
    """Return the children of an element; marked content, in its three forms, is an id (ISO 32000-1, 14.7.4.2)."""
    if element.get('/Type') == '/MCR':
        return [] if '/Stm' in element else [element.MCID]
    kids = element.get('/K', ())
    return list(kids) if isinstance(kids, pikepdf.Array | tuple) else [kids]


def _inline(kids: list[Any]) -> Iterator[tuple[int, bool]]:
    """Yield the text of every inline element among children: its id, and whether it has /E; not of its further lines.

    A Span without /E is a mere line of text where all text of its parent stands in such Spans, unless it holds a Span itself.
    """
    further, mixed = False, any(isinstance(kid, int) for kid in kids)
    for kid in kids:
        span = isinstance(kid, pikepdf.Dictionary) and kid.get('/S') == '/Span'
        inner, meant = _kids(kid) if span else [], span and '/E' in kid
        nested = bool(inner) and isinstance(inner[0], pikepdf.Dictionary)
        text = _kids(inner[0]) if nested and len(inner) == 1 else inner if meant or mixed else []
        bare = not meant and (nested or bool(text))
        if len(text) == 1 and isinstance(text[0], int) and not (further and bare):
            yield text[0], meant
        further = bare


def _rgb(colour: Colour) -> Rgb | None:
    """Return what a colour looks like on a screen, near enough for its contrast; None when that can't be said."""
    values = colour.values
    if colour.space in ('DeviceRGB', 'CalRGB', 'ICCBased3') and len(values) == 3:
        return values
    if colour.space in ('DeviceGray', 'CalGray', 'ICCBased1') and len(values) == 1:
        return values * 3
    if colour.space in ('DeviceCMYK', 'ICCBased4') and len(values) == 4:
        return tuple((1 - ink) * (1 - values[3]) for ink in values[:3])
    return None


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def light(colour: Rgb) -> float:
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


class _PageReader:
    """Reads a page as a screen reader and an eye do: knows what was painted on it so far, and where each text stands."""

    def __init__(self, page: Any, number: int, tree: Tree, notes: Notes) -> None:
        self.page, self.number, self.tree, self.notes = page, number, tree, notes
        self.marks: list[int | bool] = []  # of marked content: its id, whether it is an artifact
        self.painted: list[tuple[Box, Rgb | None]] = []
        self.texts: dict[int, Box] = {}
        self.characters: dict[int, tuple[Any, ...]] = {}
        self.pale: list[tuple[Box, tuple[int, ...], float, float]] = []
        self.straight = True

    def read(self, walker: Walker) -> None:
        """Note what is wrong on the page."""
        owned = set(self.tree.order.get(self.page.objgen, ()))
        for step in walker.walk(self.page, self.page.get('/Resources', pikepdf.Dictionary())):
            if step.operator in ('BDC', 'BMC'):
                self.marks.append(self._mark(step))
            elif step.operator == 'EMC' and self.marks:
                self.marks.pop()
            elif step.operator in ('c', 'v', 'y', 'l'):
                self.straight = False
            elif step.paints not in ('', 'form') and step.box is not None:
                self.notes.box = step.box
                inner = [mark for mark in self.marks if not isinstance(mark, bool)]
                if not any(mark is True or mark in owned or walker.inside for mark in self.marks if mark is not False):
                    self.notes.add('scherm-los', self.number)
                self._paint(step, step.box, inner[-1] if inner else None)
            self.notes.box = ()
            self.straight = self.straight or step.operator in ('f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'n')
        self._check_order()
        repeated = Counter(codes for _box, codes, *_numbers in self.pale)
        for box, codes, found, least in self.pale:
            self.notes.box = box
            if len({*codes}) > 2 or repeated[codes] < _LEADER:
                self.notes.add('scherm-contrast', self.number, found=found, least=least)
        self.notes.box = ()
        for mcid, characters in self.characters.items():
            meant = self.tree.spans.get((self.page.objgen, mcid))
            if meant is not None:
                self.tree.kinds.setdefault(characters, set()).add(meant)

    def _mark(self, step: Step) -> int | bool:
        values = step.operands[-1]
        if step.operator == 'BDC' and isinstance(values, pikepdf.Name):
            values = step.resources.get('/Properties', {}).get(str(values), {})
        if step.operator == 'BDC' and '/MCID' in values:
            return int(values['/MCID'])
        return bool(step.operands[0] == '/Artifact')

    def _paint(self, step: Step, box: Box, mcid: int | None) -> None:
        if step.paints != 'text':
            # By the even-odd rule a border is painted round what it leaves.
            known = step.paints in ('fill', 'both') and self.straight and not step.operator.endswith('*')
            colour = _rgb(step.state.fill) if known else None
            if step.paints != 'stroke':
                self.painted.append((box, None if step.state.is_transparent else colour))
            return
        if mcid is not None:
            old = self.texts.get(mcid, box)
            self.texts[mcid] = min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3])
            self.characters[mcid] = (
                *self.characters.get(mcid, (step.state.face and step.state.face.name,)),
                step.codes,
            )
        colour, ground = _rgb(step.state.fill), self._ground(box)
        if colour is None or ground is None or step.state.is_transparent or step.state.render in (3, 7):
            return
        bold = step.state.face is not None and 'Bold' in step.state.face.name
        large = step.size_pt >= (_BOLD_PT if bold else _LARGE_PT) - 0.01
        found, least = contrast(colour, ground), _LARGE_CONTRAST if large else _CONTRAST
        if found < least:
            self.pale.append((box, step.codes, int(found * 100) / 100, least))

    def _ground(self, box: Box) -> Rgb | None:
        """Return the colour of what was last painted below the middle of a box; None when that can't be said."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        below = (rgb for area, rgb in reversed(self.painted) if area[0] <= x <= area[2] and area[1] <= y <= area[3])
        return next(below, WHITE)

    def _check_order(self) -> None:
        """What is read next stands lower or beside; a leap upwards in the same column is strange."""
        before: Box | None = None
        for mcid in self.tree.order.get(self.page.objgen, ()):
            box = self.texts.get(mcid)
            if box is None or (self.page.objgen, mcid) in self.tree.aside:
                continue
            if before and box[1] > before[3] + _SLACK_PT and box[0] < before[2] and before[0] < box[2]:
                self.notes.box = box
                self.notes.add('scherm-volgorde', self.number)
            before = box
