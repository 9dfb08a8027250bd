"""Imposition: when the sheets are folded, every page is there once and in reading order."""

import io
import re
import subprocess

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as some

from dossier.cli.root import make_cli
from dossier.press.impose import SHEETS_MM, Imposition, even_signatures, impose, impose_file, plan_booklet, plan_pairs
from tests.strange import bomb

MM = 72 / 25.4


def fold(sheets):
    """Return the pages as they are read: a sheet folded is four pages, the inner sheets lie between those of the outer."""
    pages = []
    while sheets:
        count = next((n for n, sheet in enumerate(sheets[1:], start=1) if sheet.depth == 0), len(sheets))
        signature, sheets = sheets[:count], sheets[count:]
        for sheet in signature:
            pages += [sheet.front[1], sheet.back[0]]
        for sheet in reversed(signature):
            pages += [sheet.back[1], sheet.front[0]]
    return pages


@given(pages=some.integers(1, 400), signature=some.integers(0, 30))
def test_every_page_comes_once_and_in_reading_order(pages, signature):
    read = fold(plan_booklet(pages, signature))
    assert [page for page in read if page] == list(range(1, pages + 1))
    assert len(read) % 4 == 0 and len(read) - pages < 4


@given(pages=some.integers(1, 400))
def test_pairs_are_in_reading_order(pages):
    read = [page for sheet in plan_pairs(pages) for side in (sheet.front, sheet.back) for page in side]
    assert [page for page in read if page] == list(range(1, pages + 1))


def test_a_wrong_order_is_seen():
    sheets = plan_booklet(8)
    assert fold(sheets) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert fold(sheets[::-1]) != [1, 2, 3, 4, 5, 6, 7, 8]


def test_eight_pages_lie_on_two_sheets():
    outer, inner = plan_booklet(8)
    assert (outer.front, outer.back, inner.front, inner.back) == ((8, 1), (2, 7), (6, 3), (4, 5))


@given(pages=some.integers(1, 2000))
def test_signatures_can_be_stapled_and_are_even(pages):
    each = even_signatures(pages)
    depths = [sheet.depth for sheet in plan_booklet(pages, each)]
    assert max(depths) < 20
    counts = [depths[n] + 1 for n in range(len(depths)) if n + 1 == len(depths) or depths[n + 1] == 0]
    assert max(counts) - min(counts) <= len(counts)


def numbered(pages, size=(210 * MM, 297 * MM)):
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
    )
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(f'BT /F 40 Tf 250 400 Td (p{number}) Tj ET'.encode())
    return pdf


def words(content, tmp_path):
    """Return for each page the words with their place across, as poppler reads them."""
    path = tmp_path / 'boekje.pdf'
    path.write_bytes(content)
    text = subprocess.run(['pdftotext', '-bbox', path, '-'], capture_output=True, text=True, check=True).stdout
    pages = text.split('<page ')[1:]
    return [[(word, float(x)) for x, word in re.findall(r'xMin="([\d.]+)".*?>(\w+)</word>', page)] for page in pages]


@pytest.mark.parametrize('sheet', sorted(SHEETS_MM))
def test_pages_stand_in_their_halves(sheet, tmp_path):
    content = impose(numbered(8), range(8), Imposition(sheet=sheet, caliper_mm=0))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        boxes = {tuple(round(float(value) / MM, 1) for value in page.obj.MediaBox[2:]) for page in pdf.pages}
    assert boxes == {SHEETS_MM[sheet]}
    sides = [[word for word, _x in side] for side in words(content, tmp_path)]
    assert sides == [['p8', 'p1'], ['p2', 'p7'], ['p6', 'p3'], ['p4', 'p5']]


def test_creep_moves_the_inner_pages_to_the_spine(tmp_path):
    flat, crept = (words(impose(numbered(8), range(8), Imposition(caliper_mm=caliper)), tmp_path) for caliper in (0, 1))
    moves = [
        [round((b - a) / MM, 1) for (_p, a), (_q, b) in zip(x, y, strict=True)]
        for x, y in zip(flat, crept, strict=True)
    ]
    assert moves == [[0, 0], [0, 0], [1, -1], [1, -1]]


def test_blanks_and_other_formats(tmp_path):
    content = impose(numbered(5, (400, 500)), range(5), Imposition())
    assert [[word for word, _x in side] for side in words(content, tmp_path)] == [['p1'], ['p2'], ['p3'], ['p4', 'p5']]


def test_command(tmp_path, project):
    file = tmp_path / 'acht.pdf'
    numbered(8).save(file)
    done = CliRunner().invoke(make_cli(), ['impose', str(file), '--marks', '--sheet', 'A4'])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(tmp_path / 'acht-boekje.pdf')
    assert sorted(path.name for path in tmp_path.iterdir()) == ['acht-boekje.pdf', 'acht.pdf', 'project']
    with pikepdf.open(tmp_path / 'acht-boekje.pdf') as pdf:
        assert len(pdf.pages) == 4


def test_a_file_that_is_no_pdf_or_not_there(tmp_path):
    file = tmp_path / 'brief.pdf'
    assert CliRunner().invoke(make_cli(), ['impose', str(file)]).exit_code == 3
    file.write_text('geen pdf')
    done = CliRunner().invoke(make_cli(), ['impose', str(file)])
    assert done.exit_code == 7 and "can't be read" not in done.stdout and 'Traceback' not in done.stderr


def test_a_bomb_ends_in_a_finding(tmp_path):
    (tmp_path / 'bom.pdf').write_bytes(bomb())
    done = CliRunner().invoke(make_cli(), ['impose', str(tmp_path / 'bom.pdf')])
    assert done.exit_code == 7 and 'bom.pdf' in done.stderr and not (tmp_path / 'bom-boekje.pdf').exists(), done.output


def test_the_same_pdf_gives_the_same_bytes(tmp_path):
    numbered(8).save(tmp_path / 'a.pdf', static_id=True)
    assert impose_file(tmp_path / 'a.pdf', Imposition()) == impose_file(tmp_path / 'a.pdf', Imposition())
