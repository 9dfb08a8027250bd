"""Preflight of a print file: would a printer take it? Document and boxes here, what stands on the pages in page_checks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf

from dossier.errors import Finding
from dossier.press.binding import PT_PER_MM
from dossier.press.bounded import BROKEN
from dossier.press.marks import Notes
from dossier.press.page_checks import Limits, PageCheck
from dossier.press.printfile import MAKE
from dossier.press.walk import Box, intersect, numbers

BLEED_MM, INK = 3.0, 300
_CLOSE = 0.02  # points
_ALLOWED_ANNOTATIONS = ('/TrapNet', '/PrinterMark')  # ISO 15930-7, 6.17
_METADATA = ('dc:title', 'xmp:CreateDate', 'xmp:ModifyDate', 'xmp:MetadataDate', 'xmpMM:DocumentID', 'pdf:Trapped')


def judge_file(path: Path) -> list[Finding]:
    """Return what a printer would say of a file; pikepdf's errors when it can't be read at all."""
    with pikepdf.open(path) as pdf:
        return judge_pdf(pdf, path.name)


def judge_pdf(pdf: pikepdf.Pdf, name: str) -> list[Finding]:
    """Return what a printer would say of an open file; its findings stand at `name` where no author's file is known."""
    notes, make = Notes(name), pdf.Root.get(MAKE, pikepdf.Dictionary())
    _check_identity(pdf, notes)
    _check_intent(pdf, notes)
    _check_forbidden(pdf.Root, notes)
    _check_binding(pdf, make, notes)
    limits = Limits(float(make.get('/Inkt', INK)) / 100, float(make.get('/Afloop', BLEED_MM * PT_PER_MM)))
    first: Any = None
    for number, page in enumerate(pdf.pages, start=1):
        try:
            media, bleed, trim = (numbers(box) for box in (page.mediabox, page.bleedbox, page.trimbox))
            _check_boxes(number, page.obj, (media, bleed, trim), notes, limits.bleed_pt)
            size = trim[2] - trim[0], trim[3] - trim[1]
            first = first or size
            if max(abs(size[0] - first[0]), abs(size[1] - first[1])) > 0.5:
                notes.add('druk-formaat', number)
            PageCheck(page.obj, number, (bleed, trim), limits, notes).check()
        except BROKEN:
            notes.add('druk-pagina-stuk', number)
    return notes.findings()


def _check_identity(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """PDF/X-4 says so in its XMP, which holds what the standard asks (ISO 15930-7, 6.2 and 6.3)."""
    if pdf.is_encrypted:
        notes.add('druk-versleuteld')
    try:
        metadata: Mapping[str, Any] = pdf.open_metadata(strict=True)
    except (ValueError, SyntaxError, pikepdf.PdfError):  # no XMP, no XML, no stream
        metadata = {}
    if metadata.get('pdfxid:GTS_PDFXVersion') not in ('PDF/X-4', 'PDF/X-4p'):
        notes.add('druk-pdfx')
        return
    if tuple(map(int, pdf.pdf_version.split('.'))) > (1, 6):
        notes.add('druk-pdf-versie', version=pdf.pdf_version)
    missing = [name.partition(':')[2] for name in _METADATA if metadata.get(name) in (None, '', 'Unknown')]
    if missing:
        notes.add('druk-metadata', names=', '.join(missing))


def _check_intent(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """One output intent with a CMYK profile of a press, and the name of its condition (ISO 15930-7, 6.2.2)."""
    intents = [one for one in pdf.Root.get('/OutputIntents', ()) if one.get('/S') == pikepdf.Name.GTS_PDFX]
    if len(intents) != 1:
        notes.add('druk-uitvoer', found=len(intents))
        return
    if not str(intents[0].get('/OutputConditionIdentifier', '')).strip():
        notes.add('druk-conditie')
    profile = intents[0].get('/DestOutputProfile')
    if not isinstance(profile, pikepdf.Stream) or profile.read_bytes()[12:20] != b'prtrCMYK':
        notes.add('druk-uitvoerprofiel')


def _check_forbidden(root: Any, notes: Notes) -> None:
    """What acts, and what can be switched off (ISO 15930-7, 6.18 and 6.20)."""
    for key in ('AcroForm', 'OpenAction', 'AA', 'JavaScript', 'EmbeddedFiles'):
        if f'/{key}' in root or f'/{key}' in root.get('/Names', {}):
            notes.add('druk-verboden', what=key)
    if '/OCProperties' in root:
        notes.add('druk-lagen')


def _check_binding(pdf: pikepdf.Pdf, make: Any, notes: Notes) -> None:
    """Does what we made of our own pages fit together: the number of pages, and the spine."""
    kind, count = str(make.get('/Soort', '')), len(pdf.pages)
    step, asked = 4 if make.get('/Binding') == '/geniet' else 2, int(make.get('/Paginas', 0))
    if kind == '/binnenwerk' and (count % step or count != asked):
        notes.add('druk-paginas', found=count, asked=asked, step=step)
    if kind == '/omslag':
        left, _low, right, _high = numbers(pdf.pages[0].trimbox)
        spine, wanted = (right - left - 2 * float(make.Breedte)) / PT_PER_MM, float(make.Rug) / PT_PER_MM
        if abs(spine - wanted) > 0.1:
            notes.add('druk-rug', found=round(spine, 1), asked=round(wanted, 1))


def _check_boxes(number: int, page: Any, boxes: tuple[Any, Any, Any], notes: Notes, asked_pt: float) -> None:
    """Trim inside bleed inside media, the bleed as wide as asked (ISO 15930-7, 6.14); no annotations (6.17)."""
    media, bleed, trim = boxes
    crop = numbers(page.get('/CropBox', media))
    around = min(_margins(trim, bleed))
    if '/TrimBox' not in page or '/ArtBox' in page:
        notes.add('druk-geen-snijkader', number)
    elif min(around, *_margins(bleed, media), *_margins(bleed, crop)) < -_CLOSE:
        notes.add('druk-kaders', number)
    elif around < asked_pt - _CLOSE:
        notes.add('druk-afloop-maat', number, found=round(around / PT_PER_MM, 1), asked=round(asked_pt / PT_PER_MM, 1))
    if float(page.get('/UserUnit', 1)) != 1:
        notes.add('druk-schaal', number)
    for annotation in page.get('/Annots', ()):
        rect = numbers(annotation.get('/Rect', ()))
        outside = len(rect) == 4 and not intersect(
            (min(rect[::2]), min(rect[1::2]), max(rect[::2]), max(rect[1::2])), bleed
        )
        if str(annotation.get('/Subtype', '')) not in _ALLOWED_ANNOTATIONS and not outside:
            notes.add('druk-annotatie', number)


def _margins(inner: Box, outer: Box) -> tuple[float, ...]:
    """Return how far a box lies inside another, on each side."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]
