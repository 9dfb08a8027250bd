"""Every private detail of WeasyPrint that the program leans on. One that fails says what must be looked at again."""

import inspect
import io

import pikepdf
import pytest
from weasyprint import HTML, __version__
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

from dossier.layout.footnotes import steady_footnotes
from dossier.layout.slots import _OPERATOR
from dossier.layout.tags import repaired_tags

PAGE = """<html lang="nl"><title>Proef</title><style>@page { @bottom-left { content: "voet" } } .n { float: footnote }</style>
<body><h1>Kop</h1><p>Een <abbr title="Gedeputeerde Staten" data-afk="GS">GS</abbr> en
<span data-naar="doel" class="nr">12</span><span class="voetnoot n">Noot.</span> <i lang="en">word</i></p>
<table><tr><th scope="row">a</th><td>b</td></tr></table></body></html>"""


@pytest.fixture(scope='module')
def laid_out():
    with repaired_tags('proef') as marks:
        content = HTML(string=PAGE).write_pdf(pdf_tags=True, uncompressed_pdf=True)
    return marks, pikepdf.open(io.BytesIO(content))


def test_version_is_the_one_that_was_read():
    assert __version__.startswith('70.')


def test_signature_of_the_wrapped_function():
    parameters = ['box', 'parent', 'pdf', 'page_number', 'nums', 'annotations', 'tags']
    assert list(inspect.signature(tags._build_box_tree).parameters) == parameters
    assert inspect.isgeneratorfunction(tags._build_box_tree)


def test_wrapped_function_is_called_through_its_module_and_restored():
    original = tags._build_box_tree
    with repaired_tags('proef'):
        assert tags._build_box_tree is not original
    assert tags._build_box_tree is original


def test_boxes_have_elements():
    assert 'element' in inspect.signature(boxes.Box.__init__).parameters
    assert issubclass(boxes.MarginBox, boxes.Box)


def test_margin_boxes_leave_marks_that_no_element_owns(laid_out):
    marks, pdf = laid_out
    (((page, mcid), kind),) = marks.artifacts.items()
    assert kind == 'Pagination'
    orphan = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * page + 1][mcid]
    owners = [element for element in walk(pdf.Root.StructTreeRoot) if element.objgen == orphan.objgen]
    assert not owners


def test_number_is_found_by_its_marked_content(laid_out):
    marks, _pdf = laid_out
    assert list(marks.numbers.values()) == [('doel', 'exact')]


def test_tags_are_repaired(laid_out):
    marks, pdf = laid_out
    elements = list(walk(pdf.Root.StructTreeRoot))
    assert [str(element.E) for element in elements if '/E' in element] == ['Gedeputeerde Staten']
    assert [str(element.Lang) for element in elements if '/Lang' in element] == ['en']
    assert [str(element.ID) for element in elements if element.S == '/Note'] == ['proef-001']
    assert [str(element.A.Scope) for element in elements if element.S == '/TH'] == ['/Row']
    assert not any(
        '/Headers' in element.get('/A', {}) or ('/ID' in element and element.S == '/TH') for element in elements
    )
    assert marks.uses == {'GS': {0}}


def test_dots_of_a_leader_are_no_text_to_be_read():
    html = '<html lang="nl"><style>span::after { content: leader(" .") }</style><body><p>Titel<span></span>12'
    with repaired_tags('proef') as marks:
        pdf = pikepdf.open(io.BytesIO(HTML(string=html).write_pdf(pdf_tags=True, uncompressed_pdf=True)))
    assert len(marks.artifacts) > 10
    assert set(marks.artifacts.values()) == {'Layout'}
    assert [str(element.S) for element in walk(pdf.Root.StructTreeRoot)] == ['/Document', '/P']
    owned = {int(kid) for element in walk(pdf.Root.StructTreeRoot) for kid in element.K if isinstance(kid, int)}
    assert len(owned) == 2
    assert not {(0, mcid) for mcid in owned} & {*marks.artifacts}


def test_lines_of_text_and_links_need_no_object_of_their_own():
    text = 'Een <abbr title="x">GS</abbr> <a href="https://a.nl/">hier</a> en\ndaar'
    html = f'<html lang="nl"><body><p style="white-space: pre">{text}</p><div>Los'
    with repaired_tags('proef'):
        pdf = pikepdf.open(io.BytesIO(HTML(string=html).write_pdf(pdf_tags=True, uncompressed_pdf=True)))
    root = pdf.Root.StructTreeRoot
    paragraph, short, link, div, line = [element for element in walk(root) if element.S != '/Document']
    kinds = [str(element.S) for element in (paragraph, short, link, div, line)]
    assert kinds == ['/P', '/Span', '/Link', '/Div', '/Span']  # a Div groups, so its text has a Span
    assert [str(kid.S) if isinstance(kid, pikepdf.Dictionary) else int(kid) for kid in paragraph.K] == [
        0, '/Span', 2, '/Link', 4, 5,
    ]  # fmt: skip
    assert [int(kid) for kid in short.K] == [1]
    assert link.K[0].Type == '/OBJR' and not link.K[0].is_indirect
    owners = [paragraph, short, paragraph, link, paragraph, paragraph, line]
    assert [parent.objgen for parent in root.ParentTree.Nums[1]] == [element.objgen for element in owners]


def test_content_streams_are_written_an_operator_a_line(laid_out):
    _marks, pdf = laid_out
    page = pdf.pages[0]
    stream = page.Contents.read_bytes()
    found = [match for match in _OPERATOR.finditer(stream) if match['mcid']]
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    assert [int(match['mcid']) for match in found] == list(range(len(parents)))
    texts = [operator for operator in pikepdf.parse_content_stream(page) if str(operator.operator) == 'TJ']
    assert len([match for match in _OPERATOR.finditer(stream) if match['text'] is not None]) == len(texts)


def test_anchors_of_a_page_are_boxes_in_css_pixels():
    (page,) = (
        HTML(string='<html lang="nl"><style>@page { margin: 10px }</style><body style="margin: 0"><p id="a">x</p>')
        .render()
        .pages
    )
    left, top, right, bottom = page.anchors['a']
    assert left == 10
    assert 0 < top < bottom < page.height
    assert right == page.width - 10


NOTE_CSS = """@page { size: 100mm 120mm; margin: 10mm } body { font: 10pt/13pt serif; margin: 0; widows: 2; orphans: 2 }
p { margin: 0 } .v { float: footnote; footnote-policy: line; font-size: 8pt }"""


def pages_of(words, filler, length):
    """Return the page on which each word stands, in a text with a footnote."""
    text = ''.join(f'<p>regel {n}</p>' for n in range(filler))
    text += '<p>Hier staat het merk<span class="v">NOOT en zijn tekst.</span> in een alinea.</p>'
    text += ('<p>' + 'woord en nog een woord ' * length + '</p>') * 4
    document = HTML(string=f'<html lang="nl"><style>{NOTE_CSS}</style><body>{text}</body></html>').render()
    found = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            found |= {word: number for word in words if word in getattr(box, 'text', '')}
    return [found[word] for word in words]


def strays():
    lengths = [(filler, length) for filler in range(11, 20) for length in (9, 12)]
    placed = [pages_of(('merk', 'NOOT'), *shape) for shape in lengths]
    return sum(mark != note for mark, note in placed)


def test_footnotes_go_astray_without_the_patch_and_never_with_it():
    assert strays() > 0
    with steady_footnotes():
        assert strays() == 0


def walk(root):
    stack = [root]
    while stack:
        element = stack.pop(0)
        if '/S' in element:
            yield element
        kids = element.get('/K', [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        stack = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and '/S' in kid] + stack
