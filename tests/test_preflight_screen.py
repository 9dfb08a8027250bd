"""Preflight of a file for the screen: for every code a file that must be rejected, and one just inside the limit that must pass."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from dossier.messages import MESSAGES
from dossier.messages.press import SCREEN_CHECKS
from dossier.press.preflight_screen import contrast, judge_screen
from tests.test_preflight_print import font, form

TITLE = b'<x><pdfaid:part>2</pdfaid:part><pdfuaid:part>1</pdfuaid:part><dc:title><rdf:li>Proef</rdf:li></dc:title></x>'


def tagged(*elements, content='', **more):
    """Return what puts tagged content on the page; an element is its type, its kids and its other entries."""

    def change(pdf):
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(content.encode())

        def make(kind, kids, **entries):
            made = [make(*kid[:2], **kid[2]) if isinstance(kid, tuple) else kid for kid in kids]
            return pdf.make_indirect(Dictionary(S=Name(f'/{kind}'), Pg=page, K=Array(made), **entries))

        document = make('Document', [(*one, {})[:3] for one in elements])
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(K=document, **more))

    return change


def words(*texts, size=10):
    """Return content of texts: id, height, colour, characters."""
    return ' '.join(
        f'/P <</MCID {mcid}>> BDC {colour} BT /F {size} Tf 50 {y} Td ({text}) Tj ET EMC'
        for mcid, y, colour, text in texts
    )


def one(colour, before='', size=10):
    return tagged(('P', [0]), content=before + ' ' + words((0, 100, colour, 'abc'), size=size))


def headings(*kinds):
    return tagged(*((kind, []) for kind in kinds))


def root(**values):
    def change(pdf):
        for key, value in values.items():
            pdf.Root[f'/{key}'] = value

    return change


def links(order):
    def change(pdf):
        link = Dictionary(Subtype=Name.Link, Rect=[1, 1, 9, 9], Contents=String('Lees verder'))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        pdf.pages[0].obj.Tabs = Name(f'/{order}')

    return change


def untitled(pdf):
    pdf.Root.Metadata = pdf.make_stream(TITLE.replace(b'Proef', b' '))


def two(low, high):
    return tagged(('P', [0]), ('P', [1]), content=words((0, low, '0 g', 'abc'), (1, high, '0 g', 'abd')))


def short(*uses):
    """Return inline texts, each with or without what it stands for."""
    content = words(*((n, 200 - 20 * n, '0 g', text) for n, (text, _meaning) in enumerate(uses)))
    spans = [
        ('Span', [('Span', [n], {})], {'E': String('x')} if meant else {}) for n, (_text, meant) in enumerate(uses)
    ]
    return tagged(*(('P', [span]) for span in spans), content=content)


def flat(last, meaning):
    """Return a text with two short words in Spans that hold their content themselves, the first with what it stands for."""
    content = words(*((n, 200, '0 g', text) for n, text in enumerate(('De', 'GS', 'en', last))))
    spans = ('Span', [1], {'E': String('x')}), ('Span', [3], {'E': String('x')} if meaning else {})
    return tagged(('P', [0, spans[0], 2, spans[1]]), content=content)


def nothing(pdf):
    """Change nothing."""


BOX = '/Artifact BMC {} rg 0 0 300 300 re f EMC'
# What is rejected, what is just accepted.
CASES = {
    'scherm-titel': (untitled, nothing),
    'scherm-taal': (root(Lang=String('nl_NL')), root(Lang=String('nl-NL'))),
    'scherm-alt': (tagged(('Figure', [], {'Alt': String(' ')})), tagged(('Figure', [], {'Alt': String('Kaart')}))),
    'scherm-koppen': (headings('H1', 'H3'), headings('H1', 'H2', 'H3', 'H1', 'H2')),
    'scherm-los': (
        tagged(('P', [0]), content='/P <</MCID 1>> BDC 9 9 9 9 re f EMC'),
        tagged(('P', [1]), content='/P <</MCID 1>> BDC 9 9 9 9 re f EMC /Artifact BMC 0 0 9 9 re f EMC'),
    ),
    'scherm-tab': (links('R'), links('S')),
    'scherm-contrast': (one('0.4667 g'), one('0.4627 g')),  # #777777 is 4.48 on white, #767676 4.54
    'scherm-volgorde': (two(100, 112), two(100, 108)),
    'scherm-afkorting': (short(('GS', True), ('GS', False)), short(('GS', True), ('PS', False))),
}
MORE = {
    'short word in a line': ('scherm-afkorting', flat('GS', False)),
    'not shown': ('scherm-titel', root(ViewerPreferences=Dictionary())),
    'language of a part': ('scherm-taal', tagged(('P', [], {'Lang': String('Engels')}))),
    'no text at all': ('scherm-alt', tagged(('Figure', []))),
    'picture by another name': ('scherm-alt', tagged(('Beeld', []), RoleMap=Dictionary(Beeld=Name.Figure))),
    'first heading': ('scherm-koppen', headings('H2')),
    'nothing around it': ('scherm-los', tagged(content='0 0 9 9 re f')),
    'large text': ('scherm-contrast', one('0.6 g', size=18)),
    'on a ground': ('scherm-contrast', one('0 g', BOX.format('0.2 0.2 0.2'))),
}
FINE = {
    'other word in a line': flat('PS', False),
    'short word twice': flat('GS', True),
    'a line a Span': tagged(
        ('P', [('Span', [0], {}), ('Span', [1], {'E': String('x')})]),
        content=words((0, 200, '0 g', 'GS'), (1, 190, '0 g', 'GS')),
    ),
    'large text': one('0.58 g', size=18),
    'white on a ground': one('1 g', BOX.format('0.2 0.2 0.2')),
    'in a border of its own colour': one('0.2 g', '/Artifact BMC 0.2 g 9 9 250 250 re 10 10 248 248 re f* EMC'),
    'on a picture nothing is known': one('1 g', '/Artifact BMC 0 0 m 300 0 l 300 300 l 0 300 l f EMC'),
    'a note at the foot': tagged(
        ('Note', [0]), ('P', [1]), content=words((0, 20, '0 g', 'abc'), (1, 200, '0 g', 'abd'))
    ),
    'a figure by its words': tagged(('Figure', [], {'ActualText': String('IPO')})),
}


def verdict(change, folder):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300)).obj
    page.Resources = Dictionary(Font=Dictionary(F=font(pdf)))
    pdf.Root.Lang, pdf.Root.OutputIntents, pdf.Root.PageLabels = String('nl'), Array(), Dictionary()
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Metadata = pdf.make_stream(TITLE)
    tagged()(pdf)
    change(pdf)
    pdf.save(folder / 'proef.pdf', fix_metadata_version=False)
    return judge_screen(folder / 'proef.pdf')


@pytest.mark.parametrize('code', sorted(CASES))
def test_a_file_is_rejected_and_one_just_inside_accepted(code, tmp_path):
    wrong, right = CASES[code]
    assert [finding.code for finding in verdict(wrong, tmp_path)] == [code]
    assert verdict(right, tmp_path) == []


def test_every_check_has_its_two_files():
    assert set(CASES) == set(SCREEN_CHECKS) <= set(MESSAGES)


@pytest.mark.parametrize('name', sorted(MORE))
def test_other_ways_are_seen(name, tmp_path):
    code, change = MORE[name]
    assert code in {finding.code for finding in verdict(change, tmp_path)}


@pytest.mark.parametrize('name', sorted(FINE))
def test_other_ways_are_fine(name, tmp_path):
    assert verdict(FINE[name], tmp_path) == []


def test_what_stands_in_a_form_is_tagged_around_it(tmp_path):
    def change(pdf):
        tagged(('P', [0]), content='/P <</MCID 0>> BDC /X Do EMC /X Do')(pdf)
        pdf.pages[0].obj.Resources.XObject = Dictionary(X=form(pdf, b'0 0 9 9 re f'))

    assert [finding.code for finding in verdict(change, tmp_path)] == ['scherm-los']


def test_a_tree_that_holds_itself_ends(tmp_path):
    def change(pdf):
        tagged(('P', []))(pdf)
        document = pdf.Root.StructTreeRoot.K
        document.K.append(document)

    assert verdict(change, tmp_path) == []


def test_contrast_is_that_of_the_guideline():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (1, 1, 1)) == 1
    assert contrast((1, 0, 0), (1, 1, 1)) == pytest.approx(3.998, abs=0.001)


@pytest.mark.parametrize('name', ['libreoffice.pdf', 'typst.pdf'])
def test_files_of_other_programs_are_judged(name, request):
    found = {finding.code for finding in judge_screen(request.path.parent / 'vreemd' / name)}
    assert 'pdf-kenmerk' in found and 'pdf-stuk' not in found
