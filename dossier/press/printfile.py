"""Makes a print file: separated pages in their boxes, with blanks, marks and PDF/X-4 identification (ISO 15930-7)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pikepdf
from pikepdf import Array, Dictionary, Name

from dossier.errors import Place
from dossier.parts import Metadata
from dossier.press.binding import PT_PER_MM
from dossier.press.separate import SOURCE, Separator

MAKE = '/DSSR_Druk'  # in the catalog: what the file is part of, for preflight (a private key, ISO 32000-1, annex E)
PRODUCER = 'WeasyPrint, pikepdf'
_VERSION = '1.6'  # ISO 15930-7, 6.1
_MARKS_MM = 9.0


@dataclass(frozen=True)
class About:
    """What a print file says of itself: metadata, the printing condition with its profile, and what it is part of."""

    metadata: Metadata
    profile: bytes
    condition: str
    make: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What goes around a page: bleed, the shift away from the spine, whether marks are drawn, and where each page folds."""

    bleed_mm: float
    gutter_mm: float = 0.0
    marks: bool = False
    folds_mm: Sequence[Sequence[float]] = ()  # from the left of the trimmed page, for each page

    @property
    def bleed_pt(self) -> float:
        """The bleed in points."""
        return self.bleed_mm * PT_PER_MM

    @property
    def margin_pt(self) -> float:
        """All that is around the trimmed page, in points."""
        return self.bleed_pt + (_MARKS_MM * PT_PER_MM if self.marks else 0)


def make_print_file(separator: Separator, pages: Sequence[tuple[int, str] | None], sheet: Sheet, about: About) -> bytes:
    """Return the print file of the pages, given as index in the separator's PDF and the author's file; None is a blank."""
    pdf, source = pikepdf.new(), separator.pdf
    left, low, right, high = (float(value) for value in source.pages[0].obj.TrimBox)
    size, digest = (right - left, high - low), sha256()
    for number, page in enumerate(pages, start=1):
        if page is None:
            pdf.add_blank_page(page_size=size)
            pdf.pages[-1].obj.Contents = pdf.make_stream(b' ')
        else:
            index, file = page
            content = separator.separate(source.pages[index], Place(file))
            digest.update(content)
            pdf.pages.append(source.pages[index])
            shift = sheet.gutter_mm * PT_PER_MM * (1 if number % 2 else -1)
            _place(pdf, pdf.pages[-1].obj, content, sheet, shift)
            pdf.pages[-1].obj[SOURCE] = pikepdf.String(file)
        _finish_page(pdf, pdf.pages[-1].obj, size, sheet)
        if sheet.marks:
            folds = sheet.folds_mm[number - 1] if sheet.folds_mm else ()
            _mark_page(pdf, pdf.pages[-1].obj, _draw_marks(size, sheet) + _draw_folds(folds, size[1], sheet))
    pdf.Root[MAKE] = Dictionary(about.make)
    _identify(pdf, about, str(uuid5(NAMESPACE_URL, digest.hexdigest())))
    output = io.BytesIO()
    pdf.save(
        output, force_version=_VERSION, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
    )
    return output.getvalue()


def _place(pdf: pikepdf.Pdf, page: Any, content: bytes, sheet: Sheet, shift: float) -> None:
    """Put the content in its place on the sheet, cut off at the bleed: as a form, because patterns don't move otherwise."""
    left, low, right, high = (float(value) for value in page.TrimBox)
    bleed, margin = sheet.bleed_pt, sheet.margin_pt
    cut = [round(value, 4) for value in (left - bleed - shift, low - bleed, right + bleed - shift, high + bleed)]
    form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=cut, Resources=page.Resources)
    page.Resources = Dictionary(XObject=Dictionary(Pagina=form))
    page.Contents = pdf.make_stream(
        f'q 1 0 0 1 {margin - left + shift:.4f} {margin - low:.4f} cm /Pagina Do Q'.encode()
    )


def _finish_page(pdf: pikepdf.Pdf, page: Any, size: tuple[float, float], sheet: Sheet) -> None:
    """Set the boxes, and take away what belongs to the screen."""
    for key in ('/Annots', '/StructParents', '/Tabs', '/Group', '/CropBox'):
        if key in page:
            del page[key]
    margin, (width, height) = sheet.margin_pt, size
    for key, by in (('/MediaBox', margin), ('/BleedBox', sheet.bleed_pt), ('/TrimBox', 0.0)):
        corners = margin - by, margin - by, width + margin + by, height + margin + by
        page[key] = Array([round(value, 4) for value in corners])


def _mark_page(pdf: pikepdf.Pdf, page: Any, marks: bytes) -> None:
    """Draw marks in the colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    ink = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])
    drawn = b'q /Registratie CS 1 SCN 0.25 w\n%sQ\n' % marks
    page.Contents = Array([page.Contents, pdf.make_stream(drawn)])
    page.Resources.ColorSpace = Dictionary(Registratie=Array([Name.Separation, Name.All, Name.DeviceCMYK, ink]))


def _draw_marks(size: tuple[float, float], sheet: Sheet) -> bytes:
    """Return crop marks at the corners and a cross at the middle of each edge, all outside the bleed."""
    margin, near, far = sheet.margin_pt, sheet.bleed_pt + 3, sheet.margin_pt - 3
    half, middle = (far - near) / 2, (near + far) / 2
    lines: list[tuple[float, float, float, float]] = []
    ends = [[(margin, -1), (margin + length, 1)] for length in size]
    for x, out in ends[0]:
        for y, up in ends[1]:
            lines += [(x + out * near, y, x + out * far, y), (x, y + up * near, x, y + up * far)]
    crosses = [(x + out * middle, margin + size[1] / 2) for x, out in ends[0]]
    for x, y in [*crosses, *((margin + size[0] / 2, y + up * middle) for y, up in ends[1])]:
        lines += [(x - half, y, x + half, y), (x, y - half, x, y + half)]
    return _draw_lines(lines)


def _draw_folds(folds_mm: Sequence[float], height: float, sheet: Sheet) -> bytes:
    """Return a dashed line above and below each fold, outside the bleed."""
    near, far = sheet.bleed_pt + 3, sheet.margin_pt - 3
    edges = (sheet.margin_pt, -1), (sheet.margin_pt + height, 1)
    at = [sheet.margin_pt + fold * PT_PER_MM for fold in folds_mm]
    return b'[2 1.5] 0 d\n' + _draw_lines([(x, y + up * near, x, y + up * far) for x in at for y, up in edges])


def _draw_lines(lines: Sequence[tuple[float, float, float, float]]) -> bytes:
    return ''.join(f'{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n' for a, b, c, d in lines).encode()


def _identify(pdf: pikepdf.Pdf, about: About, document: str) -> None:
    """Write XMP, document information and output intent (ISO 15930-7, 6.2 and 6.3)."""
    metadata = about.metadata
    date = metadata.date.isoformat(timespec='seconds')
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:  # the document information follows by itself
        xmp['pdfxid:GTS_PDFXVersion'] = 'PDF/X-4'
        xmp['dc:title'], xmp['dc:creator'] = metadata.title, [metadata.author]
        xmp['xmp:CreateDate'] = xmp['xmp:ModifyDate'] = xmp['xmp:MetadataDate'] = date
        xmp['xmp:CreatorTool'], xmp['pdf:Producer'] = metadata.tool, PRODUCER
        xmp['xmpMM:DocumentID'], xmp['xmpMM:VersionID'], xmp['xmpMM:RenditionClass'] = (
            f'uuid:{document}',
            '1',
            'default',
        )
        xmp['pdf:Trapped'] = 'False'
    pdf.docinfo['/Trapped'] = Name('/False')
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, RegistryName=pikepdf.String('http://www.color.org'))
    intent.OutputConditionIdentifier = intent.Info = pikepdf.String(about.condition)
    intent.DestOutputProfile = pdf.make_stream(about.profile, N=4)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
