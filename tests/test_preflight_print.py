"""Preflight of a print file: for every code a file that must be rejected, and one just inside the limit that must pass."""

from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, String
from PIL import Image

from dossier.errors import Severity
from dossier.messages import MESSAGES
from dossier.messages.press import CHECKS
from dossier.parts import Metadata
from dossier.press import page_checks
from dossier.press.preflight_print import judge_file
from dossier.press.printfile import MAKE, About, _identify
from dossier.resources import shipped

MM = 72 / 25.4
SIZE, BLEED = 300.0, 3 * MM
PROFILE = (shipped('styles') / 'profielen' / 'FOGRA39L_coated.icc').read_bytes()
FONT = (shipped('styles') / 'fonts' / 'DossierNummersSans-Regular.ttf').read_bytes()
RGB = (shipped('styles') / 'profielen' / 'sRGB2014.icc').read_bytes()


def base(pages=2):
    """Return a PDF/X-4 file of square pages with nothing on them."""
    pdf = pikepdf.new()
    for _page in range(pages):
        page = pdf.add_blank_page(page_size=(SIZE + 2 * BLEED, SIZE + 2 * BLEED)).obj
        page.BleedBox = page.MediaBox
        page.TrimBox = Array([round(value, 4) for value in (BLEED, BLEED, SIZE + BLEED, SIZE + BLEED)])
        page.Contents = pdf.make_stream(b' ')
        page.Resources = Dictionary(Font=Dictionary(F=font(pdf)))
    metadata = Metadata('Proef', 'Voorbeeldvereniging', 'nl', datetime(2027, 3, 1, tzinfo=UTC))
    _identify(pdf, About(metadata, PROFILE, 'FOGRA39', {}), 'a')
    return pdf


def font(pdf, embedded=True, subtype=Name.TrueType, **more):
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Nummers, Flags=4)
    if embedded:
        descriptor.FontFile2 = pdf.make_stream(FONT)
    widths = Array([500] * 95)
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=subtype, BaseFont=Name.Nummers, FirstChar=32, LastChar=126, Widths=widths,
                   FontDescriptor=pdf.make_indirect(descriptor), **more)
    )  # fmt: skip


def draw(content, **resources):
    """Return what puts content on the first page; a resource may be made of the PDF."""

    def change(pdf):
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(content.encode())
        for key, value in resources.items():
            page.Resources[f'/{key}'] = value(pdf) if callable(value) else value

    return change


def picture(mode, size, across_pt, colour=0, mask=False):
    """Return what puts a picture of so many pixels so wide on the page."""
    spaces = {'RGB': Name.DeviceRGB, 'CMYK': Name.DeviceCMYK, 'L': Name.DeviceGray, '1': Name.DeviceGray}

    def make(pdf):
        image = Image.new(mode, (size, size), colour)
        bits = 1 if mode == '1' else 8
        stream = pdf.make_stream(image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=size, Height=size)
        stream.BitsPerComponent, stream.ColorSpace = bits, spaces[mode]
        if mask:
            stream.SMask = pdf.make_stream(b'\x80' * size * size, Type=Name.XObject, Subtype=Name.Image, Width=size, Height=size,
                                           BitsPerComponent=8, ColorSpace=Name.DeviceGray)  # fmt: skip
        return Dictionary(I=stream)

    return draw(f'q {across_pt} 0 0 {across_pt} 50 50 cm /I Do Q', XObject=make)


def text(size, colour='0 g', x=100, word='ab', name='F'):
    return draw(f'{colour} BT /{name} {size} Tf {x} 100 Td ({word}) Tj ET')


def root(**values):
    def change(pdf):
        for key, value in values.items():
            pdf.Root[f'/{key}'] = value(pdf) if callable(value) else value

    return change


def page(**values):
    def change(pdf):
        for key, value in values.items():
            pdf.pages[0].obj[f'/{key}'] = value(pdf) if callable(value) else value

    return change


def box(low, high=None):
    return Array([low, low, high or SIZE + 2 * BLEED - low, high or SIZE + 2 * BLEED - low])


def nothing(pdf):
    """Change nothing."""


def without_title(pdf):
    xmp = pdf.Root.Metadata.read_bytes().replace(b'dc:title', b'dc:titel')
    pdf.Root.Metadata.write(xmp)


def without_x(pdf):
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b'>PDF/X-4<', b'>PDF/X-1a<'))


def intent(**values):
    def change(pdf):
        for key, value in values.items():
            if value is None:
                del pdf.Root.OutputIntents[0][f'/{key}']
            else:
                pdf.Root.OutputIntents[0][f'/{key}'] = value(pdf) if callable(value) else value

    return change


def two_intents(pdf):
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def made(kind, pages, binding='geniet', spine=0.0):
    facts = Dictionary(Soort=Name(f'/{kind}'), Paginas=pages, Binding=Name(f'/{binding}'), Breedte=SIZE / 2, Rug=spine)
    return root(**{MAKE[1:]: facts})


def second_page(width):
    def change(pdf):
        other = pdf.pages[1].obj
        for key in ('MediaBox', 'BleedBox', 'TrimBox'):
            left, low, right, high = (float(value) for value in other[f'/{key}'])
            other[f'/{key}'] = Array([left, low, right + width, high])

    return change


def annotation(rect, subtype='Link'):
    return page(
        Annots=lambda pdf: Array(
            [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f'/{subtype}'), Rect=rect))]
        )
    )


def separation(name):
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 1, 0, 0])
    return Dictionary(S=Array([Name.Separation, Name(f'/{name}'), Name.DeviceCMYK, function]))


def state(**values):
    return Dictionary(G=Dictionary(Type=Name.ExtGState, **values))


def group(space):
    return page(Group=Dictionary(S=Name.Transparency, CS=space))


def form_font(**values):
    return lambda pdf: Dictionary(F=font(pdf, **values))


def bad_stream(pdf):
    pdf.pages[0].obj.Contents = pdf.make_stream(b'1 0 cm')


def layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


def outline(pdf):
    with pdf.open_outline() as tree:
        tree.root.append(OutlineItem('Een', 0))


encrypted = {'encryption': pikepdf.Encryption(owner='geheim', user='')}
newer, older = {'force_version': '1.7'}, {'force_version': '1.6'}
FULL = f'-1 -1 {SIZE + 2 * BLEED + 2} {SIZE + 2 * BLEED + 2} re f'
NOT_QUITE = f'20 20 {SIZE + BLEED + 4 - 20} 50 re f'  # 4 pt past the trimmed edge, 8.5 asked
TO_BLEED = f'20 20 {SIZE + 2 * BLEED - 20} 50 re f'
# What is rejected, what is just accepted; a dictionary is what the file is saved with.
CASES = {
    'druk-versleuteld': (encrypted, older),
    'druk-pdfx': (without_x, nothing),
    'druk-pdf-versie': (newer, older),
    'druk-metadata': (without_title, nothing),
    'druk-uitvoer': (two_intents, nothing),
    'druk-conditie': (intent(OutputConditionIdentifier=None), intent(OutputConditionIdentifier=String('FOGRA52'))),
    'druk-uitvoerprofiel': (intent(DestOutputProfile=lambda pdf: pdf.make_stream(RGB)), nothing),
    'druk-verboden': (root(OpenAction=Dictionary(S=Name.GoTo)), outline),
    'druk-lagen': (layers, nothing),
    'druk-paginas': (made('binnenwerk', 2), made('binnenwerk', 2, 'gelijmd')),
    'druk-rug': (made('omslag', 2, spine=0.4), made('omslag', 2, spine=0.2)),
    'druk-formaat': (second_page(0.6), second_page(0.4)),
    'druk-schaal': (page(UserUnit=2), page(UserUnit=1)),
    'druk-geen-snijkader': (page(ArtBox=box(BLEED)), nothing),
    'druk-kaders': (page(CropBox=box(1)), page(CropBox=box(0))),
    'druk-afloop-maat': (page(BleedBox=box(0.1)), page(BleedBox=box(0.01))),
    'druk-afloop': (draw(NOT_QUITE), draw(TO_BLEED)),
    'druk-annotatie': (annotation([50, 50, 80, 80]), annotation([50, 50, 80, 80], 'PrinterMark')),
    'druk-pagina-stuk': (bad_stream, nothing),
    'druk-kleurruimte': (draw('1 0 0 rg 50 50 20 20 re f'), draw('0 1 1 0 k 50 50 20 20 re f')),
    'druk-registratie': (
        draw('/S cs 1 scn 50 50 20 20 re f', ColorSpace=separation('All')),
        draw('/S cs 1 scn 50 1 20 3 re f', ColorSpace=separation('All')),
    ),
    'druk-steunkleur': (
        draw('/S cs 1 scn 50 50 20 20 re f', ColorSpace=separation('Oranje')),
        draw('/S cs 1 scn 50 50 20 20 re f', ColorSpace=separation('Magenta')),
    ),
    'druk-inkt': (draw('1 1 1 0.02 k ' + FULL), draw('1 1 1 0 k ' + FULL)),
    'druk-wit-overdruk': (
        draw('/G gs 0 0 0 0 k 50 50 20 20 re f', ExtGState=state(op=True, OP=True, OPM=1)),
        draw('/G gs 0 0 0 0 k 50 50 20 20 re f', ExtGState=state(op=False, OP=False)),
    ),
    'druk-diepzwart': (text(11.9, '0.5 0 0 1 k'), text(12, '0.5 0 0 1 k')),
    'druk-lijn': (draw('0.24 w 50 50 m 90 50 l S'), draw('0.25 w 50 50 m 90 50 l S')),
    'druk-tekst-klein': (text(4.9), text(5)),
    'druk-tekst-inkten': (text(8.9, '0.5 0.5 0 0 k'), text(9, '0.5 0.5 0 0 k')),
    'druk-tekst-rand': (text(10, x=BLEED + 4.9 * MM), text(10, x=BLEED + 5.0 * MM)),
    'druk-resolutie': (picture('L', 100, 72 * 100 / 149), picture('L', 100, 72 * 100 / 150)),
    'druk-resolutie-matig': (picture('L', 100, 72 * 100 / 224), picture('L', 100, 72 * 100 / 225)),
    'druk-beeld-te-groot': (picture('CMYK', 50, 10), picture('CMYK', 40, 10)),
    'druk-lettertype': (draw('BT /F 9 Tf 50 50 Td (a) Tj ET', Font=form_font(embedded=False)), text(9)),
    'druk-type3': (draw('BT /F 9 Tf 50 50 Td (a) Tj ET', Font=form_font(subtype=Name.Type3)), text(9)),
    'druk-teken': (
        draw('BT /F 9 Tf 50 50 Td (ab) Tj ET', Font=form_font(Encoding=Dictionary(Differences=[98, Name('/.notdef')]))),
        draw('BT /F 9 Tf 50 50 Td (ac) Tj ET', Font=form_font(Encoding=Dictionary(Differences=[98, Name('/.notdef')]))),
    ),
    'druk-transparantie': (
        draw('/G gs 50 50 20 20 re f', ExtGState=state(ca=0.99)),
        draw('/G gs 50 50 20 20 re f', ExtGState=state(ca=1)),
    ),
    'druk-mengruimte': (group(Name.DeviceRGB), group(Name.DeviceCMYK)),
}  # fmt: skip


def verdict(change, folder, pages=2):
    pdf = base(pages)
    options = change if isinstance(change, dict) else older
    if callable(change):
        change(pdf)
    path = folder / 'proef.pdf'
    pdf.save(path, **options)
    return judge_file(path)


@pytest.mark.parametrize('code', sorted(CASES))
def test_a_file_is_rejected_and_one_just_inside_accepted(code, tmp_path, monkeypatch):
    monkeypatch.setattr(page_checks, '_MOST_PIXELS', 2000)
    wrong, right = CASES[code]
    found = {finding.code for finding in verdict(wrong, tmp_path)}
    assert code in found
    accepted = verdict(right, tmp_path)
    assert code not in {finding.code for finding in accepted}
    assert [finding for finding in accepted if finding.severity is Severity.ERROR] == []


def test_every_check_has_its_two_files():
    assert set(CASES) == set(CHECKS) <= set(MESSAGES)


def form(pdf, content, **more):
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99], **more)


def tile(pdf):
    steps = {'BBox': [0, 0, 9, 9], 'XStep': 9, 'YStep': 9, 'Resources': Dictionary()}
    return pdf.make_stream(b'1 0 0 rg 0 0 5 5 re f', PatternType=1, PaintType=1, TilingType=1, **steps)


def grey(pdf):
    picture = pdf.make_stream(bytes(10**6), Subtype=Name.Image, Width=1000, Height=1000)
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceGray
    return picture


def holds(name, make, *arguments, **more):
    """Return resources that hold what is made of the PDF."""
    return lambda pdf: Dictionary({f'/{name}': make(pdf, *arguments, **more)})


MORE = {  # other ways to the same code
    'rgb line': ('druk-kleurruimte', draw('1 0 0 RG 50 50 m 80 80 l S')),
    'rgb text': ('druk-kleurruimte', text(12, '1 0 0 rg')),
    'rgb picture': ('druk-kleurruimte', picture('RGB', 100, 20)),
    'rgb in a form': ('druk-kleurruimte', draw('/X Do', XObject=holds('X', form, b'1 0 0 rg 0 0 9 9 re f'))),
    'rgb in a pattern': ('druk-kleurruimte', draw('/Pattern cs /P scn 50 50 20 20 re f', Pattern=holds('P', tile))),
    'rgb shading': ('druk-kleurruimte', draw('/H sh', Shading=Dictionary(H=Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)))),
    'rgb inline picture': ('druk-kleurruimte', draw('q 9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q')),
    'lab': ('druk-kleurruimte', draw('/L cs 50 0 0 scn 50 50 9 9 re f', ColorSpace=Dictionary(L=Array([Name.Lab, Dictionary()])))),
    'ink of a picture': ('druk-inkt', picture('CMYK', 40, 10, (250, 250, 250, 100))),
    'ink of text': ('druk-inkt', text(20, '1 1 1 1 k')),
    'ink placed on ink': ('druk-inkt', draw('1 1 0 0 k 50 50 40 40 re f /G gs 0 0 1 1 k 60 60 9 9 re f',
                                            ExtGState=state(op=True, OP=True, OPM=1))),
    'thin box': ('druk-lijn', draw('50 50 100 0.2 re f')),
    'scaled line': ('druk-lijn', draw('q 0.1 0 0 0.1 0 0 cm 2 w 500 500 m 900 500 l S Q')),
    'thinnest line': ('druk-lijn', draw('0 w 50 50 m 90 50 l S')),
    'scaled text': ('druk-tekst-klein', draw('q 0.4 0 0 0.4 0 0 cm BT /F 12 Tf 200 200 Td (a) Tj ET Q')),
    'coarse bitmap': ('druk-resolutie', picture('1', 80, 72 * 80 / 549)),
    'rather coarse bitmap': ('druk-resolutie-matig', picture('1', 80, 72 * 80 / 799)),
    'mask of a picture': ('druk-transparantie', picture('L', 100, 20, mask=True)),
    'blend': ('druk-transparantie', draw('/G gs', ExtGState=state(BM=Name.Multiply))),
    'soft mask': ('druk-transparantie', draw('/G gs', ExtGState=state(SMask=Dictionary(S=Name.Luminosity)))),
    'group of a form': ('druk-mengruimte', draw('/X Do', XObject=holds('X', form, b'', Group=Dictionary(CS=Name.DeviceRGB)))),
    'transfer curve': ('druk-verboden', draw(' ', ExtGState=state(TR=Name.Identity))),
    'no bleed on a picture': ('druk-afloop', draw(f'q {SIZE} 0 0 {SIZE} {BLEED} {BLEED} cm /I Do Q', XObject=holds('I', grey))),
    'white text overprints': ('druk-wit-overdruk', draw('/G gs 1 g BT /F 12 Tf 50 50 Td (a) Tj ET',
                                                        ExtGState=state(op=True, OP=True))),
}  # fmt: skip


@pytest.mark.parametrize('name', sorted(MORE))
def test_other_ways_are_seen(name, tmp_path):
    code, change = MORE[name]
    assert code in {finding.code for finding in verdict(change, tmp_path)}


def test_colour_covered_to_the_bleed_by_what_lies_below_is_fine(tmp_path):
    inner = draw('1 0 0 0 k ' + FULL + ' 0 1 0 0 k ' + NOT_QUITE)
    assert 'druk-afloop' not in {finding.code for finding in verdict(inner, tmp_path)}


def test_a_form_that_draws_itself_ends(tmp_path):
    def change(pdf):
        loop = form(pdf, b'/X Do 1 0 0 rg 0 0 9 9 re f')
        loop.Resources = Dictionary(XObject=Dictionary(X=loop))
        draw('/X Do', XObject=Dictionary(X=loop))(pdf)

    assert 'druk-kleurruimte' in {finding.code for finding in verdict(change, tmp_path)}


def test_many_of_a_kind_are_one_finding_with_its_pages(tmp_path):
    def change(pdf):
        for one in pdf.pages:
            one.obj.Contents = pdf.make_stream(b'1 0 0 rg 50 50 9 9 re f 60 60 9 9 re f')

    result = verdict(change, tmp_path, pages=8)
    (found,) = [finding for finding in result if finding.code == 'druk-kleurruimte']
    assert found.message.startswith('Page 1, 2, 3, 4, 5, 6 ...: ')


def test_a_tile_is_looked_at_wherever_it_lies(tmp_path):
    def change(pdf):
        far = tile(pdf)
        far.Matrix = [1, 0, 0, 1, 5000, 5000]
        draw('/Pattern cs /P scn 50 50 20 20 re f', Pattern=Dictionary(P=far))(pdf)

    assert 'druk-kleurruimte' in {finding.code for finding in verdict(change, tmp_path)}
