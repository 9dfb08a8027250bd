"""The leaflet: two sides that hold their text or say how much is too much, every abbreviation explained, codes that can be read."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from dossier.compose import Composer
from dossier.compose.web_address import draw_code, short_address
from dossier.errors import DataError, PreflightError
from dossier.layout.pool import open_typesetter
from dossier.layout.style import find_style
from dossier.pipeline import check_edition
from dossier.press.preflight_print import judge_file
from dossier.products import Job, Options
from dossier.products.leaflet import make_leaflet, write_out_first
from dossier.text import split_sections
from tests.conftest import copy_project

ROOT = Path(__file__).parent.parent
MM = 72 / 25.4


@pytest.fixture(scope='module')
def typesetter(tmp_path_factory):
    with open_typesetter(find_style(ROOT, '2023'), 1, tmp_path_factory.mktemp('cache')) as found:
        yield found


def job_of(project, typesetter, **changes):
    marked = check_edition(project, '2023' if project == ROOT else None)
    ronde = marked.dossier.ronde
    if changes:
        folder = ronde.folder.model_copy(update=changes) if changes.get('folder', True) else None
        marked.dossier = marked.dossier.model_copy(update={'ronde': ronde.model_copy(update={'folder': folder})})
    options = Options(date=datetime(2023, 3, 29, tzinfo=UTC))
    return Job(project, 'landelijk', Composer(marked, project), typesetter, {}, options, lambda *_: None)


def test_the_leaflet_of_2023_has_two_sides_of_a4(typesetter, tmp_path):
    product = make_leaflet(job_of(ROOT, typesetter))
    (tmp_path / 'folder.pdf').write_bytes(product.content)
    assert (product.path, product.pages) == ('output/2023/landelijk/folder.pdf', 2)
    with pikepdf.open(tmp_path / 'folder.pdf') as pdf:
        sizes = [[round(float(number) * 25.4 / 72) for number in page.mediabox[2:]] for page in pdf.pages]
        assert sizes == [[297, 210]] * 2
        assert str(pdf.docinfo['/Title']) == 'Samenwerkende provincies'


@pytest.mark.parametrize('form', ['a5', 'a4'])
def test_a_text_that_does_not_fit_is_told_with_the_number_of_lines(typesetter, form):
    with pytest.raises(PreflightError) as error:
        make_leaflet(job_of(ROOT, typesetter, vorm=form))
    (found,) = error.value.findings
    assert found.code == 'folder-te-vol'
    assert found.message.startswith('The leaflet has ')
    assert found.message.endswith(' lines too many in "het-ipo".')
    assert 5 < int(found.message.split()[3]) < 40


def test_other_folds_hold_less(typesetter):
    fewer = ('De handen ineen', 'De Ruimtelijke Puzzel', 'Drie manieren van werken')
    assert make_leaflet(job_of(ROOT, typesetter, vorm='a5', koppen=fewer)).pages == 2
    assert make_leaflet(job_of(ROOT, typesetter, vorm='a4', koppen=fewer[1:])).pages == 2


def test_a_panel_that_is_too_full_is_told_by_its_name(tmp_path):
    project = copy_project('volledig', tmp_path / 'project')
    people = ''.join(f'  - {{naam: P. Verzonnen {n}, functie: lid, email: p{n}@vv.example}}\n' for n in range(30))
    project.replace('data/2027/contact.yaml', 'personen:\n', f'personen:\n{people}')
    with open_typesetter(find_style(project.path, '2027'), 1) as own, pytest.raises(PreflightError) as error:
        make_leaflet(job_of(project.path, own))
    assert [(found.code, '"Contact"' in found.message) for found in error.value.findings] == [('folder-te-vol', True)]


def test_a_round_without_a_leaflet_and_a_heading_that_is_not_there(typesetter):
    for changes, code in (({'folder': None}, 'folder-ontbreekt'), ({'koppen': ('Weg',)}, 'folder-kop-onbekend')):
        with pytest.raises(DataError) as error:
            make_leaflet(job_of(ROOT, typesetter, **changes))
        assert [found.code for found in error.value.findings] == [code]


def test_an_abbreviation_is_written_out_where_it_comes_first_on_the_leaflet():
    sections = split_sections(check_edition(ROOT, '2023').dossier.hoofdstukken['het-ipo'].tekst)
    seen: set[str] = set()

    def printed(tekst):
        children = (child for token in tekst.tokens for child in token.children or ())
        return [(child.content, child.meta['print']) for child in children if child.type == 'abbreviation']

    before = printed(sections['Drie manieren van werken'])
    assert before
    assert {how for _form, how in before} == {'short'}
    after = printed(write_out_first(sections['Drie manieren van werken'], seen))
    assert after[0] == (before[0][0], 'long_brackets')
    assert printed(write_out_first(sections['Drie manieren van werken'], seen)) == before
    assert printed(sections['Drie manieren van werken']) == before


def test_a_code_has_a_quiet_zone_and_a_title():
    code = draw_code('https://vv.example/?a=1&b="2"')
    assert '<title>https://vv.example/?a=1&amp;b=&#34;2&#34;</title>' in code
    modules = code.split('M')[1:]
    assert min(int(module.split(',')[0]) for module in modules) == 4


@pytest.mark.parametrize(
    ('address', 'short'),
    [
        ('https://www.rli.nl', 'rli.nl'),
        ('http://vv.example/a/b/', 'vv.example/a/b'),
        ('https://www2.example/www.x', 'www2.example/www.x'),
        ('https://vv.example/?a=1/', 'vv.example/?a=1'),
    ],
)
def test_an_address_is_short_on_paper(address, short):
    assert short_address(address) == short


def test_the_leaflet_for_the_printer_has_bleed_and_fold_marks_outside_the_trim(typesetter, tmp_path):
    product = make_leaflet(job_of(ROOT, typesetter))
    path = tmp_path / 'folder-druk.pdf'
    path.write_bytes(product.files['output/2023/landelijk/folder-druk.pdf'])
    assert judge_file(path) == []
    with pikepdf.open(path) as pdf:
        for page, folds in zip(pdf.pages, ((97, 197), (100, 200)), strict=True):
            assert float(page.trimbox[2] - page.trimbox[0]) == pytest.approx(297 * MM, abs=0.01)
            assert float(page.trimbox[3] - page.trimbox[1]) == pytest.approx(210 * MM, abs=0.01)
            around = [
                trim - bleed for trim, bleed in zip(map(float, page.trimbox), map(float, page.bleedbox), strict=True)
            ]
            assert around == pytest.approx([3 * MM, 3 * MM, -3 * MM, -3 * MM], abs=0.01)
            marks = page.obj.Contents[1].read_bytes().decode().partition('[2 1.5] 0 d')[2]
            lines = [
                tuple(map(float, line.split()[:2] + line.split()[3:5])) for line in marks.split('\n') if ' m ' in line
            ]
            left, low, _right, high = map(float, page.bleedbox)
            assert sorted({round((line[0] - left) / MM - 3) for line in lines}) == list(folds)
            assert all(max(line[1], line[3]) < low or min(line[1], line[3]) > high for line in lines)
            assert len(lines) == 2 * len(folds)


@pytest.mark.skipif(not shutil.which('gs'), reason='Ghostscript is not installed')
def test_ghostscript_reads_the_inks_of_the_leaflet(typesetter, tmp_path):
    product = make_leaflet(job_of(ROOT, typesetter))
    path = tmp_path / 'folder-druk.pdf'
    path.write_bytes(product.files['output/2023/landelijk/folder-druk.pdf'])
    command = ['gs', '-q', '-dBATCH', '-dNOPAUSE', '-o', '-', '-sDEVICE=inkcov', path]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) == 2
    assert all(line.endswith('CMYK OK') and any(map(float, line.split()[:4])) for line in lines)


def test_a_leaflet_without_bleed_stops_the_build(tmp_path):
    project = copy_project('volledig', tmp_path / 'project')
    css = (ROOT / 'styles' / 'folder.css').read_text(encoding='utf-8')
    project.write('styles/folder.css', f'{css}.drieluik .wie {{ left: 0 }}')
    with open_typesetter(find_style(project.path, '2027'), 1) as own, pytest.raises(PreflightError) as error:
        make_leaflet(job_of(project.path, own))
    assert {(found.code, found.place.file) for found in error.value.findings} == {
        ('druk-afloop', 'data/2027/dossier.yaml')
    }
