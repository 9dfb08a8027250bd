"""What goes wrong while a book is made: its message, its exit code, and the last good product as it was."""

import shutil
import subprocess
import sys

import pytest

from tests.book.conftest import ROOT


@pytest.fixture(scope='module')
def good(tmp_path_factory):
    project = tmp_path_factory.mktemp('goed') / 'p'
    shutil.copytree(ROOT / 'tests' / 'dossiers' / 'klein', project)
    result = run(project, 'build')
    assert result.returncode == 0, result.stderr
    return project


@pytest.fixture
def project(good, tmp_path):
    shutil.copytree(good, tmp_path / 'p')
    return tmp_path / 'p'


def run(project, *arguments):
    command = [sys.executable, '-m', 'dossier', '--lang', 'en', '--project', str(project), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def products(project):
    return {path.name: path.read_bytes() for path in project.glob('output/2027/landelijk/*.pdf')}


def add_to_theme(project, text):
    path = sorted((project / 'data' / '2027' / 'themas').glob('*.md'))[0]
    path.write_text(path.read_text(encoding='utf-8') + text, encoding='utf-8')
    return f'data/2027/themas/{path.name}'


def fails(project, code, *words):
    before = products(project)
    result = run(project, 'build')
    assert result.returncode == code, result.stderr
    assert 'Traceback' not in result.stderr
    for word in words:
        assert word in result.stderr
    assert products(project) == before
    assert len(before) == 2
    return result


def test_character_that_no_font_has(project):
    file = add_to_theme(project, '\n\nEen teken: 漢.\n')
    fails(project, 6, file, 'in none of the fonts')


def test_style_that_asks_the_network_for_a_picture(project):
    (project / 'styles').mkdir(exist_ok=True)
    shipped = (ROOT / 'styles' / 'maten.css').read_text(encoding='utf-8')
    style = shipped + '\nh1 { background-image: url(http://127.0.0.1:9/x.png) }\n'
    (project / 'styles' / 'maten.css').write_text(style, encoding='utf-8')
    fails(project, 6, 'While laying out')


def test_style_that_reads_outside_the_project(project):
    (project / 'styles').mkdir(exist_ok=True)
    shipped = (ROOT / 'styles' / 'maten.css').read_text(encoding='utf-8')
    style = shipped + '\nh1 { background-image: url(file:///etc/hostname) }\n'
    (project / 'styles' / 'maten.css').write_text(style, encoding='utf-8')
    fails(project, 6, 'While laying out')


def test_template_with_an_unknown_name(project):
    (project / 'templates').mkdir(exist_ok=True)
    (project / 'templates' / 'colofon.html').write_text('<body class="x">\n{{ bestaat_niet }}</body>', encoding='utf-8')
    fails(project, 5, 'templates/colofon.html:2')


def test_data_that_break_a_rule(project):
    fails_in = add_to_theme(project, '\n\n[[bestaat-niet]]\n')
    fails(project, 4, fails_in, '[[bestaat-niet]]')


def test_output_that_is_a_folder(project):
    target = project / 'output' / '2027' / 'landelijk' / 'overdrachtsdossier.pdf'
    target.unlink()
    target.mkdir()
    result = run(project, 'build')
    assert result.returncode == 8
    assert 'folder of this name' in result.stderr


def test_strict_stops_at_a_warning(project):
    add_to_theme(project, '\n\nDe XYZQ is hier onbekend.\n')
    assert run(project, 'build').returncode == 0
    result = run(project, 'build', '--strict')
    assert result.returncode == 4
    assert '"XYZQ"' in result.stderr


def test_unfit_product_is_not_delivered(project):
    """A template without the language of the page: the PDF would not say in what language it is read aloud."""
    (project / 'templates').mkdir(exist_ok=True)
    shipped = (ROOT / 'templates' / 'basis.html').read_text(encoding='utf-8')
    (project / 'templates' / 'basis.html').write_text(shipped.replace(' lang="{{ ronde.taal }}"', ''), encoding='utf-8')
    fails(project, 6, 'lang')
