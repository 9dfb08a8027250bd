"""Preflight of the screen edition: a PDF in, findings out. It repeats no validator; it holds what a build can get wrong."""

import io
from collections.abc import Iterator

import pikepdf

from dossier.errors import Finding
from dossier.i18n import _


def preflight_screen(content: bytes, pages: int, uses: int) -> list[Finding]:
    """Return what makes the PDF unfit to publish: of so many pages, with so many abbreviations that must carry /E."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return list(_check(pdf, pages, uses))
    except pikepdf.PdfError as error:
        return [Finding('pdf-stuk', _('This is no PDF that can be read: {reason}.', reason=error))]


def _check(pdf: pikepdf.Pdf, pages: int, uses: int) -> Iterator[Finding]:
    root = pdf.Root
    if len(pdf.pages) != pages:
        yield Finding('pdf-paginas', _('The PDF has {found} pages and not {asked}.', found=len(pdf.pages), asked=pages))
    metadata = root.Metadata.read_bytes() if '/Metadata' in root else b''
    for name, mark in (('PDF/A-2a', b'<pdfaid:part>2<'), ('PDF/UA-1', b'<pdfuaid:part>1<')):
        if mark not in metadata:
            yield Finding('pdf-kenmerk', _('The PDF does not say that it is {name}.', name=name))
    for key in ('/Lang', '/OutputIntents', '/StructTreeRoot', '/PageLabels'):
        if key not in root:
            yield Finding('pdf-onderdeel', _('The PDF has no {key}.', key=key))
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        for font in page.Resources.get('/Font', pikepdf.Dictionary()).values():
            if font.objgen not in seen and not _is_embedded(font):
                yield Finding('pdf-lettertype', _('The font {name} is not embedded.', name=str(font.BaseFont)[1:]))
            seen.add(font.objgen)
        for annotation in page.get('/Annots', ()):
            if '/A' in annotation and str(annotation.A.get('/URI', '')).startswith('dossier:'):
                yield Finding('pdf-link', _('A link on page {number} leads nowhere.', number=number))
            if not str(annotation.get('/Contents', '')).strip():
                yield Finding('pdf-link-tekst', _('A link on page {number} has no text to read aloud.', number=number))
    if '/StructTreeRoot' in root:
        found = _count_expansions(root.StructTreeRoot)
        if found < uses:  # a table head that is repeated on the next page repeats its abbreviations
            yield Finding('pdf-afkortingen', _('{found} of {asked} abbreviations carry what they stand for.', found=found, asked=uses))


def _is_embedded(font: pikepdf.Object) -> bool:
    inner = font.DescendantFonts[0] if '/DescendantFonts' in font else font
    descriptor = inner.get('/FontDescriptor')
    return descriptor is not None and any(key in descriptor for key in ('/FontFile', '/FontFile2', '/FontFile3'))


def _count_expansions(root: pikepdf.Object) -> int:
    """Return how many structure elements carry /E."""
    count = 0
    stack: list[pikepdf.Object] = [root]
    while stack:
        element = stack.pop()
        count += '/E' in element
        kids = element.get('/K', ())
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, pikepdf.Dictionary) and '/S' in kid:
                stack.append(kid)
    return count
