"""The preview: from a saved file to its new page on the screen of a real Chromium, the user looking at the page that changes.

python -m tests.bench.preview [SAVES]     a theme of 10 pages in a book of 200; prints a table in Markdown
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.generate import make_project
from tests.conftest import CHROMIUM_ARGUMENTS, find_chromium
from tests.preview.conftest import READY

PAUSE_S = 2.5  # between saves: somebody who types and saves
THEME, PAGES = 'thema-5', 10
# The time at which the browser has drawn the new page: the frame after its canvas was put in place.
_WAIT = """(key) => { window.drawn = new Promise((done) => {
  const page = document.querySelector(`.page[data-key="${key}"]`);
  new MutationObserver((_seen, observer) => { observer.disconnect(); requestAnimationFrame(() => done(Date.now())); })
    .observe(page, { attributes: true, attributeFilter: ['data-shown'] }); }); }"""


def time_saves(page: Page, file: Path, saves: int) -> list[float]:
    """Return the seconds from save to screen, a paragraph on each page of the theme in turn."""
    took = []
    for n in range(saves):
        index = 1 + n % (PAGES - 2)
        key = f'{THEME}/{index}'
        target = page.locator(f'.page[data-key="{key}"]')
        target.evaluate('(element) => element.scrollIntoView({block: "center"})')
        page.locator(f'.page[data-key="{key}"][data-shown]').wait_for()
        time.sleep(PAUSE_S)
        page.evaluate(_WAIT, key)
        saved = time.time()
        change_line(page, file, key)
        took.append(page.evaluate('() => window.drawn') / 1000 - saved)
    return took


def change_line(page: Page, file: Path, key: str) -> None:
    """Change a letter of the line in the middle of a page."""
    place = page.evaluate(
        """async (key) => { const [name, index] = key.split('/');
          const where = { name, index: Number(index), x: 300, y: 420 };
          return (await (await fetch('/where', { method: 'POST', body: JSON.stringify(where) })).json()).line; }""",
        key,
    )
    lines = file.read_text(encoding='utf-8').split('\n')
    # A vowel in a word: a letter of mark-up, such as that of a footnote, would make an error.
    lines[place - 1] = re.sub('[ae]', lambda found: 'e' if found[0] == 'a' else 'a', lines[place - 1], count=1)
    file.write_text('\n'.join(lines), encoding='utf-8')


def time_layout(project: Path, rounds: int = 5) -> float:
    """Return the seconds in which plain WeasyPrint lays the theme out and draws it, without tags."""
    from dossier.compose import Composer
    from dossier.layout.style import find_style
    from dossier.layout.weasy import HTML, ROUND_URL, Fetcher, load_style, warm
    from dossier.pipeline import check

    composer = Composer(check(project, None), project)
    composer.digits = dict.fromkeys(composer.names, 2)
    html, style = composer.compose(THEME).html, find_style(project, '2027')
    warm(style, '')
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        loaded = load_style(style, '')
        document = HTML(string=html, base_url=ROUND_URL, url_fetcher=Fetcher(style))
        document.render(stylesheets=loaded.sheets, font_config=loaded.fonts).write_pdf()
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def main(saves: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / 'project'
        make_project(project, 200)
        (file,) = project.glob(f'data/2027/themas/*-{THEME}.md')
        alone = time_layout(project)
        command = [sys.executable, '-m', 'dossier', '--project', str(project), 'preview', '--no-browser']
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
            page = browser.new_page(viewport={'width': 1400, 'height': 900})
            page.goto(process.stdout.readline().strip() if process.stdout else '')
            page.get_by_role('status').get_by_text(READY['nl']).wait_for(timeout=600_000)
            took = sorted(time_saves(page, file, saves))
            browser.close()
        process.terminate()
        process.wait(20)
    late = took[min(len(took) - 1, round(0.95 * len(took)))]
    print('| saves | fastest | median | 95th percentile | the ten pages alone, plain WeasyPrint |')
    print('| ---: | ---: | ---: | ---: | ---: |')
    print(f'| {saves} | {took[0]:.2f} s | **{statistics.median(took):.2f} s** | {late:.2f} s | {alone:.2f} s |')


if __name__ == '__main__':
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
