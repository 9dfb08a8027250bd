"""The wheel: `dossier new` and `build` from it, in an empty folder, offline."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_new_project_builds_from_the_installed_wheel(tmp_path):
    subprocess.run(
        [sys.executable, '-m', 'hatchling', 'build', '-t', 'wheel', '-d', str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob('*.whl')
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / 'site')
    # As `pip install --target` would; proxies that lead nowhere stand for a machine without a network.
    environment = {
        **os.environ,
        'PYTHONPATH': str(tmp_path / 'site'),
        'HTTPS_PROXY': 'http://127.0.0.1:9',
        'HTTP_PROXY': 'http://127.0.0.1:9',
    }

    def run(*arguments):
        command = [sys.executable, '-m', 'dossier', *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    made = run('new', 'proef')
    assert made.returncode == 0, made.stderr
    built = run('--project', 'proef', 'build', '--strict', '--all-products')
    assert built.returncode == 0, built.stderr
    assert (tmp_path / 'proef/output/2027/landelijk/overdrachtsdossier.pdf').stat().st_size > 50_000
    again = run('new', 'proef')
    assert again.returncode == 8
    assert 'proef' in again.stderr
