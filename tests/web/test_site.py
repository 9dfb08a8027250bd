"""The files of the site: what is there, that no link is dead, how heavy a page is, that nothing is typed into a style."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from dossier.compose import Composer
from dossier.errors import PreflightError, TemplateError
from dossier.requests.form import LABELS
from dossier.store import Store
from dossier.web.links import find_dead_links
from dossier.web.render import slug_of
from dossier.web.site import POLICY
from tests.conftest import copy_project
from tests.web.conftest import ROOT, site_of


def pages(files):
    return {name: content.decode() for name, content in files.items() if name.endswith('.html')}


@pytest.fixture(params=['site_2023', 'full_site', 'small_site'])
def files(request):
    return request.getfixturevalue(request.param)[1]


def test_every_part_has_a_page(site_2023):
    site, files = site_2023
    for name in site._composer.names:
        assert name in ('omslag', 'inhoud') or f'{name}.html' in files
    for name in ('index', 'inhoud', 'nieuws', 'toegankelijkheid', 'privacy', '404', 'provincie-fryslan'):
        assert f'{name}.html' in files
    assert len([name for name in files if name.startswith('agenda/')]) == 13


def test_no_link_is_dead(files):
    assert list(find_dead_links(files)) == []


@pytest.mark.parametrize(
    ('old', 'new', 'code'),
    [
        ('href="inhoud.html"', 'href="inhuod.html"', 'web-link-dood'),
        ('href="organisaties.html#vv"', 'href="organisaties.html#vvv"', 'web-link-dood'),
        ('href="#inhoud"', 'href="#inhuod"', 'web-link-dood'),
        ('href="overdrachtsdossier.pdf"', 'href="dossier.pdf"', 'web-link-dood'),
        ('popovertarget="afk-vv"', 'popovertarget="afk-v"', 'web-link-dood'),
        ('id="volg-ons"', 'id="inhoud"', 'web-id-dubbel'),
    ],
)
def test_a_dead_link_is_found(full_site, old, new, code):
    files = dict(full_site[1])
    page = files['index.html'].decode()
    assert old in page
    files['index.html'] = page.replace(old, new).encode()
    assert code in {found.code for found in find_dead_links(files)}


def test_a_dead_link_in_a_template_stops_the_build(tmp_path, store):
    project = copy_project('volledig', tmp_path / 'project')
    link = '{% block inhoud %}<a href="weg.html">x</a>{% endblock %}'
    project.write('templates/web/404.html', '{% extends "web/basis.html" %}' + link)
    with pytest.raises(PreflightError) as error:
        site_of(project.path, store)
    (found,) = error.value.findings
    assert (found.code, found.place.file) == ('web-link-dood', 'web/404.html')


def test_a_text_can_not_take_the_name_of_a_page_of_the_site(tmp_path, store):
    project = copy_project('klein', tmp_path / 'project')
    project.write('data/2027/themas/02-index.md', '---\ntitel: Index\nsamenvatting: Kort.\n---\n\nTekst.\n')
    with pytest.raises(PreflightError) as error:
        site_of(project.path, store)
    assert [found.code for found in error.value.findings] == ['web-naam-dubbel']


def test_a_page_weighs_less_than_150_kb_with_all_that_it_needs(files):
    letters = sum(len(content) for name, content in files.items() if name.endswith('.woff2'))
    assert letters < 60_000
    for name, page in pages(files).items():
        others = {*re.findall(r'(?:src|href)="([^"#]+\.(?:css|js|svg|png|jpg))"', page), 'beeld/omslag.svg'}
        own_pictures = {other for other in others if other.startswith('beeld/') and other not in files}
        weight = len(page.encode()) + letters + sum(len(files[unquote(other)]) for other in others - own_pictures)
        assert weight < 150_000, (name, weight)


def test_nothing_is_asked_of_another_site_and_no_style_or_script_stands_in_a_page(files):
    for name, page in pages(files).items():
        loaded = re.findall(
            r'<(?:link rel="(?:stylesheet|icon)"|script|img|source|iframe)[^>]*(?:src|href)="([^"]*)"', page
        )
        assert loaded, name
        assert not [url for url in loaded if urlsplit(url).scheme or url.startswith('//')], name
        assert not re.search(r'\sstyle=|<style|\son\w+=|<script>', page), name
        assert 'http-equiv="Content-Security-Policy"' in page, name
        assert 'default-src &#39;none&#39;' in page, name
    assert b'http' not in files['site.css'].replace(b'http://www.w3.org', b'')


def test_pages_know_their_address_only_when_it_is_given(site_2023, small_site):
    index, theme = site_2023[1]['index.html'].decode(), site_2023[1]['stikstof.html'].decode()
    assert '<link rel="canonical" href="https://www.ipo.nl/overdracht/">' in index
    assert '<link rel="canonical" href="https://www.ipo.nl/overdracht/stikstof.html">' in theme
    assert '<base href="/overdracht/">' in site_2023[1]['404.html'].decode()
    assert site_2023[1]['sitemap.xml'].count(b'<loc>') == len(pages(site_2023[1])) - 1
    assert 'sitemap.xml' not in small_site[1]
    assert 'canonical' not in small_site[1]['index.html'].decode()


def test_an_abbreviation_opens_its_meaning(full_site):
    page = full_site[1]['energie.html'].decode()
    buttons = re.findall(r'<button type="button" class="afk" popovertarget="(afk-[\w-]+)" aria-describedby="\1">', page)
    assert buttons
    for box in buttons:
        assert re.search(rf'<div class="betekenis" id="{box}" popover>', page)


def test_a_foreign_meaning_says_its_language(site_2023):
    assert '<span lang="en">Web Content Accessibility Guidelines</span>' in site_2023[1]['afkortingen.html'].decode()


def test_the_mail_link_holds_the_form_that_the_reader_of_requests_knows(site_2023):
    link = urlsplit(site_2023[0].mail_link())
    assert (link.scheme, link.path) == ('mailto', 'communicatie@ipo.nl')
    query = dict(part.split('=') for part in link.query.split('&'))
    assert unquote(query['body']).split('\r\n')[:-1] == [
        f'{dutch}: {"1" if field == "aantal" else ""}' for field, (dutch, _english) in LABELS.items()
    ]


def test_names_in_addresses_have_no_accents():
    assert slug_of('Fryslân') == 'fryslan'
    assert slug_of('’s-Hertogenbosch & zo') == 's-hertogenbosch-zo'
    assert slug_of('…') == 'kop'


def test_the_same_data_give_the_same_bytes(full_site, store):
    assert site_of(Path(__file__).parent.parent / 'dossiers' / 'volledig', store)[1] == full_site[1]


def test_letters_are_made_once(site_2023, store, tmp_path, monkeypatch):
    site, files = site_2023
    monkeypatch.setattr('fontTools.subset.Subsetter', None)  # the only slow work of a site
    assert site.compose(ROOT, Store(store)) == files
    with pytest.raises(TypeError):
        site.compose(ROOT, Store(tmp_path))


def test_the_sample_for_a_server_has_the_policy_of_the_pages(request):
    manual = (request.config.rootpath / 'docs' / 'web.md').read_text(encoding='utf-8')
    assert f'add_header Content-Security-Policy "{POLICY}; frame-ancestors \'none\'" always;' in manual


def test_a_template_can_not_reach_the_files_of_the_project(tmp_path, store):
    project = copy_project('klein', tmp_path / 'project')
    project.write('templates/web/404.html', '{{ site._composer.project }}')
    with pytest.raises(TemplateError) as error:
        site_of(project.path, store)
    assert [found.code for found in error.value.findings] == ['sjabloon-verboden']
    site, _files = site_of(ROOT, store)
    public = [getattr(site, name) for name in dir(site) if not name.startswith('_')]
    assert not [value for value in public if isinstance(value, (Path, Composer))]


def test_a_draft_says_so_on_every_page_and_is_not_to_be_found(tmp_path, store):
    project = copy_project('klein', tmp_path / 'project')
    before = pages(site_of(project.path, store)[1])
    round_file = project.path / 'data/2027/dossier.yaml'
    round_file.write_text(round_file.read_text(encoding='utf-8') + 'concept: ja\n', encoding='utf-8')
    for name, page in pages(site_of(project.path, store)[1]).items():
        assert '<p class="concept">concept</p>' in page, name
        assert 'content="noindex"' in page, name
        assert '<p class="concept">' not in before[name]
