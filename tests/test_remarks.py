"""What is remarkable though it breaks no rule, and parts that refer to what is not in the book."""

import re

import pytest

from dossier.abbreviate import abbreviate_dossier
from dossier.compose import Composer
from dossier.pipeline import check

ROUND = 'data/2027/dossier.yaml'


def order(project, *parts):
    project.write(
        ROUND, (project.path / ROUND).read_text(encoding='utf-8') + 'onderdelen: [' + ', '.join(parts) + ']\n'
    )


def unlink(project):
    """Turn every reference into plain text."""
    for path in project.path.rglob('data/2027/**/*.[my]*'):
        path.write_text(re.sub(r'\[\[([^\]]*)\]\]', r'\1', path.read_text(encoding='utf-8')), encoding='utf-8')


def remarks(project):
    return [str(found) for found in check(project.path, None).findings if found.code == 'hoofdstuk-ongebruikt']


def test_nothing_is_remarkable_in_the_usual_order(project):
    assert remarks(project) == []


def test_a_chapter_and_data_that_are_not_in_the_book_are_told(project):
    unlink(project)
    order(project, 'omslag', 'inhoud')
    assert [line.partition(': ')[2].partition(' is')[0] for line in remarks(project)] == ['"welkom"', '"themas"']


def test_decisions_of_themes_that_are_not_in_the_book_are_left_out(full_project):
    marked = abbreviate_dossier(full_project.read())
    composer = Composer(marked, full_project.path)
    composer.digits = dict.fromkeys(composer.names, 2)
    assert 'href="dossier:water"' in composer.compose('besluiten').html
    unlink(full_project)
    text = (full_project.path / ROUND).read_text(encoding='utf-8')
    full_project.write(ROUND, re.sub(r'onderdelen:\n(?:  - .*\n)+', 'onderdelen: [besluiten]\n', text))
    composer = Composer(check(full_project.path, None), full_project.path)
    assert composer.names == ['besluiten']
    assert 'dossier:' not in composer.compose('besluiten').html


@pytest.mark.parametrize(('slug', 'known'), [('water', True), ('watr', False)])
def test_alleen_in_names_a_chapter_that_exists(project, slug, known):
    project.write('data/afkortingen.yaml', f'- afkorting: AB\n  voluit: algemeen bestuur\n  alleen_in: [{slug}]\n')
    if known:
        project.read()
    else:
        (found,) = project.findings()
        assert (found.code, found.place.line, found.hint) == ('onderdeel-onbekend', 3, 'Did you mean "water"?')
