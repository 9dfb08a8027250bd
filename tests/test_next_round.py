"""The next round: what is copied, what is marked and why, and a draft that says so on every page."""

import io
import re
import subprocess
import sys

import pikepdf
import pytest

from dossier.cli import main
from dossier.compose import Composer
from dossier.next_round import make_round, mark_text, third_wednesday
from dossier.pipeline import check, check_edition
from dossier.proofread.comments import read_comments
from dossier.proofread.progress import count_marks
from tests.conftest import ROOT, copy_project
from tests.mistakes import THEME

MARK = re.compile(r'\s*(?:<!-- nakijken: [^>]*-->|# nakijken: [^\n]*)')


@pytest.fixture
def run(project, capsys):
    def run(*arguments, code=0, folder=None):
        with pytest.raises(SystemExit) as ended:
            main(['--lang', 'nl', '--project', str(folder or project.path), *arguments])
        assert (ended.value.code or 0) == code
        return capsys.readouterr()

    return run


@pytest.mark.parametrize(('year', 'day'), [(2019, 20), (2023, 15), (2027, 17)])
def test_elections_are_on_the_third_wednesday(year, day):
    assert (third_wednesday(year).month, third_wednesday(year).day) == (3, day)


def test_the_full_example_is_copied_and_can_be_read(tmp_path, run):
    full_project = copy_project('volledig', tmp_path / 'vol')
    run('new-round', '2031', folder=full_project.path)
    old, new = full_project.path / 'data' / '2027', full_project.path / 'data' / '2031'
    names = sorted(path.relative_to(old) for path in old.rglob('*') if path.is_file())
    assert names == sorted(path.relative_to(new) for path in new.rglob('*') if path.is_file())
    assert (old / 'beeld/dijk.png').read_bytes() == (new / 'beeld/dijk.png').read_bytes()
    for path in (*old.rglob('*.md'), *old.rglob('*.yaml')):
        if path.name != 'dossier.yaml':
            copy = (new / path.relative_to(old)).read_text(encoding='utf-8')
            assert MARK.sub('', copy) == path.read_text(encoding='utf-8')
    dossier = full_project.read('2031')
    assert (dossier.ronde.concept, str(dossier.ronde.verkiezing), dossier.ronde.installatie) == (
        True,
        '2031-03-19',
        None,
    )
    assert '"2031": 45  # nakijken: aantal van 2027' in (full_project.path / 'data/provincies.yaml').read_text()
    assert not full_project.read('2027').ronde.concept


@pytest.mark.parametrize(
    ('line', 'reason'),
    [
        ('Op 1 juli 2023 ging de wet in.', 'datum'),
        ('Dat kost 12 miljoen euro.', 'cijfer'),
        ('Bel [ons](https://voorbeeld.example).', 'link'),
        ('De minister besluit.', 'bestuurder'),
        ('Vraag het A. Testpersoon.', 'persoon'),
        ('Het ministerie van OUD helpt.', 'OUD is vervallen, nu NIEUW'),
        ('Een zin zonder feiten.', None),
        ('- een punt uit 2022', 'datum'),
        ('| Wat | Hoeveel |\n|---|---|', None),
    ],
)
def test_each_kind_of_fact_is_marked_on_its_line_with_its_reason(project, run, line, reason):
    project.write('data/afkortingen.yaml', '- {afkorting: OUD, voluit: Oud, geldig_tot: 2026-02-23, opvolger: NIEUW}\n')
    project.write('data/2027/contact.yaml', 'personen:\n  - {naam: A. Testpersoon, functie: test}\n')
    project.write(THEME, f'---\ntitel: Water\nsamenvatting: Kort.\n---\n\nEen zin.\n\n{line}\n')
    run('new-round', '2031')
    found = [(mark.text, mark.place.line) for mark in read_comments(project.path, THEME.replace('2027', '2031'))]
    assert found == ([(reason, 8)] if reason else [])


def test_keys_and_texts_in_yaml_are_marked_without_harm(project, run):
    text = '- datum: 2027-04-05\n  soort: gesprek\n  titel: Gesprek\n    in 2027\n'
    text += '  toelichting: >\n    Op 5 april 2027 is er\n    koffie.\n'
    project.write('data/2027/bijeenkomsten.yaml', text)
    run('new-round', '2031')
    made = (project.path / 'data/2031/bijeenkomsten.yaml').read_text()
    assert made.splitlines()[0] == '- datum: 2027-04-05  # nakijken: datum'
    assert made.splitlines()[5] == '    Op 5 april 2027 is er <!-- nakijken: datum -->'
    assert 'nakijken' not in str(project.read('2031').bijeenkomsten[0].toelichting)


def test_check_counts_a_theme_at_a_time(project, run):
    project.write(
        THEME, '---\ntitel: Water\nsamenvatting: Kort. # nakijken: x\n---\n\nEen zin. <!-- nakijken: datum -->\n'
    )
    assert [(row.title, row.marked) for row in count_marks(project.path, project.read())] == [('Water', 2)]
    assert re.search(r'^Water +2 +100\n', run('check').out, re.MULTILINE)
    project.write(THEME, '---\ntitel: Water\nsamenvatting: Kort.\n---\n\nEen zin.\n')
    assert 'na te kijken' not in run('check').out
    assert re.search(r'^Water +- +100\n', run('check', '--table').out, re.MULTILINE)


@pytest.mark.parametrize(('ronde', 'code'), [('2027', 8), ('volgende', 8), ('../x', 8)])
def test_a_round_that_exists_or_has_no_name_of_a_year_is_refused(project, run, ronde, code):
    before = sorted(project.path.rglob('*'))
    assert run('new-round', ronde, code=code).err
    assert sorted(project.path.rglob('*')) == before


def test_a_round_that_can_not_be_written_is_told(project, run, monkeypatch):
    monkeypatch.setattr('pathlib.Path.rename', lambda *_arguments: (_ for _ in ()).throw(OSError('vol')))
    assert 'kan niet worden gemaakt' in run('new-round', '2031', code=8).err


def test_windows_line_ends_and_front_matter_stay(project):
    project.write(THEME, '---\r\ntitel: Water\r\nsamenvatting: In 2023.\r\n---\r\n\r\nEen zin uit 2022.\r\n')
    files = make_round(project.path, check(project.path, None).dossier, '2031')
    assert b'samenvatting: In 2023.  # nakijken: date' in files[THEME.replace('2027', '2031')]
    assert mark_text('x.md', '---\na: b\n--- \nc\n', {4: ['x']}, {}) == '---\na: b\n--- \nc <!-- nakijken: x -->\n'
    assert mark_text('x.md', '---\na: b\n---\n', {}, {}) == '---\na: b\n---\n'


def test_a_draft_says_so_on_every_part_and_a_book_does_not(project):
    draft = 'data-concept="concept"'
    for concept in (True, False):
        text = (ROOT / 'tests/dossiers/klein/data/2027/dossier.yaml').read_text()
        project.write('data/2027/dossier.yaml', f'{text}concept: {str(concept).lower()}\n')
        composer = Composer(check_edition(project.path, None), project.path)
        composer.digits = dict.fromkeys(composer.names, 2)
        parts = [composer.compose(name).html for name in composer.names if name != 'afkortingen']
        assert all((draft in html) is concept and ('concept.css' in html) is concept for html in parts)


def test_every_page_of_a_draft_has_the_mark(project, tmp_path):
    text = (project.path / 'data/2027/dossier.yaml').read_text()
    project.write('data/2027/dossier.yaml', text + 'concept: true\n')
    command = [
        sys.executable,
        '-m',
        'dossier',
        '--project',
        str(project.path),
        'build',
        '--product',
        'dossier',
        '--strict',
    ]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    content = (project.path / 'output/2027/landelijk/overdrachtsdossier.pdf').read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    (tmp_path / 'x.pdf').write_bytes(content)
    texts = subprocess.run(
        ['pdftotext', str(tmp_path / 'x.pdf'), '-'], capture_output=True, text=True, check=True
    ).stdout
    assert sum('CONCEPT' in page for page in texts.split('\f')) == pages


def test_the_round_in_progress_is_that_of_2027(run):
    dossier = check(ROOT, '2027', tips=False).dossier
    assert dossier.ronde.concept
    assert str(dossier.ronde.verkiezing) == '2027-03-17'
    assert sum(row.marked for row in count_marks(ROOT, dossier)) > 500
