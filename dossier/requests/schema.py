"""The tables of the register and their versions: opens a database, brings it up to date; fails with RegisterError."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Engine, Integer, Table, Text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dossier.errors import RegisterError, ToolError
from dossier.messages import finding

TABLES = sa.MetaData()
BUSY_MS = 30_000
_LOCK = 0x646F7373  # one writer at a time on PostgreSQL, as SQLite has it by itself


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default='', server_default='')


SETTING = Table('register', TABLES, Column('sleutel', Text, primary_key=True), Column('waarde', Text, nullable=False))
MAIL = Table(
    'mail',
    TABLES,
    Column('id', Integer, primary_key=True),
    Column('sleutel', Text, nullable=False, unique=True),  # a salted hash: stays when the mail is erased
    _text('ontvangen'),
    Column('rauw', sa.LargeBinary, nullable=False),
)
REQUEST = Table(
    'aanvraag',
    TABLES,
    Column('nummer', Integer, primary_key=True),
    Column('mail', sa.ForeignKey('mail.id'), nullable=True, index=True),
    Column('versie', Integer, nullable=False, default=1),
    Column('aantal', Integer, nullable=False, default=1),
    Column('dubbel', Integer, nullable=True),
    Column('beantwoorden', sa.Boolean, nullable=False, default=True),
    Column('herkomst', sa.JSON, nullable=False, default=dict),
    *map(_text, 'status ronde naam organisatie functie straat huisnummer toevoeging postcode plaats land'.split()),
    *map(_text, 'editie taal email opmerking ontvangen verzonden message_id reden'.split()),
    sqlite_autoincrement=True,  # a number is never used again
)
CHANGE = Table(
    'wijziging',
    TABLES,
    Column('id', Integer, primary_key=True),
    Column('nummer', sa.ForeignKey('aanvraag.nummer'), nullable=False, index=True),
    Column('versie', Integer, nullable=False),
    _text('moment'),
    _text('wie'),
    _text('wat'),  # names of fields and states, never their values
    sa.UniqueConstraint('nummer', 'versie'),
)
MADE = Table(
    'gemaakt',
    TABLES,
    Column('id', Integer, primary_key=True),
    Column('nummer', sa.ForeignKey('aanvraag.nummer'), nullable=False, index=True),
    _text('soort'),
    _text('bestand'),  # below the project, '' when nothing was written
    _text('moment'),
    sa.UniqueConstraint('nummer', 'soort', 'bestand'),
)


def _first(connection: Connection) -> None:
    TABLES.create_all(connection)
    rows = [{'sleutel': 'zout', 'waarde': token_hex(32)}, {'sleutel': 'versie', 'waarde': '0'}]
    connection.execute(sa.insert(SETTING), rows)


# A step a version; a step that was released is never changed, a new one is added below it.
MIGRATIONS: list[Callable[[Connection], None]] = [_first]


def open_database(url: str) -> Engine:
    """Return the database, its tables up to date; RegisterError, or ToolError without the library of a PostgreSQL."""
    try:
        address = make_url(url)
        # Values of a statement stay out of every message.
        engine = sa.create_engine(address, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise ToolError([finding('psycopg-ontbreekt')]) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise RegisterError([finding('register-adres')]) from error
    if engine.dialect.name == 'sqlite':
        _prepare_sqlite(engine)
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    file = Path(engine.url.database or '')
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
    except OSError as error:
        raise RegisterError([finding('register-dicht', reason=error.strerror)]) from error

    @sa.event.listens_for(engine, 'connect')
    def connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions are ours, see begin
        for pragma in (f'busy_timeout={BUSY_MS}', 'journal_mode=WAL', 'foreign_keys=ON', 'secure_delete=ON'):
            connection.execute(f'PRAGMA {pragma}')

    @sa.event.listens_for(engine, 'begin')
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get('outside'):
            connection.exec_driver_sql('BEGIN IMMEDIATE')


def _migrate(engine: Engine) -> None:
    with writing(engine) as connection:
        version = _version(connection)
    if version > len(MIGRATIONS):
        raise RegisterError([finding('register-nieuwer')])
    for step in range(version, len(MIGRATIONS)):
        if step and engine.dialect.name == 'sqlite':
            _back_up(engine, step)
        with writing(engine) as connection:
            if _version(connection) == step:  # nobody else was first
                MIGRATIONS[step](connection)
                done = sa.update(SETTING).where(SETTING.c.sleutel == 'versie')
                connection.execute(done.values(waarde=str(step + 1)))


def _version(connection: Connection) -> int:
    if not sa.inspect(connection).has_table('register'):
        return 0
    return int(connection.scalar(sa.select(SETTING.c.waarde).where(SETTING.c.sleutel == 'versie')) or 0)


def _back_up(engine: Engine, version: int) -> None:
    file = Path(engine.url.database or '')
    copy = file.with_name(f'{file.stem}-versie-{version}.bak')
    copy.unlink(missing_ok=True)
    run_outside(engine, 'VACUUM INTO :copy', copy=str(copy))
    copy.chmod(0o600)


def run_outside(engine: Engine, statement: str, **values: str) -> Any:
    """Return the first value that a statement gives which a database takes outside a transaction only."""
    options = {'outside': True} if engine.dialect.name == 'sqlite' else {'isolation_level': 'AUTOCOMMIT'}
    with explained(), engine.connect() as connection:
        result = connection.execution_options(**options).execute(sa.text(statement), values)
        return result.scalar() if result.returns_rows else None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection for one transaction, the only one that writes meanwhile."""
    with explained(), engine.begin() as connection:
        if engine.dialect.name == 'postgresql':
            connection.execute(sa.text('SELECT pg_advisory_xact_lock(:key)'), {'key': _LOCK})
        yield connection


@contextmanager
def explained() -> Iterator[None]:
    """Turn an error of the database into one that names no value; a broken rule of the tables is a bug and stays."""
    try:
        yield
    except DBAPIError as error:
        if error.__class__.__name__ not in ('OperationalError', 'DatabaseError'):
            raise
        raise RegisterError([finding('register-onbereikbaar', reason=type(error.orig).__name__)]) from None
