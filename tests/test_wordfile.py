"""Word files, real ones: what becomes of their text, and what happens with those of somebody who means harm."""
# ruff: noqa: E501  # Word XML has long lines

import io
import random
import zipfile

import pytest

from dossier.cli import main
from dossier.errors import DataError
from dossier.wordfile import read_word
from tests.conftest import DOSSIERS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
PNG = (DOSSIERS / 'volledig/data/2027/beeld/dijk.png').read_bytes()
TYPES = f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
 <Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/></Types>"""
STYLES = f"""<w:styles {W}>{
    ''.join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (
            ('Kop1', 'heading 1'),
            ('Kop2', 'heading 2'),
            ('Kop4', 'heading 4'),
            ('Kreet', 'Kreet IPO'),
            ('Lijst', 'List Paragraph'),
        )
    )
}</w:styles>"""
NUMBERING = f"""<w:numbering {W}>{
    ''.join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        for n, kind in ((1, 'bullet'), (2, 'decimal'))
    )
}
 <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""
NOTES = f'<w:footnotes {W}><w:footnote w:id="1"><w:p><w:r><w:t>Een noot.</w:t></w:r></w:p></w:footnote></w:footnotes>'


def para(text, style='', extra=''):
    inner = text if text.startswith('<') else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f'<w:p><w:pPr>{f"<w:pStyle w:val={chr(34)}{style}{chr(34)}/>" if style else ""}{extra}</w:pPr>{inner}</w:p>'


def item(text, number, level=0):
    return para(text, 'Lijst', f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def picture(link='r:embed="rIdP"'):
    blip = f'<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" {link}/>'
    drawing = 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'
    pic = f'<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>{blip}</pic:blipFill></pic:pic>'
    graphic = f'<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>{pic}</a:graphicData></a:graphic>'
    inline = f'<wp:inline xmlns:wp="{drawing}"><wp:docPr id="1" name="x" descr="Een dijk"/>{graphic}</wp:inline>'
    return para(f'<w:r><w:drawing>{inline}</w:drawing></w:r>')


def docx(body, target='https://voorbeeld.example', more=(), image='image.png'):
    relations = ''.join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{to}"{mode}/>'
        for key, kind, to, mode in (
            ('rIdS', 'styles', 'styles.xml', ''), ('rIdN', 'numbering', 'numbering.xml', ''), ('rIdF', 'footnotes', 'footnotes.xml', ''),
            ('rIdP', 'image', f'media/{image}', ''), ('rIdX', 'image', 'file:///etc/x.png', ' TargetMode="External"'),
            ('rIdL', 'hyperlink', target, ' TargetMode="External"'),
        )
    )  # fmt: skip
    output = io.BytesIO()
    with zipfile.ZipFile(output, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('[Content_Types].xml', TYPES)
        root = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr('_rels/.rels', f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>')
        archive.writestr(
            'word/_rels/document.xml.rels',
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        )
        archive.writestr('word/document.xml', f'<w:document {W} {R}><w:body>{body}</w:body></w:document>')
        for name, content in (('styles', STYLES), ('numbering', NUMBERING), ('footnotes', NOTES)):
            archive.writestr(f'word/{name}.xml', content)
        archive.writestr(f'word/media/{image}', PNG)
        for name, content in more:
            archive.writestr(name, content)
    return output.getvalue()


def read(body, **more):
    return read_word(docx(body, **more), 'stuk.docx', 'water')


def codes(word):
    return [found.code for found in word.findings]


CELL = '<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
TABLE = (
    '<w:tbl>'
    + ''.join(f'<w:tr>{CELL.format(a)}{CELL.format(b)}</w:tr>' for a, b in (('Wat', 'Wie'), ('dijk', 'PS | GS')))
    + '</w:tbl>'
)
LINK = '<w:hyperlink r:id="rIdL"><w:r><w:t>de site</w:t></w:r></w:hyperlink>'
NOTE = '<w:r><w:t>Zin.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
BOLD = '<w:r><w:rPr><w:b/></w:rPr><w:t>vet</w:t></w:r><w:r><w:t xml:space="preserve"> en </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>schuin</w:t></w:r>'
CHANGED = '<w:r><w:t xml:space="preserve">Het is </w:t></w:r><w:ins w:id="1" w:author="A"><w:r><w:t>nieuw</w:t></w:r></w:ins><w:del w:id="2" w:author="A"><w:r><w:delText>oud</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    ('body', 'blocks'),
    [
        (para('Kop', 'Kop1') + para('Wat', 'Kop2') + para('Diep', 'Kop4') + para('Een zin.'), ['## Wat', '### Diep', 'Een zin.']),
        (item('een', 1) + item('diep', 1, 1) + item('twee', 1), ['- een\n  - diep\n- twee']),
        (item('een', 2) + item('twee', 2), ['1. een\n2. twee']),
        (TABLE, ['| Wat | Wie |\n| --- | --- |\n| dijk | PS \\| GS |']),
        (para(NOTE), ['Zin.[^1]', '[^1]: Een noot.']),
        (para(BOLD), ['**vet** en *schuin*']),
        (para(LINK), ['[de site](https://voorbeeld.example)']),
        (picture(), ['![Een dijk](beeld/water-1.png)']),
        (para('# geen kop'), ['\\# geen kop']),
        (para('1. geen lijst'), ['1\\. geen lijst']),
        (para('- geen punt'), ['\\- geen punt']),
        (para('a*b_c [[x]] &lt;b&gt; `d`'), ['a\\*b\\_c \\[\\[x\\]\\] \\<b\\> \\`d\\`']),
    ],
)  # fmt: skip
def test_what_word_has_becomes_markdown(body, blocks):
    word = read(body)
    assert (word.blocks, codes(word)) == (blocks, [])


def test_tracked_changes_are_accepted_and_told():
    word = read(para(CHANGED))
    assert (word.blocks, codes(word)) == (['Het is nieuw'], ['word-wijzigingen'])


def test_an_odd_style_is_told_by_its_name():
    word = read(para('Een kreet', 'Kreet'))
    assert (word.blocks, codes(word)) == (['Een kreet'], ['word-stijl'])
    assert '"Kreet IPO"' in word.findings[0].message


@pytest.mark.parametrize(
    ('word', 'code'),
    [
        (lambda: read(para('Tekst'), more=[('word/vbaProject.bin', b'x')]), 'word-macro'),
        (lambda: read(para('Tekst') + picture('r:link="rIdX"')), 'word-beeld'),
        (lambda: read(para('Tekst') + picture(), image='image.emf'), 'word-beeld'),
        (lambda: read(para(LINK), target='file:///etc/hostname'), 'word-link'),
        (lambda: read(TABLE.replace('<w:tc>', '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', 1)), 'word-tabel'),
    ],
)
def test_what_is_left_out_is_told(word, code):
    made = word()
    assert codes(made) == [code]
    assert 'file:' not in made.theme
    assert made.pictures == {}


@pytest.mark.parametrize(
    ('content', 'code'),
    [
        (b'geen zip', 'word-onleesbaar'),
        (docx(para('x'))[:-300], 'word-onleesbaar'),
        (docx(para('x'), more=[('../../weg.xml', b'x')]), 'word-onleesbaar'),
        (docx(para('x'), more=[('/etc/x', b'x')]), 'word-onleesbaar'),
        (docx(para('x'), more=[('word/bom.xml', b' ' * 20_000_001)]), 'word-te-groot'),
        (docx('<w:p>' * 5000 + '</w:p>' * 5000), 'word-onleesbaar'),
        (docx(para('x'), more=[(f'x{n}', b'') for n in range(2000)]), 'word-te-groot'),
    ],
    ids=['no zip', 'cut off', 'path up', 'path of the disk', 'bomb', 'deep', 'many'],
)  # fmt: skip
def test_a_hostile_file_ends_in_its_message(content, code):
    with pytest.raises(DataError) as error:
        read_word(content, 'stuk.docx', 'water')
    assert [found.code for found in error.value.findings] == [code]


def test_a_damaged_file_never_ends_in_a_traceback():
    good, chance = docx(para('Kop', 'Kop1') + TABLE + para(NOTE) + picture()), random.Random(1)
    for _n in range(60):
        broken = bytearray(good)
        for _m in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_word(bytes(broken), 'stuk.docx', 'water')
        except DataError as error:
            assert error.findings[0].code.startswith('word-')


def command(project, capsys, *arguments, code=0):
    with pytest.raises(SystemExit) as ended:
        main(['--project', str(project.path), *arguments])
    assert (ended.value.code or 0) == code
    return capsys.readouterr()


def test_a_word_file_becomes_a_theme_that_can_be_read(project, capsys):
    body = (
        para('Schoon "water"', 'Kop1') + para('Water is schaars.') + para('Wat speelt er?', 'Kop2') + TABLE + picture()
    )
    project.write('stuk.docx', docx(body))
    out = command(project, capsys, 'import', str(project.path / 'stuk.docx'), '--theme', 'bodem').out
    assert 'data/2027/themas/02-bodem.md' in out
    theme = project.read().themas['bodem']
    assert (str(theme.titel), str(theme.samenvatting)) == ('Schoon "water"', 'Water is schaars.')
    assert (project.path / 'data/2027/beeld/bodem-1.png').read_bytes() == PNG


@pytest.mark.parametrize(('slug', 'code'), [('water', 4), ('Geen Naam', 4), ('../x', 4)])
def test_a_name_that_is_taken_or_no_name_is_refused(project, capsys, slug, code):
    project.write('stuk.docx', docx(para('x')))
    before = sorted(project.path.rglob('*'))
    command(project, capsys, 'import', str(project.path / 'stuk.docx'), '--theme', slug, code=code)
    assert sorted(project.path.rglob('*')) == before


def test_a_file_that_is_not_there_is_told(project, capsys):
    assert 'weg.docx' in command(project, capsys, 'import', 'weg.docx', '--theme', 'x', code=3).err
