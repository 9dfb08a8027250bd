"""Report of a preflight: findings in, one HTML page out, with a picture of every page that has one and its places marked."""

import base64
import io
from html import escape
from pathlib import Path

from PIL import ImageDraw

from dossier.errors import Finding, Severity
from dossier.i18n import _, current_language
from dossier.press.bounded import run_bounded

_WIDE = 420  # pixels
_MOST = 40  # pages
_RED = '#b00020'
Spots = dict[int, list[tuple[int, tuple[float, ...]]]]  # by page: the number of the finding, and where on the page
_STYLE = (
    'body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1f2a2c;background:#fff}'
    'h1,h2{line-height:1.2;color:#0b5563}li{margin:.4rem 0}li.fout::marker,li.fout b{color:#b00020}code{color:#4a5658}'
    '.paginas{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:1.5rem}figure{margin:0}'
    'figcaption{margin:0 0 .3rem}img{width:100%;border:1px solid #b9c7ca}a{color:#0b5563}'
)


def make_report(path: Path, findings: list[Finding]) -> str:
    """Return the page, which holds all that it shows, in the language of the messages."""
    spots: Spots = {}
    for number, found in enumerate(findings, start=1):
        for page, box in found.spots:
            spots.setdefault(page, []).append((number, box))
    drawn = run_bounded(_draw_pages, path, {page: spots[page] for page in sorted(spots)[:_MOST]})
    pictures = {} if isinstance(drawn, Finding) else drawn
    title = escape(_('Preflight of {file}', file=path.name))
    names = {Severity.ERROR: _('error'), Severity.WARNING: _('warning'), Severity.TIP: _('tip')}
    items = [
        f'<li id="melding-{n}" class="{found.severity}"><b>{names[found.severity]}</b> {escape(str(found))} '
        f'<code>{found.code}</code></li>\n'
        for n, found in enumerate(findings, start=1)
    ]
    figures = [_figure(page, spots[page], picture) for page, picture in pictures.items()]
    safe = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n'
        f'<html lang="{current_language()}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{safe}">'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main><h1>{title}</h1>\n'
        + (f'<ol>{"".join(items)}</ol>\n' if items else f'<p>{_("Fit.")}</p>\n')
        + (f'<h2>{_("Pages")}</h2>\n<div class="paginas">{"".join(figures)}</div>\n' if figures else '')
        + '</main></body></html>'
    )


def _figure(page: int, spots: list[tuple[int, tuple[float, ...]]], picture: bytes) -> str:
    numbers = sorted({number for number, _box in spots})
    links = ', '.join(f'<a href="#melding-{n}">{n}</a>' for n in numbers)
    alt = _('Page {page}; marked is where finding {numbers} stands', page=page, numbers=', '.join(map(str, numbers)))
    data = base64.b64encode(picture).decode()
    caption = _('Page {page}: finding {numbers}', page=page, numbers=links)
    return f'<figure><figcaption>{caption}</figcaption><img src="data:image/png;base64,{data}" alt="{escape(alt)}"></figure>'


def _draw_pages(path: Path, spots: Spots) -> dict[int, bytes]:
    """Return a picture of each page as PNG, with a numbered frame around each place that is known."""
    from pypdfium2 import PdfDocument  # slow to load

    document, pictures = PdfDocument(path), {}
    for page in (number for number in spots if number <= len(document)):
        sheet = document[page - 1]
        left, _low, _right, top = sheet.get_cropbox()
        scale = _WIDE / max(
            sheet.get_width(), sheet.get_height() / 2
        )  # a strip of paper is no reason for a huge picture
        image = sheet.render(scale=scale).to_pil().convert('RGB')
        pen = ImageDraw.Draw(image)
        marked = [(number, box) for number, box in spots[page] if box and sheet.get_rotation() == 0]
        for number, box in marked:
            low = (box[0] - left) * scale - 3, (top - box[3]) * scale - 3
            high = (box[2] - left) * scale + 3, (top - box[1]) * scale + 3
            pen.rectangle((*low, *high), outline=_RED, width=2)
            pen.text((max(3, low[0] - 6), max(2, low[1] - 10)), str(number), _RED, stroke_width=2, stroke_fill='white')
        stream = io.BytesIO()
        image.quantize(64).save(stream, 'PNG', optimize=True)
        pictures[page] = stream.getvalue()
    return pictures
