"""Builds again: nothing changed, something changed, killed half-way. A warm build is the same file as a cold one."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest
from PIL import Image

from dossier import unchanged
from dossier.errors import DossierError
from dossier.i18n import set_language
from dossier.layout import cache, pool
from dossier.pipeline import CACHE, build
from dossier.products import Options, screen
from dossier.resources import shipped
from tests.book.conftest import ROOT, silent
from tests.conftest import copy_project


class Here(Executor):
    """Works in this process, so that WeasyPrint is loaded once for hundreds of builds."""

    def __init__(self, *_arguments):
        pass

    def submit(self, function, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except DossierError as error:
            future.set_exception(error)
        return future


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(pool, 'ProcessPoolExecutor', Here)


def made(project, **options):
    """Build; return every file of every product, or the codes of what is wrong."""
    try:
        built = build(project.path, None, Options(jobs=1, **options), silent)
    except DossierError as error:
        return [found.code for found in error.findings]
    return {path: content for product in built.products for path, content in product.files.items()}


def test_nothing_changed(here, full_project):
    first = build(full_project.path, None, Options(jobs=1), silent)
    again = build(full_project.path, None, Options(jobs=2), silent)
    assert first.laid_out > 10
    assert (again.laid_out, again.reused) == (0, first.laid_out + first.reused)
    assert again.products == first.products
    assert again.findings == first.findings
    target = full_project.path / first.products[0].path
    good = target.read_bytes()
    for spoil in (lambda: target.unlink(), lambda: target.write_bytes(good[:-1]), lambda: None):
        spoil()
        assert build(full_project.path, None, Options(jobs=1), silent).products == first.products
        assert target.read_bytes() == good


def test_a_file_that_is_saved_during_a_build_is_in_the_next(here, full_project, monkeypatch):
    """What was read is not what lies there now, so this build may not be remembered."""
    theme = 'data/2027/themas/01-water.md'
    take = unchanged.digest_inputs
    calls = []

    def save_meanwhile(*arguments):
        calls.append(take(*arguments))
        if len(calls) == 2:
            full_project.replace(theme, 'Wat speelt er?', 'Wat speelt hier?')
            calls[-1] = take(*arguments)
        return calls[-1]

    monkeypatch.setattr('dossier.pipeline.digest_inputs', save_meanwhile)
    first = made(full_project)
    assert calls[0] != calls[1]
    assert made(full_project) != first
    assert made(full_project) == made(full_project, cache=False)


# Each changes something that a page may depend on. The same edit may come again, and some undo others.


def edit_text(project, rng):
    path = rng.choice(sorted((project.path / 'data' / '2027').rglob('*.md')))
    text = path.read_text(encoding='utf-8')
    path.write_text(text.rstrip() + f'\n\nAlinea {rng.randrange(5)} over de GS, zie [[water]].\n', encoding='utf-8')


def edit_theme_title(project, rng):
    path = project.path / 'data' / '2027' / 'themas' / '02-energie.md'
    lines = path.read_text(encoding='utf-8').split('\n')
    lines[1] = f'titel: Energie {"en " * rng.randrange(3)}meer'
    path.write_text('\n'.join(lines), encoding='utf-8')


def edit_data(project, rng):
    path = project.path / 'data' / 'afkortingen.yaml'
    text = path.read_text(encoding='utf-8').replace('Gekozen', 'Gedeputeerde')
    path.write_text(text.replace('Gedeputeerde', rng.choice(['Gekozen', 'Gedeputeerde'])), encoding='utf-8')


def edit_template(project, rng):
    name = rng.choice(['colofon.html', 'thema.html', 'inhoud.html', 'onderdelen.html'])
    text = (shipped('templates') / name).read_text(encoding='utf-8')
    project.write(f'templates/{name}', text.replace('<p class="', f'<p class="x{rng.randrange(3)} '))


def edit_style(project, rng):
    text = (shipped('styles') / 'maten.css').read_text(encoding='utf-8')
    project.write('styles/maten.css', text + f'\n.tekst {{ letter-spacing: {rng.randrange(4) / 100}pt }}\n')


def edit_font(project, rng):
    font = rng.choice(['SourceSerif4-Regular.ttf', 'SourceSerif4-It.ttf', 'SourceSerif4-Semibold.ttf'])
    project.write('styles/fonts/SourceSerif4-Regular.ttf', (shipped('styles') / 'fonts' / font).read_bytes())


def edit_picture(project, rng):
    colour = (rng.randrange(256), 90, 90)
    Image.new('RGB', (40, 30), colour).save(project.path / 'data' / '2027' / 'beeld' / 'dijk.png')


def damage_cache(project, rng):
    entries = sorted((project.path / CACHE).glob('*/*'))
    if entries:
        entry = rng.choice(entries)
        content = bytearray(entry.read_bytes())
        content[rng.randrange(len(content))] ^= 0x55
        entry.write_bytes(content)


def throw_away(project, rng):
    shutil.rmtree(project.path / rng.choice(['styles', 'templates', 'output']), ignore_errors=True)


EDITS = (
    edit_text,
    edit_theme_title,
    edit_data,
    edit_template,
    edit_style,
    edit_font,
    edit_picture,
    damage_cache,
    throw_away,
)


@pytest.mark.parametrize('count', [6, pytest.param(200, marks=pytest.mark.slow)])
def test_warm_is_cold_to_the_byte(here, monkeypatch, tmp_path, count):
    """Edit upon edit, with another option, edition, language or library now and then; the cache lives through it all."""
    project, rng, different = copy_project('volledig', tmp_path / 'p'), random.Random(count), set()
    original = shutil.copytree(project.path / 'data', tmp_path / 'data')
    for n in range(count):
        if n % 40 == 39:  # or the texts grow on and on
            shutil.rmtree(project.path / 'data')
            shutil.copytree(original, project.path / 'data')
        edit = EDITS[n % len(EDITS)] if n < len(EDITS) else rng.choice(EDITS)
        edit(project, rng)
        options = {'editions': (rng.choice(['landelijk', 'landelijk', 'testgouw']),)}
        set_language(rng.choice(['nl', 'nl', 'en']))
        versions = rng.choice([('70',), ('70',), ('71',)])
        for module in (cache, screen, unchanged):
            monkeypatch.setattr(module, 'installed_versions', lambda versions=versions: versions)
        warm = made(project, **options)
        assert warm == made(project, cache=False, **options), (n, edit.__name__)
        different.add(str(warm))
    assert len(different) > count / 3


def start(project, **more):
    command = [
        sys.executable,
        '-m',
        'dossier',
        '--project',
        str(project.path),
        'build',
        '--jobs',
        '2',
        '--format',
        'json',
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)


def outputs(project):
    return {path.name: path.read_bytes() for path in (project.path / 'output' / '2027').rglob('*.pdf')}


@pytest.mark.skipif(os.name != 'posix', reason='kill -9 is of POSIX')
@pytest.mark.parametrize('count', [3, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_at_any_moment(tmp_path, count):
    project, rng = copy_project('volledig' if count > 3 else 'klein', tmp_path / 'p'), random.Random(count)
    started = time.monotonic()
    json.loads(start(project).communicate()[0])
    lasts = time.monotonic() - started
    for n in range(count):
        before = outputs(project)
        edit_text(project, rng)
        process = start(project, start_new_session=True)
        time.sleep(lasts * (n + rng.random()) / count)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        killed = outputs(project)
        result = json.loads(start(project).communicate()[0])
        after = outputs(project)
        assert len(result['producten']) == len(after) == len(before) == 2
        for name, content in killed.items():  # whole: as it was, or all new when it was ready
            assert content in (before[name], after[name]), name
    cold = build(project.path, None, Options(jobs=2, cache=False), silent)
    assert {content for product in cold.products for content in product.files.values()} == {*after.values()}


@pytest.mark.skipif(not Path('/proc/self').exists(), reason='needs /proc to see the workers')
def test_workers_do_not_outlive_a_build_that_is_killed(project):
    process = start(project)
    children = Path(f'/proc/{process.pid}/task/{process.pid}/children')
    workers = wait_for(lambda: children.read_text(encoding='utf-8').split())
    process.kill()
    process.communicate()
    wait_for(lambda: not any(Path(f'/proc/{pid}').exists() for pid in workers))


def wait_for(ask):
    for _ in range(200):
        if found := ask():
            return found
        time.sleep(0.1)
    raise AssertionError('waited in vain')
