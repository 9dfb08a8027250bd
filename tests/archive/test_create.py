"""What goes into the archive, what is refused, and what stays behind when it is stopped."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from dossier.archive.bag import find_bags
from dossier.archive.rebuild import rebuild
from dossier.archive.sources import collect_sources, find_personal
from dossier.archive.verify import verify_bag
from dossier.cli.archive import _private
from dossier.cli.root import make_cli
from dossier.compare.versions import read_version
from dossier.errors import ArchiveError
from dossier.requests.aanvraag import Aanvraag
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from tests.archive.conftest import codes, seal
from tests.archive.tampering import change_all_and_repair
from tests.book.conftest import silent
from tests.conftest import ROOT, copy_project

OTHERWISE = {
    'HOME': '/nergens', 'USER': 'anders', 'LOGNAME': 'anders', 'TZ': 'Pacific/Auckland', 'LC_ALL': 'C', 'PYTHONHASHSEED': '7'
}  # fmt: skip


def run(project, *arguments, **environment):
    command = [sys.executable, '-m', 'dossier', '--lang', 'en', '--project', str(project), *arguments]
    environment = {**os.environ, 'PYTHONPATH': str(ROOT), 'VERAPDF': '', 'PATH': '/usr/bin:/bin', **environment}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def refused(project, code, **more):
    with pytest.raises(ArchiveError) as caught:
        seal(project, **more)
    found = [finding for finding in caught.value.findings if finding.code == code]
    assert found, caught.value
    assert not list((project.path / 'output').glob('archief/*/*'))
    return [str(finding.place) for finding in found]


def test_a_second_version_leaves_the_first_and_refers_to_it(archived):
    first = {path: path.read_bytes() for path in archived.bag.rglob('*') if path.is_file()}
    second = seal(archived.project).paths[0]
    try:
        assert second.name == 'dossier-2027-v2'
        assert {path: path.read_bytes() for path in first} == first
        assert (
            '<identificatieKenmerk>dossier-2027-v1<'
            in (second / 'data/archief/dossier-2027/dossier-2027.MDTO.xml').read_text()
        )
        assert read_version(archived.project.path, '2027@v2').themas
    finally:
        shutil.rmtree(second)


def test_what_was_delivered_must_be_what_the_sources_give(project):
    project.write('output/2027/landelijk/afkortingenlijst.pdf', b'%PDF-1.7 anders')
    assert refused(project, 'archief-anders') == ['output/2027/landelijk/afkortingenlijst.pdf']


@pytest.mark.parametrize(
    ('file', 'content', 'code'),
    [
        ('data/2027/aanvragen.eml', b'From: iemand@voorbeeld.example\n\nGraag een boek.', 'archief-vreemd'),
        ('data/2027/adressen.xlsx', b'PK', 'archief-vreemd'),
        ('data/2027/beeld/een dijk.png', b'\x89PNG', 'archief-naam'),
        ('data/2027/beeld/d\u00efjk.png', b'\x89PNG', 'archief-naam'),
    ],
)
def test_what_does_not_belong_among_the_sources_is_refused(project, file, content, code):
    project.write(file, content)
    with pytest.raises(ArchiveError) as caught:
        collect_sources(project.path, '2027')
    assert [(found.code, str(found.place)) for found in caught.value.findings] == [(code, file)]


def test_a_link_out_of_the_project_is_refused(project, tmp_path):
    (tmp_path / 'geheim.md').write_text('geheim')
    (project.path / 'data/2027/hoofdstukken/geheim.md').symlink_to(tmp_path / 'geheim.md')
    with pytest.raises(ArchiveError) as caught:
        collect_sources(project.path, '2027')
    assert caught.value.findings[0].code == 'buiten-project'


def test_personal_data_of_requests_are_refused_in_texts_and_in_pdfs(project):
    project.replace('data/2027/themas/01-water.md', 'GS en PS besluiten samen', 'Testdorpstraat 12: GS en PS')
    places = refused(project, 'archief-persoonsgegevens', private=['testdorpstraat  12', 'TESTDORPSTRAAT 12'])
    assert places == ['bronnen/data/2027/themas/01-water.md', 'dossier-landelijk/overdrachtsdossier.pdf']


def test_mails_are_known_whatever_their_name_is(project):
    files = {'a.md': b'Gewone tekst.\nVan: niemand', 'b.txt': b'Return-Path: <x@voorbeeld.example>\nSubject: boek\n'}
    assert [str(found.place) for found in find_personal(files, [])] == ['b.txt']


def test_what_the_writers_publish_themselves_is_no_personal_data_of_a_request():
    files = {'data/2027/contact.yaml': b'email: redactie@voorbeeld.example', 'x.md': b'Mail redactie@voorbeeld.example'}
    assert find_personal(files, ['redactie@voorbeeld.example']) == []
    assert find_personal(files | {'y.md': b'lezer@voorbeeld.example'}, ['lezer@voorbeeld.example'])


def test_the_register_is_asked_what_must_not_be_in_it(project):
    assert _private(project.path) == []  # and none is made
    assert not (project.path / 'output').exists()
    path = project.path / 'output' / 'aanvragen' / 'aanvragen.db'
    path.parent.mkdir(parents=True)
    register = Register(open_database(f'sqlite:///{path}'), 'test', lambda: datetime(2027, 1, 1, tzinfo=UTC))
    request = Aanvraag(naam='Testpersoon', email='lezer@voorbeeld.example', straat='Testweg', huisnummer='1')
    register.add('sleutel', b'mail', [request])
    assert _private(project.path) == ['Testweg 1', 'lezer@voorbeeld.example']
    project.replace('data/2027/themas/01-water.md', 'titel: ', 'titel: lezer@voorbeeld.example ')
    result = invoke(project, 'create')
    assert (result.exit_code, 'personal data' in result.stderr, 'lezer@' in result.stderr) == (9, True, False)


def test_rebuild_gives_the_same_bytes_elsewhere(archived, tmp_path):
    bag = shutil.copytree(archived.bag, tmp_path / 'een ander pad \u00e9' / archived.bag.name)
    shell = ['sh', '-c', 'umask 077; exec "$@"', 'sh']
    command = [*shell, sys.executable, '-m', 'dossier', 'archive', 'rebuild', str(bag), '--format', 'json']
    environment = {'PATH': '/usr/bin:/bin', 'PYTHONPATH': str(ROOT), **OTHERWISE}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    told = json.loads(result.stdout)
    assert (result.returncode, told['anders'], told['versies']) == (0, {}, {}), result.stderr
    assert told['gelijk'] == [
        'afkortingenlijst-landelijk/afkortingenlijst.pdf',
        'dossier-landelijk/overdrachtsdossier.pdf',
    ]


def test_rebuild_says_what_differs(bag):
    base = bag / 'data/archief/dossier-2027'
    theme = base / 'bronnen/data/2027/themas/02-energie.md'
    theme.write_text(theme.read_text(encoding='utf-8').replace('De RES is af.', 'De RES is klaar.'), encoding='utf-8')
    versions = base / 'verantwoording/versies.json'
    versions.write_text(json.dumps(json.loads(versions.read_text()) | {'weasyprint': '69.0'}))
    result = rebuild(bag, 2, silent)
    assert result.same == ('afkortingenlijst-landelijk/afkortingenlijst.pdf',)
    different = result.different['dossier-landelijk/overdrachtsdossier.pdf']
    assert different['tekst'] == different['beeld'] != []
    assert different['paginas'][0] == different['paginas'][1]
    assert result.versions['weasyprint'][0] == '69.0'


def kill_while_creating(project, seconds):
    command = [sys.executable, '-m', 'dossier', '--project', str(project.path), 'archive', 'create']
    environment = {**os.environ, 'PYTHONPATH': str(ROOT), 'VERAPDF': '', 'PATH': '/usr/bin:/bin'}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    started = time.monotonic()
    while time.monotonic() - started < seconds and process.poll() is None:
        time.sleep(0.01)
    if process.poll() is None:
        os.killpg(process.pid, 9)
    process.wait()
    return time.monotonic() - started


@pytest.mark.slow
@pytest.mark.parametrize('runs', [25])
def test_kill_9_leaves_no_bag_or_a_valid_one(tmp_path, runs):
    project = copy_project('klein', tmp_path / 'project')
    longest = kill_while_creating(project, 120)  # a whole one first, to know how long it takes
    bags = project.path / 'output' / 'archief' / '2027'
    assert [path.name for path in bags.glob('dossier-*') if path.is_dir()] == ['dossier-2027-v1']
    rng = random.Random(runs)
    for _run in range(runs):
        kill_while_creating(project, rng.uniform(0.3, 1) * longest)
        for bag in find_bags(project.path):
            assert codes(bag) == set()
    # and after that it works as before; what stayed behind is hidden
    before = len(list(find_bags(project.path)))
    assert run(project.path, 'archive', 'create').returncode == 0
    assert len(list(find_bags(project.path))) == before + 1


@pytest.mark.parametrize('kilobytes', [300, *(pytest.param(size, marks=pytest.mark.slow) for size in (2500, 4200))])
def test_full_disk_leaves_no_bag(project, kilobytes):
    disk = project.path / 'output'
    disk.mkdir()
    mount = ['mount', '-t', 'tmpfs', '-o', f'size={kilobytes}k', 'tmpfs', disk]
    if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip('nothing can be mounted here')
    try:
        result = run(project.path, 'archive', 'create')
        assert result.returncode == 8, result.stderr
        assert 'The disk is full' in result.stderr
        assert [path for path in disk.rglob('*') if path.is_file()] == []
    finally:
        subprocess.run(['umount', disk], check=True)


def invoke(project, *arguments):
    return CliRunner().invoke(make_cli(), ['--project', str(project.path), 'archive', *arguments])


def test_commands(project):
    made = run(project.path, 'archive', 'create')
    assert made.returncode == 0, made.stderr
    root = made.stdout.split()[-1]
    assert 'in order' in invoke(project, 'verify', '--all').stdout
    listed = json.loads(invoke(project, 'list', '--format', 'json').stdout)['archief']
    assert [(row['ronde'], row['versie'], row['goed'], row['wortel']) for row in listed] == [('2027', 'v1', True, root)]
    assert '<td>2027</td>' in invoke(project, 'list', '--format', 'html').stdout
    bag = project.path / listed[0]['pad']
    assert invoke(project, 'verify', str(bag), '--root', 'anders').exit_code == 9
    assert verify_bag(bag).root == root
    change_all_and_repair(bag, random.Random(1))  # only the root hash that was noted beside the archive knows
    assert 'the root hash is' in invoke(project, 'verify', str(bag)).stdout.lower()
    assert 'in order' in invoke(project, 'verify', '--fast', str(bag), '--root', verify_bag(bag).root).stdout
    assert 'damaged' in invoke(project, 'list').stdout  # and stays so
    next(bag.rglob('afkortingenlijst.pdf')).unlink()
    result = invoke(project, 'verify', '--all')
    assert (result.exit_code, 'afkortingenlijst.pdf: This file is missing.' in result.stdout) == (9, True)
    assert 'damaged' in invoke(project, 'list').stdout
    assert invoke(project, 'verify').exit_code == 2
    assert invoke(project, 'rebuild', str(project.path / 'data')).exit_code == 9
