"""What all tests share: small projects to break, English messages, and a guard around the repository's own `output/`."""

import gettext
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dossier.errors import DossierError, Finding
from dossier.i18n import current_language, set_language
from dossier.model import Dossier
from dossier.read import read_round
from dossier.validate import validate_sources

ROOT = Path(__file__).parent.parent
DOSSIERS = ROOT / 'tests' / 'dossiers'
_OUTPUT = str(ROOT / 'output')
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ('os.mkdir', 'os.rename', 'os.remove', 'os.rmdir', 'os.link', 'os.symlink', 'os.truncate', 'os.chmod')
_guard = {'on': False}
CHROMIUM_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

settings.register_profile('dossier', deadline=None)  # a busy computer is no fault
settings.load_profile('dossier')


@dataclass(frozen=True)
class Project:
    """A project in a temporary folder; what is written goes to a file named as a user names it."""

    path: Path

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file, and the folders around it; returns where."""
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace what stands once in a file."""
        text = (self.path / file).read_text(encoding='utf-8')
        assert text.count(old) == 1, f'{old!r} stands {text.count(old)} times in {file}'
        self.write(file, text.replace(old, new))

    def read(self, ronde: str | None = None) -> Dossier:
        """Return the dossier; DossierError with what is wrong."""
        return validate_sources(read_round(self.path, ronde))

    def fail(self, ronde: str | None = None) -> DossierError:
        """Return the error with which reading ends."""
        with pytest.raises(DossierError) as caught:
            self.read(ronde)
        return caught.value

    def findings(self, ronde: str | None = None) -> tuple[Finding, ...]:
        """Return what is wrong."""
        return self.fail(ronde).findings


def copy_project(name: str, folder: Path) -> Project:
    """Return a copy of one of the projects in tests/dossiers."""
    return Project(Path(shutil.copytree(DOSSIERS / name, folder)))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the smallest project."""
    return copy_project('klein', tmp_path / 'project')


@pytest.fixture
def full_project(tmp_path: Path) -> Project:
    """A fresh copy of the project that uses every key."""
    return copy_project('volledig', tmp_path / 'project')


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """English messages, those of the source, and afterwards the language as it was (the command line sets click's too)."""
    before = current_language(), os.environ.get('LANGUAGE'), gettext.textdomain()
    set_language('en')
    yield
    set_language(before[0])
    gettext.textdomain(before[2])
    os.environ.pop('LANGUAGE', None)
    if before[1] is not None:
        os.environ['LANGUAGE'] = before[1]


@pytest.fixture
def dutch(english: None) -> None:
    """Dutch messages."""
    set_language('nl')


@pytest.fixture(scope='session', autouse=True)
def output_stays_untouched() -> Iterator[None]:
    """Make every write in the repository's `output/` fail; forked workers inherit that."""
    _guard['on'] = True
    yield
    _guard['on'] = False


def _refuse_output(event: str, arguments: tuple[object, ...]) -> None:
    if not _guard['on'] or (event != 'open' and event not in _CHANGES):
        return
    if event == 'open' and not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
        return
    if event in ('os.mkdir', 'os.remove', 'os.rmdir') and arguments[-1] != -1:
        return  # a name below an open folder, not below this one; rmtree works so
    for path in arguments[: 2 if event in ('os.rename', 'os.link', 'os.symlink') else 1]:
        if isinstance(path, str | bytes | os.PathLike):
            full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # as light as can be: it runs at every open
            if full == _OUTPUT or full.startswith(_OUTPUT + os.sep):
                # No OSError: the program would take that for a full disk.
                raise AssertionError(f'a test writes in the output of the repository: {full}')


sys.addaudithook(_refuse_output)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium."""
    return shutil.which('chromium') or shutil.which('chromium-browser')


@pytest.fixture(scope='session')
def chromium() -> Iterator[Any]:
    """A real Chromium, one for all tests: Playwright can be started once in a process.

    Workers that are forked meanwhile must end before it does: they hold the pipe whose end Playwright's driver waits for.
    """
    if not find_chromium():
        pytest.skip('chromium is not installed')
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
