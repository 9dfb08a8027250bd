"""Lays one part out with WeasyPrint: HTML in, fragment out. Reads nothing but files in the folders of the style."""

import gc
import io
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

import pikepdf

from dossier.resources import shipped

# Before WeasyPrint is loaded: a page must not depend on the fonts of a machine, so fontconfig knows only ours.
os.environ['FONTCONFIG_FILE'] = str(shipped('styles') / 'fonts' / 'fonts.conf')

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from dossier.i18n import _
from dossier.layout.fit import TALL_PAGE, count_surplus
from dossier.layout.footnotes import steady_footnotes
from dossier.layout.slots import find_slots, mark_artifacts
from dossier.layout.style import ROUND_URL, STYLE_URL, Style
from dossier.layout.tags import Marks, add_id_tree, repaired_tags
from dossier.parts import Fragment, Heading, Part, Slot

NUMBER_FONT = 'Dossier-Nummers'
_LOGGER = logging.getLogger('weasyprint')


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads files of the round and of the style, and refuses everything else: a build never touches the network."""

    def __init__(self, style: Style) -> None:
        super().__init__(allowed_protocols=('file', 'data'))
        self.style = style
        self.reads: dict[str, str] = {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith('data:'):
            return super().fetch(url, headers)
        path = self.style.find(unquote(url))
        if path is None:
            raise URLFetchingError(_('not a file of the round or of the style'))
        content = path.read_bytes()
        self.reads[unquote(url)] = sha256(content).hexdigest()
        return URLFetcherResponse(url, content, {'Content-Type': 'text/css'} if path.suffix == '.css' else {})


class _Log(logging.Handler):
    """Keeps what WeasyPrint says while it is listened to."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelname, record.getMessage()))


@contextmanager
def listen() -> Iterator[list[tuple[str, str]]]:
    """Give the lines, level and message, that WeasyPrint logs meanwhile; nothing is printed."""
    log = _Log()
    propagate, _LOGGER.propagate = _LOGGER.propagate, False
    _LOGGER.addHandler(log)
    try:
        yield log.lines
    finally:
        _LOGGER.propagate = propagate
        _LOGGER.removeHandler(log)


@dataclass(frozen=True)
class _Loaded:
    """A style ready for use, and what was wrong with its sheets: level, message, file."""

    fonts: FontConfiguration
    sheets: list[CSS]
    log: list[tuple[str, str, str]]


@lru_cache(2)
def load_style(style: Style, state: str) -> _Loaded:
    """Return fonts and parsed stylesheets; once a worker and once for each state of the style's files."""
    loaded = _Loaded(FontConfiguration(), [], [])
    fetcher = Fetcher(style)
    for path in style.sheets:
        text = path.read_text(encoding='utf-8')
        with listen() as lines:
            sheet = CSS(string=text, base_url=STYLE_URL, font_config=loaded.fonts, url_fetcher=fetcher)
        loaded.sheets.append(sheet)
        loaded.log.extend((*line, f'styles/{path.name}') for line in lines)
    return loaded


def warm(style: Style, state: str) -> None:
    """Load what every part needs; from then on the collector stays off between parts (6 s of 32 on a book of 240 pages)."""
    load_style(style, state)
    gc.freeze()
    gc.disable()


def lay_out_part(part: Part, style: Style, state: str = '') -> Fragment:
    """Return the part laid out: an uncompressed tagged PDF with its slots, headings, uses of abbreviations and log."""
    gc.collect(0)  # the document before is out of use only by now, and nobody waits for its end
    loaded, fetcher = load_style(style, state), Fetcher(style)
    target = io.BytesIO()
    with listen() as lines, repaired_tags(part.name) as marks, steady_footnotes():
        html = HTML(string=part.html, base_url=ROUND_URL, url_fetcher=fetcher)
        document = html.render(stylesheets=loaded.sheets, font_config=loaded.fonts, pdf_tags=True)

        def finish(_document: Any, pdf: Any) -> None:
            add_id_tree(pdf, marks)

        document.write_pdf(target, finisher=finish, pdf_tags=True, uncompressed_pdf=True)
        surplus = {}
        if 'data-vak="' in part.html:
            sheets = [*loaded.sheets, CSS(string=TALL_PAGE)]
            surplus = count_surplus(html.render(stylesheets=sheets, font_config=loaded.fonts))
    log = (*loaded.log, *((*line, part.file) for line in lines))
    fragment = _finish(part, target.getvalue(), marks, tuple(_headings(document)), log)
    return replace(fragment, anchors=_anchors(document), reads=fetcher.reads, surplus=surplus)


def _anchors(document: Any) -> dict[str, tuple[int, float]]:
    """Return where the entries of the afkortingenlijst stand: page, and height in points."""
    return {
        name.removeprefix('afk-'): (number, (page.height - y) * 0.75)
        for number, page in enumerate(document.pages)
        for name, (_left, y, *_right_bottom) in page.anchors.items()
        if name.startswith('afk-')
    }


def _headings(document: Any) -> list[Heading]:
    found: list[Heading] = []

    def walk(nodes: Any, level: int) -> None:
        for title, (page, _x, y), children, _state in nodes:
            found.append(Heading(level, title, page, document.pages[page].height * 0.75 - y * 0.75))
            walk(children, level + 1)

    walk(document.make_bookmark_tree(), 1)
    return found


def _finish(
    part: Part, content: bytes, marks: Marks, headings: tuple[Heading, ...], log: tuple[tuple[str, str, str], ...]
) -> Fragment:
    """Return the fragment: margin boxes and leaders made artifacts, and the slots found."""
    slots: list[Slot] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            stream = mark_artifacts(number, page.Contents.read_bytes(), marks)
            fonts: pikepdf.Object = page.Resources.get('/Font', pikepdf.Dictionary())
            number_fonts = {name[1:] for name, font in fonts.items() if NUMBER_FONT in str(font.BaseFont)}
            slots += find_slots(number, stream, number_fonts, marks)
            page.Contents = pdf.make_stream(stream)
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, mcid in marks.artifacts:
            parents[2 * number + 1][mcid] = None
        output = io.BytesIO()
        pdf.save(output, compress_streams=False, static_id=True)
        pages = len(pdf.pages)
    uses = {form: tuple(sorted(pages)) for form, pages in sorted(marks.uses.items())}
    return Fragment(part.name, output.getvalue(), pages, tuple(slots), headings, uses, marks.defined, log=log)
