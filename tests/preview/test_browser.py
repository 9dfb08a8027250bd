"""`dossier preview` in a real browser: what is saved appears, what is wrong is told, and nothing hangs or stays behind."""

import random
import re
import time
import zlib

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import copy_project
from tests.preview.conftest import open_page, run_preview, wait_until

WATER = 'data/2027/themas/01-water.md'


@pytest.fixture(scope='module')
def preview(tmp_path_factory):
    folder = tmp_path_factory.mktemp('preview')
    with run_preview(copy_project('volledig', folder / 'project'), folder / 'opened') as running:
        yield running


@pytest.fixture
def page(chromium, preview):
    """The page, and afterwards the project as it was."""
    project = preview.project
    before = {path: path.read_bytes() for path in project.path.rglob('*') if path.is_file()}
    with open_page(chromium, preview) as page:
        yield page
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def shown(page):
    """Return the identity of every drawn page, by part and index."""
    return page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('.page[data-shown]')].map((p) => [p.dataset.key, p.dataset.shown]))"
    )


def go_to(page, key):
    page.locator(f'.page[data-key="{key}"]').evaluate('(element) => element.scrollIntoView()')
    page.locator(f'.page[data-key="{key}"][data-shown]').wait_for()


def text_of(page, key):
    """Return the text of a page as PDF.js reads it from what the server sends."""
    return page.evaluate(
        """async (key) => {
          const pdfjs = await import('/static/pdfjs/pdf.min.mjs');
          const data = await (await fetch(`/pages/${key}`)).arrayBuffer();
          const content = await (await (await pdfjs.getDocument({ data }).promise).getPage(1)).getTextContent();
          return content.items.map((item) => item.str).join(' ').replace(/\\s+/g, ' ');
        }""",
        key,
    )


def errors(page):
    return page.locator('#errors:not([hidden]) li')


def test_all_pages_stand_beside_the_findings(page):
    parts = page.evaluate("() => [...new Set([...document.querySelectorAll('.page')].map((p) => p.dataset.part))]")
    assert parts[0] == 'omslag'
    assert parts[-1] == 'afkortingen'
    assert {'inhoud', 'water', 'energie', 'besluiten', 'contact'} <= {*parts}
    assert page.locator('#nothing').is_visible()
    assert page.locator('canvas').count() > 0


def test_a_saved_file_changes_its_pages_where_you_are(page, preview):
    go_to(page, 'water/0')
    before, scroll = shown(page), page.locator('main').evaluate('(main) => main.scrollTop')
    preview.project.replace(WATER, 'titel: Water en bodem in de provincie', 'titel: Nieuwe titel')
    wait_until(lambda: shown(page).get('water/0') not in (None, before['water/0']))
    assert page.locator('main').evaluate('(main) => main.scrollTop') == scroll
    assert 'Nieuwe titel' in text_of(page, 'water/0')
    wait_until(lambda: 'Nieuwe titel' in text_of(page, 'inhoud/0'))  # at leisure, like all that depends on it
    assert page.locator('#latest').inner_text() == 'Veranderd: Nieuwe titel'


def test_an_error_keeps_the_last_good_pages_under_its_message(page, preview):
    go_to(page, 'water/0')
    before = shown(page)
    preview.project.replace(WATER, 'uiterlijk: 2027-07-01', 'uiterlijk: 1 juli')
    errors(page).first.wait_for()
    assert f'{WATER}:12' in errors(page).inner_text()
    assert shown(page)['water/0'] == before['water/0']
    assert page.locator('canvas').count() > 0
    preview.project.replace(WATER, 'uiterlijk: 1 juli', 'uiterlijk: 2027-07-01')
    preview.project.replace(WATER, 'titel: Water en bodem in de provincie', 'titel: Weer goed')
    wait_until(lambda: errors(page).count() == 0)
    wait_until(lambda: shown(page)['water/0'] != before['water/0'])


def test_a_click_on_a_finding_shows_its_place_and_opens_the_editor_there(page, preview):
    preview.project.replace(WATER, 'Een velletje A4', 'Een velletje van de QRSV')
    found = page.locator('#findings button').first
    found.wait_for()
    assert 'QRSV' in found.inner_text()
    place = found.locator('.where').inner_text().rpartition(' ')[2]
    found.click()
    assert page.locator('#place').inner_text() == place
    file, _colon, line = place.partition(':')
    wanted = f'{preview.project.path.resolve() / file} {line}\n'
    wait_until(lambda: preview.opened.exists() and wanted in preview.opened.read_text())


def test_a_click_on_a_page_tells_file_and_line(page, preview):
    lines = (preview.project.path / WATER).read_text(encoding='utf-8').splitlines()
    # A heading, the third line of a paragraph, and a cell of a table that comes from YAML.
    for words in ('Wat speelt er?', 'en gaat verder', 'Testgemeenten'):
        number = next(n for n, line in enumerate(lines, start=1) if words in line)
        spot = page.evaluate(
            """async (words) => {
              const pdfjs = await import('/static/pdfjs/pdf.min.mjs');
              for (const element of document.querySelectorAll('.page[data-part="water"]')) {
                const data = await (await fetch(`/pages/${element.dataset.key}`)).arrayBuffer();
                const page = await (await pdfjs.getDocument({ data }).promise).getPage(1);
                for (const item of (await page.getTextContent()).items)
                  if (item.str.includes(words.slice(0, 8)))
                    return [element.dataset.key, item.transform[4] - page.view[0] + 4, page.view[3] - item.transform[5] - 3,
                            page.view[2] - page.view[0]];
              }
            }""",
            words,
        )
        assert spot, words
        go_to(page, spot[0])
        target = page.locator(f'.page[data-key="{spot[0]}"]')
        scale = target.bounding_box()['width'] / spot[3]
        target.click(position={'x': spot[1] * scale, 'y': spot[2] * scale})
        page.locator('#place').get_by_text(re.compile(r':\d+')).wait_for()
        assert page.locator('#place').inner_text() == f'{WATER}:{number}', words
        page.locator('#place').evaluate("(element) => { element.textContent = ''; }")


def test_the_page_counts_what_is_still_to_be_looked_at(page, preview):
    assert page.locator('#marked').inner_text() == '0'
    preview.project.replace(WATER, 'Een velletje A4 is genoeg.', 'Een velletje A4 is genoeg. <!-- nakijken: getal -->')
    wait_until(lambda: page.locator('#marked').inner_text() == '1')
    page.locator('#progress summary').click()
    row = page.locator('#progress tbody tr', has_text='Water en bodem')
    assert row.locator('td').nth(1).inner_text() == '1'


def test_the_keyboard_reaches_everything(page):
    go_to(page, 'water/1')
    page.locator('.page[data-key="water/1"]').focus()
    page.keyboard.press('Enter')
    wait_until(lambda: WATER in page.locator('#place').inner_text())
    page.locator('#larger').focus()
    page.keyboard.press('Enter')
    wait_until(
        lambda: page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--zoom')") == '1.25'
    )


def test_the_page_is_accessible(page, preview):
    preview.project.replace(WATER, 'uiterlijk: 2027-07-01', 'uiterlijk: 1 juli')
    errors(page).first.wait_for()
    assert page.evaluate('() => document.documentElement.lang') == 'nl'
    # The policy of the page refuses a script that isn't ours; the debugger may run one.
    results = Axe().run(page)
    assert [(found['id'], found['nodes'][0]['html']) for found in results.response['violations']] == []


def test_a_file_that_is_saved_half_way_is_no_error(page, preview):
    path = preview.project.path / WATER
    text = path.read_text(encoding='utf-8')
    seen = []
    with path.open('w', encoding='utf-8') as file:
        file.write(text[:200])
        file.flush()
        time.sleep(0.1)
        file.write(text[200:].replace('## Wat speelt er?', '## Half en heel'))
    wait_until(
        lambda: (
            seen.append(errors(page).count()) or 'Half en heel' in text_of(page, 'water/1') + text_of(page, 'water/0')
        )
    )
    assert set(seen) == {0}


def test_a_file_that_is_deleted_is_told_and_may_come_back(page, preview):
    path = preview.project.path / 'data/2027/themas/02-energie.md'
    text = path.read_bytes()
    path.unlink()
    errors(page).first.wait_for()
    assert 'energie' in errors(page).first.inner_text()
    path.write_bytes(text)
    wait_until(lambda: errors(page).count() == 0)


def test_a_new_theme_gets_its_pages(page, preview):
    path = preview.project.write(
        'data/2027/themas/03-lucht.md', '---\ntitel: Lucht\nsamenvatting: Over lucht.\n---\n\n## Lucht\n\nTekst.\n'
    )
    page.locator('.page[data-part="lucht"]').first.wait_for()
    path.unlink()
    wait_until(lambda: page.locator('.page[data-part="lucht"]').count() == 0)


def test_two_hundred_saves_in_a_second_end_with_the_last(page, preview):
    go_to(page, 'water/0')
    path = preview.project.path / WATER
    text = path.read_text(encoding='utf-8')
    for n in range(200):
        path.write_text(text.replace('titel: Water en bodem in de provincie', f'titel: Bewaard {n}'), encoding='utf-8')
        time.sleep(0.004)
    wait_until(lambda: 'Bewaard 199' in text_of(page, 'water/0'))
    page.get_by_text('Alle bladzijden zijn bijgewerkt.').wait_for()
    assert preview.process.poll() is None


def test_two_browsers_both_see_a_change(chromium, page, preview):
    with open_page(chromium, preview) as other:
        for one in (page, other):
            go_to(one, 'water/0')
        before = shown(page)['water/0']
        preview.project.replace(WATER, 'titel: Water en bodem in de provincie', 'titel: Voor beide')
        for one in (page, other):
            wait_until(lambda one=one: shown(one).get('water/0') not in (None, before))
        assert shown(page)['water/0'] == shown(other)['water/0']


def png(width, height):
    """Return a picture of noise: it can't be made smaller, and takes its time."""

    def chunk(name, content):
        return len(content).to_bytes(4, 'big') + name + content + zlib.crc32(name + content).to_bytes(4, 'big')

    noise = random.Random(1).randbytes(3 * width)
    rows = b''.join(b'\0' + noise[n % 97 :] + noise[: n % 97] for n in range(height))
    head = width.to_bytes(4, 'big') + height.to_bytes(4, 'big') + b'\x08\x02\0\0\0'
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows, 1)) + chunk(b'IEND', b'')


def test_a_very_large_picture_stops_nothing(page, preview):
    go_to(page, 'water/0')
    before = shown(page)['water/0']
    preview.project.write('data/2027/beeld/dijk.png', png(6000, 4000))
    preview.project.replace(WATER, 'titel: Water en bodem in de provincie', 'titel: Groot beeld')
    wait_until(lambda: shown(page).get('water/0') != before)
    page.get_by_text('Alle bladzijden zijn bijgewerkt.').wait_for(timeout=60_000)


def test_nothing_outside_the_pages_is_served(page):
    paths = (
        '/static/../server.py',
        '/static/%2e%2e/server.py',
        '/pages/../data/0',
        '/data/2027/dossier.yaml',
        '/pages/water/999',
    )
    assert (
        page.evaluate('(paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status))', paths)
        == [404] * 5
    )
    opened = "(file) => fetch('/open', {method: 'POST', body: JSON.stringify({file, line: 1})}).then((answer) => answer.json())"
    for file in ('../../etc/passwd', '/etc/passwd', 'output/x', 'data'):
        assert page.evaluate(opened, file) == {'said': ''}
