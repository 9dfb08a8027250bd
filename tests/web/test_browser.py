"""The site in a real Chromium: accessible, worked by keyboard, never wider than the screen, and without a request elsewhere."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.conftest import write

DESKTOP, PHONE = {'width': 1280, 'height': 900}, {'width': 390, 'height': 844}
KINDS = (
    'index', 'inhoud', 'stikstof', 'financien', 'het-ipo', 'bijeenkomsten', 'afkortingen', 'organisaties', 'proposities',
    'besluiten', 'tijdlijn', 'contact', 'colofon', 'nieuws', 'toegankelijkheid', 'provincie-utrecht', '404',
)  # fmt: skip
QUICK = ('index', 'bijeenkomsten', 'provincie-utrecht')
RULES = {'runOnly': ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope='session')
def folder(site_2023, tmp_path_factory):
    """The site in the folder of its address, so that a server has it at /overdracht/."""
    root = tmp_path_factory.mktemp('server')
    write(site_2023[1], root / 'overdracht')
    return root


@pytest.fixture(scope='session')
def server(folder):
    httpd = ThreadingHTTPServer(('127.0.0.1', 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f'http://127.0.0.1:{httpd.server_port}/overdracht/'
    httpd.shutdown()
    thread.join()
    httpd.server_close()


class Visit:
    """A page in a browser of its own, that notes what was asked of whom and what went wrong."""

    def __init__(self, browser, base, **options):
        self.base, self.asked, self.wrong = base, [], []
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on('request', lambda request: self.asked.append(request.url))
        self.page.on('console', lambda message: self.wrong.append(message.text) if message.type == 'error' else None)
        self.page.on('pageerror', lambda error: self.wrong.append(str(error)))
        self.page.on('requestfailed', lambda request: self.wrong.append(request.url))

    def open(self, name):
        self.page.goto(f'{self.base}{name}.html')
        return self.page

    @property
    def elsewhere(self):
        return [url for url in self.asked if not url.startswith((self.base, 'data:'))]


@pytest.fixture
def visit(chromium, server):
    visits = []

    def make(script=True, base=server, **options):
        visits.append(Visit(chromium, base, **{'viewport': DESKTOP, **options}))
        if not script:  # axe itself needs scripts to run; the site's own is not delivered
            visits[-1].context.route('**/site.js', lambda route: route.fulfill(body=''))
        return visits[-1]

    yield make
    for each in visits:
        each.context.close()


def violations(page):
    found = Axe().run(page, options=RULES).response['violations']
    return [(rule['id'], node['html'][:120], node.get('failureSummary')) for rule in found for node in rule['nodes']]


def check_pages(one, names):
    for name in names:
        assert violations(one.open(name)) == [], name
    assert one.wrong == []
    assert one.elsewhere == []


def test_every_kind_of_page_is_accessible(visit):
    check_pages(visit(), KINDS)


def test_pages_are_accessible_on_a_phone_in_the_dark_without_script(visit):
    check_pages(visit(False, viewport=PHONE, color_scheme='dark'), (*QUICK, 'stikstof'))


@pytest.mark.slow
@pytest.mark.parametrize('viewport', [DESKTOP, PHONE], ids=['desktop', 'phone'])
@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize('script', [True, False], ids=['script', 'no script'])
def test_every_page_is_accessible(visit, site_2023, viewport, scheme, script):
    one = visit(script, viewport=viewport, color_scheme=scheme)
    check_pages(one, [page.naam for page in site_2023[0].pages])


def test_a_page_that_is_not_accessible_is_seen(visit):
    page = visit().open('contact')
    page.evaluate("document.querySelector('main a').style.color = '#eeeeee'; document.documentElement.lang = ''")
    assert {'color-contrast', 'html-has-lang'} <= {rule for rule, _html, _why in violations(page)}


@pytest.mark.parametrize('height', [844, 256], ids=['320 px', '1280 px at 400%'])
def test_nothing_is_wider_than_the_smallest_screen(visit, site_2023, height):
    one = visit(viewport={'width': 320, 'height': height})
    for page in site_2023[0].pages:
        assert one.open(page.naam).evaluate('document.documentElement.scrollWidth') <= 320, page.naam


def test_the_site_works_from_a_stick(visit, folder):
    one = visit(base=f'{(folder / "overdracht").as_uri()}/')
    for name in ('index', 'stikstof', 'afkortingen'):
        page = one.open(name)
        assert page.evaluate('document.fonts.ready.then(() => document.fonts.check(\'16px "Source Sans 3"\'))')
        assert page.evaluate("getComputedStyle(document.querySelector('.kop')).backgroundColor") == 'rgb(8, 61, 72)'
    page.get_by_role('searchbox').fill('staten')
    assert page.get_by_role('status').inner_text().endswith('afkortingen')
    assert one.wrong == []
    assert one.elsewhere == []


def focused(page):
    return page.evaluate('(e => e.id || e.getAttribute("href") || e.textContent.trim())(document.activeElement)')


def test_the_first_tab_leads_past_the_menu(visit):
    page = visit().open('stikstof')
    page.keyboard.press('Tab')
    assert page.locator(':focus').is_visible()
    page.keyboard.press('Enter')
    assert focused(page) == 'inhoud'
    page.keyboard.press('Tab')
    assert focused(page) != 'index.html'


@pytest.mark.parametrize(
    'name', [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in KINDS]
)
def test_everything_is_reached_by_keyboard_and_shows_that_it_is(visit, name):
    page = visit().open(name)
    asked = 'a[href], button, input, select'
    total = page.evaluate(f"[...document.querySelectorAll('{asked}')].filter(e => e.checkVisibility()).length")
    seen = set()
    for _step in range(total):
        page.keyboard.press('Tab')
        number, shown = page.evaluate(
            f"""(() => {{ const e = document.activeElement, s = getComputedStyle(e), r = e.querySelector('.rand');
            return [[...document.querySelectorAll('{asked}')].indexOf(e),
                    s.outlineStyle !== 'none' || (r && getComputedStyle(r).stroke !== 'none')]; }})()"""
        )
        assert shown, focused(page)
        seen.add(number)
    assert len(seen - {-1}) == total


def test_the_meaning_shows_on_focus_and_goes_with_escape(visit):
    page = visit().open('stikstof')
    button = page.locator('button.afk').first
    box = page.locator(f'#{button.get_attribute("popovertarget")}')
    assert not box.is_visible()
    page.keyboard.press('Tab')
    for _step in range(100):
        page.keyboard.press('Tab')
        if page.evaluate("document.activeElement.className === 'afk'"):
            break
    assert box.is_visible()
    page.keyboard.press('Escape')
    assert not box.is_visible()


@pytest.mark.parametrize('script', [True, False], ids=['script', 'no script'])
def test_the_meaning_shows_at_a_touch(visit, script):
    page = visit(viewport=PHONE, has_touch=True, java_script_enabled=script).open('stikstof')
    button = page.locator('button.afk').first
    box = page.locator(f'#{button.get_attribute("popovertarget")}')
    button.tap()
    assert box.is_visible()
    frame = box.bounding_box()
    assert frame['x'] >= 0
    assert frame['x'] + frame['width'] <= 390
    page.locator('h1').tap()
    assert not box.is_visible()


def test_searching_the_abbreviations(visit):
    page = visit().open('afkortingen')
    rows = page.locator('#lijst tr[data-wie]:visible')
    total = rows.count()
    page.get_by_label('Zoek op afkorting of woord').fill('gedeputeerde')
    found = rows.all_inner_texts()
    assert 0 < len(found) < total
    assert all('gedeputeerde' in text.casefold() for text in found)
    assert page.get_by_role('status').inner_text() == f'{len(found)} van {total} afkortingen'


def test_choosing_a_province(visit):
    page = visit().open('bijeenkomsten')
    page.get_by_label('Toon wat gaat over').select_option('Gelderland')
    rows = page.locator('#alle tbody tr:visible').all_inner_texts()
    assert len(rows) == 4  # two of its own and two online; the Roadshow passes it by
    assert not [row for row in rows if 'Roadshow' in row]
    page.get_by_label('Toon wat gaat over').select_option('Zeeland')
    assert 'Roadshow' in page.locator('#alle tbody').inner_text()


def test_without_script_there_is_no_empty_field_and_the_map_leads_on(visit):
    page = visit(java_script_enabled=False).open('bijeenkomsten')
    assert not page.locator('.zoek').is_visible()
    page.locator('.kaart a', has_text='Utrecht').click()
    assert page.locator('h1').inner_text() == 'Utrecht'
    assert page.locator('tbody tr').count() == 5


def test_on_paper_the_page_sends_to_the_pdf(visit):
    page = visit().open('stikstof')
    page.emulate_media(media='print')
    assert 'overdrachtsdossier.pdf' in page.locator('.alleen-druk').inner_text()
    assert not page.locator('.kop nav').is_visible()
