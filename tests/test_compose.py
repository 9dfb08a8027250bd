"""Templates: what they may know, and what a mistake in one looks like."""

import shutil
from pathlib import Path

import pytest

from dossier.compose import Composer, letter_group, number_text
from dossier.compose.render import Setting, render_html
from dossier.errors import TemplateError
from dossier.i18n import set_language
from dossier.pipeline import check

SMALL = Path(__file__).parent / 'dossiers' / 'volledig'


@pytest.fixture
def project(tmp_path):
    set_language('en')
    shutil.copytree(SMALL, tmp_path / 'project')
    (tmp_path / 'project' / 'templates').mkdir()
    return tmp_path / 'project'


def compose(project, name='welkom'):
    composer = Composer(check(project, None), project)
    composer.digits = dict.fromkeys(composer.names, 2)
    return composer.compose(name)


@pytest.mark.parametrize(
    'other', [{'titles': {'energie': 'Stroom'}}, {'digits': {'energie': 3}}, {'entries': {'GS': 7}}, {'number': '2'}]
)
def test_a_text_is_remembered_for_what_it_is_set_with(project, other):
    tekst = check(project, None).dossier.themas['water'].tekst
    plain = {
        'titles': {'energie': 'Energie', 'werkwijze': 'Zo'},
        'digits': {'energie': 2, 'werkwijze': 1},
        'words': str,
    }
    other = {key: {**plain.get(key, {}), **value} if isinstance(value, dict) else value for key, value in other.items()}
    memory = {}
    one = render_html(tekst, Setting(**plain, memory=memory))
    assert render_html(tekst, Setting(**{**plain, **other}, memory=memory)) == render_html(
        tekst, Setting(**{**plain, **other})
    )
    size = len(memory)
    unused = {**plain, 'titles': {**plain['titles'], 'tijdlijn': 'Tijd'}, 'digits': {**plain['digits'], 'tijdlijn': 3}}
    assert render_html(tekst, Setting(**unused, entries={'XYZ': 1}, memory=memory)) == one
    assert len(memory) == size  # what it doesn't use doesn't matter


def first_chapter(project):
    return next(path.stem for path in sorted((project / 'data' / '2027' / 'hoofdstukken').glob('*.md')))


@pytest.mark.parametrize(
    ('template', 'code', 'line'),
    [
        ('<p>\n{{ onbekend }}</p>', 'sjabloon-fout', 2),
        ('<p>\n\n{{ ronde.titels }}</p>', 'sjabloon-fout', 3),
        ('{% if x %}', 'sjabloon-fout', 1),
        ('{% extends "weg.html" %}', 'sjabloon-ontbreekt', 1),
        ('\n{{ 1 / 0 }}', 'sjabloon-fout', 2),
        ('\n{{ ronde.__class__.__mro__ }}', 'sjabloon-verboden', 2),
        ('\n{{ [].append(1) }}', 'sjabloon-verboden', 2),
        ('\n{% for n in range(1000000000) %}{% endfor %}', 'sjabloon-fout', 2),
        ('\n{{ "x" | geenfilter }}', 'sjabloon-fout', 2),
    ],
)
def test_mistake_in_a_template_names_its_line(project, template, code, line):
    (project / 'templates' / 'colofon.html').write_text(template, encoding='utf-8')
    with pytest.raises(TemplateError) as error:
        compose(project, 'colofon')
    (finding,) = error.value.findings
    assert error.value.exit_code == 5
    assert (finding.code, finding.place.line) == (code, line)
    assert finding.place.file == 'templates/colofon.html'


def test_a_project_may_have_its_own_template(project):
    (project / 'templates' / 'colofon.html').write_text('<body class="x">{{ ronde.titel }}</body>', encoding='utf-8')
    assert '<body class="x">' in compose(project, 'colofon').html


def test_html_of_a_writer_stays_text(project):
    path = sorted((project / 'data' / '2027' / 'themas').glob('*.md'))[0]
    path.write_text(
        path.read_text(encoding='utf-8') + '\n\n<script>alert(1)</script> <b onclick="x">vet</b>\n', encoding='utf-8'
    )
    html = compose(project, path.stem.partition('-')[2]).html
    assert '<script' not in html
    assert '<b onclick' not in html
    assert '&lt;script&gt;' in html


def test_a_reference_has_the_title_and_a_place_for_the_number(project):
    slug = sorted((project / 'data' / '2027' / 'themas').glob('*.md'))[0].stem.partition('-')[2]
    path = project / 'data' / '2027' / 'hoofdstukken' / f'{first_chapter(project)}.md'
    path.write_text(path.read_text(encoding='utf-8') + f'\n\nLees [[{slug}]].\n', encoding='utf-8')
    html = compose(project, path.stem).html
    assert f'<a href="dossier:{slug}">' in html
    assert f'<span class="nr" data-naar="{slug}">\ue000\ue000</span>' in html


def test_headings_are_numbered_when_asked(project):
    slug = sorted((project / 'data' / '2027' / 'themas').glob('*.md'))[0].stem.partition('-')[2]
    assert '1.1</span>' in compose(project, slug).html
    path = project / 'data' / '2027' / 'dossier.yaml'
    text = path.read_text(encoding='utf-8')
    path.write_text(text.replace('genummerde_koppen: ja', 'genummerde_koppen: nee'), encoding='utf-8')
    assert '1.1</span>' not in compose(project, slug).html


@pytest.mark.parametrize(
    ('value', 'text'), [(40, '40'), (2846.6, '2.846,6'), (0.5, '0,5'), (1234567, '1.234.567'), (-3.25, '-3,25')]
)
def test_numbers_are_written_as_in_dutch(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize(('form', 'group'), [('GS', 'G'), ('m.e.r.', 'M'), ('éé', 'É'), ('4D', '0–9'), ('&', '0–9')])
def test_letter_groups(form, group):
    assert letter_group(form) == group
