"""The register, on SQLite and on PostgreSQL alike."""

import json
import sqlite3
import threading

import pytest
from sqlalchemy import text

from dossier.errors import RegisterError
from dossier.requests import schema
from dossier.requests.aanvraag import NEXT, Status
from dossier.requests.schema import open_database, writing
from tests.requests.conftest import make_request


def add(register, n=1, **values):
    (request,) = register.add(f'key {n}', b'mail', [make_request(n, **values)])
    return request


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_a_request_comes_back_as_it_was_added(register):
    request = add(register, herkomst={'naam': {'zeker': 'zeker', 'woorden': 'Naam: Ü'}}, toevoeging='bis', aantal=3)
    assert request.nummer == 1
    assert register.get(1) == request
    assert json.dumps(request.as_json())
    assert register.raw_mail(request) == b'mail'


def test_a_mail_is_added_once_with_all_of_its_requests_or_none(register):
    first, second = register.add('key', b'mail', [make_request(1), make_request(2)])
    assert (first.nummer, second.nummer, first.mail) == (1, 2, second.mail)
    assert register.add('key', b'mail', [make_request(1)]) == []
    with pytest.raises(Exception, match=r'(?i)not.null'):
        register.add('other', b'mail', [make_request(3), make_request(4, aantal=None)])
    assert not register.knows('other')
    assert [request.nummer for request in register.select()] == [1, 2]


def test_states_follow_only_as_the_table_says_all_or_none(register):
    requests = [add(register, n) for n in (1, 2)]
    approved = register.transition(requests, Status.APPROVED)
    with pytest.raises(RegisterError) as error:
        register.transition([*approved, add(register, 3)], Status.RETURNED)
    assert codes(error) == ['aanvraag-status'] * 3
    assert error.value.exit_code == 10
    with pytest.raises(RegisterError) as error:
        register.transition([requests[0], approved[1]], Status.APPROVED)
    assert {request.status for request in register.select(numbers=[1, 2])} == {Status.APPROVED}
    sent = register.transition(approved, Status.SENT)
    assert sent[0].verzonden == register.now
    assert register.select(Status.SENT) == sent
    assert register.select(Status.SENT, ronde='2023') == []


def test_every_state_but_erased_can_be_left():
    assert {status for status, after in NEXT.items() if not after} == {Status.ERASED}
    assert set(NEXT) == set(Status)


def test_without_a_complete_address_nothing_is_approved(register):
    with pytest.raises(RegisterError) as error:
        register.transition([add(register, postcode='')], Status.APPROVED)
    assert codes(error) == ['aanvraag-onvolledig']


def test_an_unknown_number_is_told(register):
    add(register)
    with pytest.raises(RegisterError) as error:
        register.select(numbers=[1, 7, 8])
    assert codes(error) == ['aanvraag-onbekend'] * 2


def test_history_says_who_changed_what_and_when_without_values(open_register, clock):
    anna, bram = open_register('anna'), open_register('bram')
    request = add(anna)
    clock.pass_days(1)
    bram.transition([bram.change(bram.get(1), plaats='Elders', aantal=2)], Status.APPROVED)
    rows = anna.history(1)
    assert [(row['wie'], row['wat']) for row in rows] == [
        ('anna', 'status: nieuw'),
        ('bram', 'aantal, plaats'),
        ('bram', 'status: nieuw -> goedgekeurd'),
    ]
    assert rows[0]['moment'] < rows[1]['moment']
    assert 'Elders' not in str(rows) and request.naam not in str(rows)


def test_a_change_on_what_someone_else_changed_is_refused(open_register):
    anna, bram = open_register('anna'), open_register('bram')
    add(anna)
    seen_by_anna, seen_by_bram = anna.get(1), bram.get(1)
    anna.change(seen_by_anna, plaats='Ergens')
    with pytest.raises(RegisterError) as error:
        bram.change(seen_by_bram, naam='Iemand Anders')
    assert codes(error) == ['aanvraag-veranderd']
    assert (anna.get(1).plaats, anna.get(1).naam) == ('Ergens', seen_by_anna.naam)


def test_two_writers_at_once_lose_nothing(open_register):
    first, done, refused = open_register(), [], []
    add(first)

    def write(register, column):
        for n in range(20):
            while True:
                try:
                    done.append(register.change(register.get(1), **{column: str(n)}).versie)
                    break
                except RegisterError:
                    refused.append(1)
            register.add(f'{column} {n}', b'', [make_request(100 + n, naam=column)])

    threads = [threading.Thread(target=write, args=(open_register(), name)) for name in ('functie', 'opmerking')]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    request = first.get(1)
    assert sorted(done) == list(range(2, 42))  # no version twice: none was written over another
    assert (request.functie, request.opmerking, request.versie) == ('19', '19', 41)
    assert len(first.history(1)) == 41
    assert len(first.select()) == 41


def test_two_who_add_the_same_mail_at_once_add_it_once(open_register):
    registers, added = [open_register(), open_register()], []

    def write(register):
        for n in range(30):
            added.extend(register.add(f'key {n}', b'', [make_request(n)]))

    threads = [threading.Thread(target=write, args=(register,)) for register in registers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(added) == len(registers[0].select()) == 30


def test_doubles_are_found_by_sender_name_and_address_within_the_round(register):
    add(register, 1)
    for n, same in enumerate(
        ({'email': 'persoon1@voorbeeld.example'}, {'naam': 'VERZONNEN persoon 1'}, {'huisnummer': '1'}), 2
    ):
        request = add(register, n, **same)
        assert (request.dubbel, request.status, request.reden) == (1, Status.UNSURE, 'dubbel')
    assert add(register, 5).dubbel is None
    assert add(register, 6, ronde='2023', huisnummer='1').dubbel is None
    assert add(register, 7, huisnummer='1', toevoeging='B').dubbel is None
    assert add(register, 8, postcode='', huisnummer='', naam='').dubbel is None


def test_what_was_made_is_noted_once(register, clock):
    add(register, 1), add(register, 2)
    assert register.record_made([1], 'brief', 'output/aanvragen/brieven.pdf') == [1]
    assert register.record_made([2, 1, 2], 'brief', 'output/aanvragen/brieven.pdf') == [2]
    assert [(made.nummer, made.soort) for made in register.made()] == [(1, 'brief'), (2, 'brief')]
    assert [made.nummer for made in register.made(2)] == [2]


def test_the_key_of_a_mail_tells_nothing_and_is_the_same_next_time(open_register):
    key = open_register().mail_key('<persoon@voorbeeld.example>')
    assert 'persoon' not in key and len(key) == 64
    assert open_register().mail_key('<persoon@voorbeeld.example>') == key
    assert open_register().mail_key('\ud800') != key


def add_column(connection):
    connection.execute(text('ALTER TABLE aanvraag ADD COLUMN kleur TEXT'))


def test_a_migration_keeps_what_there_is_and_makes_a_backup_first(open_register, url, monkeypatch, tmp_path):
    add(open_register())
    monkeypatch.setattr(schema, 'MIGRATIONS', [*schema.MIGRATIONS, add_column])
    register = open_register()
    assert len(register.select()) == 1
    with writing(register.engine) as connection:
        assert connection.scalar(text('SELECT count(kleur) FROM aanvraag')) == 0
    if url.startswith('sqlite'):
        (backup,) = tmp_path.rglob('*.bak')
        with sqlite3.connect(backup) as connection:
            assert connection.execute('SELECT count(*) FROM aanvraag').fetchone() == (1,)
            assert connection.execute("SELECT waarde FROM register WHERE sleutel = 'versie'").fetchone() == ('1',)
        connection.close()
        assert backup.stat().st_mode & 0o077 == 0


def test_a_migration_that_fails_changes_nothing(open_register, monkeypatch):
    add(open_register())

    def fail(connection):
        add_column(connection)
        raise ZeroDivisionError

    known = list(schema.MIGRATIONS)
    monkeypatch.setattr(schema, 'MIGRATIONS', [*known, fail])
    with pytest.raises(ZeroDivisionError):
        open_register()
    monkeypatch.setattr(schema, 'MIGRATIONS', known)
    assert len(open_register().select()) == 1


def test_a_register_of_a_newer_program_is_left_alone(open_register, monkeypatch):
    add(open_register())
    monkeypatch.setattr(schema, 'MIGRATIONS', [])
    with pytest.raises(RegisterError) as error:
        open_register()
    assert codes(error) == ['register-nieuwer']


def test_sqlite_keeps_a_log_ahead_checks_keys_and_wipes(tmp_path):
    engine = open_database(f'sqlite:///{tmp_path}/a/b.db')
    with writing(engine) as connection:
        pragma = {
            name: connection.scalar(text(f'PRAGMA {name}'))
            for name in 'journal_mode foreign_keys secure_delete'.split()
        }
    engine.dispose()
    assert pragma == {'journal_mode': 'wal', 'foreign_keys': 1, 'secure_delete': 1}
    assert (tmp_path / 'a/b.db').stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ('address', 'code'),
    [
        ('geen adres', 'register-adres'),
        ('oracle+nietbestaand://x', 'register-adres'),
        ('sqlite:////proc/niet/te/maken.db', 'register-dicht'),
        ('postgresql+psycopg://geheim:wachtwoord@127.0.0.1:1/x', 'register-onbereikbaar'),
    ],
)
def test_a_register_out_of_reach_is_told_without_its_password(address, code):
    with pytest.raises(RegisterError) as error:
        open_database(address)
    assert codes(error) == [code]
    assert 'wachtwoord' not in str(error.value)


def test_a_file_that_is_no_register_is_told(tmp_path):
    (tmp_path / 'x.db').write_bytes(b'no database at all' * 100)
    with pytest.raises(RegisterError) as error:
        open_database(f'sqlite:///{tmp_path}/x.db')
    assert codes(error) == ['register-onbereikbaar']
