"""A real cluster on this computer, a scheduler and workers in processes of their own: the same files as without, or an error."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from dossier.errors import ToolError
from dossier.layout.cluster import open_cluster
from dossier.layout.pool import open_typesetter
from dossier.layout.style import find_style
from dossier.pipeline import build
from dossier.products import Options
from tests.book.conftest import ROOT, silent

# A worker whose computer has another pydyf.
OTHER = """
import importlib.metadata as metadata
take = metadata.version
metadata.version = lambda name: '0.0.1' if name == 'pydyf' else take(name)
from distributed.cli.dask_worker import main
main()
"""

# A worker whose computer has no dossier.
WITHOUT = """
import sys
sys.modules['dossier'] = None
from distributed.cli.dask_worker import main
main()
"""


class Processes:
    """A scheduler, and workers as they are asked for."""

    def __init__(self, folder):
        self.folder, self.started = folder, []
        command = ('-m', 'distributed.cli.dask_scheduler', '--host', '127.0.0.1', '--port', '0')
        self.address = self.start(r'Scheduler at: +(tcp://\S+)', *command)[1]

    def start(self, ready, *command):
        """Start a process, and return where it says that it is ready."""
        said = self.folder / f'{len(self.started)}.log'
        with said.open('w') as log:
            process = subprocess.Popen(
                [sys.executable, *command, '--no-dashboard'],
                stdout=log,
                stderr=log,
                env={**os.environ, 'PYTHONPATH': str(ROOT)},
                start_new_session=True,
            )
        self.started.append(process)
        for _again in range(300):
            if match := re.search(ready, said.read_text()):
                return match
            assert process.poll() is None, said.read_text()
            time.sleep(0.1)
        raise AssertionError(said.read_text())

    def add_worker(self, *program):
        options = ('--no-nanny', '--nthreads', '2', '--host', '127.0.0.1', '--local-directory', str(self.folder))
        self.start(r'Registered to', *(program or ('-m', 'distributed.cli.dask_worker')), self.address, *options)
        return self.started[-1]

    def stop(self):
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def cluster(folder):
    made = Processes(folder)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope='module')
def two(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp('dask')) as made:
        made.add_worker()
        made.add_worker()
        yield made


def made(project, **options):
    built = build(project.path, None, Options(cache=False, **options), silent)
    return built, {path: content for product in built.products for path, content in product.files.items()}


def test_same_files_as_with_jobs_though_a_worker_dies(two, full_project):
    _built, expected = made(full_project, jobs=2)
    victim, laid_out = two.started[-1], []

    def kill(stage, name, pages):
        laid_out.append(name) if stage == 'lay out' else None
        if len(laid_out) == 3:
            victim.send_signal(signal.SIGKILL)

    options = Options(cache=False, cluster=two.address)
    built = build(full_project.path, None, options, kill)
    assert victim.wait(10) == -signal.SIGKILL
    assert len(laid_out) > 10
    assert {path: content for product in built.products for path, content in product.files.items()} == expected


def test_all_workers_dead(tmp_path, full_project, monkeypatch):
    monkeypatch.setattr('dossier.layout.cluster._PATIENCE_S', 2)
    with cluster(tmp_path) as one:
        worker = one.add_worker()

        def kill(stage, name, pages):
            if stage == 'lay out' and worker.poll() is None:
                worker.kill()
                worker.wait()

        started = time.monotonic()
        with pytest.raises(ToolError) as caught:
            build(full_project.path, None, Options(cache=False, cluster=one.address), kill)
        assert caught.value.findings[0].code == 'cluster-leeg'
        assert time.monotonic() - started < 30


def test_worker_with_another_version_is_refused(tmp_path, full_project):
    style = find_style(full_project.path, '2027')
    with cluster(tmp_path) as one:
        one.add_worker('-c', OTHER)
        with pytest.raises(ToolError) as caught:
            open_cluster(one.address, style)
        (found,) = caught.value.findings
        assert found.code == 'cluster-anders'
        assert 'pydyf is 0.0.1 there' in found.message
        assert 'tcp://127.0.0.1:' in found.message


def test_worker_that_differs_later_is_refused(two, full_project):
    """One that joins half-way was not asked before: each part asks again."""
    with open_typesetter(find_style(full_project.path, '2027'), 1, cluster=two.address) as typesetter:
        typesetter.warm()
        typesetter.remote.expected['styles, fonts'] = 'of before'
        from dossier.parts import Part

        with pytest.raises(ToolError, match='styles, fonts'):
            typesetter.lay_out([Part('x', 'X', '<html><body>x</body></html>', 'x.md')], lambda fragment: None)


def test_no_workers_and_no_scheduler(tmp_path, full_project, monkeypatch):
    monkeypatch.setattr('dossier.layout.cluster._PATIENCE_S', 2)
    style = find_style(full_project.path, '2027')
    with cluster(tmp_path) as empty, pytest.raises(ToolError, match='has no workers'):
        open_cluster(empty.address, style)
    for wrong in (empty.address, 'nonsense://x:1'):
        started = time.monotonic()
        with pytest.raises(ToolError, match='no scheduler') as caught:
            open_cluster(wrong, style)
        assert caught.value.exit_code == 11
        assert time.monotonic() - started < 15


def test_library_is_missing(monkeypatch, full_project):
    monkeypatch.setitem(sys.modules, 'distributed', None)
    with pytest.raises(ToolError, match='library for a cluster') as caught:
        open_cluster('tcp://127.0.0.1:1', find_style(full_project.path, '2027'))
    assert 'dossier[cluster]' in caught.value.findings[0].hint


def test_worker_without_the_program(tmp_path, full_project):
    with cluster(tmp_path) as one:
        one.add_worker('-c', WITHOUT)
        with pytest.raises(ToolError, match=r'tcp://127\.0\.0\.1:\d+ .*dossier'):
            open_cluster(one.address, find_style(full_project.path, '2027'))
