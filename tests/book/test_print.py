"""The print files of real books: what Ghostscript and pikepdf see of colour, boxes, ink and identification."""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from yaml import safe_load

from dossier.errors import Finding, PreflightError, Severity
from dossier.pipeline import build
from dossier.press.preflight_print import judge_file
from dossier.press.preflight_screen import judge_screen
from dossier.press.walk import Walker
from dossier.products import Options

ROOT = Path(__file__).parent.parent.parent
MM = 72 / 25.4
needs_ghostscript = pytest.mark.skipif(not shutil.which('gs'), reason='Ghostscript is not installed')


def ghostscript(*arguments):
    done = subprocess.run(
        ['gs', '-q', '-dBATCH', '-dNOPAUSE', *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def ink_of_pages(path):
    lines = ghostscript('-o', '-', '-sDEVICE=inkcov', path).splitlines()
    assert all(line.endswith('CMYK OK') for line in lines), lines
    return [tuple(map(float, line.split()[:4])) for line in lines]


def colours(pdf):
    """Yield the colour space of everything that is painted, and of every picture."""
    for page in pdf.pages:
        for step in Walker((0, 0, 9999, 9999)).walk(page.obj, page.obj.Resources):
            if step.paints in ('fill', 'both', 'text'):
                yield step.state.fill.space
            if step.paints in ('stroke', 'both'):
                yield step.state.stroke.space
            if step.paints == 'image':
                yield str(step.target.ColorSpace)[1:]


def silent(stage, detail, pages):
    """Report nothing."""


@dataclass(frozen=True)
class Printed:
    printed: dict[str, Path]
    warnings: list[Finding]


def copy_small(folder):
    shutil.copytree(ROOT / 'tests' / 'dossiers' / 'volledig' / 'data', folder / 'data')
    return folder


def enlarge(path, times=7):
    with Image.open(path) as image:
        image.resize((image.width * times, image.height * times)).save(path)


@pytest.fixture(scope='session')
def small_print(tmp_path_factory):
    """The files for the printer of the full small project, with pictures that are fine enough."""
    project = copy_small(tmp_path_factory.mktemp('druk'))
    for path in [*project.rglob('*.png'), *project.rglob('*.jpg')]:
        enlarge(path)
    findings = build(project, None, Options(products=('druk',)), silent).findings
    return Printed({path.name: path for path in project.rglob('druk/*')}, findings)


@pytest.mark.parametrize('book', ['small_print', 'book_2023'])
def test_no_colour_but_ink(book, request):
    for name in ('binnenwerk.pdf', 'omslag.pdf', 'order.pdf'):
        with pikepdf.open(request.getfixturevalue(book).printed[name]) as pdf:
            marks = {'Separation'} if book == 'small_print' else set()  # of its crop marks, on every plate
            assert set(colours(pdf)) <= {'DeviceCMYK', 'DeviceGray', *marks}, name


def test_the_screen_edition_is_in_screen_colours(book_2023):
    with pikepdf.open(book_2023.files['dossier']) as pdf:
        assert 'DeviceRGB' in set(colours(pdf))


def test_boxes_to_a_hundredth_of_a_point(book_2023):
    with pikepdf.open(book_2023.printed['binnenwerk.pdf']) as pdf:
        for page in pdf.pages:
            trim = [float(value) for value in page.obj.TrimBox]
            bleed = [float(value) for value in page.obj.BleedBox]
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([210 * MM, 297 * MM], abs=0.01)
            assert [trim[0] - bleed[0], trim[1] - bleed[1]] == pytest.approx([3 * MM, 3 * MM], abs=0.01)
            assert [bleed[2] - trim[2], bleed[3] - trim[3]] == pytest.approx([3 * MM, 3 * MM], abs=0.01)
            assert list(page.obj.MediaBox) == list(page.obj.BleedBox)


def test_the_cover_has_front_spine_and_back(book_2023):
    order = safe_load(book_2023.printed['order.yaml'].read_text())
    with pikepdf.open(book_2023.printed['omslag.pdf']) as pdf:
        assert len(pdf.pages) == 1
        trim = [float(value) for value in pdf.pages[0].obj.TrimBox]
    assert trim[2] - trim[0] == pytest.approx((420 + order['omslag']['rug_mm']) * MM, abs=0.01)
    assert order['omslag']['rug_mm'] == pytest.approx(order['binnenwerk']['paginas'] / 2 * 90 * 1.25 / 1000, abs=0.05)


def test_pages_stand_at_their_numbers_with_blanks_between(book_2023):
    numbering = book_2023.books['dossier'].numbering
    with pikepdf.open(book_2023.printed['binnenwerk.pdf']) as pdf:
        assert len(pdf.pages) == numbering.last + numbering.last % 2
        blank = [n for n, page in enumerate(pdf.pages, start=1) if not page.Contents.read_bytes().strip()]
        starts = set(numbering.first.values())
    assert blank and all(number % 2 == 0 and (number + 1 in starts or number > numbering.last) for number in blank)


@needs_ghostscript
def test_ghostscript_sees_text_on_the_black_plate_only(book_2023, tmp_path):
    file = book_2023.printed['binnenwerk.pdf']
    page = book_2023.books['dossier'].numbering.first['stikstof'] + 1
    ghostscript(
        '-o', tmp_path / 'p%d.tif', '-sDEVICE=tiffsep', '-r50', f'-dFirstPage={page}', f'-dLastPage={page}', file
    )
    # The column of the text, without the headings beside it and the running head.
    area = tuple(round(value * MM * 50 / 72) for value in (3 + 18 + 52, 40, 3 + 186, 100))
    darkest = {}
    for name in ('Cyan', 'Magenta', 'Yellow', 'Black'):
        with Image.open(tmp_path / f'p1({name}).tif') as plate:
            darkest[name] = plate.convert('L').crop(area).getextrema()[0]
    assert darkest.pop('Black') < 128
    assert set(darkest.values()) == {255}


@needs_ghostscript
def test_ghostscript_finds_no_more_ink_than_allowed(book_2023, tmp_path):
    for name in ('binnenwerk.pdf', 'omslag.pdf'):
        ghostscript('-o', tmp_path / 'q%d.tif', '-sDEVICE=tiff32nc', '-r20', book_2023.printed[name])
        for path in tmp_path.glob('q*.tif'):
            with Image.open(path) as image:
                content = image.tobytes()
                assert max(map(sum, zip(*(content[n::4] for n in range(4)), strict=True))) <= 765 + 2, (name, path.name)
        assert all(ink[3] >= 0 for ink in ink_of_pages(book_2023.printed[name]))


def test_it_says_that_it_is_pdf_x_4(book_2023):
    with pikepdf.open(book_2023.printed['binnenwerk.pdf']) as pdf:
        assert pdf.pdf_version == '1.6'
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == 'FOGRA39' and intent.DestOutputProfile.N == 4
        assert b'PDF/X-4' in pdf.Root.Metadata.read_bytes() and pdf.docinfo['/Trapped'] == '/False'
        assert not any('/Annots' in page.obj for page in pdf.pages) and '/StructTreeRoot' not in pdf.Root


def test_pictures_carry_the_author_s_line(small_print):
    with pikepdf.open(small_print.printed['binnenwerk.pdf']) as pdf:
        pictures = [target for target in pdf.objects if isinstance(target, pikepdf.Stream)]
        sources = [target['/DSSR_Bron'] for target in pictures if '/DSSR_Bron' in target]
        assert sources and all(file == 'data/2027/themas/01-water.md' and line > 0 for file, line, _name in sources)


@pytest.mark.parametrize('name', ['binnenwerk.pdf', 'omslag.pdf', 'order.pdf'])
def test_the_files_of_2023_pass_preflight(book_2023, name):
    started = time.process_time()
    findings = judge_file(book_2023.printed[name])
    assert [str(finding) for finding in findings] == []
    with pikepdf.open(book_2023.printed[name]) as pdf:
        assert (time.process_time() - started) / len(pdf.pages) < 10 / 200 or len(pdf.pages) < 5


def test_a_picture_a_bit_coarse_is_told_with_the_author_s_line(small_print):
    coarse = [finding for finding in small_print.warnings if finding.code == 'druk-resolutie-matig']
    assert coarse and all(
        finding.place.file == 'data/2027/themas/01-water.md' and finding.place.line for finding in coarse
    )
    assert all('beeld/' in finding.message and finding.severity is Severity.WARNING for finding in coarse)


def test_a_coarse_picture_stops_the_build_and_nothing_is_delivered(tmp_path):
    project = copy_small(tmp_path)
    with pytest.raises(PreflightError) as caught:
        build(project, None, Options(products=('druk',)), silent)
    assert {str(finding.place) for finding in caught.value.findings if finding.severity is Severity.ERROR} == {
        'data/2027/themas/01-water.md:48',
        'data/2027/themas/01-water.md:107',
    }
    assert not list(project.rglob('*.pdf'))


@pytest.mark.skipif(not shutil.which('pdfimages'), reason='poppler is not installed')
def test_poppler_agrees(book_2023, small_print):
    def ask(program, *arguments):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=True).stdout

    for book in (book_2023, small_print):
        file = book.printed['binnenwerk.pdf']
        kinds = {line.split()[5] for line in ask('pdfimages', '-list', file).splitlines()[2:]}
        assert kinds <= {'cmyk', 'gray'} and (kinds or book is book_2023)
        assert {line.split()[-5] for line in ask('pdffonts', file).splitlines()[2:]} == {'yes'}  # embedded
    lines = ask('pdfinfo', '-box', book_2023.printed['binnenwerk.pdf']).splitlines()
    boxes = {line.split(':')[0]: line.split()[1:] for line in lines if 'Box' in line}
    assert boxes['TrimBox'] == ['8.50', '8.50', '603.78', '850.39'] and boxes['BleedBox'] == boxes['MediaBox']


def test_the_screen_edition_passes_for_the_screen(book_2023):
    assert judge_screen(book_2023.files['dossier']) == []
