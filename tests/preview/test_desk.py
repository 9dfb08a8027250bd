"""The desk in a real browser: a request is read, corrected and approved by keyboard; nothing of a mail is ever loaded."""

import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from dossier.requests.aanvraag import Status
from dossier.requests.register import Register
from dossier.requests.schema import open_database
from tests.requests.conftest import Clock, make_request

MAIL = b"""From: Verzonnen Persoon 1 <persoon1@voorbeeld.example>
Subject: <script>alert(1)</script>
Content-Type: text/html; charset=utf-8

<p>Graag een exemplaar.</p><img src="http://kwaad.example/pixel.png"><a href="http://kwaad.example/x">klik</a>
<script>fetch('http://kwaad.example/')</script><style>body { display: none }</style>
"""


@pytest.fixture
def register(full_project):
    engine = open_database(f'sqlite:///{full_project.path}/output/aanvragen/aanvragen.db')
    register = Register(engine, 'anna', Clock())
    doubt = {'plaats': {'zeker': 'gok', 'woorden': 'ergens in Niks'}}
    register.add(
        'k1', MAIL, [make_request(1, status=Status.UNSURE, reden='adres-onzeker', plaats='Niks', herkomst=doubt)]
    )
    for n in (2, 3):
        register.add(f'k{n}', MAIL, [make_request(n, naam=f'<b>Persoon</b> {n}')])
    yield register
    engine.dispose()


@contextmanager
def run_desk(project, lang='nl'):
    command = [sys.executable, '-m', 'dossier', '--lang', lang, '--project', str(project.path), 'desk', '--no-browser']
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def open_desk(chromium, address):
    """Give the page; every request that leaves this computer fails the test."""
    context = chromium.new_context(viewport={'width': 1300, 'height': 850})
    page = context.new_page()
    asked, said = [], []
    page.on('request', lambda request: asked.append(urlsplit(request.url).netloc))
    page.on('console', lambda message: said.append(message.text))
    page.set_default_timeout(20_000)
    page.goto(address)
    yield page
    assert {*asked} <= {urlsplit(address).netloc, ''}
    assert [line for line in said if '404' not in line and '400' not in line and '403' not in line] == []
    context.close()


@pytest.fixture
def desk(full_project, register):
    with run_desk(full_project) as address:
        yield address


@pytest.fixture
def page(chromium, desk):
    with open_desk(chromium, desk) as page:
        yield page


def test_a_request_is_corrected_and_approved_by_keyboard_and_the_next_comes(page, register):
    assert 'Graag een exemplaar.' in page.locator('pre').inner_text()
    assert '<script>' in page.locator('dl').inner_text()
    assert 'ergens in Niks' in page.locator('.plaats small').inner_text()
    assert page.evaluate('document.activeElement.id') == 'v-plaats'  # what is not sure comes first
    page.keyboard.press('Control+A')
    page.keyboard.type('Nergenshuizen')
    page.keyboard.press('Control+Enter')
    page.wait_for_selector('nav a[aria-current]:has-text("Persoon")')
    assert '2' in page.locator('main h2').inner_text()
    request = register.get(1)
    assert (request.status, request.plaats) == ('goedgekeurd', 'Nergenshuizen')
    page.wait_for_load_state()  # until then no key does anything
    page.keyboard.press('Alt+ArrowDown')
    page.wait_for_selector('main h2:has-text("3")')
    assert page.get_by_role('heading', level=2).filter(has_text='3').count() == 1


def test_two_at_one_request_lose_nothing(page, register):
    page.goto(page.url + 'aanvraag/2')
    register.change(register.get(2), plaats='Elders')
    page.get_by_label('Plaats').fill('Hier')
    page.get_by_label('Straat').fill('Andere straat')
    page.get_by_role('button', name='Bewaren').click()
    page.wait_for_selector('#gezegd:has-text("Iemand anders")')
    assert page.get_by_label('Plaats').input_value() == 'Elders'
    assert 'Hier' in page.locator('.plaats small').inner_text()
    assert 'Andere straat' in page.locator('.straat small').inner_text()
    assert register.get(2).straat == 'Bedachtestraat'
    page.get_by_label('Straat').fill('Andere straat')
    page.get_by_role('button', name='Bewaren').click()
    page.wait_for_url('**/aanvraag/2')
    assert (register.get(2).straat, register.get(2).plaats) == ('Andere straat', 'Elders')


def test_what_is_not_complete_can_not_be_approved(page, register):
    page.goto(page.url + 'aanvraag/2')
    page.get_by_label('Postcode').fill('')
    page.get_by_role('button', name='Goedkeuren').click()
    page.wait_for_selector('#gezegd:has-text("volledig adres")')
    assert register.get(2).status == 'nieuw'


def test_letters_and_labels_by_a_button(page, register, full_project):
    register.transition(register.select(numbers=[2, 3]), Status.APPROVED)
    page.reload()
    for button, file in (
        ('Etiketten (2)', 'etiketten.pdf'),
        ('Brieven (2)', 'brieven.pdf'),
        ('Paklijst', 'paklijst.csv'),
    ):
        page.get_by_role('button', name=button).click()
        page.wait_for_selector(f'header a:has-text("{file}")')
        address = page.get_by_role('link', name=file).get_attribute('href')
        content = page.evaluate('async (url) => (await (await fetch(url)).text()).slice(0, 4)', address)
        assert content[:4] in ('%PDF', 'numm', '\ufeffnum')
    assert [request.status for request in register.select()] == ['te-controleren', 'in-druk', 'in-druk']
    page.on('dialog', lambda dialog: dialog.accept())
    page.get_by_role('button', name='Alles verzonden').click()
    page.wait_for_selector('#gezegd:has-text("2 aanvragen verzonden")')
    assert register.get(3).status == 'verzonden'


@pytest.mark.parametrize('path', ['', 'aanvraag/1'])
def test_everyone_can_use_it(page, path):
    page.goto(page.url + path)
    found = Axe().run(page)
    assert [(wrong['id'], wrong['nodes'][0]['html']) for wrong in found.response['violations']] == []


@pytest.mark.parametrize(
    'path', ['aanvraag/99', 'bestand/aanvragen.db', 'bestand/..%2faanvragen.db', 'static/../desk.py']
)
def test_nothing_else_is_served(page, path):
    assert page.evaluate('async (url) => (await fetch(url)).status', f'/{path}') == 404


@pytest.mark.parametrize(('body', 'status'), [('taak=rm', 400), ('', 400)])
def test_only_known_tasks_are_done(page, body, status):
    asked = "async (body) => (await fetch('/maak', {method: 'POST', body: new URLSearchParams(body)})).status"
    assert page.evaluate(asked, body) == status


def test_another_site_can_not_change_anything(chromium, desk, register, tmp_path):
    with open_desk(chromium, desk) as page:
        host = urlsplit(desk).netloc
        evil = tmp_path / 'kwaad.html'
        fields = '<input name="versie" value="1"><input name="stap" value="negeren">'
        form = f'<form method="post" action="http://{host}/aanvraag/2">{fields}</form>'
        evil.write_text(f'{form}<script>document.forms[0].submit()</script>', encoding='utf-8')
        page.goto(evil.as_uri())
        page.wait_for_load_state()
    assert register.get(2).status == 'nieuw'


def test_in_english(chromium, full_project, register):
    with run_desk(full_project, 'en') as address, open_desk(chromium, address) as page:
        assert page.get_by_role('button', name='Approve').is_visible()
