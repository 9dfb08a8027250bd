"""veraPDF accepts the products as PDF/A-2a and as PDF/UA-1; and says no to what is none."""

import os
import shutil
import subprocess

import pikepdf
import pytest

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
