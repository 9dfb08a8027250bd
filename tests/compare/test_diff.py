"""`dossier diff` and `build --changes-since`, as a user runs them."""

import json
import os
import shutil
import subprocess

import pikepdf
import pytest
from click.testing import CliRunner

from dossier.cli.root import make_cli
from tests.conftest import copy_project

VERAPDF = os.environ.get('VERAPDF') or shutil.which('verapdf')


@pytest.fixture(scope='module')
def two_rounds(tmp_path_factory):
    """The full project with a round before it, in which some things were otherwise."""
    project = copy_project('volledig', tmp_path_factory.mktemp('verschil') / 'project')
    shutil.copytree(project.path / 'data' / '2027', project.path / 'data' / '2023')
    project.replace('data/2023/dossier.yaml', 'ronde: "2027"', 'ronde: "2023"')
    project.replace('data/2023/themas/01-water.md', 'Het AB kijkt mee.', 'Het AB keek mee.')
    project.replace('data/2023/themas/01-water.md', '- een punt\n', '- een ander punt\n')
    project.replace('data/2023/themas/01-water.md', 'uiterlijk: 2027-07-01', 'uiterlijk: 2027-06-01')
    project.replace('data/2023/themas/01-water.md', 'waarde: 42.5', 'waarde: 41')
    return project


def run(project, *arguments):
    return CliRunner().invoke(make_cli(), ['--project', str(project.path), *arguments])


def test_text(two_rounds):
    result = run(two_rounds, 'diff', '2023', '2027')
    assert result.exit_code == 0, result.output
    assert 'reworded: ' in result.stdout
    assert 'Het AB [-keek-] {+kijkt+} mee.' in result.stdout
    assert 'date moved: Het waterprogramma vaststellen: 2027-06-01 → 2027-07-01' in result.stdout
    assert 'changed: Schoon water (procent): 2026: 41 → 42.5' in result.stdout


def test_json(two_rounds):
    told = json.loads(run(two_rounds, 'diff', '2023', '2027', '--format', 'json').stdout)
    assert (told['van'], told['naar']) == ('2023', '2027')
    water = next(chapter for chapter in told['hoofdstukken'] if chapter['naam'] == 'water')
    assert {change['soort'] for change in water['wijzigingen']} == {'herschreven', 'verzet', 'gewijzigd', 'open'}


def test_page_holds_no_mark_up_of_a_text(two_rounds, tmp_path):
    shutil.copytree(two_rounds.path, tmp_path / 'project')
    project = type(two_rounds)(tmp_path / 'project')
    project.replace('data/2027/themas/02-energie.md', 'De RES is af.', 'De RES is <script>af</script>.')
    page = run(project, 'diff', '2023', '2027', '--format', 'html').stdout
    assert page.startswith('<!DOCTYPE html>')
    assert '<ins> &lt;script&gt;' in page or '&lt;script&gt;' in page
    assert '<script>' not in page


def test_unknown_round_is_a_missing_source(two_rounds):
    result = run(two_rounds, 'diff', '2023', '2029')
    assert result.exit_code == 3
    assert '2029' in result.stderr


def test_nothing_changed(two_rounds):
    result = run(two_rounds, 'diff', '2027', '2027')
    assert '~' not in result.stdout
    assert 'still open' in result.stdout


@pytest.fixture(scope='module')
def printed(two_rounds):
    result = run(two_rounds, 'diff', '2023', '2027', '--format', 'pdf')
    assert result.exit_code == 0, result.output
    assert run(two_rounds, 'build', '2027', '--changes-since', '2023').exit_code == 0
    folder = two_rounds.path / 'output' / '2027' / 'landelijk'
    return [folder / 'wijzigingen-sinds-2023.pdf', folder / 'overdrachtsdossier-wijzigingen.pdf']


def test_book_with_bars_stands_beside_the_real_one(printed, two_rounds):
    assert not (printed[0].parent / 'overdrachtsdossier.pdf').exists()
    with pikepdf.open(printed[1]) as pdf:
        bars = sum(page.Contents.read_bytes().count(b'0.662745 0.247059 0.082353 rg') for page in pdf.pages)
    assert bars


@pytest.mark.skipif(not VERAPDF, reason='veraPDF is not installed (on PATH, or named by VERAPDF)')
@pytest.mark.parametrize('flavour', ['2a', 'ua1'])
def test_accepted_by_verapdf(printed, flavour):
    result = subprocess.run([VERAPDF, '-f', flavour, *printed], capture_output=True, text=True, check=False)
    assert result.stdout.count('PASS ') == 2, result.stdout


def test_bars_go_with_the_dossier_only(two_rounds):
    result = run(two_rounds, 'build', '--changes-since', '2023', '--product', 'afkortingenlijst')
    assert result.exit_code == 2
