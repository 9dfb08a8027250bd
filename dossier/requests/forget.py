"""Forgetting in time: requests that are due, in; their personal data and all that was made from them, gone; and the proof of it.

What stays is number, round, days, edition and number of copies, and the salted hash by which a mail is known again.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dossier.errors import Place, RegisterError
from dossier.messages import finding
from dossier.requests.aanvraag import PERSONAL, Aanvraag, Status
from dossier.requests.register import Register
from dossier.requests.schema import MADE, MAIL, REQUEST, run_outside
from dossier.requests.traces import find_traces

_CLOSED = (Status.SENT, Status.RETURNED, Status.IGNORED)
_EMPTY: dict[str, Any] = dict.fromkeys((*PERSONAL, 'reden'), '')
_EMPTY |= {'herkomst': {}, 'dubbel': None, 'beantwoorden': False}


def find_due(register: Register, days_of: Callable[[str], int]) -> list[Aanvraag]:
    """Return the requests whose term has passed since they were sent, came back or were ignored; `days_of` a round.

    Those of one mail go together, since it speaks of all of them: as long as one is open, all stay.
    """
    closed, now = set(), datetime.fromisoformat(register.now).astimezone(UTC)
    requests = [request for request in register.select() if request.status is not Status.ERASED]
    for request in requests:
        if request.status in _CLOSED:
            sent = request.verzonden if request.status is Status.SENT else ''
            since = datetime.fromisoformat(sent or register.history(request.nummer)[-1]['moment'])
            if since + timedelta(days=days_of(request.ronde)) <= now:
                closed.add(request.nummer)
    open_mails = {request.mail for request in requests if request.nummer not in closed and request.mail is not None}
    return [request for request in requests if request.nummer in closed and request.mail not in open_mails]


def find_person(register: Register, person: str) -> list[Aanvraag]:
    """Return the requests of someone: whose name or mail address is this; RegisterError when there is none."""
    wanted = _fold(person)
    found = [one for one in register.select() if wanted and wanted in (_fold(one.naam), _fold(one.email))]
    if not found:
        raise RegisterError([finding('persoon-onbekend')])
    return found


def _fold(name: str) -> str:
    return ' '.join(name.casefold().split())


def erase(register: Register, requests: Sequence[Aanvraag], project: Path) -> list[int]:
    """Return the numbers of what was erased; RegisterError when someone changed a request meanwhile, or traces are left."""
    numbers = [request.nummer for request in requests]
    files = {made.bestand for made in register.made() if made.nummer in numbers and made.bestand}
    _remove_files(project, sorted(files))
    register.erase(requests, _EMPTY)
    _clean_database(register)  # also when nothing is due: whoever stopped the last one here left it undone
    if requests:
        # Laid out letters; the folder may be deleted at any time.
        shutil.rmtree(project / 'output' / 'werk', ignore_errors=True)
    _prove(register, requests, project)
    return numbers


def _remove_files(project: Path, files: Iterable[str]) -> None:
    output = (project / 'output').resolve()
    for name in files:
        path = (project / name).resolve()
        if path.is_relative_to(output) and path != output:
            try:
                if path.is_dir():  # what letters were kept to go on from
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
            except OSError as error:
                raise RegisterError([finding('wissen-bestand', Place(name), reason=error.strerror)]) from error


def _clean_database(register: Register) -> None:
    """Leave nothing in free pages, the log ahead or the backups of migrations."""
    if register.engine.dialect.name != 'sqlite':
        for table in (REQUEST, MAIL, MADE):
            run_outside(register.engine, f'VACUUM FULL {table.name}')
        return
    file = Path(register.engine.url.database or '')
    for backup in file.parent.glob('*.bak'):
        backup.unlink()
    run_outside(register.engine, 'VACUUM')
    if run_outside(register.engine, 'PRAGMA wal_checkpoint(TRUNCATE)') != 0:
        raise RegisterError([finding('wissen-bezet')])  # another program reads: what it sees can't be wiped


def _prove(register: Register, requests: Sequence[Aanvraag], project: Path) -> None:
    words = {word for request in requests for word in _identifying(request)}
    others = [request for request in register.select() if request.status is not Status.ERASED]
    texts = [path for kind in ('*.md', '*.yaml') for path in sorted((project / 'data').rglob(kind))]
    left = [word for request in others for word in (*_identifying(request), request.opmerking)]
    left += [path.read_bytes().decode('utf-8', 'replace') for path in texts] if words else []
    # What another request holds too (the same office), or the dossier itself (who is who), rightly stays.
    gone = {word for word in words if word.casefold() not in '\n'.join(left).casefold()}
    if traces := find_traces(project / 'output', gone):
        places = [Place(path.relative_to(project).as_posix()) for path in traces]
        raise RegisterError([finding('wissen-sporen', place) for place in places])


def _identifying(request: Aanvraag) -> list[str]:
    """Return what points to one person: not a town, which the dossier may hold too."""
    street = f'{request.straat} {request.huisnummer}' if request.straat and request.huisnummer else ''
    return [word for word in (request.naam, request.email, street) if len(word) > 5]
