"""A register on SQLite and on a real PostgreSQL, which is started in a temporary folder once a session."""

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dossier.requests.aanvraag import Aanvraag, Status
from dossier.requests.register import Register
from dossier.requests.schema import open_database


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self):
        self.moment = datetime(2027, 4, 1, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.moment

    def pass_days(self, days):
        self.moment += timedelta(days=days)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope='session')
def postgresql():
    """The address of a server with an empty database; skips where PostgreSQL is not installed."""
    programs = sorted(Path('/usr/lib/postgresql').glob('*/bin')) if Path('/usr/lib/postgresql').is_dir() else []
    if not programs:
        pytest.skip('PostgreSQL is not installed')
    pytest.importorskip('psycopg')
    folder = Path(tempfile.mkdtemp(prefix='pg', dir='/tmp'))
    if os.getuid() == 0:
        shutil.chown(folder, 'postgres')
    as_postgres = ['runuser', '-u', 'postgres', '--'] if os.getuid() == 0 else []

    def run(program, *arguments):
        command = [*as_postgres, str(programs[-1] / program), *arguments]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=60)

    data = str(folder / 'data')
    run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync')
    run('pg_ctl', '-D', data, '-w', '-l', str(folder / 'log'), '-o', f"-k {folder} -c listen_addresses=''", 'start')
    try:
        yield folder
    finally:
        run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop')
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql):
    """The address of a fresh database."""
    import psycopg

    with psycopg.connect(host=str(postgresql), user='postgres', dbname='postgres', autocommit=True) as connection:
        connection.execute('DROP DATABASE IF EXISTS aanvragen')
        connection.execute('CREATE DATABASE aanvragen')
    yield f'postgresql+psycopg://postgres@/aanvragen?host={postgresql}'


@pytest.fixture(params=['sqlite', 'postgresql'])
def url(request, tmp_path):
    """The address of an empty register, of each kind in turn."""
    if request.param == 'sqlite':
        return f'sqlite:///{tmp_path}/output/aanvragen/aanvragen.db'
    return request.getfixturevalue('postgresql_url')


@pytest.fixture
def open_register(url, clock):
    """Open the register as someone; several may have it open."""
    engines = []

    def open_register(who='anna'):
        engines.append(open_database(url))
        return Register(engines[-1], who, clock)

    yield open_register
    for engine in engines:
        engine.dispose()


@pytest.fixture
def register(open_register):
    return open_register()


def make_request(n=1, **values):
    """Return a request of someone who is plainly invented, complete and new."""
    known = {
        'status': Status.NEW,
        'ronde': '2027',
        'naam': f'Verzonnen Persoon {n}',
        'straat': 'Bedachtestraat',
        'huisnummer': str(n),
        'postcode': '1234 AB',
        'plaats': 'Nergenshuizen',
        'email': f'persoon{n}@voorbeeld.example',
        'ontvangen': '2027-03-31T08:00:00Z',
        'message_id': f'<{n}@voorbeeld.example>',
    }
    return Aanvraag(**{**known, **values})
