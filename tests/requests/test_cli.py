"""`dossier requests` as a user runs it: what is printed where, and how it ends."""

import json

import pytest

from dossier.cli import main
from dossier.messages.requests import REASONS
from dossier.requests.aanvraag import JSON_KEYS
from tests.requests.corpus import as_bytes, load

MAILS = load('mails.yaml')


@pytest.fixture
def run(project, capsys, monkeypatch):
    """Run the program on the smallest project; gives exit code, stdout and stderr."""
    monkeypatch.delenv('DOSSIER_REGISTER', raising=False)

    def run(*arguments, lang='en'):
        with pytest.raises(SystemExit) as ended:
            main(['--lang', lang, '--project', str(project.path), 'requests', *arguments])
        output = capsys.readouterr()
        assert 'Traceback' not in output.out + output.err
        return ended.value.code or 0, output.out, output.err

    return run


@pytest.fixture
def filled(run, project):
    """The register with the first mails of the corpus."""
    for n, item in enumerate(MAILS[:8]):
        project.write(f'mails/{n:02}.eml', as_bytes(item, n))
    run('import', str(project.path / 'mails'))
    return run


def test_a_mail_becomes_an_approved_request(run, project):
    source = str(project.write('mail.eml', as_bytes(MAILS[1])))
    assert run('import', source) == (0, '    1  nieuw\n', '')
    assert run('import', source, '--format', 'json') == (0, '{\n  "bekend": 1\n}\n', '')
    code, out, _err = run('list', '--format', 'json')
    (row,) = json.loads(out)['aanvragen']
    assert list(row) == JSON_KEYS
    assert (code, row['nummer'], row['status'], row['plaats'], row['aantal']) == (0, 1, 'nieuw', 'Ergenshuizen', 4)
    code, out, _err = run('show', '1', '--mail')
    assert 'Laan van Nergens' in out
    assert 'zeker: "2345bc ergenshuizen"' in out
    assert 'Aantal: 4 stuks' in out
    assert run('edit', '1', '--plaats', 'Elders \u202e ', '--aantal', '2') == (0, '', '')
    assert run('approve', '1')[0] == 0
    code, out, _err = run('list', '--status', 'goedgekeurd')
    assert out.startswith('    1  goedgekeurd      2 x  Bo Fictief, Elders')
    assert run('approve', '1')[0] == 10


@pytest.mark.parametrize(
    ('arguments', 'code'),
    [
        (['show', '99'], 10),
        (['edit', '99', '--naam', 'x'], 10),
        (['edit', '1', '--aantal', '0'], 2),
        (['edit', '1', '--kleur', 'x'], 2),
        (['approve', '1', '6', '99'], 10),
        (['approve'], 2),
        (['approve', 'x'], 2),
        (['import', 'nergens'], 3),
        (['import', 'imaps://a:b@localhost/'], 3),
        (['import', '.', '--ronde', '1999'], 3),
        (['list', '--status', 'zoek'], 2),
        (['forget', 'Niemand', '--yes'], 10),
        (['export', '--person', 'Niemand'], 10),
        (['nergens'], 2),
    ],
)
def test_what_is_wrong_ends_with_its_code(filled, arguments, code):
    before = filled('list')
    assert filled(*arguments)[0] == code
    assert filled('list') == before


def test_a_register_elsewhere_is_used_when_asked(filled, monkeypatch, tmp_path):
    monkeypatch.setenv('DOSSIER_REGISTER', f'sqlite:///{tmp_path}/elders.db')
    assert filled('list', '--format', 'json')[1] == '{\n  "aanvragen": []\n}\n'
    monkeypatch.setenv('DOSSIER_REGISTER', 'onzin')
    assert filled('list')[0] == 10


def test_all_reasons_have_words(filled):
    rows = json.loads(filled('list', '--format', 'json')[1])['aanvragen']
    assert {word for row in rows for word in row['reden'].split()} <= set(REASONS)
    assert 'is het adres zeker' not in filled('list')[1]


def test_purge_erases_only_what_is_due(filled, project):
    filled('approve', '2')
    assert filled('purge', '--days', '0', '--dry-run')[1] == ''
    filled('edit', '3', '--status', 'genegeerd')
    assert filled('purge')[1] == ''
    assert filled('purge', '--days', '0', '--dry-run')[1] == '3\n'
    assert filled('purge', '--days', '0')[1] == '3\n'
    rows = json.loads(filled('list', '--format', 'json')[1])['aanvragen']
    assert [(row['status'], row['naam'], row['aantal']) for row in rows if row['nummer'] == 3] == [('gewist', '', 2)]
    assert rows[1]['naam'] == 'Bo Fictief'
    assert 'Cas' not in filled('show', '3', '--mail')[1]


def test_the_term_is_that_of_the_round(filled, project):
    file = next((project.path / 'data').glob('2*/dossier.yaml'))
    filled('edit', '3', '--status', 'genegeerd')
    file.write_text(file.read_text() + 'post:\n  bewaartermijn_dagen: 0\n')
    assert filled('purge', '--dry-run')[1] == '3\n'
    file.write_bytes(file.read_bytes() + b'# caf\xe9\n')  # a mistake in a text keeps nothing longer
    assert filled('purge', '--dry-run')[1] == '3\n'


def test_forget_and_export_of_a_person(filled):
    code, out, _err = filled('export', '--person', 'dora gissing')
    (known,) = json.loads(out)['aanvragen']
    assert (code, known['straat'], known['mail']['onderwerp']) == (0, 'Gisweg', 'Aanvraag gedrukt exemplaar')
    assert known['geschiedenis'][0]['wat'] == 'status: nieuw'
    assert filled('forget', 'dora@voorbeeld.example', '--yes')[:2] == (0, '4\n')
    assert filled('export', '--person', 'Dora Gissing')[0] == 10


def test_forget_asks_first(filled, monkeypatch):
    import io

    monkeypatch.setattr('sys.stdin', io.StringIO('n\n'))
    assert filled('forget', 'dora gissing')[0] == 1
    assert filled('export', '--person', 'Dora Gissing')[0] == 0


def test_no_personal_data_in_errors_or_the_log(filled):
    code, out, err = filled('approve', *map(str, range(1, 9)))
    assert code == 10
    for item in MAILS[:8]:
        name, address = item['van'].removesuffix('>').split(' <')
        assert name not in out + err
        assert address not in out + err
