"""Same input, same bytes: whatever the hash seed, workers, locale, time zone, folder, and language of the messages."""

import json
import os
import shutil
import subprocess
import sys

from tests.book.conftest import ROOT


def build(project, **changes):
    """Build in a process of its own; return the digests."""
    jobs = changes.pop('jobs', '2')
    lang, ronde = changes.pop('lang', 'nl'), changes.pop('ronde', '')
    environment = {**os.environ, 'PYTHONPATH': str(ROOT), **changes}
    command = [
        sys.executable,
        '-m',
        'dossier',
        '--lang',
        lang,
        '--project',
        str(project),
        'build',
        *([ronde] if ronde else []),
        '--jobs',
        jobs,
        '--format',
        'json',
    ]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0, result.stderr
    return {product['soort']: product['sha256'] for product in json.loads(result.stdout)['producten']}


def test_same_bytes(tmp_path):
    first, second = tmp_path / 'een', tmp_path / 'een heel ander pad' / 'twee'
    for folder in (first, second):
        shutil.copytree(ROOT / 'tests' / 'dossiers' / 'volledig' / 'data', folder / 'data')
    expected = build(first, PYTHONHASHSEED='0')
    assert len(expected) == 2
    assert build(first, PYTHONHASHSEED='1', jobs='1') == expected
    assert build(second, PYTHONHASHSEED='2', jobs='3', TZ='Asia/Tokyo', LC_ALL='C', lang='en') == expected
    assert build(second, SOURCE_DATE_EPOCH='1') != expected  # the date can be seen, so the comparison can fail


def test_real_round_is_the_same_too(book_2023, tmp_path):
    shutil.copytree(ROOT / 'data', tmp_path / 'data')
    import hashlib

    expected = {kind: hashlib.sha256(path.read_bytes()).hexdigest() for kind, path in book_2023.files.items()}
    assert build(tmp_path, ronde='2023', PYTHONHASHSEED='3', jobs='1') == expected
