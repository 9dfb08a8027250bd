"""What doesn't fit: boxes of a fixed size and their laid out pages in, the number of lines too many out.

CSS lets text run out of such a box, over what stands below or, in columns, beside it. With `data-vak` a box says that it may not.
"""

from typing import Any

from weasyprint.formatting_structure import boxes

# WeasyPrint cuts a box at its place off at the end of the page; what was cut can't be counted, so it is measured without that end.
TALL_PAGE = '@page { size: 500mm 5000mm !important }'
_ROOM_PX = 0.5


def count_surplus(document: Any) -> dict[str, int]:
    """Return, by its name, how many lines of a box stand below its end or past its side."""
    surplus: dict[str, int] = {}
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            attributes = box.element if box.element is not None and isinstance(box, boxes.BlockLevelBox) else {}
            if (name := attributes.get('data-vak')) and name not in surplus:
                surplus[name] = sum(_is_outside(line, box) for line in box.descendants(placeholders=True))
    return {name: lines for name, lines in surplus.items() if lines}


def _is_outside(line: Any, box: Any) -> bool:
    below = line.position_y + (line.height or 0) > box.content_box_y() + box.height + _ROOM_PX
    beside = line.position_x > box.content_box_x() + box.width
    return isinstance(line, boxes.LineBox) and (below or beside)
