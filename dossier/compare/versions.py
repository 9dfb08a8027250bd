"""Opens a state of a round: the one in `data/`, one in a bag of the archive, or one of a git revision; fails with SourceError."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dossier.compare.rounds import compare_rounds
from dossier.errors import Place, SourceError
from dossier.messages import finding
from dossier.model import Dossier
from dossier.read import find_round, read_round
from dossier.validate import validate_sources

SOURCES = 'bronnen'  # the folder in a bag that is a project by itself
_GIT_SECONDS = 60


def read_version(project: Path, name: str) -> Dossier:
    """Return the dossier of 2023, 2023@v1 (archive), 2027@HEAD~3 (git) or a bag's folder; SourceError or DataError."""
    with open_version(project, name) as (folder, ronde):
        return validate_sources(read_round(folder, ronde))


def find_changed(project: Path, since: str, new: Dossier) -> frozenset[Place]:
    """Return the places in a dossier of what changed since another round or version."""
    return compare_rounds(read_version(project, since), new, (since, new.ronde.ronde)).changed_places()


@contextmanager
def open_version(project: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Give the project folder and the round of a version."""
    ronde, at, version = name.partition('@')
    bag = project / 'output' / 'archief' / ronde / f'dossier-{ronde}-{version}'
    if (project / name / 'bagit.txt').is_file():
        yield _open_bag(project / name)
    elif version.isalnum() and (bag / 'bagit.txt').is_file():
        yield _open_bag(bag)
    elif at:
        with TemporaryDirectory() as folder:
            _check_out(project, version, Path(folder))
            yield Path(folder), find_round(Path(folder), ronde)
    else:
        yield project, find_round(project, name)


def _open_bag(bag: Path) -> tuple[Path, str]:
    folder = next(iter(sorted(bag.glob(f'data/**/{SOURCES}'))), bag)
    return folder, find_round(folder, folder.parent.name.removeprefix('dossier-'))


def _check_out(project: Path, revision: str, folder: Path) -> None:
    """Write the folder `data` of a git revision; git gets no word that it could take for an option."""
    try:
        top = _git(project, 'rev-parse', '--verify', '--quiet', '--end-of-options', f'{revision}^{{commit}}')
        content = _git(project, 'archive', '--format=tar', top.decode().strip(), 'data')
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            tar.extractall(folder, filter='data')
    except (OSError, subprocess.SubprocessError, tarfile.TarError) as error:
        raise SourceError([finding('versie-onbekend', Place(revision))]) from error


def _git(project: Path, *arguments: str) -> bytes:
    command = ['git', '-C', str(project), *arguments]
    return subprocess.run(command, capture_output=True, check=True, timeout=_GIT_SECONDS).stdout
