"""Fragments from the cache: laid out once, and again when anything that they depend on changes."""

import shutil

import pytest

from dossier.i18n import set_language
from dossier.layout import cache
from dossier.layout.pool import open_typesetter
from dossier.layout.style import Style
from dossier.parts import Part
from tests.conftest import ROOT


def part(text='Tekst', name='deel'):
    html = f'<html lang="nl"><body data-boek="x"><h1>{text}</h1><img src="beeld/dijk.png" alt="een dijk"></body></html>'
    return Part(name, 'Deel', html, 'data/deel.md')


def ignore(fragment):
    """Report nothing."""


@pytest.fixture
def style(tmp_path):
    styles = tmp_path / 'styles'
    styles.mkdir()
    (styles / 'boek.css').write_text('@page { size: A5 } body { font-family: Source Serif 4 }', encoding='utf-8')
    ronde = tmp_path / 'data' / '2027'
    shutil.copytree(ROOT / 'tests' / 'dossiers' / 'volledig' / 'data' / '2027' / 'beeld', ronde / 'beeld')
    return Style((styles / 'boek.css',), (ronde,), (styles,))


@pytest.fixture
def typesetter(style, tmp_path):
    with open_typesetter(style, 1, tmp_path / 'cache') as typesetter:
        typesetter.lay_out([part()], ignore)
        assert (typesetter.laid_out, typesetter.reused) == (1, 0)
        yield typesetter


def counts(typesetter, *parts):
    before = typesetter.laid_out, typesetter.reused
    typesetter.lay_out(parts or [part()], ignore)
    return typesetter.laid_out - before[0], typesetter.reused - before[1]


def test_what_is_the_same_is_laid_out_once(typesetter):
    first = typesetter.lay_out([part()], ignore)['deel']
    typesetter.close()
    again = typesetter.lay_out([part()], ignore)['deel']
    assert again == first
    assert again.pdf.startswith(b'%PDF')
    assert typesetter.executor is None  # nothing to lay out, so no workers
    assert (typesetter.laid_out, typesetter.reused) == (1, 2)


def test_another_text_is_another_fragment(typesetter):
    assert counts(typesetter, part('Anders', 'ander'), part()) == (1, 1)
    assert counts(typesetter, part(name='ander-deel')) == (1, 0)  # its name is in the IDs of its notes


def test_a_picture_that_changes_is_seen(typesetter, style):
    picture = style.ronde[0] / 'beeld' / 'dijk.png'
    old = picture.read_bytes()
    shutil.copy(
        ROOT / 'tests' / 'dossiers' / 'klein' / 'data' / 'afkortingen.yaml', style.ronde[0] / 'beeld' / 'los.txt'
    )
    assert counts(typesetter) == (0, 1)  # a file that the part doesn't read
    picture.write_bytes(old + b' ')
    assert counts(typesetter) == (1, 0)


def test_a_style_that_changes_is_seen_by_the_workers_too(typesetter, style):
    before = typesetter.lay_out([part()], ignore)['deel'].pdf
    style.sheets[0].write_text('@page { size: A4 }', encoding='utf-8')
    after = typesetter.lay_out([part()], ignore)['deel'].pdf
    assert b'841.8' in after
    assert b'841.8' not in before
    (style.stijl[0] / 'fonts').mkdir()
    (style.stijl[0] / 'fonts' / 'Nieuw.ttf').write_bytes(b'x')
    assert counts(typesetter) == (1, 0)


def test_a_file_of_another_product_costs_nothing(typesetter, style):
    (style.stijl[0] / 'web').mkdir()
    for name in ('web/site.css', 'web/site.js', 'web/pictogram.svg', 'folder.css'):
        (style.stijl[0] / name).write_text('a { color: red }', encoding='utf-8')
        assert counts(typesetter) == (0, 1), name


def test_a_sheet_and_a_picture_that_a_part_reads_are_seen(typesetter, style):
    (style.stijl[0] / 'eigen.css').write_text('h1 { background: url(vlak.svg) }', encoding='utf-8')
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="{}" height="9"/></svg>'
    (style.stijl[0] / 'vlak.svg').write_text(svg.format(9), encoding='utf-8')
    sheet = '<style>@import url(file:///stijl/eigen.css);</style>'
    html = part().html.replace('<body', f'{sheet}<body')
    own = Part('eigen', 'Eigen', html, 'data/eigen.md')
    assert counts(typesetter, own) == (1, 0)
    assert counts(typesetter, own, part()) == (0, 2)
    (style.stijl[0] / 'vlak.svg').write_text(svg.format(5), encoding='utf-8')
    assert counts(typesetter, own, part()) == (1, 1)
    (style.stijl[0] / 'eigen.css').write_text('h1 { color: red }', encoding='utf-8')
    assert counts(typesetter, own, part()) == (1, 1)


@pytest.mark.parametrize('rule', ['@import', '@IMPORT', '@\\69mport', '@i\\6dport'])
def test_a_sheet_that_a_sheet_imports_is_seen(typesetter, style, rule):
    own = style.stijl[0] / 'eigen.css'
    own.write_text('@page { size: A5 }', encoding='utf-8')
    style.sheets[0].write_text(f'{rule} url(eigen.css);', encoding='utf-8')
    before = typesetter.lay_out([part()], ignore)['deel'].pdf
    own.write_text('@page { size: A4 }', encoding='utf-8')
    after = typesetter.lay_out([part()], ignore)['deel'].pdf
    assert (b'841.8' in before, b'841.8' in after) == (False, True)


def test_library_and_language_are_part_of_the_key(typesetter, monkeypatch):
    set_language('nl')
    assert counts(typesetter) == (1, 0)
    monkeypatch.setattr(cache, 'installed_versions', lambda: ('weasyprint-0.dist-info',))
    assert counts(typesetter) == (1, 0)


def test_the_key_knows_weasyprint_and_pango():
    versions = ' '.join(cache.installed_versions())
    assert 'weasyprint-' in versions
    assert 'pango' in versions


def test_a_damaged_entry_is_made_anew(typesetter, tmp_path):
    (entry,) = (tmp_path / 'cache').glob('*/*')
    good = entry.read_bytes()
    entry.write_bytes(good[:-100] + b'X' * 100)
    assert counts(typesetter) == (1, 0)
    assert entry.read_bytes() == good


def test_a_folder_that_cannot_be_written_costs_only_time(style, tmp_path):
    (tmp_path / 'cache').write_text('een bestand in de weg', encoding='utf-8')
    with open_typesetter(style, 1, tmp_path / 'cache') as typesetter:
        assert typesetter.lay_out([part()], ignore)['deel'].pdf.startswith(b'%PDF')
