"""A bag of the full small project, sealed once a session, and copies of it to break."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossier.archive.create import Order, create
from dossier.archive.verify import verify_bag
from dossier.products import USUAL, Options
from tests.book.conftest import silent
from tests.conftest import Project, copy_project

VERAPDF = os.environ.get('VERAPDF') or shutil.which('verapdf')
MOMENT = datetime(2027, 4, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Archived:
    """A project with a sealed bag."""

    project: Project
    bag: Path
    root: str
    beside: tuple[Path, ...]


def seal(project, verapdf=None, **more):
    options = Options(USUAL, jobs=2)
    return create(project.path, None, Order(options, MOMENT, verapdf, **more), silent)


@pytest.fixture(scope='session')
def archived(tmp_path_factory):
    """The round of 2027, with one of 2023 before it, so that there is something to refer to."""
    project = copy_project('volledig', tmp_path_factory.mktemp('archief') / 'project')
    shutil.copytree(project.path / 'data' / '2027', project.path / 'data' / '2023')
    sealed = seal(project, VERAPDF, zip=True, sip=True)
    return Archived(project, sealed.paths[0], sealed.root, sealed.paths[1:])


@pytest.fixture
def bag(archived, tmp_path):
    """A copy of the sealed bag."""
    return Path(shutil.copytree(archived.bag, tmp_path / archived.bag.name))


def codes(bag, **more):
    """Return what is wrong with a bag: codes by file."""
    return {(found.code, str(found.place)) for found in verify_bag(bag, **more).findings}
