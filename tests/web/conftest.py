"""The site of 2023 and that of the full project, made once a session, with small stand-ins for the PDFs."""

from pathlib import Path

import pytest

from dossier.compose import Composer
from dossier.i18n import set_language
from dossier.pipeline import check_edition
from dossier.store import Store
from dossier.web.site import Download, Site

ROOT = Path(__file__).parent.parent.parent


def site_of(project, store):
    """Return the site of a project (of the round of 2023, where that is the repository) and its files."""
    set_language('nl')
    marked = check_edition(project, '2023' if project == ROOT else None)
    ronde = marked.dossier.ronde
    pdfs = [
        Download('overdrachtsdossier.pdf', str(ronde.titel), 95, b'%PDF' * 350_000),
        Download('afkortingenlijst.pdf', 'Afkortingenlijst', 4, b'%PDF'),
    ]
    site = Site(Composer(marked, project), pdfs, ronde.redactiesluiting or ronde.peildatum)
    return site, site.compose(project, Store(store))


@pytest.fixture(scope='session')
def store(tmp_path_factory):
    return tmp_path_factory.mktemp('letters')


@pytest.fixture(scope='session')
def site_2023(store):
    return site_of(ROOT, store)


@pytest.fixture(scope='session')
def full_site(store):
    return site_of(ROOT / 'tests' / 'dossiers' / 'volledig', store)


@pytest.fixture(scope='session')
def small_site(store):
    return site_of(ROOT / 'tests' / 'dossiers' / 'klein', store)


def write(files, folder):
    """Write the files of a site below a folder; returns it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
