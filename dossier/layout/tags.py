"""What WeasyPrint's tag tree lacks, added while it is built: /E, Lang, Note, Scope; and what margin boxes and leaders drew.

WeasyPrint 70 forgets which element a tag came from once the tree is built, so its recursive function is wrapped. That function
and the names `element`, `element_tag` of its boxes are private; tests/test_weasyprint_private.py holds them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from unittest.mock import patch

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

Fill = Literal['exact', 'left', 'right']

_HOLDS_CONTENT = {'/P', *(f'/H{level}' for level in range(1, 7)), '/Span', '/Note', '/Lbl', '/LBody', '/TH', '/TD'}


@dataclass
class Marks:
    """What was seen while the tags were built, by page (counted from 0) and marked-content id."""

    artifacts: dict[tuple[int, int], str] = field(default_factory=dict)  # of margin boxes and leaders: their type
    numbers: dict[tuple[int, int], tuple[str, Fill]] = field(default_factory=dict)
    uses: dict[str, set[int]] = field(default_factory=dict)
    defined: dict[str, int] = field(default_factory=dict)  # page on which a form is first written out
    notes: dict[str, str] = field(default_factory=dict)  # ID to reference
    cells: list[Any] = field(default_factory=list)
    elements: set[int] = field(default_factory=set)  # object numbers of those that stand for a box


@contextmanager
def repaired_tags(name: str) -> Iterator[Marks]:
    """Give what the tag tree of the part of this name leaves behind, while WeasyPrint builds it."""
    marks = Marks()
    original = tags._build_box_tree

    def build(box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, content: Any) -> Iterator[Any]:
        elements = original(box, parent, pdf, page, nums, annotations, content)
        elements = (_fold(element, pdf, nums, marks) for element in _repair(elements, box, page, name, marks))
        artifact = 'Pagination' if isinstance(box, boxes.MarginBox) else 'Layout' if box.is_leader else ''
        if not artifact and not _data(box, 'naar'):
            yield from elements
            return
        before = {kid['mcid'] for kid in content.values()}
        if box.is_leader:
            list(elements)  # dots between a title and its number, which nobody should read out
        else:
            yield from elements
        seen = {(page, mcid) for mcid in before - {kid['mcid'] for kid in content.values()}}
        if artifact:
            marks.artifacts |= dict.fromkeys(seen, artifact)
        else:
            fill: Fill = 'left' if 'rechts' in box.element.get('class', '') else 'exact'
            marks.numbers |= dict.fromkeys(seen, (_data(box, 'naar'), fill))

    with patch.object(tags, '_build_box_tree', build):
        yield marks


def _data(box: Any, name: str) -> str:
    element = getattr(box, 'element', None)
    return element.get(f'data-{name}', '') if element is not None else ''


def _fold(element: Any, pdf: Any, nums: Any, marks: Marks) -> Any:
    """Return the element with its lines of text as its own content: a Span a line says nothing, and was half of all objects.

    Elements that only group others hold no content themselves (ISO 32000-1, 14.8.4.2), so there the Spans stay. A reference
    to an annotation needs no object of its own either.
    """
    marks.elements.add(element.number)
    kids = []
    for kid in element['K']:
        found = pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else None
        if found is None:
            kids.append(kid)
        elif found.get('Type') == '/OBJR':
            found.free = 'f'
            kids.append(found)
        elif found['S'] in ('/Span', '/NonStruct') and not found['K']:  # around the dots of a leader
            found.free = 'f'
        elif element['S'] in _HOLDS_CONTENT and found['S'] == '/Span' and found.number not in marks.elements:
            found.free = 'f'
            kids += found['K']
            nums.update(dict.fromkeys(found['K'], element.reference))
        else:
            kids.append(kid)
    element['K'] = pydyf.Array(kids)
    element.pop('Type', None)  # optional, as is the page of what holds no content itself (ISO 32000-1, table 323)
    if not any(isinstance(kid, int) for kid in kids):
        element.pop('Pg', None)
    return element


def _repair(elements: Iterator[Any], box: Any, page: int, name: str, marks: Marks) -> Iterator[Any]:
    """Yield the structure elements of a box, completed from the HTML element that it came from."""
    for short in filter(None, _data(box, 'afk').split('|')):
        marks.uses.setdefault(short, set()).add(page)
        if box.element.get('data-eerste') is not None:
            marks.defined.setdefault(short, page)
    for element in elements:
        html, tag = getattr(box, 'element', None), element['S']
        if html is not None and isinstance(box, boxes.Box) and getattr(box, 'element_tag', '') == html.tag:
            if html.tag == 'abbr' and html.get('title'):
                element['S'] = '/Span'
                element['E'] = pydyf.String(html.get('title'))  # ISO 32000-1, 14.9.5
            if html.get('lang') and html.tag != 'html':
                element['Lang'] = pydyf.String(html.get('lang'))  # ISO 32000-1, 14.9.2
            if 'voetnoot' in (html.get('class') or '').split() and tag == '/Span':
                key = f'{name}-{len(marks.notes) + 1:03}'
                element['S'], element['ID'] = '/Note', pydyf.String(key)  # ISO 14289-1, 7.9
                marks.notes[key] = element.reference
        if tag in ('/TH', '/TD'):
            marks.cells.append(element)
            if tag == '/TH' and html is not None:
                element['A']['Scope'] = '/Row' if html.get('scope') == 'row' else '/Column'  # ISO 32000-1, table 349
        elif tag == '/Table':
            # Scope says it all in a regular table; WeasyPrint's IDs are not unique over the parts of a book.
            for cell in marks.cells:
                cell.pop('ID', None)
                cell['A'].pop('Headers', None)
                if cell['A'].keys() == {'O'}:
                    del cell['A']
            marks.cells.clear()
        yield element


def add_id_tree(pdf: Any, marks: Marks) -> None:
    """Add the tree that finds the notes by their ID (ISO 32000-1, table 322)."""
    if marks.notes:
        root = pdf.objects[int(pdf.catalog['StructTreeRoot'].split()[0])]
        names = [item for key, reference in sorted(marks.notes.items()) for item in (pydyf.String(key), reference)]
        root['IDTree'] = pydyf.Dictionary({'Names': pydyf.Array(names)})
