"""Every tampering is noticed and named; what wasn't touched is accepted."""

import os
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from dossier.archive.bag import zip_folder
from dossier.archive.pdfa import validate_pdfs
from dossier.archive.proof import check_signature, check_token
from dossier.archive.verify import open_bag, verify_bag
from dossier.errors import ArchiveError
from tests.archive.conftest import VERAPDF, codes
from tests.archive.tampering import WAYS, change_all_and_repair, tamper


def noticed(archived, folder, number):
    bag = Path(shutil.copytree(archived.bag, folder / archived.bag.name))
    name = tamper(bag, number)
    try:
        told = verify_bag(bag, root=archived.root).findings
    except ArchiveError as error:  # no bag at all, without its bagit.txt
        told = error.findings
    shutil.rmtree(folder)
    return [found.code for found in told if str(found.place) in (name, archived.bag.name)], name


def copied(archived, folder, number):
    """Return an untouched copy: in another order, with other times, other rights, or by way of a ZIP."""
    rng = random.Random(number)
    target = folder / archived.bag.name
    if number % 3 == 0:
        zip_folder(archived.bag, folder / 'bag.zip', archived.bag.name)
        with zipfile.ZipFile(folder / 'bag.zip') as archive:
            archive.extractall(folder)
        return target
    files = [path for path in archived.bag.rglob('*') if path.is_file()]
    rng.shuffle(files)
    for path in files:
        copy = target / path.relative_to(archived.bag)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (rng.randrange(10**9), rng.randrange(10**9)))
        copy.chmod(rng.choice([0o400, 0o644, 0o755]))
    return target


@pytest.mark.parametrize('number', range(3 * len(WAYS)))
def test_tampering_is_noticed_and_named(archived, tmp_path, number):
    found, name = noticed(archived, tmp_path / 'x', number)
    assert found, name


@pytest.mark.slow
def test_300_tamperings(archived, tmp_path):
    assert [
        name for number in range(1000, 1300) for found, name in [noticed(archived, tmp_path / 'x', number)] if not found
    ] == []


@pytest.mark.parametrize('number', range(6))
def test_untouched_copy_is_accepted(archived, tmp_path, number):
    assert codes(copied(archived, tmp_path, number), root=archived.root) == set()


@pytest.mark.slow
def test_50_untouched_copies(archived, tmp_path):
    for number in range(100, 150):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert codes(copied(archived, folder, number), root=archived.root) == set()


def test_a_change_that_is_repaired_everywhere_shows_in_the_root_hash_only(archived, bag):
    change_all_and_repair(bag, random.Random(1))
    assert codes(bag) == set()
    assert codes(bag, root=archived.root) == {('archief-wortel', bag.name)}


def test_fast_looks_at_names_and_sizes(bag):
    path = next(bag.rglob('overdrachtsdossier.pdf'))
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b'!')
    assert codes(bag, fast=True) == set()
    path.write_bytes(content[:-1])
    assert {code for code, _place in codes(bag, fast=True)} == {'archief-anders-dan-mdto'}


def test_zip_of_a_bag(archived, tmp_path):
    with open_bag(archived.beside[0]) as bag:
        assert verify_bag(bag).root == archived.root
    (tmp_path / 'geen.zip').write_bytes(b'PK')
    with pytest.raises(ArchiveError), open_bag(tmp_path / 'geen.zip'):
        pass
    with zipfile.ZipFile(tmp_path / 'buiten.zip', 'w') as archive:
        archive.writestr('../buiten.txt', 'x')
    with pytest.raises(ArchiveError), open_bag(tmp_path / 'buiten.zip') as bag:
        verify_bag(bag)
    assert not (tmp_path.parent / 'buiten.txt').exists()


def test_no_bag(tmp_path):
    with pytest.raises(ArchiveError) as caught:
        verify_bag(tmp_path)
    assert (caught.value.exit_code, caught.value.findings[0].code) == (9, 'archief-geen-bag')


def test_read_only_disk(archived, tmp_path):
    if os.geteuid() != 0:
        pytest.skip('only root can mount')
    if subprocess.run(['mount', '--bind', '-o', 'ro', archived.bag, archived.bag], check=False).returncode:
        pytest.skip('nothing can be mounted here')
    try:
        subprocess.run(['mount', '-o', 'remount,ro,bind', archived.bag], check=True)
        with pytest.raises(OSError, match='Read-only'):
            (archived.bag / 'x').write_text('x')
        assert codes(archived.bag, root=archived.root) == set()
    finally:
        subprocess.run(['umount', archived.bag], check=True)


@pytest.mark.skipif(not VERAPDF, reason='veraPDF is not installed (on PATH, or named by VERAPDF)')
def test_verapdf_is_asked(archived, tmp_path):
    assert codes(archived.bag, verapdf=VERAPDF) == set()
    silent_no = tmp_path / 'nee'
    silent_no.write_text('#!/bin/sh\necho FAIL\n')
    silent_no.chmod(0o755)
    assert {code for code, _place in codes(archived.bag, verapdf=str(silent_no))} == {'archief-verapdf'}


def test_a_verdict_is_of_that_pdf_alone(tmp_path):
    """The name of the one that is accepted ends with that of another."""
    accepts_11 = tmp_path / 'elf'
    accepts_11.write_text('#!/bin/sh\nfor file; do case $file in */11.pdf) echo "PASS $file 2a";; esac; done\n')
    accepts_11.chmod(0o755)
    verdicts = validate_pdfs(str(accepts_11), {f'{n:02}': b'<pdfaid:part>2<' for n in range(12)})
    assert [name for name, found in verdicts.items() if found['2a']] == ['11']


@pytest.fixture(scope='module')
def keys(tmp_path_factory):
    """A signer's keys, and an authority that gives timestamps."""
    folder = tmp_path_factory.mktemp('sleutels')

    def run(*arguments):
        subprocess.run(['openssl', *map(str, arguments)], check=True, capture_output=True, cwd=folder)

    (folder / 'tsa.cnf').write_text(
        '[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3\ndigests=sha512\nordering=no\n'
        '[req]\ndistinguished_name=dn\n[dn]\n[ext]\nextendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:false\n'
    )
    (folder / 'serial').write_text('01\n')
    subject = ('-config', 'tsa.cnf', '-extensions', 'ext', '-subj', '/CN=Voorbeeld')
    run(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        '9',
        *subject,
    )
    run('rsa', '-in', 'key.pem', '-pubout', '-out', 'pub.pem')
    return folder, run


def test_signature_and_timestamp(keys, bag):
    folder, run = keys
    root = bag / 'tagmanifest-sha512.txt'
    run('dgst', '-sha256', '-sign', 'key.pem', '-out', 'root.sig', root)
    run('ts', '-query', '-data', root, '-sha512', '-cert', '-out', 'root.tsq')
    signer = ('-config', 'tsa.cnf', '-signer', 'cert.pem', '-inkey', 'key.pem')
    run('ts', '-reply', *signer, '-queryfile', 'root.tsq', '-out', 'root.tsr')
    check_signature(bag, folder / 'root.sig', folder / 'pub.pem')
    check_token(bag, folder / 'root.tsr', folder / 'cert.pem')
    change_all_and_repair(bag, random.Random(2))
    for check, proof, trust in ((check_signature, 'root.sig', 'pub.pem'), (check_token, 'root.tsr', 'cert.pem')):
        with pytest.raises(ArchiveError) as caught:
            check(bag, folder / proof, folder / trust)
        assert caught.value.findings[0].code == 'archief-bewijs'
