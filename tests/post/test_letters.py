"""Letters by the hundred: put together from pieces they are what WeasyPrint would lay out, one by one."""

import io
import math
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pikepdf
import pytest

from dossier.errors import LayoutError, TemplateError
from dossier.layout import letters as layout
from dossier.layout.letters import lay_out_letters
from dossier.post.bundle import join_letters
from dossier.post.letters import LetterPress
from dossier.post.mailing import forget_lists
from tests.post.conftest import read_words

FLOWING = """<!DOCTYPE html><html lang="nl"><head><title>x</title></head><body class="brief">
{% call stuk("adres " ~ adresmaat) %}{{ adres | join("\\n") }}{% endcall %}
<p>U bent {{ naam }}, en dat staat midden in een lange zin die wel eens over meer dan een regel kan lopen.</p></body></html>"""
PAGES = """<!DOCTYPE html><html lang="nl"><head><title>x</title><style>li { break-before: page }</style></head><body class="brief">
{% call stuk("alinea") %}{{ naam }}{% endcall %}<ul><li>een<li>twee
{% call stuk("alinea") %}{% for n in range(aantal) %}Regel {{ n }} voor <b>{{ naam }}</b>.<br>
{% endfor %}{% endcall %}
<p>Na het stuk.</p></ul></body></html>"""


def words_of(content, tmp_path, name='x'):
    path = tmp_path / f'{name}.pdf'
    path.write_bytes(content)
    return [[(text, round(x, 1), round(y, 1)) for text, x, y, *_ in page] for page in read_words(path)]


def one_by_one(letters, style, tmp_path):
    return [page for letter in letters for page in words_of(lay_out_letters([letter], style).pdf, tmp_path)]


@pytest.mark.parametrize(
    ('template', 'text', 'stamped'), [('brief', None, 6), ('mijn', PAGES, 6), ('mijn', FLOWING, 0)]
)
def test_letters_are_what_weasyprint_makes_of_each(template, text, stamped, compose, typesetter, tmp_path):
    letters, _people = compose(6 if text else 7, template, text)
    chosen = [letter for n, letter in letters.items() if text or n]  # the first is in English, alone
    made = lay_out_letters(chosen, typesetter.style)
    assert made.stamped == stamped
    found = words_of(made.pdf, tmp_path)
    assert len(found) == sum(made.pages)
    assert [sorted(page) for page in found] == [sorted(page) for page in one_by_one(chosen, typesetter.style, tmp_path)]


def test_a_piece_in_a_wrong_place_is_seen(compose, typesetter, tmp_path, monkeypatch):
    letters, _people = compose(4)
    chosen = [letters[n] for n in range(1, 4)]
    right = [sorted(page) for page in one_by_one(chosen, typesetter.style, tmp_path)]
    split = layout._split_stream
    monkeypatch.setattr(layout, '_split_stream', lambda content: split(content)[::-1])
    assert [sorted(page) for page in words_of(lay_out_letters(chosen, typesetter.style).pdf, tmp_path)] != right


def test_letters_that_can_not_be_put_together_are_laid_out_whole(compose, typesetter, tmp_path):
    # A neighbour of a piece decides how it looks: on the sheet it has none.
    text = PAGES.replace('</style>', 'ul .stuk { color: red; font-style: italic }</style>')
    letters, _people = compose(6, 'mijn', text)
    made = lay_out_letters([*letters.values()], typesetter.style)
    assert made.stamped == 0
    assert words_of(made.pdf, tmp_path) == one_by_one([*letters.values()], typesetter.style, tmp_path)


def test_fonts_are_embedded_and_shared(compose, typesetter):
    letters, _people = compose(60)
    content = lay_out_letters([*letters.values()], typesetter.style).pdf
    assert len(content) < 120_000
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [
            found
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and found.get('/Type') == '/FontDescriptor'
        ]
        assert fonts
        assert all('/FontFile2' in font or '/FontFile3' in font for font in fonts)
        assert len(fonts) == 3


def test_one_file_with_a_bookmark_a_person_and_the_same_bytes_after_a_stop(compose, press, typesetter, tmp_path):
    letters, people = compose(220)
    done, wrong = press.lay_out(letters, people)
    assert wrong == []
    whole = join_letters([done[n] for n in sorted(done)], 'Brieven', 'nl')
    with pikepdf.open(io.BytesIO(whole)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [person.name for person in people.values()]
        assert len(pdf.pages) == 220
    kept = sorted(press.store.folder.glob('*/*'))
    kept[0].unlink()
    kept[1].write_bytes(kept[1].read_bytes()[:-9])  # a damaged one counts as none
    again = LetterPress(typesetter, press.store)
    done, _wrong = again.lay_out(letters, people)
    assert again.laid_out + again.reused == 220
    assert 0 < again.reused < 220
    assert join_letters([done[n] for n in sorted(done)], 'Brieven', 'nl') == whole


def test_only_the_batch_of_a_changed_letter_is_made_again_and_nothing_is_kept_of_before(compose, press, typesetter):
    letters, people = compose(220)
    del letters[7]
    press.lay_out(letters, people)
    letters[7] = letters[8]
    again = LetterPress(typesetter, press.store)
    again.lay_out(letters, people)
    assert (again.laid_out, again.reused) == (100, 120)
    again.forget_others()
    assert len([*press.store.folder.glob('*/*')]) == 3


def test_who_can_not_be_set_is_told_and_the_others_go_on(compose, press):
    letters, people = compose(40)
    for n in (3, 21):
        letters[n] = replace(letters[n], contents=('\U0001f3db', *letters[n].contents[1:]))  # no font has it
    done, wrong = press.lay_out(letters, people)
    assert len(done) == 38
    assert [found.code for found in wrong] == ['brief-mislukt'] * 2


def test_a_template_that_is_wrong_for_everyone_stops_soon(compose, press):
    letters, people = compose(300, 'mijn', FLOWING.replace('U bent', '\U0001f3db'))
    with pytest.raises(LayoutError):
        press.lay_out(letters, people)


@pytest.mark.parametrize('text', ['{{ onbekend }}', '{{ 1 / 0 }}', '{% if %}', "{{ ''.__class__.__mro__ }}"])
def test_a_wrong_template_is_told_with_its_line(text, compose):
    with pytest.raises(TemplateError) as caught:
        compose(3, 'mijn', f'\n\n{text}')
    assert str(caught.value.findings[0].place) == 'templates/post/mijn.html:3'


def test_names_are_text_and_no_html(compose):
    letters, _people = compose(1, 'mijn', '<body>{% call stuk() %}{{ "<b>" }}{% endcall %}{{ "<i>" }}')
    assert '&lt;b&gt;' in letters[0].html
    assert '&lt;i&gt;' in letters[0].html


def test_a_template_outside_the_folder_is_not_found(compose):
    with pytest.raises(TemplateError):
        compose(1, '../../brief')


@pytest.mark.slow
def test_killed_at_random_it_goes_on_and_delivers_whole_files_only(full_project, tmp_path):
    lines = [f'Bedacht {n};Bedachtestraat;{n};1234 AB;Nergenshuizen' for n in range(1, 400)]
    source = tmp_path / 'lijst.csv'
    source.write_text('\n'.join(['naam;straat;huisnummer;postcode;plaats', *lines]), encoding='utf-8')
    command = [
        sys.executable,
        '-m',
        'dossier',
        '--project',
        str(full_project.path),
        'letters',
        str(source),
        '--date',
        '2027-04-01',
    ]
    seed = random.Random(1)
    target = full_project.path / 'output' / 'brieven' / 'lijst' / 'brieven.pdf'
    for _attempt in range(10):
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seed.uniform(0.1, 3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if target.exists():
            with pikepdf.open(target) as pdf:
                assert len(pdf.pages) == 399
    subprocess.run(command, check=True, capture_output=True)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 399


def test_letters_of_lists_are_forgotten_in_time(tmp_path):
    folder = tmp_path / 'output' / 'brieven' / 'gasten'
    (folder / 'vellen' / 'ab').mkdir(parents=True)
    (folder / 'vellen' / 'ab' / 'cd').write_bytes(b'x')
    forget_lists(tmp_path, 1000)
    assert folder.exists()
    forget_lists(tmp_path, math.inf)
    assert not folder.exists()
