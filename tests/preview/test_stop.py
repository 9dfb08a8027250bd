"""How a preview ends: nothing is left running, whatever ends it and whatever it is doing."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.preview.conftest import run_preview, wait_until


def alive(pid):
    try:
        return Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[0] != 'Z'
    except OSError:
        return False


@pytest.mark.parametrize(
    ('number', 'code'), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_no_process_is_left(full_project, tmp_path, number, code):
    with run_preview(full_project, tmp_path / 'opened') as preview:
        workers = wait_until(lambda: len(found := preview.workers()) >= 2 and found)
        assert preview.stop(number) == code  # while the book is being laid out
        wait_until(lambda: not any(map(alive, workers)))
        assert 'Traceback' not in preview.process.stderr.read()


def test_a_round_that_is_not_there_is_told(full_project):
    command = [sys.executable, '-m', 'dossier', '--lang', 'en', '--project', str(full_project.path), 'preview', '1999']
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 3
    assert 'There is no round "1999"' in done.stderr
