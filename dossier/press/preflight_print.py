"""Preflight of a print file: would a printer take it? Document and boxes here, what stands on the pages in page_checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf

from dossier.errors import Finding, Severity
from dossier.press.binding import PT_PER_MM
from dossier.press.bounded import BROKEN
from dossier.press.marks import Mark, gather
from dossier.press.page_checks import PageCheck, Shared
from dossier.press.printfile import MAKE
from dossier.press.walk import Box, intersect, numbers

BLEED_MM, INK = 3.0, 300
_CLOSE = 0.02  # points
_ALLOWED_ANNOTATIONS = ('/TrapNet', '/PrinterMark')  # ISO 15930-7, 6.17
_NAMESPACES = {
    'x': 'http://www.npes.org/pdfx/ns/id/',
    'dc': 'http://purl.org/dc/elements/1.1/',
    'xmp': 'http://ns.adobe.com/xap/1.0/',
    'mm': 'http://ns.adobe.com/xap/1.0/mm/',
    'pdf': 'http://ns.adobe.com/pdf/1.3/',
}
_METADATA = ('dc:title', 'xmp:CreateDate', 'xmp:ModifyDate', 'xmp:MetadataDate', 'mm:DocumentID')


@dataclass(frozen=True)
class Verdict:
    """What preflight found: every mark, and the findings that they make."""

    marks: list[Mark]
    findings: list[Finding]


def judge_file(path: Path) -> Verdict:
    """Return what a printer would say of a file; pikepdf's errors when it can't be read at all."""
    with pikepdf.open(path) as pdf:
        return judge_pdf(pdf, path.name)


def judge_pdf(pdf: pikepdf.Pdf, name: str) -> Verdict:
    """Return what a printer would say of an open file; its findings stand at `name` where no author's file is known."""
    marks = list(_check(pdf))
    return Verdict(marks, gather(marks, name))


def _check(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    make = pdf.Root.get(MAKE, pikepdf.Dictionary())
    bleed = float(make.get('/Afloop', BLEED_MM * PT_PER_MM))
    yield from _identity(pdf)
    yield from _intent(pdf)
    yield from _forbidden(pdf)
    yield from _binding(pdf, make)
    shared = Shared(float(make.get('/Inkt', INK)) / 100, bleed)
    sizes: list[tuple[float, float]] = []
    for number, page in enumerate(pdf.pages, start=1):
        try:
            boxes = _boxes(page)
            sizes.append((boxes[2][2] - boxes[2][0], boxes[2][3] - boxes[2][1]))
            yield from _check_boxes(number, page.obj, boxes, bleed)
            if any(abs(a - b) > 0.5 for a, b in zip(sizes[0], sizes[-1], strict=True)):
                yield Mark('druk-formaat', page=number)
            yield from _annotations(number, page.obj, boxes[1])
            yield from PageCheck(shared, number, page.obj, boxes[1], boxes[2]).marks()
        except BROKEN as error:
            yield Mark('druk-pagina-stuk', page=number, values=(('reason', f'{type(error).__name__}: {error}'[:150]),))


def _identity(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    """PDF/X-4 says so in its XMP, which holds what the standard asks (ISO 15930-7, 6.2 and 6.3)."""
    if pdf.is_encrypted:
        yield Mark('druk-versleuteld')
    stream = pdf.Root.get('/Metadata')
    try:
        # expat refuses entity bombs since 2.4.1
        tree = ElementTree.fromstring(stream.read_bytes()) if stream is not None else None  # noqa: S314
    except ElementTree.ParseError:
        tree = None
    if tree is None or _read(tree, 'x:GTS_PDFXVersion') not in ('PDF/X-4', 'PDF/X-4p'):
        yield Mark('druk-pdfx')
        return
    if tuple(map(int, pdf.pdf_version.split('.'))) > (1, 6):
        yield Mark('druk-pdf-versie', values=(('version', pdf.pdf_version),))
    missing = [name for name in _METADATA if not _read(tree, name)]
    if str(pdf.docinfo.get('/Trapped', '')) not in ('/True', '/False') or _read(tree, 'pdf:Trapped') not in (
        'True',
        'False',
    ):
        missing.append('Trapped')
    if missing:
        yield Mark('druk-metadata', values=(('names', ', '.join(missing)),))


def _read(tree: Any, name: str) -> str:
    """Return the text of a property of XMP, written as an element or as an attribute."""
    found = tree.find(f'.//{name}', _NAMESPACES)
    if found is not None:
        return ''.join(found.itertext()).strip()
    prefix, _colon, local = name.partition(':')
    key = f'{{{_NAMESPACES[prefix]}}}{local}'
    return next((element.get(key) for element in tree.iter() if element.get(key)), '')


def _intent(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    """One output intent with a CMYK profile of a press, and the name of its condition (ISO 15930-7, 6.2.2)."""
    intents = [one for one in pdf.Root.get('/OutputIntents', ()) if one.get('/S') == pikepdf.Name.GTS_PDFX]
    if len(intents) != 1:
        yield Mark('druk-uitvoer', values=(('found', len(intents)),))
        return
    if not str(intents[0].get('/OutputConditionIdentifier', '')).strip():
        yield Mark('druk-conditie')
    profile = intents[0].get('/DestOutputProfile')
    content = profile.read_bytes() if isinstance(profile, pikepdf.Stream) else b''
    if content[12:20] != b'prtrCMYK':
        yield Mark('druk-uitvoerprofiel')


def _forbidden(pdf: pikepdf.Pdf) -> Iterator[Mark]:
    """What acts, and what can be switched off (ISO 15930-7, 6.18 and 6.20)."""
    root = pdf.Root
    names: Any = root.get('/Names', {})
    for key, found in (
        ('AcroForm', root),
        ('OpenAction', root),
        ('AA', root),
        ('JavaScript', names),
        ('EmbeddedFiles', names),
    ):
        if f'/{key}' in found:
            yield Mark('druk-verboden', values=(('what', key),))
    if '/OCProperties' in root:
        yield Mark('druk-lagen', Severity.WARNING)


def _binding(pdf: pikepdf.Pdf, make: Any) -> Iterator[Mark]:
    """Does what we made of our own pages fit together: the number of pages, and the spine."""
    kind, count = str(make.get('/Soort', ''))[1:], len(pdf.pages)
    if kind == 'binnenwerk':
        step = 4 if make.get('/Binding') == '/geniet' else 2
        if count % step or count != int(make.get('/Paginas', count)):
            yield Mark(
                'druk-paginas', values=(('found', count), ('asked', int(make.get('/Paginas', 0))), ('step', step))
            )
    if kind == 'omslag':
        width = float(pdf.pages[0].trimbox[2] - pdf.pages[0].trimbox[0])
        spine = (width - 2 * float(make.Breedte)) / PT_PER_MM
        asked = float(make.Rug) / PT_PER_MM
        if abs(spine - asked) > 0.1:
            yield Mark('druk-rug', values=(('found', round(spine, 1)), ('asked', round(asked, 1))))


def _boxes(page: pikepdf.Page) -> tuple[Box, Box, Box]:
    """Return media, bleed and trim box."""
    media, bleed, trim = (numbers(box) for box in (page.mediabox, page.bleedbox, page.trimbox))
    return media, bleed, trim  # type: ignore[return-value]


def _check_boxes(number: int, page: Any, boxes: tuple[Box, Box, Box], asked: float) -> Iterator[Mark]:
    """Trim inside bleed inside media, the bleed as wide as asked (ISO 15930-7, 6.14)."""
    media, bleed, trim = boxes

    def inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
        low = all(a >= b - _CLOSE for a, b in zip(inner[:2], outer[:2], strict=True))
        return low and all(a <= b + _CLOSE for a, b in zip(inner[2:], outer[2:], strict=True))

    if '/TrimBox' not in page or '/ArtBox' in page:
        yield Mark('druk-geen-snijkader', page=number)
    elif (
        not inside(trim, bleed)
        or not inside(bleed, media)
        or ('/CropBox' in page and not inside(bleed, numbers(page.CropBox)))
    ):
        yield Mark('druk-kaders', page=number)
    elif min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]) < asked - _CLOSE:
        found = min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]) / PT_PER_MM
        yield Mark(
            'druk-afloop-maat', page=number, values=(('found', round(found, 1)), ('asked', round(asked / PT_PER_MM, 1)))
        )
    if float(page.get('/UserUnit', 1)) != 1:
        yield Mark('druk-schaal', page=number)


def _annotations(number: int, page: Any, bleed: Box) -> Iterator[Mark]:
    for annotation in page.get('/Annots', ()):
        rect = numbers(annotation.get('/Rect', ()))
        box = (min(rect[::2]), min(rect[1::2]), max(rect[::2]), max(rect[1::2])) if len(rect) == 4 else None
        if str(annotation.get('/Subtype', '')) not in _ALLOWED_ANNOTATIONS and (box is None or intersect(box, bleed)):
            yield Mark('druk-annotatie', page=number, box=box)
