"""Makes a print file: separated pages in their boxes, with blanks, marks and PDF/X-4 identification (ISO 15930-7)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pikepdf
from markupsafe import Markup
from pikepdf import Array, Dictionary, Name

from dossier.errors import Place
from dossier.parts import Metadata
from dossier.press.binding import PT_PER_MM
from dossier.press.separate import SOURCE, Separator

MAKE = '/DSSR_Druk'  # in the catalog: what the file is part of, for preflight (a private key, ISO 32000-1, annex E)
PRODUCER = 'WeasyPrint, pikepdf'
_VERSION = '1.6'  # ISO 15930-7, 6.1
_MARKS_MM = 9.0
_XMP = Markup("""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""")


@dataclass(frozen=True)
class Condition:
    """The printing condition: the profile, and its name in the registry of the ICC."""

    profile: bytes
    name: str


@dataclass(frozen=True)
class Sheet:
    """What goes around a page: bleed, the shift away from the spine, and whether marks are drawn."""

    bleed_mm: float
    gutter_mm: float = 0.0
    marks: bool = False


def make_print_file(
    separator: Separator,
    pages: Sequence[tuple[int, str] | None],
    sheet: Sheet,
    about: tuple[Metadata, Condition, dict[str, Any]],
) -> bytes:
    """Return the print file of the pages, given as index in the separator's PDF and the author's file; None is a blank.

    `about` is what the file says of itself: metadata, printing condition, and what it is part of.
    """
    metadata, condition, make = about
    pdf, source = pikepdf.new(), separator.pdf
    box = [float(value) for value in source.pages[0].obj.TrimBox]
    size = box[2] - box[0], box[3] - box[1]
    digest = sha256()
    for number, page in enumerate(pages, start=1):
        if page is None:
            pdf.add_blank_page(page_size=size)
            pdf.pages[-1].obj.Contents = pdf.make_stream(b' ')
        else:
            index, file = page
            content = separator.separate(source.pages[index], Place(file))
            digest.update(content)
            pdf.pages.append(source.pages[index])
            _clean(pdf.pages[-1].obj, file)
            shift = sheet.gutter_mm * PT_PER_MM * (1 if number % 2 else -1)
            pdf.pages[-1].obj.Contents = pdf.make_stream(_placed(content, size, sheet, shift))
        _set_boxes(pdf, pdf.pages[-1].obj, size, sheet)
    pdf.Root[MAKE] = Dictionary(make)
    _identify(pdf, metadata, condition, str(uuid5(NAMESPACE_URL, digest.hexdigest())))
    output = io.BytesIO()
    pdf.save(
        output, force_version=_VERSION, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
    )
    return output.getvalue()


def _clean(page: Any, file: str) -> None:
    for key in ('/Annots', '/StructParents', '/Tabs', '/Group'):
        if key in page:
            del page[key]
    page[SOURCE] = pikepdf.String(file)


def _edges(size: tuple[float, float], sheet: Sheet) -> tuple[float, float]:
    """Return bleed and the whole margin around the trimmed page, in points."""
    return sheet.bleed_mm * PT_PER_MM, (sheet.bleed_mm + (_MARKS_MM if sheet.marks else 0)) * PT_PER_MM


def _placed(content: bytes, size: tuple[float, float], sheet: Sheet, shift: float) -> bytes:
    """Return the content moved to its place on the sheet, and cut off at the bleed."""
    bleed, margin = _edges(size, sheet)
    edge = margin - bleed
    box = f'{edge:.4f} {edge:.4f} {size[0] + 2 * bleed:.4f} {size[1] + 2 * bleed:.4f}'
    return f'q {box} re W n 1 0 0 1 {margin + shift:.4f} {margin:.4f} cm\n'.encode() + content + b'\nQ\n'


def _set_boxes(pdf: pikepdf.Pdf, page: Any, size: tuple[float, float], sheet: Sheet) -> None:
    bleed, margin = _edges(size, sheet)
    width, height = size

    def around(by: float) -> Array:
        low = margin - by
        return Array([round(value, 4) for value in (low, low, width + margin + by, height + margin + by)])

    page.MediaBox, page.BleedBox, page.TrimBox = around(margin), around(bleed), around(0)
    if '/CropBox' in page:
        del page.CropBox
    if sheet.marks:
        page.Contents = Array([page.Contents, pdf.make_stream(_draw_marks(size, bleed, margin))])
        page.Resources = Dictionary(page.Resources)
        page.Resources.ColorSpace = Dictionary(Registratie=_registration(pdf))


def _registration(pdf: pikepdf.Pdf) -> Array:
    """Return the colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    function = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(function)])


def _draw_marks(size: tuple[float, float], bleed: float, margin: float) -> bytes:
    """Return crop marks at the corners and a cross at the middle of each edge, all outside the bleed."""
    near, far = bleed + 3, margin - 3
    lines: list[tuple[float, float, float, float]] = []
    for x in (margin, margin + size[0]):
        out = -1 if x == margin else 1
        for y in (margin, margin + size[1]):
            up = -1 if y == margin else 1
            lines += [(x + out * near, y, x + out * far, y), (x, y + up * near, x, y + up * far)]
    half, middle = (far - near) / 2, (near + far) / 2
    for x, y in (
        (margin - middle, margin + size[1] / 2), (margin + size[0] + middle, margin + size[1] / 2),
        (margin + size[0] / 2, margin - middle), (margin + size[0] / 2, margin + size[1] + middle),
    ):  # fmt: skip
        lines += [(x - half, y, x + half, y), (x, y - half, x, y + half)]
    drawn = ''.join(f'{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n' for a, b, c, d in lines)
    return f'q /Registratie CS 1 SCN 0.25 w\n{drawn}Q\n'.encode()


def _identify(pdf: pikepdf.Pdf, metadata: Metadata, condition: Condition, document: str) -> None:
    """Write XMP, document information and output intent (ISO 15930-7, 6.2 and 6.3)."""
    xmp = _XMP.format(
        title=metadata.title,
        author=metadata.author,
        date=metadata.date.isoformat(timespec='seconds'),
        tool=metadata.tool,
        producer=PRODUCER,
        document=document,
    )
    pdf.Root.Metadata = pdf.make_stream(xmp.encode())
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML
    info = {'Title': metadata.title, 'Author': metadata.author, 'Creator': metadata.tool, 'Producer': PRODUCER}
    for key, value in {**info, 'CreationDate': metadata.pdf_date, 'ModDate': metadata.pdf_date}.items():
        pdf.docinfo[f'/{key}'] = value
    pdf.docinfo['/Trapped'] = Name('/False')
    icc = pdf.make_stream(condition.profile)
    icc.N = 4
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=pikepdf.String(condition.name),
        RegistryName=pikepdf.String('http://www.color.org'),
        Info=pikepdf.String(condition.name),
        DestOutputProfile=icc,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
