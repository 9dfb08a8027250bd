"""Lays a part out for looking at: no tags, and each page a small PDF of its own.

Tags and finishing take a third of the time of `lay_out_part`, and pages after the one that somebody looks at half of the rest:
`draw_pages` leaves out both.
"""

import gc
import io
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any
from unittest.mock import patch
from xml.etree.ElementTree import Comment

import pikepdf
from weasyprint import HTML, layout

from dossier.layout.footnotes import steady_footnotes
from dossier.layout.slots import find_slots
from dossier.layout.style import ROUND_URL, Style
from dossier.layout.tags import Marks
from dossier.layout.weasy import NUMBER_FONT, Fetcher, listen, load_style
from dossier.parts import Draft, Fragment, Mark, Part, Sheet, Slot
from dossier.resources import shipped

_GLYPH = re.compile(rb'[0-9a-f]{4}')  # kerning, between them, is 0
_PX_TO_PT = 0.75


def draw_part(
    part: Part, style: Style, state: str, names: Sequence[str], wanted: Collection[int] | None = None
) -> Draft:
    """Return the part laid out, with all of its pages; or with those that are wanted, and nothing laid out after them.

    Without tags nothing in a PDF says whose number a placeholder is for. So its digits do: each is the place of a part in `names`,
    and 0 is the page itself.
    """
    loaded, fetcher = load_style(style, state), Fetcher(style)
    with listen() as lines, steady_footnotes(), _ending_at(max(wanted) if wanted else None):
        html = HTML(string=part.html, base_url=ROUND_URL, url_fetcher=fetcher)
        _note_sources(html.etree_element)
        document = html.render(stylesheets=loaded.sheets, font_config=loaded.fonts)
        sheets = {
            number: _draw(document, number, names)
            for number in range(len(document.pages))
            if not wanted or number in wanted
        }
    uses, defined = _read_uses(document)
    log = (*loaded.log, *((*line, part.file) for line in lines))
    fragment = Fragment(part.name, b'', len(document.pages), uses=uses, defined=defined, log=log, reads=fetcher.reads)
    if not wanted:  # somebody waits for those; dossier.preview collects afterwards
        del document
        gc.collect(1)  # the collector is off in a worker, and a document is full of cycles
    return Draft(fragment, sheets)


@contextmanager
def _ending_at(last: int | None) -> Iterator[None]:
    """Lay out no page after this one. Private to WeasyPrint; tests/preview/test_draft.py shows that the pages are the same."""
    make_all_pages = layout.make_all_pages

    def make_pages(context: Any, *arguments: Any) -> Iterator[Any]:
        for number, page in enumerate(make_all_pages(context, *arguments)):
            yield page
            if number == last:
                context.page_maker[-1][-1]['content_changed'] = False  # else it begins again, to make what is missing
                return

    with patch.object(layout, 'make_all_pages', make_pages):
        yield


def _draw(document: Any, number: int, names: Sequence[str]) -> Sheet:
    page = document.pages[number]
    with pikepdf.open(io.BytesIO(document.copy([page]).write_pdf(uncompressed_pdf=True))) as pdf:
        only = pdf.pages[0]
        only.CropBox = only.TrimBox  # on a screen there is nothing to cut off
        fonts = only.Resources.get('/Font', pikepdf.Dictionary())
        number_fonts = {name: font for name, font in fonts.items() if NUMBER_FONT in str(font.BaseFont)}
        for font in number_fonts.values():
            _complete_font(pdf, font)
        stream = only.Contents.read_bytes()
        output = io.BytesIO()
        pdf.save(output, compress_streams=False, static_id=True)
    content = output.getvalue()
    slots = find_slots(number, stream, {name[1:] for name in number_fonts}, Marks())
    named = tuple(_name_slot(slot, stream, names, content.find(stream)) for slot in slots)
    size_pt = (page.width * _PX_TO_PT, page.height * _PX_TO_PT)
    return Sheet(content, sha256(content).hexdigest()[:16], named, size_pt, tuple(_read_marks(page)))


def _complete_font(pdf: pikepdf.Pdf, font: pikepdf.Object) -> None:
    """Give a number font all of its digits; WeasyPrint embeds only those of the placeholders."""
    family = 'Serif' if 'Serif' in str(font.BaseFont) else 'Sans'
    weight = 'Semibold' if 'Bold' in str(font.BaseFont) else 'Regular'
    path = shipped('styles') / 'fonts' / f'DossierNummers{family}-{weight}.ttf'
    descendant = font.DescendantFonts[0]
    descendant.W = pikepdf.Array([0, pikepdf.Array([descendant.W[1][0]] * 12)])  # all as wide as each other
    descendant.FontDescriptor.FontFile2 = pdf.make_stream(path.read_bytes())


def _name_slot(slot: Slot, stream: bytes, names: Sequence[str], start: int) -> Slot:
    """Return a slot with its place in the bytes of the PDF, and the part that its digits name."""
    glyphs = _GLYPH.findall(stream[slot.at : slot.at + slot.length])
    code = int(''.join(str(int(glyph, 16) - 1) for glyph in glyphs))
    target = names[code] if code else None
    return replace(slot, at=start + slot.at, target=target, fill='left' if target else slot.fill)


def _note_sources(root: Any) -> None:
    """Give the element around each comment of dossier.compose.render the place that it names."""
    for element in root.iter():
        for child in element:
            if child.tag is Comment and (child.text or '').startswith('bron '):
                element.set('data-bron', child.text.removeprefix('bron '))


def _read_marks(page: Any) -> Iterator[Mark]:
    """Yield where lines of the writer begin on a page, in the order of the text."""
    seen: set[Any] = set()
    left_pt: float | None = None
    for box in page._page_box.descendants():
        element = getattr(box, 'element', None)
        # The lines of a paragraph have its element too.
        if element is not None and element not in seen and (source := element.get('data-bron')):
            seen.add(element)
            x_pt, y_pt = box.border_box_x() * _PX_TO_PT, box.border_box_y() * _PX_TO_PT
            inline = element.tag == 'span' and left_pt is not None
            left_pt = left_pt if inline else x_pt
            yield Mark(left_pt or 0, x_pt, y_pt, box.margin_height() * _PX_TO_PT if inline else 0, source)


def _read_uses(document: Any) -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    """Return on which pages each abbreviation stands, and on which it is first written out."""
    uses: dict[str, set[int]] = {}
    defined: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            element = getattr(box, 'element', None)
            if element is None:
                continue
            for short in filter(None, (element.get('data-afk') or '').split('|')):
                uses.setdefault(short, set()).add(number)
                if element.get('data-eerste') is not None:
                    defined.setdefault(short, number)
    return {short: tuple(sorted(pages)) for short, pages in uses.items()}, defined
