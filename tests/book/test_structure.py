"""Facts of the assembled PDF: structure tree, links, labels, outline, abbreviations, numbers."""

import re
import subprocess

import pikepdf
import pytest

from dossier.compose.web_address import short_address
from dossier.layout.slots import _OPERATOR
from tests.test_weasyprint_private import walk


@pytest.fixture(scope='module', params=['small_book', 'book_2023'])
def built(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope='module')
def pdf(built):
    with pikepdf.open(built.files['dossier']) as pdf:
        yield pdf


def parent_tree(pdf):
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}


def test_every_mark_on_a_page_is_owned_or_an_artifact(pdf):
    parents = parent_tree(pdf)
    for page in pdf.pages:
        owners = parents[int(page.obj.StructParents)]
        for match in _OPERATOR.finditer(page.Contents.read_bytes()):
            if match['mcid']:
                owner = owners[int(match['mcid'])]
                assert owner is not None
                assert owner.Pg.objgen == page.obj.objgen


def test_tree_has_one_document_with_a_section_a_part(pdf, built):
    (document,) = pdf.Root.StructTreeRoot.K
    assert document.S == '/Document'
    assert [str(section.S) for section in document.K] == ['/Sect'] * len(built.composer.names)
    assert all(section.P.objgen == document.objgen for section in document.K)


def test_folios_and_running_heads_are_pagination_artifacts(pdf):
    numbered = [page.Contents.read_bytes().count(b'/Artifact <</Type /Pagination>> BDC') for page in pdf.pages]
    assert numbered[:3] == [0, 0, 0]  # cover, title page and colophon
    assert all(count >= 1 for count in numbered[3:])


def test_every_link_inside_the_book_has_a_destination_that_exists(pdf):
    pages = {page.obj.objgen for page in pdf.pages}
    inside = 0
    parents = parent_tree(pdf)
    for page in pdf.pages:
        for annotation in page.get('/Annots', ()):
            assert str(annotation.Contents).strip()
            assert int(annotation.F) & 4
            assert parents[int(annotation.StructParent)].S == '/Link'
            if '/Dest' in annotation:
                assert annotation.Dest[0].objgen in pages
                inside += 1
            else:
                assert not str(annotation.A.URI).startswith('dossier:')
    assert inside > 20


def test_page_labels_are_the_printed_numbers(pdf, built):
    labels = pdf_labels(pdf)
    for number in range(len(pdf.pages)):
        text = page_text(built.files['dossier'], number + 1)
        if number > 2:  # cover, title page and colophon show no number
            assert re.search(rf'(?<!\d){labels[number]}(?!\d)', text), (number, labels[number])


def test_parts_open_on_right_hand_pages(built):
    firsts = list(built.books['dossier'].numbering.first.values())
    assert firsts[0] == 0
    assert all(first % 2 == 1 for first in firsts[1:])
    assert firsts[1:] == sorted(set(firsts[1:]))


def test_every_abbreviation_carries_its_expansion(pdf, built):
    asked = sum(part.html.count('<abbr ') for part in built.books['dossier'].parts)
    found = [element for element in walk(pdf.Root.StructTreeRoot) if '/E' in element]
    assert len(found) == asked > 10


def test_notes_have_unique_ids_in_the_tree(pdf):
    notes = [str(element.ID) for element in walk(pdf.Root.StructTreeRoot) if element.S == '/Note']
    names = pdf.Root.StructTreeRoot.IDTree.Names
    assert sorted(notes) == [str(names[n]) for n in range(0, len(names), 2)]
    assert len(set(notes)) == len(notes) >= 1


def test_uses_link_to_their_entry_in_the_list_when_asked(small_book, book_2023):
    with pikepdf.open(small_book.files['dossier']) as pdf:
        book = small_book.books['dossier']
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        first = len(pdf.pages) - book.fragments['afkortingen'].pages + 1
        linked = [element for element in walk(pdf.Root.StructTreeRoot) if '/E' in element and element.K[0].S == '/Link']
        assert len(linked) >= 10
        for element in linked:
            (annotation,) = (kid.Obj for kid in element.K[0].K if isinstance(kid, pikepdf.Dictionary))
            number = pages[annotation.Dest[0].objgen]
            assert number >= first
            assert re.search(
                rf'(?m)^ *{re.escape(text_of(element, small_book))}', page_text(small_book.files['dossier'], number)
            )
    assert 'dossier:afkortingen#' not in ''.join(part.html for part in book_2023.books['dossier'].parts)


def text_of(element, built):
    """Return the short form of an element that stands for a long one."""
    long = str(element.E)
    return next(entry.afkorting for entry in built.composer.dossier.afkortingen if entry.voluit == long)


def test_table_headers_have_a_scope(pdf):
    headers = [element for element in walk(pdf.Root.StructTreeRoot) if element.S == '/TH']
    assert headers
    assert all(element.A.Scope in ('/Row', '/Column') for element in headers)


def test_outline_names_every_part(pdf, built):
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [part.title for part in built.books['dossier'].parts]


def test_contents_give_the_number_on_which_each_chapter_begins(built):
    book = built.books['dossier']
    text = part_text(built, 'inhoud')
    for chapter in built.composer.chapters:
        assert re.search(
            rf'{re.escape(chapter.titel)}[ .]*\s{book.numbering.first[chapter.slug]}\b', ' '.join(text.split())
        ), chapter


def test_no_placeholder_is_left(built):
    text = subprocess.run(['pdftotext', built.files['dossier'], '-'], capture_output=True, check=True, text=True).stdout
    assert not re.search('[\ue000-\uf8ff]', text)


def test_addresses_of_documents_can_be_typed_from_paper(pdf, built):
    text = subprocess.run(['pdftotext', built.files['dossier'], '-'], capture_output=True, check=True, text=True).stdout
    dossier, whole = built.composer.dossier, ''.join(text.split())
    documents = [document for theme in dossier.themas.values() for document in theme.documenten if document.url]
    assert documents and [one.url for one in documents if short_address(one.url) not in whole] == []
    figures = [str(element.Alt) for element in walk(pdf.Root.StructTreeRoot) if element.get('/S') == '/Figure']
    assert dossier.ronde.web.adres in figures  # the QR code of the colophon


def test_list_gives_the_pages_on_which_each_form_stands(built):
    book = built.books['dossier']
    pages = {}
    for part in book.parts[:-1]:
        fragment = book.fragments[part.name]
        for form, found in fragment.uses.items():
            pages.setdefault(form, set()).update(book.numbering.first[part.name] + page for page in found)
    html = book.parts[-1].html
    for key, numbers in pages.items():
        form = re.escape(key.partition('@')[0].replace('&', '&amp;'))  # two meanings of one form are two rows
        rows = re.findall(rf'>\s*{form}\s*</th>(.*?)</tr>', html, re.DOTALL)
        listed = [unfold(row) for row in rows]
        assert sorted(numbers) in listed, key


def unfold(row):
    """Return the pages that a row of the list names, its ranges written out."""
    ranges = re.findall(r'href="dossier:#(\d+)">(\d+)(?:–(\d+))?(?:, )?<', row)
    assert all(link == first for link, first, _last in ranges)
    return [page for _link, first, last in ranges for page in range(int(first), int(last or first) + 1)]


def test_both_identifications_stand_in_uncompressed_metadata(pdf, built):
    assert '/Filter' not in pdf.Root.Metadata
    raw = built.files['dossier'].read_bytes()
    assert b'<pdfaid:part>2</pdfaid:part>' in raw
    assert b'<pdfuaid:part>1</pdfuaid:part>' in raw


def pdf_labels(pdf):
    nums = pdf.Root.PageLabels.Nums
    starts = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
    labels, current, since = [], None, 0
    for index in range(len(pdf.pages)):
        if index in starts:
            current, since = starts[index], index
        labels.append(str(int(current.St) + index - since) if '/St' in current else str(current.get('/P', '')))
    return labels


def page_text(path, number):
    command = ['pdftotext', '-f', str(number), '-l', str(number), '-layout', path, '-']
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def part_text(built, name):
    book = built.books['dossier']
    start = 1
    for part in book.parts:
        pages = book.fragments[part.name].pages
        if part.name == name:
            return ''.join(page_text(built.files['dossier'], start + n) for n in range(pages))
        start += pages
    raise KeyError(name)
