"""Preflight of the screen edition: a PDF in, findings out. It repeats no validator; it holds what a build can get wrong."""

import io
from collections.abc import Iterator

import pikepdf

from dossier.errors import Finding
from dossier.messages import finding


def preflight_screen(content: bytes, pages: int, uses: int) -> list[Finding]:
    """Return what makes the PDF unfit to publish: of so many pages, with so many abbreviations that must carry /E."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return list(check_screen(pdf, pages, uses))
    except pikepdf.PdfError:
        return [finding('pdf-stuk')]


def check_screen(pdf: pikepdf.Pdf, pages: int, uses: int) -> Iterator[Finding]:
    """Yield what a build can get wrong in an open file."""
    root = pdf.Root
    if len(pdf.pages) != pages:
        yield finding('pdf-paginas', found=len(pdf.pages), asked=pages)
    metadata = root.Metadata.read_bytes() if '/Metadata' in root else b''
    for name, mark in (('PDF/A-2a', b'<pdfaid:part>2<'), ('PDF/UA-1', b'<pdfuaid:part>1<')):
        if mark not in metadata:
            yield finding('pdf-kenmerk', name=name)
    for key in ('/Lang', '/OutputIntents', '/StructTreeRoot', '/PageLabels'):
        if key not in root:
            yield finding('pdf-onderdeel', name=key)
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        resources: pikepdf.Object = page.obj.get('/Resources', pikepdf.Dictionary())
        for font in resources.get('/Font', pikepdf.Dictionary()).values():
            if font.objgen not in seen and not _is_embedded(font):
                yield finding('pdf-lettertype', name=str(font.BaseFont)[1:])
            seen.add(font.objgen)
        for annotation in page.get('/Annots', ()):
            if '/A' in annotation and str(annotation.A.get('/URI', '')).startswith('dossier:'):
                yield finding('pdf-link', number=number)
            if not str(annotation.get('/Contents', '')).strip():
                yield finding('pdf-link-tekst', number=number)
    # Over all objects, because walking the tree from element to element takes longer than the whole assembly.
    found = sum('/E' in element for element in pdf.objects if isinstance(element, pikepdf.Dictionary))
    if found < uses:  # a table head that is repeated on the next page repeats its abbreviations
        yield finding('pdf-afkortingen', found=found, asked=uses)


def _is_embedded(font: pikepdf.Object) -> bool:
    inner = font.DescendantFonts[0] if '/DescendantFonts' in font else font
    descriptor = inner.get('/FontDescriptor')
    return descriptor is not None and any(key in descriptor for key in ('/FontFile', '/FontFile2', '/FontFile3'))
