"""The desk: requests in the browser, one after the other. The mail is plain text; nothing that it points to is ever loaded.

A request is saved only in the version that was looked at: who comes second sees what changed, beside what he typed himself.
Letters, labels and mails are made by the command line itself, so that both do the same.
"""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dossier.errors import RegisterError
from dossier.i18n import _, current_language
from dossier.messages.requests import REASONS
from dossier.post.parcels import FOLDER
from dossier.post.templates import open_templates
from dossier.requests.aanvraag import EDITABLE, Aanvraag, Status, tidy
from dossier.requests.mail import read_mail
from dossier.requests.register import Register

_STATIC = Path(__file__).parent / 'static'
_WAITING = (Status.UNSURE, Status.NEW)
_FILES = ('brieven.pdf', 'etiketten.pdf', 'paklijst.pdf', 'paklijst.csv')
# What the buttons make: the arguments of `dossier requests`.
_TASKS = ('letters', 'labels', 'packing-list', 'ship --all', 'confirm')
_STEPS = {'goedkeuren': Status.APPROVED, 'negeren': Status.IGNORED, 'terug': Status.UNSURE}
_TIMEOUT_S = 600


def make_desk(project: Path, register: Register) -> Starlette:
    """Return the application."""
    templates = open_templates(project)

    def page(number: int | None = None, said: str = '', typed: dict[str, str] | None = None) -> Response:
        requests = [request for request in register.select() if request.status is not Status.ERASED]
        queue = [request for status in _WAITING for request in requests if request.status is status]
        chosen = next((request for request in requests if request.nummer == number), None)
        if number is None:
            chosen = next(iter(queue), None)
        elif chosen is None:
            raise HTTPException(404)
        facts: dict[str, Any] = {
            'taal': current_language(),
            'tellingen': Counter(str(request.status) for request in requests),
            'rij': queue,
            'rest': [request for request in requests if request not in queue],
            'gekozen': chosen,
            'mail': read_mail(register.raw_mail(chosen)) if chosen else None,
            'velden': [_field(chosen, name, typed or {}) for name in EDITABLE] if chosen else [],
            'reden': [_(REASONS.get(word, word)) for word in chosen.reden.split()] if chosen else [],
            'bestanden': [name for name in _FILES if (project / FOLDER / name).is_file()],
            'gezegd': said.strip(),
        }
        return HTMLResponse(templates.fill('bureau.html', **facts))

    def show(request: Request) -> Response:
        return page(request.path_params.get('number'))

    async def save(request: Request) -> Response:
        form = {name: tidy(str(value)) for name, value in (await request.form()).items()}
        number = int(request.path_params['number'])
        try:
            seen = replace(register.get(number), versie=int(form['versie']))
            changed = {name: int(form[name]) if name == 'aantal' else form[name] for name in EDITABLE if name in form}
            now = register.change(seen, **changed) if any(getattr(seen, k) != v for k, v in changed.items()) else seen
            if step := _STEPS.get(form.get('stap', '')):
                register.transition([now], step)
        except (KeyError, ValueError) as error:  # no number
            if 'versie' not in form:
                raise HTTPException(400) from error
            return page(number, _('The number of copies is no number.'), form)
        except RegisterError as error:
            return page(number, '\n'.join(f'{found.message}' for found in error.findings), form)
        return RedirectResponse('/' if step else f'/aanvraag/{number}', 303)

    async def make(request: Request) -> Response:
        task = (await request.form()).get('taak')
        if task not in _TASKS:
            raise HTTPException(400)
        return page(None, await run_in_threadpool(_run, project, task))

    def send_file(request: Request) -> Response:
        path = project / FOLDER / request.path_params['name']
        if path.name not in _FILES or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path)

    routes = [
        Route('/', show),
        Route('/aanvraag/{number:int}', show),
        Route('/aanvraag/{number:int}', save, methods=['POST']),
        Route('/maak', make, methods=['POST']),
        Route('/bestand/{name}', send_file),
        Mount('/static', StaticFiles(directory=_STATIC)),
    ]
    return Starlette(routes=routes)


def _field(request: Aanvraag, name: str, typed: dict[str, str]) -> dict[str, str]:
    """Return what the form shows of a field: its value, where it was read and how sure, and what was typed in vain."""
    value, source = str(getattr(request, name)), request.herkomst.get(name) or {}
    vain = typed.get(name, value)
    origin = {key: str(source.get(key, '')) for key in ('zeker', 'woorden')}
    return {'naam': name, 'waarde': value, 'getypt': vain if vain != value else '', **origin}


def _run(project: Path, task: str) -> str:
    """Return what the command line says."""
    options = ('--project', str(project), '--lang', current_language())
    command = (sys.executable, '-m', 'dossier', *options, 'requests', *task.split())
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return _('This took too long and was broken off. Try again.')
    return done.stderr
