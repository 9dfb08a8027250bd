"""Change bars: on what changed, and on nothing else."""

import re

from dossier.compose import Composer
from dossier.errors import Place
from dossier.pipeline import check

WATER = 'data/2027/themas/01-water.md'


def bars(project, *words):
    """Return what carries a bar when the lines with these words changed."""
    lines = (project.path / WATER).read_text(encoding='utf-8').split('\n')
    places = frozenset(Place(WATER, n) for n, line in enumerate(lines, 1) if any(word in line for word in words))
    html = Composer(check(project.path, None), project.path, changed=places).compose('water').html
    assert places
    return re.findall(r'<(\w+)[^>]* ?class="[^"]*gewijzigd"[^>]*>', html)


def test_paragraph_item_row_and_heading(full_project):
    assert bars(full_project, 'GS en PS besluiten') == ['p']
    assert bars(full_project, '- een punt dieper') == ['li']
    assert bars(full_project, '| sloot | **PS**') == ['tr']
    assert bars(full_project, '### Lijsten') == ['h3']


def test_data_of_a_theme(full_project):
    assert bars(full_project, 'wat: Een keuze maken') == ['tr']
    assert bars(full_project, 'wat: De WFD') == ['tr']
    assert bars(full_project, 'titel: Testbrief') == ['li']
    assert bars(full_project, 'titel: Schoon water') == ['caption']
    assert bars(full_project, 'sturen de keuzes van PS') == ['p']


def test_no_bars_when_nothing_changed(full_project):
    html = Composer(check(full_project.path, None), full_project.path).compose('water').html
    assert 'gewijzigd' not in html
