"""Delivery: in one step, or not at all, with the last good product as it was."""

import errno
import os
from pathlib import Path

import pytest

from dossier.deliver import deliver
from dossier.errors import OutputError

PRODUCT = 'output/2027/landelijk/boek.pdf'


def code_of(error):
    (finding,) = error.value.findings
    return finding.code


def left_over(project):
    return list((project / 'output' / 'werk').glob('*'))


def test_product_is_put_in_its_place(tmp_path):
    deliver(tmp_path, {PRODUCT: b'nieuw'})
    assert (tmp_path / PRODUCT).read_bytes() == b'nieuw'
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    ('number', 'code'), [(errno.ENOSPC, 'schijf-vol'), (errno.EACCES, 'uitvoer-dicht'), (errno.EBUSY, 'uitvoer-dicht')]
)
def test_last_good_product_survives_a_failure(tmp_path, monkeypatch, number, code):
    deliver(tmp_path, {PRODUCT: b'goed'})

    def fail(*_arguments):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, 'fsync', fail)
    with pytest.raises(OutputError) as error:
        deliver(tmp_path, {PRODUCT: b'nieuw'})
    assert code_of(error) == code
    assert error.value.exit_code == 8
    assert (tmp_path / PRODUCT).read_bytes() == b'goed'
    assert left_over(tmp_path) == []


def test_nothing_is_moved_when_the_second_product_fails(tmp_path):
    deliver(tmp_path, {PRODUCT: b'goed'})
    (tmp_path / 'output/2027/landelijk/lijst.pdf').mkdir()
    with pytest.raises(OutputError) as error:
        deliver(tmp_path, {PRODUCT: b'nieuw', 'output/2027/landelijk/lijst.pdf': b'lijst'})
    assert code_of(error) == 'uitvoer-is-map'
    assert (tmp_path / PRODUCT).read_bytes() == b'goed'


def test_a_product_that_is_open_elsewhere_is_left_alone(tmp_path, monkeypatch):
    deliver(tmp_path, {PRODUCT: b'goed'})

    def refuse(_self, _target):  # what Windows does when a viewer holds the file
        raise PermissionError(errno.EACCES, 'used by another process')

    monkeypatch.setattr(Path, 'replace', refuse)
    with pytest.raises(OutputError) as error:
        deliver(tmp_path, {PRODUCT: b'nieuw'})
    assert code_of(error) == 'uitvoer-dicht'
    assert (tmp_path / PRODUCT).read_bytes() == b'goed'


@pytest.mark.skipif(not Path('/dev/full').exists(), reason='needs /dev/full')
def test_a_real_full_disk(tmp_path):
    aside = tmp_path / 'output' / 'werk' / f'{os.getpid()}-0.pdf'
    aside.parent.mkdir(parents=True)
    aside.symlink_to('/dev/full')
    with pytest.raises(OutputError) as error:
        deliver(tmp_path, {PRODUCT: b'x' * 100_000})
    assert code_of(error) == 'schijf-vol'
    assert not (tmp_path / PRODUCT).exists()


def test_a_folder_is_replaced_whole(tmp_path):
    site = 'output/2027/landelijk/web'
    deliver(tmp_path, {f'{site}/index.html': b'oud', f'{site}/weg.html': b'weg'}, [site])
    deliver(tmp_path, {f'{site}/index.html': b'nieuw', f'{site}/beeld/a.svg': b'a', PRODUCT: b'boek'}, [site])
    found = sorted(path.relative_to(tmp_path / site).as_posix() for path in (tmp_path / site).rglob('*.*'))
    assert found == ['beeld/a.svg', 'index.html']
    assert (tmp_path / site / 'index.html').read_bytes() == b'nieuw'
    assert (tmp_path / PRODUCT).read_bytes() == b'boek'
    assert left_over(tmp_path) == []


def test_the_last_good_folder_comes_back_when_the_new_one_can_not_be_moved(tmp_path, monkeypatch):
    site, replace = 'output/2027/landelijk/web', Path.replace
    deliver(tmp_path, {f'{site}/index.html': b'goed'}, [site])

    def refuse(self, target):
        if target == tmp_path / site and not self.name.endswith('-oud'):
            raise PermissionError(errno.EACCES, 'used by another process')
        return replace(self, target)

    monkeypatch.setattr(Path, 'replace', refuse)
    with pytest.raises(OutputError) as error:
        deliver(tmp_path, {f'{site}/index.html': b'nieuw'}, [site])
    assert code_of(error) == 'uitvoer-dicht'
    assert (tmp_path / site / 'index.html').read_bytes() == b'goed'
    assert left_over(tmp_path) == []
