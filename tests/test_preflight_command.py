"""`dossier preflight` on the command line: exit codes, JSON, and what happens to files that are none."""

import json

import pytest
from click.testing import CliRunner

from dossier.cli.root import make_cli
from tests.strange import bomb
from tests.test_preflight_print import base, draw


def run(*arguments):
    return CliRunner().invoke(make_cli(), ['preflight', *map(str, arguments)])


@pytest.fixture
def good(tmp_path):
    base().save(tmp_path / 'goed.pdf', force_version='1.6')
    return tmp_path / 'goed.pdf'


@pytest.fixture
def bad(tmp_path):
    pdf = base()
    draw('1 0 0 rg 50 50 9 9 re f 0.1 w 50 50 m 90 50 l S')(pdf)
    pdf.save(tmp_path / 'fout.pdf', force_version='1.6')
    return tmp_path / 'fout.pdf'


def test_a_good_file(good):
    done = run(good)
    assert (done.exit_code, done.stdout, done.stderr) == (0, 'Fit.\n', '')


def test_a_bad_file(bad):
    done = run(bad)
    assert done.exit_code == 7 and done.stdout == ''
    assert (
        'fout.pdf: Page 1: Something is in DeviceRGB' in done.stderr
        and 'warning: Page 1: A line is 0.1 pt' in done.stderr
    )


def test_json_has_the_keys_of_check(good, bad):
    done = run(bad, '--format', 'json')
    found = json.loads(done.stdout)['bevindingen']
    assert done.exit_code == 7 and [one['code'] for one in found] == ['druk-kleurruimte', 'druk-lijn']
    assert set(found[0]) == {'code', 'ernst', 'bestand', 'regel', 'kolom', 'melding', 'hint'}
    assert json.loads(run(good, '--format', 'json').stdout) == {'bevindingen': []}


def test_no_file_no_pdf_and_a_bomb(tmp_path):
    assert run(tmp_path / 'weg.pdf').exit_code == 3
    for name, content in (('tekst.pdf', b'geen pdf'), ('leeg.pdf', b''), ('bom.pdf', bomb())):
        (tmp_path / name).write_bytes(content)
        done = run(tmp_path / name)
        assert done.exit_code == 7 and 'Traceback' not in done.stderr and name in done.stderr, done.output


def test_a_print_file_is_not_for_the_screen(good, monkeypatch):
    monkeypatch.setenv('PATH', '')  # no veraPDF
    done = run(good, '--profile', 'scherm')
    assert done.exit_code == 7 and 'PDF/UA-1' in done.stderr and 'StructTreeRoot' in done.stderr


@pytest.mark.parametrize(('answer', 'code'), [(0, False), (1, True)])
def test_verapdf_has_a_say_where_it_is_installed(answer, code, good, tmp_path, monkeypatch):
    program = tmp_path / 'verapdf'
    program.write_text(f'#!/bin/sh\nexit {answer}\n')
    program.chmod(0o755)
    monkeypatch.setenv('PATH', f'{tmp_path}:/usr/bin:/bin')
    assert ('veraPDF does not accept this as PDF/A-2a' in run(good, '--profile', 'scherm').stderr) == code
