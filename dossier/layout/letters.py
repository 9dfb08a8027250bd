"""Lays letters out by the hundred: what they share once, their personal pieces together on one tall sheet; out comes one PDF.

A piece is a block of its own, so it may be laid out elsewhere, provided that its hole in the letter has its width and its height.
For each letter that differs in height from those before, that is tried: the whole letter is laid out as well, and where one word
stands elsewhere, or looks different, all letters like it are laid out whole. So are those whose own text stands outside a piece.
"""

import gc
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure.boxes import TextBox

from dossier.layout.style import ROUND_URL, Style
from dossier.layout.weasy import Fetcher, listen, load_style
from dossier.pieces import Letter, LetterBatch

_LEAST = 3  # so many letters must share their text before taking them apart pays
_HOLE = CSS(string='[data-stuk] { display: flow-root; }')
# The sheet: as high as it must be, its pieces below each other in the width of their hole, each with a mark in the stream.
_SHEET = CSS(
    string="""
@page { size: 210mm 100000mm !important; margin: 0 !important; }
body, .stuk { display: block !important; position: static !important; float: none !important; transform: none !important;
  margin: 0 !important; border: 0 !important; padding: 0 !important; height: auto !important; min-height: 0 !important;
  max-height: none !important; max-width: none !important; break-before: auto !important; break-after: auto !important; }
[data-stuk] { transform: translate(0); }
"""
)
_MARK = b'1 0 0 1 0 0 cm'
_LOOKS = ('font_size', 'font_family', 'font_weight', 'font_style', 'color', 'text_decoration_line')


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Where a piece comes: its sheet and its number there, the page of the letter, how far to move it in CSS pixels."""

    sheet: Document
    piece: int
    page: int
    dx: float
    dy: float


@dataclass
class _Batch:
    """What has been laid out so far; a letter is a document, or a document of holes with the stamps that fill them."""

    style: Style
    state: str
    log: list[tuple[str, str]]
    letters: dict[int, tuple[Document, list[_Stamp]]] = field(default_factory=dict)

    def lay_out(self, html: str, *extra: CSS) -> Document:
        """Return the document of this HTML."""
        loaded = load_style(self.style, self.state)
        page = HTML(string=html, base_url=ROUND_URL, url_fetcher=Fetcher(self.style))
        return page.render(stylesheets=[*loaded.sheets, _HOLE, *extra], font_config=loaded.fonts)

    def recall(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """Return what was made before under this key in this process; else make it, and keep it when nothing was said."""
        whole = (self.style, self.state, *key)
        if whole not in _kept:
            said, made = len(self.log), make()
            if len(self.log) > said:
                return made
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            _kept[whole] = made
        return _kept[whole]


# What the batches of one worker share: the widths of holes, and documents with holes that passed their trial.
_kept: dict[tuple[Any, ...], Any] = {}
_MOST_KEPT = 64


def lay_out_letters(letters: Sequence[Letter], style: Style, state: str = '') -> LetterBatch:
    """Return the letters laid out, in their order; `state` stands for the files of the style."""
    with listen() as lines:
        batch = _Batch(style, state, lines)
        groups: dict[tuple[Any, Any], list[int]] = {}
        for n, letter in enumerate(letters):
            groups.setdefault((letter.shared, letter.classes), []).append(n)
        for numbers in groups.values():
            linked = any('href=' in content for n in numbers for content in letters[n].contents)
            if letters[numbers[0]].classes and len(numbers) >= _LEAST and not linked:
                _stamp_group(batch, {n: letters[n] for n in numbers})
            for n in numbers:
                if n not in batch.letters:
                    batch.letters[n] = (batch.lay_out(letters[n].html), [])
        content, pages = _put_together(batch)
    stamped = sum(bool(stamps) for _document, stamps in batch.letters.values())
    gc.collect(0)
    return LetterBatch(content, pages, tuple((*line, 'templates/post') for line in lines), stamped)


def _stamp_group(batch: _Batch, letters: dict[int, Letter]) -> None:
    """Put together the letters that have the same text around their pieces, as far as the trial says that it can be done."""
    sample = next(iter(letters.values()))
    same = (sample.shared, sample.classes)
    widths = batch.recall(same, lambda: _find_widths(batch, sample))
    if len(widths) != len(sample.classes):
        return
    # In the order of the strips, and so of the stream.
    wanted = sorted({key for letter in letters.values() for key in _keys(letter, widths)})
    sheet = batch.lay_out(_sheet_html(sample, wanted), _SHEET)
    pieces = _find_holes(sheet)
    if len(sheet.pages) != 1 or len(pieces) != len(wanted):
        return
    places = {key: n for n, key in enumerate(wanted)}
    for n, letter in letters.items():
        mine = [places[key] for key in _keys(letter, widths)]
        heights = tuple(round(pieces[piece][1].height, 4) for piece in mine)
        boxes = [pieces[piece][1] for piece in mine]
        found = batch.recall((*same, heights), lambda: _try(batch, letter, heights, boxes))  # noqa: B023  # called at once
        if found:
            document, holes = found
            stamps = [_Stamp(sheet, piece, *_offset(holes[hole], pieces[piece][1])) for hole, piece in enumerate(mine)]
            batch.letters[n] = (document, stamps)


def _find_widths(batch: _Batch, sample: Letter) -> list[float]:
    """Return the widths of the pieces of a letter; fewer than there are pieces where one is broken over pages."""
    return [box.width for _page, box in _find_holes(batch.lay_out(sample.html)).values()]


def _keys(letter: Letter, widths: Sequence[float]) -> Iterator[tuple[str, float, str]]:
    return zip(letter.classes, widths, letter.contents, strict=True)


def _sheet_html(sample: Letter, wanted: Sequence[tuple[str, float, str]]) -> str:
    """Return the sheet: the head of the letter, and its pieces in strips of the same class and width."""
    start, _tag, rest = sample.html.partition('<body')
    strips = groupby(enumerate(wanted), lambda item: item[1][:2])
    filled = (
        f'<div class="stuk {name}" style="width:{width:.6f}px">'
        + ''.join(f'<div data-stuk="{n}">{content}</div>' for n, (_name, _width, content) in strip)
        + '</div>'
        for (name, width), strip in strips
    )
    return f'{start}<body{rest.partition(">")[0]}>{"".join(filled)}</body></html>'


def _try(batch: _Batch, letter: Letter, heights: tuple[float, ...], pieces: Sequence[Any]) -> Any:
    """Return the document with holes for pieces of these heights, and the holes; None when a word would not stand right."""
    document = batch.lay_out(letter.with_holes(heights))
    holes = _find_holes(document)
    if len(holes) != len(pieces):
        return None
    together = _words(document)
    for n, piece in enumerate(pieces):
        page, dx, dy = _offset(holes[n], piece)
        together += [(page, text, x + dx, y + dy, looks) for text, x, y, looks in _words_of(piece)]
    return (document, holes) if _sorted(together) == _sorted(_words(batch.lay_out(letter.html))) else None


def _find_holes(document: Document) -> dict[int, tuple[int, Any]]:
    """Return the boxes of the pieces by number, each with its page; a piece that is broken over pages is left out."""
    found: dict[int, list[tuple[int, Any]]] = {}
    for number, page in enumerate(document.pages):
        seen = set()
        for box in page._page_box.descendants(placeholders=True):
            name = box.element.get('data-stuk') if box.element is not None else None
            if name is not None and name not in seen:  # its anonymous boxes come after it
                seen.add(name)
                found.setdefault(int(name), []).append((number, box))
    return {n: boxes[0] for n, boxes in sorted(found.items()) if len(boxes) == 1}


def _offset(hole: tuple[int, Any], piece: Any) -> tuple[int, float, float]:
    page, there = hole
    return page, there.position_x - piece.position_x, there.position_y - piece.position_y


def _words(document: Document) -> list[tuple[Any, ...]]:
    return [(n, *word) for n, page in enumerate(document.pages) for word in _words_of(page._page_box)]


def _words_of(box: Any) -> Iterator[tuple[str, float, float, str]]:
    for inner in box.descendants(placeholders=True):
        if isinstance(inner, TextBox):
            looks = repr([inner.style[key] for key in _LOOKS])
            yield inner.text, inner.position_x, inner.position_y + inner.baseline, looks


def _sorted(words: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    # A hundredth of a pixel: the holes are given with six decimals.
    return sorted((page, round(y, 2), round(x, 2), text, looks) for page, text, x, y, looks in words)


def _put_together(batch: _Batch) -> tuple[bytes, tuple[int, ...]]:
    """Return the PDF of the letters of a batch, and how many pages each has; one set of fonts serves them all."""
    letters = [batch.letters[n] for n in sorted(batch.letters)]
    sheets = dict.fromkeys(stamp.sheet for _document, stamps in letters for stamp in stamps)
    pages: list[Any] = []
    firsts: dict[Document, int] = {}
    for document in dict.fromkeys((*sheets, *(document for document, _stamps in letters))):
        firsts[document] = len(pages)
        pages += document.pages
    target = io.BytesIO()
    letters[0][0].copy(pages).write_pdf(target, uncompressed_pdf=True)
    with pikepdf.open(target) as pdf:
        laid_out = [*pdf.pages]
        streams = {sheet: _split_stream(laid_out[firsts[sheet]].Contents.read_bytes()) for sheet in sheets}
        # Nobody may ever get the piece of another.
        assert all(len(streams[sheet]) == len(_find_holes(sheet)) for sheet in sheets)
        shared: dict[tuple[int, int], Any] = {}
        for document, stamps in letters:
            for index in range(len(document.pages)):
                number = firsts[document] + index
                page, mine = laid_out[number], [stamp for stamp in stamps if stamp.page == index]
                if mine:
                    key = number, firsts[mine[0].sheet]
                    shared[key] = shared.get(key) or _share(pdf, page, laid_out[key[1]])
                    pieces = [(streams[stamp.sheet][stamp.piece], stamp) for stamp in mine]
                    page = _stamp(pdf, shared[key], page, pieces)
                pdf.pages.append(page)
        del pdf.pages[: len(pages)]
        output = io.BytesIO()
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
    return output.getvalue(), tuple(len(document.pages) for document, _stamps in letters)


def _share(pdf: pikepdf.Pdf, page: pikepdf.Page, sheet: pikepdf.Page) -> Any:
    """Return the resources of a stamped page: those of the sheet, and the page with its holes as a form XObject (/Brief)."""
    form = pdf.make_stream(page.Contents.read_bytes())
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, page.MediaBox, page.Resources
    resources = Dictionary(dict(sheet.Resources.items()))
    resources.XObject = Dictionary({**dict(sheet.Resources.get('/XObject', {}).items()), '/Brief': form})
    return pdf.make_indirect(resources)


def _stamp(pdf: pikepdf.Pdf, resources: Any, page: pikepdf.Page, pieces: list[tuple[bytes, _Stamp]]) -> pikepdf.Page:
    """Return a page with its pieces stamped: CSS pixels from the top left (ISO 32000-1, 8.3.4)."""
    height = float(page.MediaBox[3])
    placed = b''.join(b'q\n1 0 0 1 %.6f %.6f cm\n%s\nQ\n' % (stamp.dx, stamp.dy, ops) for ops, stamp in pieces)
    content = b'/Brief Do\nq\n.75 0 0 -.75 0 %.6f cm\n%sQ\n' % (height, placed)
    copy = Dictionary(dict(page.obj.items()))
    copy.Contents, copy.Resources = pdf.make_stream(content), resources
    if '/Annots' in copy:
        copy.Annots = pikepdf.Array([pdf.make_indirect(Dictionary(dict(link.items()))) for link in copy.Annots])
    return pikepdf.Page(pdf.make_indirect(copy))


def _split_stream(content: bytes) -> list[bytes]:
    """Return the streams of the pieces on a sheet, in their order: each stands between q and Q and begins with the mark."""
    found: list[bytes] = []
    lines, depth, start, inside = content.split(b'\n'), 0, 0, 0
    for n, line in enumerate(lines):
        if line == b'q':
            depth += 1
        elif line == b'Q':
            depth -= 1
            if inside and depth < inside:
                found.append(b'\n'.join(lines[start:n]))
                inside = 0
        elif line == _MARK and not inside:
            start, inside = n + 1, depth
    return found
