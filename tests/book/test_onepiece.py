"""The assembled book against a plain WeasyPrint document of the same parts in one piece: the same text on the same pages."""

import re
import subprocess

import pytest

from dossier.parts import PLACEHOLDER
from tests.bench.onepiece import write_one_piece
from tests.book.test_structure import pdf_labels

A4_PT = 841.89
BODY_MM = (18.0, 279.0)  # between running head and folio


@pytest.mark.parametrize('name', ['small_book', 'book_2023'])
def test_same_text_on_the_same_pages(name, request, tmp_path):
    built = request.getfixturevalue(name)
    book = built.books['dossier']
    whole = tmp_path / 'whole.pdf'
    write_one_piece(book.parts[1:], built.style, whole, book.numbering)  # without the cover, which has no number
    import pikepdf

    with pikepdf.open(built.files['dossier']) as pdf:
        labels = pdf_labels(pdf)
    ours = dict(zip(labels, words_by_page(built.files['dossier']), strict=True))
    theirs = {str(number): words for number, words in enumerate(words_by_page(whole), start=1)}
    assert {label for label, words in theirs.items() if words} == set(labels[1:])
    for label in labels[1:]:
        assert ours[label] == theirs[label], f'page {label}'


def words_by_page(path):
    """Return the words of each page between running head and folio, sorted, with the digits of the number font as digits."""
    digits = {PLACEHOLDER + n: str(n) for n in range(10)} | {PLACEHOLDER + 10: ''}
    html = subprocess.run(['pdftotext', '-bbox', path, '-'], capture_output=True, check=True, text=True).stdout
    pages = []
    for page in re.findall(r'<page .*?</page>', html, re.DOTALL):
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', page)
        height = re.match(r'<page width="[\d.]+" height="([\d.]+)"', page)
        bleed = (float(height[1]) - A4_PT) / 2  # what WeasyPrint leaves around the sheet
        low, high = (mm / 25.4 * 72 + bleed for mm in BODY_MM)
        pages.append(
            sorted(
                word.translate(digits) for _x, top, bottom, word in words if float(top) > low and float(bottom) < high
            )
        )
    return pages
