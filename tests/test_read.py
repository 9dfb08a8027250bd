"""Reading files: which, in what order, where their texts begin, and what happens when they can't be read."""

import os
from pathlib import Path

import pytest

from dossier.errors import DataError, Place, SourceError
from dossier.read import MAX_FILE_BYTES, find_rounds, read_round
from tests.conftest import Project
from tests.mistakes import CHAPTER, PROVINCES, ROUND, SHORT, THEME, Mistake, body, both, front, write

SMALL_THEME = '---\ntitel: A\nsamenvatting: B\n---\n'


def test_rounds_are_found_oldest_first(project):
    for name in ('2031', '1999-proef', '2023', 'oud', '20277', 'beeld', '2027-Proef'):
        (project.path / 'data' / name).mkdir()
    project.write('data/2029', 'a file is no round')
    assert find_rounds(project.path) == ['1999-proef', '2023', '2027', '2031']


def test_the_newest_round_is_read_by_default(project):
    project.write('data/2023/dossier.yaml', (project.path / ROUND).read_text().replace('2027"', '2023"'))
    assert read_round(project.path).ronde == '2027'
    assert read_round(project.path, '2023').ronde == '2023'


def test_every_file_of_a_round_is_read(full_project):
    sources = read_round(full_project.path)
    assert list(sources.files) == [
        'dossier',
        'afkortingen',
        'provincies',
        'bijeenkomsten',
        'proposities',
        'organisaties',
        'contact',
        'nieuws',
    ]
    assert list(sources.hoofdstukken) == ['besluiten', 'voorwoord', 'welkom', 'werkwijze']
    assert list(sources.themas) == ['water', 'energie', 'dorpen']


def test_only_dossier_yaml_is_required(tmp_path):
    project = Project(tmp_path)
    project.write(ROUND, 'ronde: "2027"\ntitel: A\nuitgever: B\nverkiezing: 2027-03-17\npeildatum: 2027-03-31\n')
    sources = read_round(tmp_path)
    assert list(sources.files) == ['dossier']
    assert sources.themas == sources.hoofdstukken == {}
    assert str(project.read().ronde.titel) == 'A'


def test_themes_stand_in_the_order_of_their_numbers(project):
    for name in ('2-twee', '10-tien', '003-drie', '09-negen', '0-nul'):
        project.write(f'data/2027/themas/{name}.md', SMALL_THEME)
    assert list(read_round(project.path).themas) == ['nul', 'water', 'twee', 'drie', 'negen', 'tien']


def test_other_files_and_hidden_ones_are_left_alone(project):
    for name in ('.01-verborgen.md', '02-kladje.md~', '02-kladje.txt', 'LEESMIJ', '.#02-x.md'):
        project.write(f'data/2027/themas/{name}', b'\xff')
    assert list(read_round(project.path).themas) == ['water']


@pytest.mark.parametrize(
    'content',
    [
        SMALL_THEME.encode() + b'\nEen\nregel\n',
        b'\xef\xbb\xbf' + SMALL_THEME.encode() + b'\nEen\nregel\n',
        SMALL_THEME.replace('\n', '\r\n').encode() + b'\r\nEen\r\nregel\r\n',
        SMALL_THEME.replace('\n', '\r').encode() + b'\rEen\rregel\r',
        SMALL_THEME.replace('---\n', '---  \t\n').encode() + b'\nEen\nregel\n',
    ],
    ids=['plain', 'byte order mark', 'Windows', 'old Mac', 'blanks after the hyphens'],
)
def test_however_it_is_saved_a_text_is_the_same(project, content):
    project.write(THEME, content)
    source = read_round(project.path).themas['water']
    assert source.value == {'titel': 'A', 'samenvatting': 'B', 'tekst': '\nEen\nregel\n'}
    assert source.value['tekst'].place == source.place_of(('tekst',)) == Place(THEME, 5)


def test_a_text_may_be_empty_and_may_hold_a_line_of_hyphens(project):
    project.write(THEME, SMALL_THEME.removesuffix('\n'))
    assert read_round(project.path).themas['water'].value['tekst'] == ''
    project.write(THEME, SMALL_THEME + '---\n')
    assert read_round(project.path).themas['water'].value['tekst'] == '---\n'


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(project):
    size = (project.path / THEME).stat().st_size
    text = (project.path / THEME).read_text()
    project.write(THEME, text + '\n' * (MAX_FILE_BYTES - size))
    assert read_round(project.path).themas['water'].value
    project.write(THEME, text + '\n' * (MAX_FILE_BYTES - size + 1))
    assert [found.code for found in project.findings()] == ['bestand-te-groot']


def test_the_project_itself_may_be_a_link(project, tmp_path):
    (tmp_path / 'link').symlink_to(project.path)
    assert list(Project(tmp_path / 'link').read().themas) == ['water']


def test_a_link_within_the_project_is_fine(project):
    (project.path / 'data/2027/themas/02-nog-eens.md').symlink_to(project.path / CHAPTER)
    assert set(read_round(project.path).themas) == {'water', 'nog-eens'}


def test_a_folder_that_only_begins_like_the_project_lies_outside_it(project, tmp_path):
    beside = tmp_path / (project.path.name + '-oud')
    Project(beside).write('x.md', SMALL_THEME)
    (project.path / 'data/2027/themas/02-x.md').symlink_to(beside / 'x.md')
    assert [found.code for found in project.findings()] == ['buiten-project']


def test_all_that_cannot_be_read_is_told_at_once_sorted_by_file_and_line(project):
    project.write(SHORT, '- afkorting: GS\n  voluit: a\n  voluit: b\n  voluit: c\n')
    project.write(PROVINCES, b'- naam: \xe9')
    project.write(THEME, 'Geen voorwerk.\n')
    project.write('data/2027/themas/zonder.md', SMALL_THEME)
    project.write(CHAPTER, '')
    error = project.fail()
    assert [(found.code, str(found.place)) for found in error.findings] == [
        ('bestand-leeg', f'{CHAPTER}:1'),
        ('voorwerk-ontbreekt', f'{THEME}:1'),
        ('themanaam', 'data/2027/themas/zonder.md'),
        ('sleutel-dubbel', f'{SHORT}:3'),
        ('sleutel-dubbel', f'{SHORT}:4'),
        ('geen-utf8', f'{PROVINCES}:1'),
    ]
    assert type(error) is DataError
    assert str(error) == '\n'.join(str(found) for found in error.findings)


def test_a_missing_file_decides_the_exit_code_when_more_is_wrong(project):
    (project.path / ROUND).unlink()
    project.write(THEME, '')
    error = project.fail()
    assert [found.code for found in error.findings] == ['bestand-ontbreekt', 'bestand-leeg']
    assert type(error) is SourceError


@pytest.mark.skipif(os.geteuid() == 0, reason='run as root, who may read every file')
@pytest.mark.parametrize(
    ('file', 'told'),
    [(THEME, THEME), (ROUND, ROUND), ('data/2027/themas', 'data/2027/themas'), ('data/2027', ROUND), ('data', 'data')],
)
def test_what_may_not_be_read_is_told(project, file, told):
    path = project.path / file
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        error = project.fail()
    finally:
        path.chmod(mode)
    assert ('bestand-onleesbaar', told) in [(found.code, found.place.file) for found in error.findings]
    assert type(error) is SourceError


@pytest.mark.parametrize('name', ['read_bytes', 'stat', 'iterdir'])
def test_a_file_or_folder_that_the_system_refuses_is_told(project, monkeypatch, name):
    """The same as above, for those who run the tests as root."""
    original = getattr(Path, name)
    refused = 'themas' if name == 'iterdir' else '01-water.md'

    def refuse(path, *args, **options):
        if path.name == refused:
            raise PermissionError(13, 'Permission denied')
        return original(path, *args, **options)

    monkeypatch.setattr(Path, name, refuse)
    error = project.fail()
    assert str(error) == (
        f"{'data/2027/themas' if name == 'iterdir' else THEME}: This file can't be read: Permission denied. "
        'See whether you may open it.'
    )
    assert error.exit_code == 3


def test_a_data_folder_that_the_system_refuses_is_told(project, monkeypatch):
    def refuse(path):
        raise PermissionError(13, 'Permission denied')

    monkeypatch.setattr(Path, 'iterdir', refuse)
    assert str(project.fail()) == "data: This file can't be read: Permission denied. See whether you may open it."


def test_the_same_text_twice_is_the_same_sources(full_project):
    assert read_round(full_project.path) == read_round(full_project.path)


@pytest.mark.parametrize(
    'mistake',
    [
        Mistake('unclosed quotation mark', front('kort: "a\nportefeuille: b'), 'yaml-aanhalingsteken', THEME, 4),
        Mistake('mistake after an accent', front('kort: "é€😀"\nfout: x'), 'sleutel-onbekend', THEME, 5),
        Mistake('mistake after a folded text', front('portefeuille: >\n  a\n\n  b\nfout: x'), 'sleutel-onbekend', THEME, 8),
        Mistake('mistake after Windows line ends', both(write(THEME, b'---\r\ntitel: A\r\n\r\nfout: x\r\n---\r\n')),
                'sleutel-onbekend', THEME, 4),
        Mistake('mistake in a text after Windows line ends',
                write(THEME, b'---\r\ntitel: A\r\nsamenvatting: B\r\n---\r\n\r\n# Fout\r\n'), 'kop-niveau', THEME, 6),
        Mistake('mistake far in a text', body('Regel.\n\n' * 100 + '# Fout'), 'kop-niveau', THEME, 206),
    ],
    ids=lambda mistake: mistake.name,
)  # fmt: skip
def test_a_line_is_the_line_that_an_editor_shows(project, mistake):
    mistake.change(project)
    assert (mistake.code, Place(THEME, mistake.line)) in [
        (found.code, Place(found.place.file, found.place.line)) for found in project.findings()
    ]
