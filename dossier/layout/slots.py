"""Finds the places of the page numbers in the content stream of a page, and makes artifacts of what margin boxes and leaders drew.

WeasyPrint writes one operator a line, text as `[<0002>0<0003>] TJ` with glyph numbers of four hex digits.
"""

import re
from collections.abc import Collection, Iterator

from dossier.layout.tags import Fill, Marks
from dossier.parts import Slot

_OPERATOR = re.compile(
    rb'^/(?P<font>\S+) [\d.]+ Tf$|^\[(?P<text>[^\]]*)\] TJ$|(?P<begin>/\S+\s+<</MCID (?P<mcid>\d+)>>\s+BDC)$|^(?P<state>q|Q|EMC)$',
    re.MULTILINE,
)
_GLYPHS = re.compile(rb'<((?:[0-9a-f]{4})*)>')
_ARTIFACT = b'/Artifact <</Type /%s>> BDC'  # ISO 32000-1, 14.8.2.2


def find_slots(page: int, stream: bytes, number_fonts: Collection[str], marks: Marks) -> Iterator[Slot]:
    """Yield the slots of a page in the order of its content; places are offsets in the stream."""
    fonts: list[str] = ['']
    mcid = -1
    for match in _OPERATOR.finditer(stream):
        if match['font']:
            fonts[-1] = match['font'].decode()
        elif match['mcid']:
            mcid = int(match['mcid'])
        elif match['state'] == b'q':
            fonts.append(fonts[-1])
        elif match['state'] == b'Q':
            fonts.pop()
        elif match['state'] == b'EMC':
            mcid = -1
        elif match['text'] is not None and fonts[-1] in number_fonts:
            digits = sum(len(run[1]) for run in _GLYPHS.finditer(match['text'])) // 4
            outside: Fill = 'left' if page % 2 == 0 else 'right'  # a folio stands at the outer edge
            target, fill = marks.numbers.get((page, mcid), (None, outside))
            yield Slot(page, match.start('text'), len(match['text']), digits, target, fill)


def mark_artifacts(page: int, stream: bytes, marks: Marks) -> bytes:
    """Return the stream with the marked content of margin boxes and leaders as artifacts."""

    def replace(match: re.Match[bytes]) -> bytes:
        kind = marks.artifacts.get((page, int(match['mcid'] or -1)))
        return _ARTIFACT % kind.encode() if kind else match[0]

    return _OPERATOR.sub(replace, stream)
