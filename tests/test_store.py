"""The store gives back what was put in, or nothing: never something else."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.store import Store, digest

KEY = digest('sleutel')


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / 'cache')


def test_an_entry_comes_back_whole(store):
    put = store.put(KEY, {'naam': 'é', 'regels': [1, 2]}, b'\x00\n%PDF')
    got = store.get(KEY)
    assert got == put
    assert got.head == {'naam': 'é', 'regels': [1, 2]}
    assert got.read() == put.read() == b'\x00\n%PDF'
    assert store.get(digest('iets anders')) is None


@pytest.mark.parametrize('at', [0, 12, 70, 78, -1])
def test_a_damaged_entry_counts_as_none(store, at):
    path = store.put(KEY, {'n': 1}, b'inhoud').path
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert store.get(KEY) is None
    path.write_bytes(content[: len(content) // 2])
    assert store.get(KEY) is None
    store.put(KEY, {'n': 1}, b'inhoud')
    assert store.get(KEY).read() == b'inhoud'


def test_the_oldest_are_thrown_out_and_what_may_be_in_use_stays(store):
    keys = [digest(str(n)) for n in range(6)]
    for n, key in enumerate(keys):
        path = store.put(key, {}, b'x' * 1000).path
        os.utime(path, (n * 4000, n * 4000))
    aside = path.parent / 'aside-gestorven'
    aside.write_bytes(b'half')
    os.utime(aside, (0, 0))
    store.prune(limit_bytes=3500)
    assert [key for key in keys if store._path(key).exists()] == keys[3:]
    assert not aside.exists()
    store.prune(limit_bytes=0)
    assert [key for key in keys if store._path(key).exists()] == keys[5:]  # the newest may be in use


def test_use_makes_an_entry_young(store):
    path = store.put(KEY, {}, b'').path
    os.utime(path, (1, 1))
    store.get(KEY)
    assert path.stat().st_mtime > 1000


def test_a_disk_that_cannot_take_it_leaves_nothing_behind(store, tmp_path):
    (tmp_path / 'cache').write_text('een bestand in de weg', encoding='utf-8')
    with pytest.raises(OSError, match='cache'):
        store.put(KEY, {}, b'x')


@given(st.lists(st.text(), min_size=2))
def test_where_one_part_ends_counts(parts):
    assert digest(*parts) == digest(*map(str.encode, parts))
    assert digest(*parts) != digest(''.join(parts))


def test_an_error_of_a_worker_arrives_with_its_findings():
    import pickle

    from dossier.errors import PreflightError
    from dossier.messages import finding

    error = PreflightError([finding('pdf-kenmerk', name='PDF/UA-1')])
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.findings, str(again)) == (PreflightError, error.findings, str(error))
