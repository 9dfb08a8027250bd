"""Preflight and imposition of broken and foreign PDFs: always a verdict, soon, and never a traceback."""

import resource
import shutil
import subprocess
import time
from pathlib import Path

import pikepdf
import pytest

from dossier.errors import Finding
from dossier.press.bounded import SECONDS, run_bounded
from dossier.press.impose import Imposition, impose_file
from dossier.press.preflight_print import judge_file
from tests.strange import bomb, mutate
from tests.test_preflight_print import base, form, holds, picture, tile

FOREIGN = sorted((Path(__file__).parent / 'vreemd').glob('*.pdf'))


def waste_memory(path):
    return len(b' ' * 10**9)


def waste_time(path):
    while True:
        pass


@pytest.fixture(scope='module')
def sample(tmp_path_factory):
    """A PDF with something of everything, uncompressed, so that a spoilt byte matters."""
    pdf = base(4)
    picture('CMYK', 40, 20, (100, 100, 100, 0), mask=True)(pdf)
    page = pdf.pages[0].obj
    page.Resources.XObject.X = form(pdf, b'q 0 1 0 0 k 0 0 9 9 re f Q BT /F 9 Tf (ab) Tj ET', Resources=page.Resources)
    page.Resources.Pattern = holds('P', tile)(pdf)
    more = b' /X Do /Pattern cs /P scn 5 5 9 9 re f BT /F 9 Tf 50 50 Td (ab) Tj ET BI /W 1 /H 1 /BPC 8 /CS /G ID a EI'
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + more + b' 1 0 0 RG 1 1 m 2 2 3 3 4 4 c s')
    pdf.pages[1].obj.Contents, pdf.pages[1].obj.Resources = page.Contents, page.Resources
    path = tmp_path_factory.mktemp('robuust') / 'heel.pdf'
    pdf.save(path, qdf=True, static_id=True, force_version='1.6', stream_decode_level=0)
    return path.read_bytes()


def judge(content, folder, number):
    path = folder / f'{number}.pdf'
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    verdict = run_bounded(judge_file, path)
    imposed = run_bounded(impose_file, path, Imposition())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    path.unlink()
    assert isinstance(verdict, list | Finding) and isinstance(imposed, bytes | Finding)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2 * (SECONDS + 1)
    return verdict


def test_the_sample_itself_is_judged(sample, tmp_path):
    verdict = judge(sample, tmp_path, 0)
    assert isinstance(verdict, list) and {'druk-transparantie', 'druk-kleurruimte'} <= {one.code for one in verdict}


@pytest.mark.parametrize('seed', range(15))
def test_a_spoilt_file_ends_in_a_verdict(seed, sample, tmp_path):
    judge(mutate(sample, seed), tmp_path, seed)


def test_a_picture_of_no_kind_at_all_ends_in_a_verdict(sample, tmp_path):
    verdict = judge(sample.replace(b'/BitsPerComponent 8', b'/BitsPerComponent 99'), tmp_path, 0)
    assert 'druk-pagina-stuk' in {one.code for one in verdict}


def test_what_pikepdf_warns_of_is_not_shown(tmp_path):
    pdf = base(1)
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=form(pdf, b'q 1 0 0'))
    pdf.pages[0].obj.Contents = pdf.make_stream(b'/X Do')
    pdf.save(tmp_path / 'a.pdf')
    assert isinstance(run_bounded(judge_file, tmp_path / 'a.pdf'), list)


@pytest.mark.slow
def test_five_hundred_spoilt_files_end_in_a_verdict(sample, tmp_path):
    verdicts = [judge(mutate(sample, seed), tmp_path, seed) for seed in range(500)]
    codes = {one.code for verdict in verdicts for one in ([verdict] if isinstance(verdict, Finding) else verdict)}
    assert {'pdf-stuk', 'druk-pagina-stuk', 'druk-versleuteld'} <= codes
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 500_000  # kB, of the largest


def test_a_bomb_takes_no_memory(tmp_path):
    found = judge(bomb(), tmp_path, 0)
    codes = [found.code] if isinstance(found, Finding) else [one.code for one in found]
    assert {'pdf-te-zwaar', 'pdf-stuk', 'druk-pagina-stuk'} & set(codes)


def test_work_that_takes_too_much_memory_is_stopped(tmp_path):
    assert run_bounded(waste_memory, tmp_path / 'a.pdf').code == 'pdf-te-zwaar'


@pytest.mark.slow
def test_work_that_takes_too_long_is_stopped(tmp_path):
    started = time.perf_counter()
    assert run_bounded(waste_time, tmp_path / 'a.pdf').code == 'pdf-te-zwaar'
    assert time.perf_counter() - started < 10 * SECONDS


@pytest.mark.parametrize('path', FOREIGN, ids=lambda path: path.stem)
def test_files_of_other_programs_are_judged(path):
    verdict = run_bounded(judge_file, path)
    assert isinstance(verdict, list)
    codes = {one.code for one in verdict}
    assert {'druk-pdfx', 'druk-kleurruimte'} <= codes and not codes & {'druk-pagina-stuk', 'pdf-stuk'}


@pytest.mark.skipif(not shutil.which('gs'), reason='Ghostscript is not installed')
def test_a_file_of_ghostscript_is_judged(tmp_path):
    program = '/Times-Roman findfont 20 scalefont setfont 72 72 moveto (Proef) show 1 0 0 setrgbcolor 9 9 99 99 rectfill showpage'
    (tmp_path / 'a.ps').write_text('%!PS\n' + program)
    subprocess.run(['gs', '-q', '-o', tmp_path / 'gs.pdf', '-sDEVICE=pdfwrite', tmp_path / 'a.ps'], check=True)
    codes = {one.code for one in run_bounded(judge_file, tmp_path / 'gs.pdf')}
    assert {
        'druk-pdfx',
        'druk-kleurruimte',
    } <= codes and 'druk-lettertype' in codes  # the base fonts, that it leaves out


@pytest.mark.skipif(not shutil.which('chromium'), reason='Chromium is not installed')
def test_a_file_of_chromium_is_judged(tmp_path):
    (tmp_path / 'a.html').write_text('<p style="color: red">Tekst <a href="https://voorbeeld.example">link</a></p>')
    target = f'--print-to-pdf={tmp_path / "c.pdf"}'
    command = ['chromium', '--headless', '--no-sandbox', '--disable-gpu', target, tmp_path / 'a.html']
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    codes = {one.code for one in run_bounded(judge_file, tmp_path / 'c.pdf')}
    assert {'druk-pdfx', 'druk-kleurruimte', 'druk-annotatie'} <= codes and 'druk-pagina-stuk' not in codes
