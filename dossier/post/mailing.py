"""A mailing: people and a template in, delivered letters out, and what is wrong with who got none."""

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dossier.deliver import deliver
from dossier.errors import DataError, Finding, LayoutError
from dossier.pieces import take_apart
from dossier.post.address import Adres, address_of
from dossier.post.bundle import LaidOut, join_letters
from dossier.post.letters import LetterPress, Recipient, compose_letters, open_letters
from dossier.post.office import Office
from dossier.post.rows import Row
from dossier.post.templates import open_templates
from dossier.store import Store

KEPT = 'vellen'  # the folder of what is kept to go on from; personal, so it lies beside what was made of it


@dataclass(frozen=True)
class Mailing:
    """What a mailing needs besides its people; `folder` is where it goes, below the project."""

    project: Path
    office: Office
    folder: str
    today: date
    template: str = 'brief'
    separate: bool = False
    jobs: int = 1


@dataclass(frozen=True)
class Mailed:
    """What came of it: the files, the positions that have a letter, what is wrong, and how much was new."""

    files: tuple[str, ...]
    positions: tuple[int, ...]
    findings: tuple[Finding, ...]
    laid_out: int
    reused: int


def people_of_list(rows: Sequence[Row]) -> dict[int, Recipient]:
    """Return the people in a list by their position; who stands in a row that is no good has none."""
    return {
        n: Recipient(
            row.place, row.cells.get('naam') or row.cells.get('organisatie', ''), address_of(row.cells), row.cells
        )
        for n, row in enumerate(rows)
        if row.cells
    }


def make_letters(mailing: Mailing, people: Mapping[int, Recipient], wrong: Iterable[Finding] = ()) -> Mailed:
    """Return what was delivered; DossierError when that is nothing. `wrong` goes along: what was wrong with others before."""
    findings = list(wrong)
    with open_letters(mailing.project, mailing.jobs) as typesetter:
        templates = open_templates(mailing.project)
        letters, bad = compose_letters(templates, mailing.template, people, mailing.office, mailing.today)
        press = LetterPress(typesetter, Store(mailing.project / mailing.folder / KEPT))
        done, failed = press.lay_out(letters, people)
    findings += [*bad, *failed]
    if not done:
        raise DataError(findings)
    files = _files(mailing, {n: done[n] for n in sorted(done)}, people)
    deliver(mailing.project, files)
    press.forget_others()
    return Mailed(tuple(files), tuple(sorted(done)), tuple(findings), press.laid_out, press.reused)


def print_pages(project: Path, pages: Sequence[str], name: str) -> bytes:
    """Return the PDF of pages that are no letters, each numbered in its bookmark; LayoutError when one can't be made."""
    letters = {n: take_apart(page) for n, page in enumerate(pages)}
    people = {n: Recipient(None, f'{name} {n + 1}', Adres(), {}) for n in letters}
    with open_letters(project, 1) as typesetter, TemporaryDirectory(prefix='dossier-') as folder:
        done, failed = LetterPress(typesetter, Store(Path(folder))).lay_out(letters, people)
    if failed:
        raise LayoutError(failed)
    return join_letters([done[n] for n in sorted(done)], name, 'nl')


def forget_lists(project: Path, before: float) -> None:
    """Remove what was made of lists before a moment (seconds, as files have it)."""
    for folder in (project / 'output' / 'brieven').glob('*/'):
        if all(path.stat().st_mtime < before for path in folder.rglob('*') if path.is_file()):
            shutil.rmtree(folder)


def _files(mailing: Mailing, letters: Mapping[int, LaidOut], people: Mapping[int, Recipient]) -> dict[str, bytes]:
    title = f'{mailing.office.titel} {mailing.office.ronde}'
    if not mailing.separate:
        return {f'{mailing.folder}/brieven.pdf': join_letters([*letters.values()], title, mailing.office.taal)}
    made = {}
    for n, letter in letters.items():
        place = people[n].place
        name = re.sub(r'[^A-Za-z0-9]+', '-', letter.title).strip('-')[:40]
        number = place.line if place and place.line else n + 1
        made[f'{mailing.folder}/{number:04}-{name}.pdf'] = join_letters([letter], title, mailing.office.taal)
    return made
