"""The same parts as one HTML document for plain WeasyPrint, with `target-counter` for the page numbers: the yardstick.

python -m tests.bench.onepiece PROJECT OUTPUT.pdf
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from dossier.compose import Composer, Entry
from dossier.layout.footnotes import steady_footnotes
from dossier.layout.style import ROUND_URL, STYLE_URL, Style, find_style
from dossier.layout.weasy import Fetcher
from dossier.number import Numbering
from dossier.parts import PLACEHOLDER, Part
from dossier.pipeline import check_edition

_BODY = re.compile(r'<body class="(?P<style>[^"]*)"(?P<more>[^>]*)>(?P<content>.*)</body>', re.DOTALL)
_OWN_CSS = """
body { margin: 0 }
.deel { break-before: right; counter-reset: footnote }
.deel:first-child { break-before: avoid }
a.nr::after { content: target-counter(attr(href), page) }
"""


def join_parts(parts: Sequence[Part], numbering: Numbering | None) -> str:
    """Return one document with all parts, references turned into links inside it; numbers by CSS, or as they are known."""

    def number(match: re.Match[str]) -> str:
        if not numbering:
            return f'<a class="{match[1]}" href="#{match[2]}"></a>'
        digits = ''.join(chr(PLACEHOLDER + int(digit)) for digit in str(numbering.first[match[2]]))
        return f'<span class="{match[1]}">{digits.rjust(len(match[3]), chr(PLACEHOLDER + 10))}</span>'

    bodies = []
    for part in parts:
        body = _BODY.search(part.html)
        assert body, part.name
        content = re.sub(r' id="[^"]*"', '', body['content'])
        bodies.append(f'<div class="deel {body["style"]}" id="{part.name}"{body["more"]}>{content}</div>')
    html = ''.join(bodies)
    html = re.sub(r' href="dossier:#\d+"', '', html)
    html = re.sub(r' href="dossier:([^"]*)"', r' href="#\1"', html)
    html = re.sub(r'<span class="(nr[^"]*)" data-naar="([^"]*)">([^<]*)</span>', number, html)
    return f'<!DOCTYPE html><html lang="nl"><head><title>Dossier</title></head><body>{html}</body></html>'


def one_piece_sheets(style: Style) -> list[str]:
    """Return the text of the stylesheets of the book, with the page's own number from a counter."""
    texts = []
    for path in style.sheets:
        text = re.sub(r'"(?:\\E000)+"', 'counter(page)', path.read_text(encoding='utf-8'))
        texts.append(re.sub(r'(^|\})\s*body\s*\{', r'\1 .deel {', text))
    return [*texts, _OWN_CSS]


def one_piece_css(style: Style, fonts: FontConfiguration) -> list[CSS]:
    """Return those stylesheets as WeasyPrint reads them."""
    return [
        CSS(string=text, base_url=STYLE_URL, url_fetcher=Fetcher(style), font_config=fonts)
        for text in one_piece_sheets(style)
    ]


def write_one_piece(parts: Sequence[Part], style: Style, target: Path, numbering: Numbering | None = None) -> None:
    """Write the parts as one tagged PDF."""
    html = HTML(string=join_parts(parts, numbering), base_url=ROUND_URL, url_fetcher=Fetcher(style))
    fonts = FontConfiguration()
    with steady_footnotes():
        html.write_pdf(
            target, stylesheets=one_piece_css(style, fonts), font_config=fonts, pdf_tags=True, pdf_variant='pdf/ua-1'
        )


def compose_all(project: Path) -> tuple[list[Part], Style]:
    """Return every part of the newest round as it is composed, without laying out: the list has no pages yet."""
    marked = check_edition(project, None)
    composer = Composer(marked, project)
    composer.digits = dict.fromkeys(composer.names, 2)
    entries = [Entry(entry) for entry in marked.used()]
    parts = [
        composer.compose_list(entries) if name == 'afkortingen' else composer.compose(name) for name in composer.names
    ]
    return parts, find_style(project, marked.dossier.ronde.ronde)


if __name__ == '__main__':
    write_one_piece(*compose_all(Path(sys.argv[1])), Path(sys.argv[2]))
