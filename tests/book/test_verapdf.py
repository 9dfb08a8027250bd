"""veraPDF accepts the products as PDF/A-2a and as PDF/UA-1; and says no to what is none."""

import json
import os
import re
import shutil
import subprocess
import sys

import pikepdf
import pytest

from tests.book.conftest import ROOT

VERAPDF = os.environ.get('VERAPDF') or shutil.which('verapdf')
pytestmark = pytest.mark.skipif(not VERAPDF, reason='veraPDF is not installed (on PATH, or named by VERAPDF)')


def verdict(flavour, *files):
    return subprocess.run([VERAPDF, '-f', flavour, *map(str, files)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize('flavour', ['2a', 'ua1'])
def test_products_are_accepted(flavour, small_book, book_2023):
    files = [*small_book.files.values(), *book_2023.files.values()]
    result = verdict(flavour, *files)
    assert result.stdout.count('PASS ') == len(files) == 4, result.stdout
    assert result.returncode == 0


def test_validator_says_no_to_a_book_without_its_marks(small_book, tmp_path):
    broken = tmp_path / 'stuk.pdf'
    with pikepdf.open(small_book.files['dossier']) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(broken)
    for flavour in ('2a', 'ua1'):
        assert verdict(flavour, broken).returncode == 1


@pytest.mark.parametrize('asked', [('--edition', 'limburg'), pytest.param(('--all-editions',), marks=pytest.mark.slow)])
def test_editions_are_accepted(asked, tmp_path):
    """Each of the thirteen editions of 2023; in a quick run one of a province."""
    shutil.copytree(ROOT / 'data', tmp_path / 'data')
    command = [sys.executable, '-m', 'dossier', '--project', str(tmp_path), 'build', '2023', *asked, '--format', 'json']
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    products = json.loads(result.stdout)['producten']
    assert len({product['editie'] for product in products}) == (13 if '--all-editions' in asked else 1)
    files = [tmp_path / product['pad'] for product in products]
    for flavour in ('2a', 'ua1'):
        assert (
            verdict(flavour, *files).stdout.count('PASS ') == len(files) == 2 * len({*(file.parent for file in files)})
        )
    new, old = (int(number) for number in re.findall(r'\d+', result.stderr)[-2:])
    assert old > 4 * new if '--all-editions' in asked else new > 0
