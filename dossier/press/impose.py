"""Imposes: the pages of any PDF in, sheets for a duplex office printer out; folded and stapled they are a booklet.

The back of a sheet is upright when it is turned over its short edge.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name, Rectangle

from dossier.press.binding import PT_PER_MM

SHEETS_MM = {'A3': (420.0, 297.0), 'SRA3': (450.0, 320.0), 'A4': (297.0, 210.0)}
STAPLED_SHEETS = 20  # what an office stapler takes

Side = tuple[int, int]  # page numbers on the left and on the right, 0 for a blank


@dataclass(frozen=True)
class Sheet:
    """A sheet: its two sides, and how many sheets of its signature lie around it when folded."""

    front: Side
    back: Side
    depth: int = 0


@dataclass(frozen=True)
class Imposition:
    """How to impose: the sheet, two pages side by side or a booklet, sheets a signature (0: all in one), creep, marks."""

    sheet: str = 'A3'
    booklet: bool = True
    signature: int = 0
    caliper_mm: float = 0.1
    marks: bool = False


def plan_booklet(pages: int, signature: int = 0) -> list[Sheet]:
    """Return the sheets of a booklet of so many pages, signature after signature, the outer sheet of each first."""
    total = -(-pages // 4)
    each = signature or total
    sheets = []
    for first in range(0, total, each):
        count = min(each, total - first)
        low, high = 4 * first, 4 * (first + count)
        for n in range(count):
            front, back = (high - 2 * n, low + 1 + 2 * n), (low + 2 + 2 * n, high - 1 - 2 * n)
            sheets.append(Sheet(_blanks(front, pages), _blanks(back, pages), n))
    return sheets


def plan_pairs(pages: int) -> list[Sheet]:
    """Return sheets with two pages side by side in reading order."""
    return [Sheet(_blanks((n, n + 1), pages), _blanks((n + 2, n + 3), pages)) for n in range(1, pages + 1, 4)]


def even_signatures(pages: int) -> int:
    """Return how many sheets a signature has when a booklet is divided evenly over as many as a stapler needs."""
    sheets = -(-pages // 4)
    parts = -(-sheets // STAPLED_SHEETS) or 1
    return -(-sheets // parts)


def _blanks(side: Side, pages: int) -> Side:
    left, right = side
    return left if left <= pages else 0, right if right <= pages else 0


def impose_file(path: Path, how: Imposition) -> bytes:
    """Return the imposed pages of a file; pikepdf's errors when it can't be read."""
    with pikepdf.open(path) as pdf:
        return impose(pdf, range(len(pdf.pages)), how)


def impose(pdf: pikepdf.Pdf, order: Sequence[int | None], how: Imposition) -> bytes:
    """Return the imposed PDF of pages, given as indices in reading order, None for a blank."""
    width, height = (value * PT_PER_MM for value in SHEETS_MM[how.sheet])
    target = pikepdf.new()
    plan = plan_booklet(len(order), how.signature) if how.booklet else plan_pairs(len(order))
    for sheet in plan:
        shift = sheet.depth * how.caliper_mm * PT_PER_MM if how.booklet else 0.0
        for side in (sheet.front, sheet.back):
            target.add_blank_page(page_size=(width, height))
            page = target.pages[-1]
            for half, number in enumerate(side):
                index = order[number - 1] if number else None
                if index is not None:
                    # The inner sheets stick out, so what stands on them moves to the spine.
                    left = half * width / 2 + (shift if half == 0 else -shift)
                    _place(page, pdf.pages[index], target, Rectangle(left, 0, left + width / 2, height))
            if how.marks and how.booklet and side is sheet.front:
                page.contents_add(_marks(width, height, sheet.depth == 0))
    output = io.BytesIO()
    target.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _place(page: pikepdf.Page, source: pikepdf.Page, target: pikepdf.Pdf, where: Rectangle) -> None:
    """Draw a page, as far as its trim box, as large as fits in a rectangle. `add_overlay` does so under a random name."""
    form = target.copy_foreign(source.as_form_xobject())
    name = page.add_resource(form, Name.XObject, Name(f'/P{len(page.resources.get("/XObject", ()))}'))
    placed = page.calc_form_xobject_placement(
        form, name, where, invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    page.contents_add(placed)


def _marks(width: float, height: float, outer: bool) -> bytes:
    """Return where to fold, at the edges; and on the outer sheet where the staples come."""
    middle = width / 2
    lines = [(0, 12), (height - 12, height)]
    if outer:
        lines += [(height * at - 17, height * at + 17) for at in (0.25, 0.75)]
    drawn = ''.join(f'{middle:.2f} {low:.2f} m {middle:.2f} {high:.2f} l S\n' for low, high in lines)
    return f'q 0.5 G 0.25 w\n{drawn}Q\n'.encode()
