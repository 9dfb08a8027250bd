"""Writes the page numbers into their places, and gives them a font that holds all ten digits."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from dossier.parts import Slot

BLANK = 11  # the glyph after .notdef and ten digits, see styles/fonts/make_nummers.py


def write_numbers(stream: bytes, slots: Sequence[Slot], numbers: Sequence[int]) -> bytes:
    """Return a page's content with the number of each slot in its place; a number wider than its place is a bug."""
    for slot, number in zip(slots, numbers, strict=True):
        text = str(number)
        if len(text) > slot.digits:
            raise AssertionError(f'{text} does not fit in {slot.digits} digits')
        blanks = [BLANK] * (slot.digits - len(text))
        digits = [1 + int(digit) for digit in text]
        glyphs = [*digits, *blanks] if slot.fill == 'right' else [*blanks, *digits]
        # As long as the old operator, so that the offsets of the other slots stay true.
        new = b'<' + b''.join(b'%04x' % glyph for glyph in glyphs) + b'>'
        stream = stream[: slot.at] + new.ljust(slot.length) + stream[slot.at + slot.length :]
    return stream


def make_number_font(pdf: pikepdf.Pdf, path: Path) -> pikepdf.Object:
    """Return a composite font (ISO 32000-1, 9.7) with the whole of a Dossier Nummers font, its digits readable as digits."""
    content = path.read_bytes()
    font = TTFont(io.BytesIO(content))
    scale = 1000 / font['head'].unitsPerEm
    glyphs = font.getGlyphOrder()
    name = Name('/' + font['name'].getDebugName(6))
    program = pdf.make_stream(content)
    program.Length1 = len(content)
    head, hhea = font['head'], font['hhea']
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            ItalicAngle=0,
            StemV=80,
            FontFile2=program,
            FontBBox=[round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)],
            Ascent=round(hhea.ascent * scale),
            Descent=round(hhea.descent * scale),
            CapHeight=round(font['OS/2'].sCapHeight * scale),
        )
    )
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDToGIDMap=Name.Identity,
            FontDescriptor=descriptor,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String('Adobe'), Ordering=pikepdf.String('Identity'), Supplement=0
            ),
            W=Array([0, Array([round(font['hmtx'][glyph][0] * scale) for glyph in glyphs])]),
        )
    )
    codes = ''.join(f'<{glyph:04x}> <{ord(char):04x}>\n' for glyph, char in enumerate('0123456789 ', start=1))
    cmap = (
        '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Dossier-Nummers def\n/CMapType 2 def\n'
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n'
        f'1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n11 beginbfchar\n{codes}endbfchar\nendcmap\n'
        'CMapName currentdict /CMap defineresource pop\nend\nend\n'
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name('/Identity-H'),
            DescendantFonts=Array([descendant]),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )
