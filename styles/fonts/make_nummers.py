"""Makes the Dossier Nummers fonts: ten tabular digits and a blank of the same width, at private code points.

The pages of a part are laid out before their numbers are known; a number is set in one of these fonts as a placeholder, and
`dossier.assemble.numerals` writes the digits in its place. Glyph 1 + n is the digit n, glyph 11 the blank. The code points are
private (U+E000 and on), so no text of an author can ever be set in this font by chance.
Run again when a Source font changes:  python styles/fonts/make_nummers.py
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FIRST_CODE = 0xE000
FACES = [
    ('SourceSerif4-Regular', 'Serif', 'Regular'),
    ('SourceSerif4-Semibold', 'Serif', 'Semibold'),
    ('SourceSans3-Regular', 'Sans', 'Regular'),
    ('SourceSans3-Semibold', 'Sans', 'Semibold'),
]


def make_font(source: str, style: str, weight: str) -> None:
    """Write `DossierNummers<style>-<weight>.ttf` with the digits of `source` (default figures: lining, tabular)."""
    font = TTFont(HERE / f'{source}.ttf')
    cmap, glyph_set = font.getBestCmap(), font.getGlyphSet()
    digits = [cmap[ord(str(n))] for n in range(10)]
    width = font['hmtx'][digits[0]][0]
    assert all(font['hmtx'][name][0] == width for name in digits)
    glyphs, metrics = {}, {}
    for n, name in enumerate(digits):
        outline = DecomposingRecordingPen(glyph_set)
        glyph_set[name].draw(outline)
        pen = TTGlyphPen(None)
        outline.replay(pen)
        glyphs[f'd{n}'] = pen.glyph()
        metrics[f'd{n}'] = (width, font['hmtx'][name][1])
    empty = TTGlyphPen(None).glyph()
    order = ['.notdef', *glyphs, 'blank']
    glyphs |= {'.notdef': empty, 'blank': empty}
    metrics |= {'.notdef': (width, 0), 'blank': (width, 0)}
    builder = FontBuilder(font['head'].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({FIRST_CODE + n: name for n, name in enumerate(order[1:])})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    hhea, os2 = font['hhea'], font['OS/2']
    # The line metrics of the source, so that a number never moves the line it stands in.
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent, lineGap=hhea.lineGap)
    builder.setupOS2(
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        sTypoLineGap=os2.sTypoLineGap,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        usWeightClass=os2.usWeightClass,
        sxHeight=os2.sxHeight,
        sCapHeight=os2.sCapHeight,
        fsType=0,
    )
    family = f'Dossier Nummers {style}'
    builder.setupNameTable(
        {
            'copyright': font['name'].getDebugName(0),
            'familyName': f'{family} {weight}'.removesuffix(' Regular'),
            'styleName': 'Regular',
            'fullName': f'{family} {weight}',
            'psName': f'DossierNummers{style}-{weight}',
            'licenseDescription': 'SIL Open Font License, Version 1.1',
        }
    )
    builder.setupPost()
    builder.font['head'].created = builder.font['head'].modified = 3_786_825_600  # a fixed moment in 2024
    builder.font.recalcTimestamp = False
    builder.save(HERE / f'DossierNummers{style}-{weight}.ttf')


if __name__ == '__main__':
    for face in FACES:
        make_font(*face)
