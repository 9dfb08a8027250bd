"""Lays a part out for looking at: no tags, each page a small PDF of its own, and the pages on the screen before the others.

Tagging and finishing take a third of the time of `lay_out_part`, drawing ten pages a fifth. So all are laid out, the few that
somebody looks at are drawn and handed over, and the rest follows. Runs in a worker, that keeps its last part at hand.
"""

import gc
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Comment

import pikepdf
from weasyprint import HTML

from dossier.layout.footnotes import steady_footnotes
from dossier.layout.slots import find_slots
from dossier.layout.style import ROUND_URL, Style
from dossier.layout.tags import Marks
from dossier.layout.weasy import NUMBER_FONT, Fetcher, listen, load_style
from dossier.parts import Draft, Fragment, Mark, Part, Sheet, Slot
from dossier.resources import shipped

_GLYPH = re.compile(rb'[0-9a-f]{4}')  # kerning, between them, is 0
_PX_TO_PT = 0.75

_last: dict[str, Any] = {}  # the document of this worker's last part, for `draw_rest`


def draw_part(
    part: Part, style: Style, state: str, names: Sequence[str], wanted: Collection[int] | None = None
) -> Draft:
    """Return the part laid out, with the wanted pages drawn (by default all).

    Without tags nothing in a PDF says whose number a placeholder is for. So its digits do: each is the place of a part in `names`,
    and 0 is the page itself.
    """
    loaded, fetcher = load_style(style, state), Fetcher(style)
    with listen() as lines, steady_footnotes():
        html = HTML(string=part.html, base_url=ROUND_URL, url_fetcher=fetcher)
        _note_sources(html.etree_element)
        document = html.render(stylesheets=loaded.sheets, font_config=loaded.fonts)
        marks, uses, defined = _read_boxes(document)
        pages = range(len(document.pages))
        _last.clear()
        _last.update(
            document=document,
            marks=marks,
            names=names,
            rest=[n for n in pages if wanted is not None and n not in wanted],
        )
        sheets = dict(_draw([n for n in pages if n not in _last['rest']]))
    log = (*loaded.log, *((*line, part.file) for line in lines))
    found = {form: tuple(sorted(numbers)) for form, numbers in uses.items()}
    fragment = Fragment(part.name, b'', len(pages), uses=found, defined=defined, log=log, reads=fetcher.reads)
    return Draft(fragment, sheets if wanted is not None else sheets | draw_rest())


def draw_rest() -> dict[int, Sheet]:
    """Return the pages of the last part that were not drawn yet."""
    with listen():
        sheets = dict(_draw(_last.get('rest', [])))
    _last.clear()
    gc.collect(1)  # the collector is off in a worker, and a document is full of cycles
    return sheets


def _draw(pages: Collection[int]) -> Iterator[tuple[int, Sheet]]:
    for number in pages:
        page = _last['document'].pages[number]
        with pikepdf.open(io.BytesIO(_last['document'].copy([page]).write_pdf(uncompressed_pdf=True))) as pdf:
            number_fonts = {name[1:] for name, font in _fonts(pdf) if NUMBER_FONT in str(font.BaseFont)}
            for name in number_fonts:
                _complete_font(pdf, pdf.pages[0].Resources.Font[f'/{name}'])
            stream = pdf.pages[0].Contents.read_bytes()
            output = io.BytesIO()
            pdf.save(output, compress_streams=False, static_id=True)
        content = output.getvalue()
        slots = tuple(_read_slots(number, stream, number_fonts, content.find(stream)))
        size_pt, marks = (page.width * _PX_TO_PT, page.height * _PX_TO_PT), tuple(_last['marks'][number])
        yield number, Sheet(content, sha256(content).hexdigest()[:16], slots, size_pt, marks)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    yield from pdf.pages[0].Resources.get('/Font', pikepdf.Dictionary()).items()


def _complete_font(pdf: pikepdf.Pdf, font: pikepdf.Object) -> None:
    """Give a number font all of its digits; WeasyPrint embeds only those of the placeholders."""
    family = 'Serif' if 'Serif' in str(font.BaseFont) else 'Sans'
    weight = 'Semibold' if 'Bold' in str(font.BaseFont) else 'Regular'
    path = shipped('styles') / 'fonts' / f'DossierNummers{family}-{weight}.ttf'
    descendant = font.DescendantFonts[0]
    descendant.W = pikepdf.Array([0, pikepdf.Array([descendant.W[1][0]] * 12)])  # all as wide as each other
    descendant.FontDescriptor.FontFile2 = pdf.make_stream(path.read_bytes())


def _read_slots(page: int, stream: bytes, number_fonts: Collection[str], start: int) -> Iterator[Slot]:
    """Yield the slots of a page by their place in the bytes of its PDF; the digits of each say which part it is of."""
    for slot in find_slots(page, stream, number_fonts, Marks()):
        glyphs = _GLYPH.findall(stream[slot.at : slot.at + slot.length])
        code = int(''.join(str(int(glyph, 16) - 1) for glyph in glyphs))
        target = _last['names'][code] if code else None
        yield replace(slot, at=start + slot.at, target=target, fill='left' if target else slot.fill)


def _note_sources(root: Any) -> None:
    """Give the element around each comment of dossier.render the place that it names."""
    for element in root.iter():
        for child in element:
            if child.tag is Comment and (child.text or '').startswith('bron '):
                element.set('data-bron', child.text.removeprefix('bron '))


def _read_boxes(document: Any) -> tuple[list[list[Mark]], dict[str, set[int]], dict[str, int]]:
    """Return the marks of every page, and on which pages an abbreviation stands and is first written out."""
    marks: list[list[Mark]] = []
    uses: dict[str, set[int]] = {}
    defined: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        marks.append([])
        seen: set[Any] = set()
        for box in page._page_box.descendants():
            element = getattr(box, 'element', None)
            if element is None or element in seen:  # the lines of a paragraph have its element too
                continue
            seen.add(element)
            if place := element.get('data-bron'):
                x_pt, y_pt = box.position_x * _PX_TO_PT, box.position_y * _PX_TO_PT
                inline = element.tag == 'span' and marks[-1]
                left_pt = marks[-1][-1].left_pt if inline else x_pt
                marks[-1].append(Mark(left_pt, x_pt, y_pt, box.margin_height() * _PX_TO_PT if inline else 0, place))
            for short in filter(None, (element.get('data-afk') or '').split('|')):
                uses.setdefault(short, set()).add(number)
                if element.get('data-eerste') is not None:
                    defined.setdefault(short, number)
    return marks, uses, defined
