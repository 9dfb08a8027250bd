"""What the preview shows is what a build makes: the same pages, with the same numbers."""

import shutil
import subprocess

import pytest

from dossier.layout.cache import digest_style
from dossier.layout.draft import draw_part
from dossier.preview.book import key_of_part, read_book
from tests.conftest import copy_project


def lay_out(book, style):
    """Lay out whatever isn't as it is now, as the preview does at leisure."""
    state = digest_style(style)
    for _round in range(4):
        book.composer.digits = book.numbering.digits()
        for name in book.composer.names:  # the afkortingenlijst is the last
            part = book.compose(name)
            key = key_of_part(part, state, {})
            if book.keys.get(name) != key:
                book.drafts[name], book.keys[name] = draw_part(part, style, state, book.composer.names), key


@pytest.fixture(scope='module')
def shown(small_book):
    book = read_book(small_book.project, small_book.composer.dossier.ronde.ronde, None)
    lay_out(book, small_book.style)
    return book


def picture(path, page, folder):
    """Return a page as it looks in its trim box, at 50 dots an inch."""
    command = ['pdftoppm', '-f', str(page), '-l', str(page), '-r', '50', '-gray', '-cropbox', str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout, folder
    return done.stdout


@pytest.mark.skipif(not shutil.which('pdftoppm'), reason='pdftoppm (poppler-utils) is not installed')
def test_every_page_looks_as_in_the_book(small_book, shown, tmp_path):
    number = 0
    for name in shown.composer.names:
        for index in range(shown.drafts[name].fragment.pages):
            number += 1
            draft = tmp_path / 'page.pdf'
            draft.write_bytes(shown.find_page(name, index))
            made, kept = (picture(*of, tmp_path) for of in ((small_book.files['dossier'], number), (draft, 1)))
            assert len(made) == len(kept)
            far = sum(abs(one - other) > 40 for one, other in zip(made, kept, strict=True))
            # A mark parts a run of text in two, which may move letters by a hair; a wrong digit is 15 points and more.
            assert far < 10, f'{name}, page {index + 1}: {far} points differ'
    assert number > 10


def test_the_pages_on_the_screen_are_those_of_the_whole_part(small_book, shown):
    state = digest_style(small_book.style)
    whole = shown.drafts['water'].sheets
    for index, sheet in whole.items():
        alone = draw_part(shown.compose('water'), small_book.style, state, shown.composer.names, [index])
        assert alone.sheets == {index: sheet}
        assert alone.fragment.pages == index + 1  # and nothing after it was laid out


def test_a_build_notes_no_places(small_book):
    assert not any(
        'data-bron' in part.html or '<!--bron' in part.html for book in small_book.books.values() for part in book.parts
    )


@pytest.mark.parametrize('rules', ['hoofdstuk', 'boek'])
@pytest.mark.parametrize('file', ['themas/01-water.md', 'hoofdstukken/werkwijze.md'])
def test_a_chapter_alone_comes_out_as_with_the_whole_round(shown, tmp_path, file, rules):
    project = copy_project('volledig', tmp_path / 'project')
    project.replace('data/2027/dossier.yaml', 'eerste_gebruik: hoofdstuk', f'eerste_gebruik: {rules}')
    book = read_book(project.path, '2027', shown)
    path = f'data/2027/{file}'
    assert book.knows(path)
    text = (project.path / path).read_text(encoding='utf-8')
    project.write(path, text.replace('\n## ', '\n## Nieuw: GS en PS over [[energie]]\n\nHier zegt GS iets.\n\n## ', 1))
    name = book.take_chapter(project.path, path)
    whole = read_book(project.path, '2027', shown)
    assert 'Nieuw' in book.compose(name).html
    assert book.compose(name) == whole.compose(name)


def test_only_a_chapter_with_pages_is_taken_alone(shown):
    for file in ('afkortingen.yaml', '2027/dossier.yaml', '2027/themas/09-nieuw.md'):
        assert not shown.knows(f'data/{file}')
