"""Joins the fragments of a book: pages, numbers, structure tree, links, outline, labels, metadata."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from dossier.assemble.metadata import write_metadata
from dossier.assemble.numerals import make_number_font, write_numbers
from dossier.i18n import translations
from dossier.messages import N_
from dossier.number import Numbering
from dossier.parts import Fragment, Metadata, Part

PDF_VERSION = '1.7'  # ISO 19005-2 and ISO 14289-1 both stand on ISO 32000-1


@dataclass(frozen=True)
class Supplies:
    """The files that assembly needs: the number fonts by their PostScript names, and the colour profile."""

    number_fonts: Mapping[str, Path]
    profile: Path


@dataclass
class _Book:
    pdf: pikepdf.Pdf
    numbering: Numbering
    titles: dict[str, str]
    page_word: str
    pages: dict[int, int] = field(default_factory=dict)  # page number to index in the file
    starts: dict[str, int] = field(default_factory=dict)  # part to index of its first page
    anchors: dict[str, Mapping[str, tuple[int, float]]] = field(default_factory=dict)  # by part: page in it, height
    parents: list[object] = field(default_factory=list)  # the ParentTree, as key, value, key, value
    sections: list[object] = field(default_factory=list)
    ids: list[tuple[str, object]] = field(default_factory=list)
    next_key: int = 0


def assemble_book(
    parts: Sequence[Part],
    fragments: Mapping[str, Fragment],
    numbering: Numbering,
    metadata: Metadata,
    supplies: Supplies,
) -> bytes:
    """Return the book as one PDF; blank pages are counted and left out."""
    pdf = pikepdf.new()
    words = translations(metadata.language).gettext
    book = _Book(pdf, numbering, {part.name: part.title for part in parts}, words(N_('page')))
    fonts = {name: make_number_font(pdf, path) for name, path in supplies.number_fonts.items()}
    for part in parts:
        _add_fragment(book, fragments[part.name], fonts)
    for page in pdf.pages:
        for annotation in page.get('/Annots', ()):
            _resolve_link(book, annotation)
    _write_structure(book)
    _write_outline(book, parts, fragments)
    _write_labels(book, parts, words(N_('Cover')))
    write_metadata(pdf, metadata, supplies.profile)
    output = io.BytesIO()
    pdf.save(
        output, force_version=PDF_VERSION, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
    )
    return output.getvalue()


def _add_fragment(book: _Book, fragment: Fragment, number_fonts: Mapping[str, pikepdf.Object]) -> None:
    """Add the pages of a fragment with their numbers written, and its structure below a section of its own."""
    pdf, first = book.pdf, book.numbering.first[fragment.name]
    start = book.starts[fragment.name] = len(pdf.pages)
    book.anchors[fragment.name] = fragment.anchors
    with pikepdf.open(io.BytesIO(fragment.pdf)) as source:
        root = source.Root.StructTreeRoot
        pdf.pages.extend(source.pages)
        keys = root.ParentTree.Nums
        tree = pdf.copy_foreign(root)
    for n in range(0, len(keys), 2):
        book.parents += [book.next_key + n // 2, tree.ParentTree.Nums[n + 1]]
    names = tree.get('/IDTree', Dictionary(Names=Array())).Names
    book.ids += [(str(names[n]), names[n + 1]) for n in range(0, len(names), 2)]
    section = tree.K[0]
    section.S = Name.Sect
    book.sections.append(section)
    done: set[tuple[int, int]] = set()
    for index in range(fragment.pages):
        page = pdf.pages[start + index]
        page.obj.StructParents = book.next_key + index
        page.obj.Tabs = Name.S  # ISO 14289-1, 7.18.3
        page.obj.MediaBox = page.obj.BleedBox = page.obj.TrimBox  # what is painted beyond it is for the press
        if first:
            book.pages[first + index] = start + index
        slots = [slot for slot in fragment.slots if slot.page == index]
        numbers = [first + index if slot.target is None else book.numbering.first[slot.target] for slot in slots]
        page.obj.Contents = pdf.make_stream(write_numbers(page.Contents.read_bytes(), slots, numbers))
        _share_number_fonts(page.Resources, number_fonts, done)
        for annotation in page.get('/Annots', ()):
            annotation.StructParent = book.next_key + int(annotation.StructParent)
    book.next_key += len(keys) // 2


def _share_number_fonts(
    resources: pikepdf.Object, number_fonts: Mapping[str, pikepdf.Object], done: set[tuple[int, int]]
) -> None:
    fonts = resources.get('/Font')
    if fonts is None or fonts.objgen in done:
        return
    done.add(fonts.objgen)
    for name, font in fonts.items():
        # WeasyPrint's name is /ABCDEF+Dossier-Nummers-Serif-Semi-Bold; ours is DossierNummersSerif-Semibold.
        base = str(font.BaseFont).partition('+')[2]
        if base.startswith('Dossier-Nummers-'):
            style = base.split('-')[2]
            fonts[name] = number_fonts[f'DossierNummers{style}-{"Semibold" if "Bold" in base else "Regular"}']


def _resolve_link(book: _Book, annotation: pikepdf.Object) -> None:
    """Turn a link to `dossier:NAME`, `dossier:NAME#ENTRY` or `dossier:#PAGE` into a destination in the book."""
    annotation.F = 4  # print, not hidden (ISO 19005-2, 6.3.2)
    address = str(annotation.A.URI) if '/A' in annotation else ''
    if not address.startswith('dossier:'):
        return
    name, _hash, rest = address.removeprefix('dossier:').partition('#')
    offset, height_pt = 0, None
    if not name:
        index, text = book.pages[int(rest)], f'{book.page_word} {rest}'
    else:
        offset, height_pt = book.anchors[name][rest] if rest else (0, None)
        index = book.starts[name] + offset
        text = f'{book.titles[name]}, {book.page_word} {book.numbering.first[name] + offset}'
    page = book.pdf.pages[index]
    del annotation.A
    annotation.Dest = Array([page.obj, Name.XYZ, 0, page.mediabox[3] if height_pt is None else round(height_pt, 2), 0])
    annotation.Contents = pikepdf.String(text)  # ISO 14289-1, 7.18.5


def _write_structure(book: _Book) -> None:
    """Write one structure tree over all fragments (ISO 32000-1, 14.7.2)."""
    pdf = book.pdf
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(book.sections)))
    for section in book.sections:
        section.P = document  # type: ignore[attr-defined]
    root.K = Array([document])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(book.parents)))
    root.ParentTreeNextKey = book.next_key
    if book.ids:
        root.IDTree = pdf.make_indirect(
            Dictionary(Names=Array([item for pair in sorted(book.ids, key=lambda pair: pair[0]) for item in pair]))
        )
    pdf.Root.StructTreeRoot = root


def _write_outline(book: _Book, parts: Sequence[Part], fragments: Mapping[str, Fragment]) -> None:
    with book.pdf.open_outline() as outline:
        for part in parts:
            start = book.starts[part.name]
            top = OutlineItem(part.title, start)
            top.is_closed = True
            for heading in fragments[part.name].headings:
                if heading.level == 2:
                    top.children.append(OutlineItem(heading.title, start + heading.page, 'XYZ', top=heading.y_pt))
            outline.root.append(top)
    book.pdf.Root.PageMode = Name.UseOutlines


def _write_labels(book: _Book, parts: Sequence[Part], cover: str) -> None:
    """Give every page the number that is printed on it (ISO 32000-1, 12.4.2)."""
    labels: list[object] = []
    for part in parts:
        number = book.numbering.first[part.name]
        labels += [
            book.starts[part.name],
            Dictionary(S=Name.D, St=number) if number else Dictionary(P=pikepdf.String(cover)),
        ]
    book.pdf.Root.PageLabels = Dictionary(Nums=Array(labels))
