"""The command line when something is wrong: exit codes, what goes to stdout and what to stderr, and never a traceback."""

import json
import os
import subprocess
import sys

import pytest

from dossier.cli import main
from dossier.errors import DataError, DossierError, SourceError
from tests.conftest import ROOT
from tests.mistakes import CHAPTER, FITTING, MISTAKES, READING, ROUND, THEME, VALUES, body, front, main_key

KEYS = {'code', 'ernst', 'bestand', 'regel', 'kolom', 'melding', 'hint'}


@pytest.fixture
def run(project, capsys):
    """Run the program on the project as the command line does; gives exit code, stdout and stderr."""

    def run(*arguments, lang='en', path=None):
        with pytest.raises(SystemExit) as ended:
            main(['--lang', lang, '--project', str(path or project.path), *arguments])
        output = capsys.readouterr()
        assert 'Traceback' not in output.out + output.err
        return ended.value.code or 0, output.out, output.err

    return run


def findings(out):
    """Return what stands in the JSON, that stands alone on stdout."""
    found = json.loads(out)
    assert set(found) == {'bevindingen'}
    assert all(set(row) == KEYS for row in found['bevindingen'])
    return found['bevindingen']


@pytest.mark.parametrize('mistake', MISTAKES, ids=lambda mistake: mistake.name)
def test_check_ends_with_the_exit_code_of_the_mistake_and_its_json(project, run, mistake):
    mistake.change(project)
    arguments = [mistake.ronde] if mistake.ronde else []
    code, out, _err = run('check', *arguments, '--format', 'json')
    (row,) = findings(out)
    assert code == mistake.exit_code
    assert (row['code'], row['bestand'], row['regel']) == (mistake.code, mistake.file, mistake.line)
    assert mistake.column in (None, row['kolom'])
    assert row['ernst'] == 'fout'
    assert row['melding']
    assert str(project.path) not in out


@pytest.mark.parametrize(
    ('command', 'mistake'),
    [
        ('build', READING[0]),
        ('build', FITTING[0]),
        *(('abbreviations', part[0]) for part in (READING, VALUES, FITTING)),
    ],
    ids=lambda value: getattr(value, 'name', value),
)
def test_other_commands_say_it_on_stderr_and_make_nothing(project, run, command, mistake):
    mistake.change(project)
    code, out, err = run(command)
    assert code == mistake.exit_code
    assert out == ''
    first, *excerpt, last = err.splitlines()
    assert (first, last) == (mistake.words, '1 error')
    assert all(' | ' in line for line in excerpt)
    assert not (project.path / 'output').exists()


def test_with_json_nothing_stands_on_stdout_but_json(project, run):
    (project.path / ROUND).unlink()
    code, out, err = run('abbreviations', '--format', 'json')
    assert (code, out) == (3, '')
    assert err.startswith(f'{ROUND}: This file is missing.')


def test_check_prints_its_findings_on_stdout_and_the_count_on_stderr(project, run):
    body('# Kop\n\nZie [[nergens]].')(project)
    code, out, err = run('check')
    assert code == 4
    assert [line.rstrip() for line in out.splitlines()] == [
        f'{THEME}:6: A heading in a text has at least two #, and skips no level. Use ## here.',
        '     6:1 | # Kop',
        '         | ^',
        f'{THEME}:8: [[nergens]] refers to nothing. Known here: welkom, water, besluiten, tijdlijn, afkortingen.',
        '     8:7 | Zie [[nergens]].',
        '         |       ^~~~~~~',
    ]
    assert err == '2 errors\n'


def test_check_of_a_right_project_ends_well(run):
    assert run('check') == (0, '', 'Nothing found.\n')
    code, out, err = run('check', '--format', 'json')
    assert (code, json.loads(out), err) == (0, {'bevindingen': []}, '')


def test_what_is_wrong_in_several_files_stands_in_one_list(project, run):
    main_key('onderdelen: geen\ntaal: Nederlands')(project)
    front('xyz: a')(project)
    project.write(CHAPTER, '---\ntitel:\n---\n')
    code, out, _err = run('check', '--format', 'json')
    assert code == 4
    assert [(row['bestand'], row['regel'], row['code']) for row in findings(out)] == [
        (ROUND, 6, 'geen-lijst'),
        (ROUND, 7, 'geen-taal'),
        (CHAPTER, 2, 'tekst-leeg'),
        (THEME, 4, 'sleutel-onbekend'),
    ]


def test_warnings_and_tips_do_not_end_in_an_error_unless_asked(project, run):
    body('De XYZ van PS. De XYZ is er.')(project)
    code, out, _err = run('check', '--format', 'json')
    assert code == 0
    assert [(row['ernst'], row['code'], row['bestand'], row['regel']) for row in findings(out)] == [
        ('waarschuwing', 'afkorting-onbekend', THEME, 6),
        ('tip', 'afkorting-ongebruikt', 'data/afkortingen.yaml', 2),
    ]
    assert run('check', '--strict')[0] == 4


def test_tips_are_no_error_when_warnings_are(project, run):
    body('Alleen PS.')(project)
    code, out, err = run('check', '--strict')
    assert code == 0
    assert out.startswith('data/afkortingen.yaml:2: tip: "GS" is declared and not used in this round.')
    assert err == '1 tip\n'


@pytest.mark.parametrize('command', ['check', 'abbreviations'])
def test_an_error_never_ends_with_exit_code_0(project, run, command):
    project.write('data/afkortingen.yaml', '- {afkorting: GS, voluit: a}\n- {afkorting: GS, voluit: b}\n')
    _code, out, _err = run('check', '--format', 'json')
    assert ('afkorting-dubbelzinnig', 'fout') in [(row['code'], row['ernst']) for row in findings(out)]
    assert run(command)[0] == 4


@pytest.mark.parametrize(
    'arguments',
    [
        ['chek'],
        ['check', '--fast'],
        ['check', '--format', 'xml'],
        ['check', '--format'],
        ['check', '2027', '2023'],
        ['build', '--product', 'boek'],
        ['build', '--jobs', '0'],
        ['build', '--jobs', 'veel'],
        ['build', '--format', 'csv'],
        ['abbreviations', '--format', 'xml'],
        ['new'],
    ],
    ids=' '.join,
)
def test_a_wrong_command_line_ends_with_2(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, '')
    assert 'Error: ' in err


def test_a_wrong_option_before_the_command_ends_with_2(project, run, capsys):
    for arguments in (
        ['--lang', 'fr', 'check'],
        ['--lang', '', 'check'],
        ['--projct', 'x', 'check'],
        ['--project'],
        [],
    ):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert capsys.readouterr().out == ''
    assert run('check', path=project.path / ROUND)[0] == 2


def test_a_project_that_is_not_there_has_no_data(project, run):
    code, out, _err = run('check', '--format', 'json', path=project.path / 'weg')
    assert code == 3
    assert [(row['code'], row['bestand']) for row in findings(out)] == [('map-ontbreekt', None)]


@pytest.mark.parametrize('ronde', ['2031', '', '../2027', '2027/', 'data/2027', '/etc', '2027\0', '*'])
def test_only_the_name_of_a_round_is_a_round(run, ronde):
    code, out, _err = run('check', ronde, '--format', 'json')
    if ronde:
        assert (code, [row['code'] for row in findings(out)]) == (3, ['ronde-onbekend'])
    else:
        assert (code, findings(out)) == (0, [])


def test_a_file_is_named_from_the_project_also_when_the_project_is_elsewhere(project, run, monkeypatch):
    body('# Kop')(project)
    for folder, path in ((project.path.parent, project.path.name), (project.path / 'data', '..'), (project.path, '.')):
        monkeypatch.chdir(folder)
        assert [row['bestand'] for row in findings(run('check', '--format', 'json', path=path)[1])] == [THEME]


def test_codes_and_places_are_the_same_in_both_languages(project, run):
    body('# Kop\n\nZie [[nergens]].')(project)
    english, dutch = (findings(run('check', '--format', 'json', lang=lang)[1]) for lang in ('en', 'nl'))
    keys = ('code', 'ernst', 'bestand', 'regel', 'kolom')
    assert [[row[key] for key in keys] for row in english] == [[row[key] for key in keys] for row in dutch]
    assert english[0]['melding'] == 'A heading in a text has at least two #, and skips no level.'


def test_the_language_may_come_from_the_environment(project, monkeypatch, capsys):
    project.write(THEME, '')
    monkeypatch.setenv('DOSSIER_LANG', 'en')
    with pytest.raises(SystemExit):
        main(['--project', str(project.path), 'check'])
    assert capsys.readouterr().out == f'{THEME}:1: This file is empty. The manual says what belongs in it.\n'


def test_words_of_others_do_not_steer_the_terminal(project, run):
    front('"\\u202Efout\\r\\n": a')(project)
    _code, out, err = run('check')
    assert not {'\x1b', '\r', '\u202e'} & set(out + err)


def test_the_name_of_a_file_does_not_steer_the_terminal(project, run):
    project.write('data/2027/themas/02-\x1b[2Jfout.md', '')
    _code, out, err = run('check')
    assert '\x1b' not in out + err


@pytest.mark.parametrize('form', ['text', 'json'])
def test_a_file_name_that_is_no_utf8_is_no_crash(project, form):
    name = os.fsencode(project.path / 'data/2027/themas') + b'/02-caf\xe9.md'
    with open(name, 'w') as file:  # noqa: PTH123  # a name in bytes
        file.write('---\ntitel: A\nsamenvatting: B\n---\n')
    result = program(project, 'check', '--format', form, PYTHONIOENCODING='utf-8:strict')
    assert result.returncode == 4
    assert 'Traceback' not in result.stderr


def test_a_bug_is_no_message_but_a_traceback(run, monkeypatch):
    def broken(project, ronde, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr('dossier.cli.check.check', broken)
    with pytest.raises(ZeroDivisionError):
        run('check')


@pytest.mark.parametrize(
    ('kind', 'code'),
    [('SourceError', 3), ('DataError', 4), ('TemplateError', 5), ('LayoutError', 6), ('PreflightError', 7),
    ('OutputError', 8), ('ToolError', 11)],
)  # fmt: skip
def test_every_error_has_the_exit_code_of_the_contract(kind, code):
    from dossier import errors

    assert getattr(errors, kind).exit_code == code
    assert issubclass(getattr(errors, kind), DossierError)


def test_the_table_covers_both_exit_codes():
    assert {mistake.exit_code for mistake in MISTAKES} == {SourceError.exit_code, DataError.exit_code}


# The same, as a real process


def program(project, *arguments, **environment):
    command = [sys.executable, '-W', 'error', '-m', 'dossier', '--lang', 'en', *arguments]
    return subprocess.run(
        command,
        cwd=project.path,
        env={**os.environ, 'PYTHONPATH': str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ('command', 'mistake'),
    [('build', READING[0]), ('build', VALUES[0]), ('abbreviations', FITTING[0])],
    ids=lambda value: getattr(value, 'name', value),
)
def test_a_process_ends_with_the_exit_code_of_the_mistake(project, command, mistake):
    mistake.change(project)
    result = program(project, command)
    assert (result.returncode, result.stdout) == (mistake.exit_code, '')
    first, *_excerpt, last = result.stderr.splitlines()
    assert (first, last) == (mistake.words, '1 error')


def test_a_process_with_a_wrong_command_line_ends_with_2(project):
    result = program(project, 'chek')
    assert (result.returncode, result.stdout) == (2, '')
    assert 'Traceback' not in result.stderr


def test_a_process_prints_its_json_alone(project):
    project.write(THEME, '---\ntitel: Wäter\nxyz: 1\nsamenvatting: B\n---\n')
    result = program(project, 'check', '--format', 'json', PYTHONIOENCODING='utf-8')
    assert result.returncode == 4
    assert [row['code'] for row in findings(result.stdout)] == ['sleutel-onbekend']
    assert result.stderr == ''
