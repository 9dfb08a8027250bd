"""The report of preflight: one page that holds all it shows, with the places marked; no mark-up of a file gets into it."""

import base64
import io
import re

import pytest
from PIL import Image

from dossier.errors import Finding, Place, Severity
from dossier.press.report import make_report
from tests.test_preflight_command import run
from tests.test_preflight_print import BLEED, SIZE, base, draw

RED = (176, 0, 32)


@pytest.fixture
def bad(tmp_path):
    pdf = base(3)
    draw('1 0 0 rg 50 50 60 40 re f')(pdf)
    pdf.save(tmp_path / 'fout&<i>.pdf', force_version='1.6')
    return tmp_path / 'fout&<i>.pdf'


def pictures(page):
    found = re.findall('src="data:image/png;base64,([^"]*)"', page)
    return [Image.open(io.BytesIO(base64.b64decode(data))).convert('RGB') for data in found]


def near(pixel, colour):
    return all(abs(one - other) < 24 for one, other in zip(pixel, colour, strict=True))


def test_the_place_is_framed_on_a_picture_of_its_page(bad):
    done = run(bad, '--format', 'html')
    assert done.exit_code == 7 and done.stderr == ''
    (image,) = pictures(done.stdout)
    scale = image.width / (SIZE + 2 * BLEED)
    left, top = 50 * scale - 3, image.height - 90 * scale - 3
    assert near(image.getpixel((round(left + 40), round(top))), RED)
    assert near(image.getpixel((round(left + 40), round(top) - 6)), (255, 255, 255))


def test_it_can_be_read_aloud_and_fetches_nothing(bad):
    page = run(bad, '--format', 'html').stdout
    assert page.startswith('<!doctype html>\n<html lang="') and '<title>' in page and '<h1>' in page
    assert re.search('<img [^>]*alt="Page 1; marked is where finding 1 stands"', page) and 'href="#melding-1"' in page
    assert not re.search('(src|href)="(?!data:image/png|#melding)', page) and '<script' not in page


def test_names_and_messages_are_escaped(bad):
    finding = Finding('x', '<script>"\'&', Place('a<b>.pdf'), '<u>', Severity.TIP)
    page = make_report(bad, [finding])
    assert '&lt;script&gt;' in page and 'fout&amp;&lt;i&gt;.pdf' in page
    assert not re.search('<(script|b>\\.|i>|u>)', page)


def test_a_good_file_says_so(tmp_path):
    base().save(tmp_path / 'goed.pdf', force_version='1.6')
    done = run(tmp_path / 'goed.pdf', '--format', 'html')
    assert done.exit_code == 0 and '<p>Fit.</p>' in done.stdout and '<img' not in done.stdout


def test_no_pdf_has_a_report_without_pictures(tmp_path):
    (tmp_path / 'tekst.pdf').write_bytes(b'geen pdf')
    done = run(tmp_path / 'tekst.pdf', '--format', 'html')
    assert done.exit_code == 7 and 'pdf-stuk' in done.stdout and '<img' not in done.stdout


def test_a_page_beside_the_file_is_left_out(bad):
    finding = Finding('x', 'y', spots=((99, ()), (2, ()), (3, (1e9, 1e9, 2e9, 2e9))))
    assert len(pictures(make_report(bad, [finding]))) == 2
