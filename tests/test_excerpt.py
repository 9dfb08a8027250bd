"""The author's line under a message, and what libraries say in plain words at the author's line."""

import re

import pytest

from dossier.errors import Finding, Place
from dossier.excerpt import excerpt, point_out
from dossier.foreign import PICTURE, STYLE, TEMPLATE, explain
from dossier.messages import finding


def test_the_caret_stands_under_the_value(project):
    project.write('data/x.yaml', 'titel: a\n  uiterlijk: 1 juli\n')
    found = finding('geen-dag', Place('data/x.yaml', 2, 3), name='uiterlijk', value='1 juli')
    assert excerpt(project.path, found) == ['     2:14 |   uiterlijk: 1 juli', '          |              ^~~~~~']


def test_a_line_that_is_long_is_cut_around_the_caret(project):
    project.write('data/x.md', 'a ' * 300 + 'fout ' + 'b ' * 300)
    (found,) = point_out(project.path, [finding('afkorting-in-titel', Place('data/x.md', 1), form='fout', long='x')])
    line, caret = excerpt(project.path, found)
    assert found.place.column == 601
    assert line[caret.index('^') : caret.rindex('~') + 1] == 'fout'
    assert len(line) < 120


def test_words_in_a_folded_text_are_found_on_their_own_line(project):
    project.write('data/x.yaml', 'samenvatting: >\n  Een regel.\n  Zie [[nergens]].\n')
    (found,) = point_out(
        project.path, [finding('verwijzing-onbekend', Place('data/x.yaml', 2), slug='nergens', suggestion='')]
    )
    assert (found.place.line, found.place.column) == (3, 9)


@pytest.mark.parametrize('place', [None, Place('data'), Place('data/weg.yaml', 3), Place('data/afkortingen.yaml', 999)])
def test_without_a_line_there_is_no_excerpt(project, place):
    assert excerpt(project.path, Finding('x', 'x', place)) == []


def test_what_is_said_of_a_chapter_is_traced_to_its_line(project):
    project.write('data/2027/beeld/x.svg', '<svg>\n<text style="colour: red">漢</text></svg>')
    found = finding('opmaak', Place('data/2027/themas/01-water.md'), about='colour: red', reason='')
    (sharp,) = point_out(project.path, [found])
    assert (sharp.place.file, sharp.place.line) == ('data/2027/beeld/x.svg', 2)


ENGLISH = re.compile(r'undefined|attribute|expected|token|identify|truncated|Ignored|Failed|file:///|<|\\b0x')


PICTURE_WORDS = 'the picture "beeld/x.svg" is no file of the round or of the style, or can\'t be read'
NO_PICTURE = "Failed to load image at 'file:///ronde/beeld/x.svg': no"


@pytest.mark.parametrize(
    ('table', 'said', 'reason', 'about'),
    [
        (
            STYLE,
            'Ignored `colour: red` at 1:1, unknown property.',
            '"colour: red" is no property of a style',
            'colour: red',
        ),
        (STYLE, NO_PICTURE, PICTURE_WORDS, 'beeld/x.svg'),
        (
            STYLE,
            '.notdef glyph rendered for Unicode string unsupported by fonts: "漢" (U+6F22)',
            'the character "漢"',
            '漢',
        ),
        (STYLE, 'Quite new words', "a style, a template or a picture asks for something that can't be done", ''),
        (TEMPLATE, "'titl' is undefined", 'the name "titl" is not known here', 'titl'),
        (
            TEMPLATE,
            "'dossier.model.Thema object' has no attribute 'titl'",
            'there is nothing named "titl" here',
            'titl',
        ),
        (PICTURE, "cannot identify image file '/tmp/x.png'", 'it is no picture, or it is damaged', ''),
        (PICTURE, 'mismatched tag: line 3, column 5', 'the drawing is not written right on its line 3', ''),
    ],
)
def test_what_a_library_says_comes_in_plain_words(table, said, reason, about):
    assert (explain(table, said).reason, explain(table, said).about) == (reason, about)
    assert not ENGLISH.search(explain(table, said).reason)
