"""First uses, settings, findings about abbreviations, and input that means harm."""

import re

import pytest

from dossier.abbreviate import sort_key
from dossier.cli.abbreviations import suggest_entries
from dossier.compose import Composer
from dossier.errors import DataError
from dossier.pipeline import check

THEME = 'data/2027/themas/01-water.md'
CHAPTER = 'data/2027/hoofdstukken/welkom.md'
ENTRIES = 'data/afkortingen.yaml'
ROUND = 'data/2027/dossier.yaml'
GS = '- afkorting: GS\n  voluit: Gedeputeerde Staten\n'


def theme(body, title='Water'):
    return f'---\ntitel: {title}\nsamenvatting: Kort.\n---\n\n{body}\n'


def chapter(body):
    return f'---\ntitel: Welkom\n---\n\n{body}\n'


def settings(project, **values):
    text = (project.path / ROUND).read_text(encoding='utf-8')
    project.write(ROUND, text + 'afkortingen:\n' + ''.join(f'  {key}: {value}\n' for key, value in values.items()))


def printed(project, name='water'):
    composer = Composer(check(project.path, None), project.path)
    composer.digits = dict.fromkeys(composer.names, 2)
    return re.sub(r'<[^>]+>', '', composer.compose(name).html)


def findings(project):
    return {found.code: found for found in check(project.path, None).findings}


@pytest.fixture(autouse=True)
def declared(project):
    project.write(ENTRIES, GS)
    project.write(THEME, theme('GS werken. GS besluiten.'))
    project.write(CHAPTER, chapter('Ook hier GS.'))


def test_first_use_is_written_out_once_a_chapter(project):
    assert 'Gedeputeerde Staten (GS) werken. GS besluiten.' in printed(project)
    assert 'Ook hier Gedeputeerde Staten (GS).' in printed(project, 'welkom')


def test_first_use_once_in_the_book_is_in_the_order_of_the_book(project):
    settings(project, eerste_gebruik='boek')
    assert 'Ook hier Gedeputeerde Staten (GS).' in printed(project, 'welkom')
    assert 'GS werken. GS besluiten.' in printed(project)


def test_first_use_is_never_written_out(project):
    settings(project, eerste_gebruik='nooit')
    assert 'Gedeputeerde' not in printed(project)


def test_short_form_first(project):
    settings(project, vorm='kort')
    assert 'GS (Gedeputeerde Staten) werken.' in printed(project)


def test_what_is_used_once_is_just_written_out_and_not_listed(project):
    settings(project, eenmalig='voluit')
    project.write(THEME, theme('Niets.'))
    marked = check(project.path, None)
    assert 'Ook hier Gedeputeerde Staten.' in printed(project, 'welkom')
    assert marked.used() == []
    project.write(THEME, theme('GS werken.'))
    assert [entry.afkorting for entry in check(project.path, None).used()] == ['GS']


def test_no_first_use_in_headings_and_tables(project):
    project.write(THEME, theme('## GS\n\n| GS |\n| --- |\n| GS |\n\nDan GS.', title='Water'))
    text = printed(project)
    assert text.count('Gedeputeerde Staten') == 1
    assert 'Dan Gedeputeerde Staten (GS).' in text


def test_two_meanings_without_a_choice_are_an_error_that_names_both(project):
    project.write(ENTRIES, GS + '- afkorting: GS\n  voluit: Grote Stad\n')
    with pytest.raises(DataError) as error:
        check(project.path, None)
    found = next(found for found in error.value.findings if found.place.file == ENTRIES)
    assert found.message == '"GS" can be "Gedeputeerde Staten" or "Grote Stad" here.'
    assert found.place.line == 3


def test_two_meanings_that_both_hold_elsewhere_are_an_error_where_they_are_used(project):
    project.write(ENTRIES, ''.join(f'- {{afkorting: GS, voluit: {long}, alleen_in: [{slug}]}}\n' for long, slug in
                                   (('Gedeputeerde Staten', 'water'), ('Grote Stad', 'besluiten'))))  # fmt: skip
    with pytest.raises(DataError) as error:
        check(project.path, None)
    (found,) = (found for found in error.value.findings if found.code == 'afkorting-dubbelzinnig')
    assert (found.place.file, found.place.line, found.place.column) == (CHAPTER, 5, 10)


def test_the_chapter_decides_between_two_meanings(project):
    project.write(ENTRIES, GS + '- afkorting: GS\n  voluit: Grote Stad\n  alleen_in: [welkom]\n')
    assert 'Gedeputeerde Staten (GS) werken.' in printed(project)
    assert 'Ook hier Grote Stad (GS).' in printed(project, 'welkom')
    assert len(check(project.path, None).used()) == 2


def test_validity_at_the_reference_date(project):
    project.write(ENTRIES, GS + '  geldig_tot: 2020-01-01\n  opvolger: XX\n')
    found = findings(project)['afkorting-verlopen']
    assert found.hint == 'Its successor: XX.'
    project.write(ENTRIES, GS + '  geldig_tot: 2099-01-01\n')
    assert 'afkorting-verlopen' not in findings(project)


def test_undeclared_form_is_told_with_its_place_count_and_meaning(project):
    project.write(THEME, theme('Over de Nationale Omgevingsvisie (NOVI).\nDe NOVI blijft.'))
    found = findings(project)['afkorting-onbekend']
    assert (found.place.line, found.place.column) == (6, 35)
    assert '(2 x)' in found.message
    assert 'voluit: Nationale Omgevingsvisie' in found.hint
    lines = list(suggest_entries(check(project.path, None)))
    assert lines == ['- afkorting: "NOVI"', '  voluit: "Nationale Omgevingsvisie"']


def test_undeclared_form_that_is_nearly_a_declared_one(project):
    project.write(ENTRIES, '- afkorting: NPLG\n  voluit: Nationaal Programma Landelijk Gebied\n')
    project.write(THEME, theme('Het NPGL.'))
    assert findings(project)['afkorting-onbekend'].hint.startswith('Did you mean "NPLG"?')


def test_other_explanation_than_was_declared(project):
    project.write(THEME, theme('De Grote Stad (GS) en meer.'))
    found = findings(project)['afkorting-anders']
    assert found.message == '"GS" is explained here as "Grote Stad", but declared as "Gedeputeerde Staten".'


def test_long_form_in_full_five_times(project):
    project.write(THEME, theme('GS. ' + 'Gedeputeerde Staten doen dat. ' * 7))
    assert '7 times' in findings(project)['afkorting-voluit'].message
    project.write(THEME, theme('GS. ' + 'Gedeputeerde Staten doen dat. ' * 4))
    assert 'afkorting-voluit' not in findings(project)


def test_long_form_at_the_end_of_a_text_counts_once(project):
    project.write(ENTRIES, GS + '- {afkorting: GX, voluit: Gedeputeerde Staten van Limburg}\n')
    project.write(THEME, theme('GS en Gedeputeerde Staten'))
    (places,) = check(project.path, None).ledger.written_in_full.values()
    assert len(places) == 1


def test_short_form_in_a_title(project):
    project.write(THEME, theme('Tekst.', title='Werk van GS'))
    assert 'Gedeputeerde Staten' in findings(project)['afkorting-in-titel'].hint
    assert 'afkorting-in-titel' not in findings_of_plain_title(project)


def findings_of_plain_title(project):
    project.write(THEME, theme('Tekst.'))
    return findings(project)


@pytest.mark.parametrize(
    'form',
    ['(a+)+$', '.*', '', 'A' * 10_000, 'G', '&', '++', 'e\u0301', '\u05d0\u05d1', '\u202eSG', 'GS|PS', '[GS]'],
    ids=lambda form: ascii(form[:8]),
)
def test_hostile_form_ends_in_a_message(project, form):
    project.write(ENTRIES, f'- afkorting: {form!r}\n  voluit: iets\n' if "'" not in form else '')
    with pytest.raises(DataError) as error:
        check(project.path, None)
    assert {found.code for found in error.value.findings} <= {
        'vorm-onbruikbaar',
        'tekst-leeg',
        'tekst-te-lang',
        'verboden-teken',
    }
    assert error.value.findings[0].place.file == ENTRIES


def test_a_text_that_is_made_to_make_a_search_explode(project):
    project.write(ENTRIES, GS + '- {afkorting: A+A+A+B, voluit: a}\n')
    project.write(THEME, theme('A+' * 50_000 + ' einde'))
    assert findings(project)  # an exponential search would not come back


def test_order_of_the_list_is_that_of_a_dutch_reader():
    forms = ['ZZS', 'm.e.r.', 'IJV', 'B&W', 'MER', 'ij', 'éb', 'eb', '4D', 'BW', 'ov', 'OD']
    assert sorted(forms, key=sort_key) == [
        '4D',
        'B&W',
        'BW',
        'eb',
        'éb',
        'ij',
        'IJV',
        'MER',
        'm.e.r.',
        'OD',
        'ov',
        'ZZS',
    ]
