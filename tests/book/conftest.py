"""Books that are laid out once a session: a full small one, and the real one of 2023."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.compose import Composer
from dossier.i18n import set_language
from dossier.layout.pool import open_typesetter
from dossier.layout.style import Style, find_style
from dossier.pipeline import check
from dossier.products import EDITION, MAKERS, Job, Options
from dossier.typeset import Book, lay_out_books

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Built:
    """A project with its laid out books, and the files that were made of them."""

    project: Path
    composer: Composer
    style: Style
    books: dict[str, Book]
    files: dict[str, Path]


def silent(stage: str, detail: str, pages: int) -> None:
    """Report nothing."""


def build_in(folder: Path, source: Path) -> Built:
    set_language('nl')
    project = folder / source.name
    shutil.copytree(source / 'data', project / 'data')
    marked = check(project, None)
    composer = Composer(marked, project)
    style = find_style(project, marked.dossier.ronde.ronde)
    files = {}
    with open_typesetter(style, 2) as typesetter:
        books = lay_out_books(composer, typesetter, silent)
        job = Job(project, EDITION, composer, typesetter, books, Options(), silent)
        for kind in books:
            files[kind] = project / f'{kind}.pdf'
            files[kind].write_bytes(MAKERS[kind](job).content)
    return Built(project, composer, style, books, files)


@pytest.fixture(scope='session')
def small_book(tmp_path_factory):
    return build_in(tmp_path_factory.mktemp('klein'), ROOT / 'tests' / 'dossiers' / 'volledig')


@pytest.fixture(scope='session')
def book_2023(tmp_path_factory):
    return build_in(tmp_path_factory.mktemp('groot'), ROOT)
