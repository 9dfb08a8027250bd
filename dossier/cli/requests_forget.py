"""`dossier requests purge`, `forget` and `export`: personal data leave in time, or when someone asks."""

import math
import re
import time
from dataclasses import asdict
from pathlib import Path

import click

from dossier.cli.requests import open_register, request_command
from dossier.cli.show import show_json
from dossier.i18n import _, ngettext
from dossier.messages.mark import N_
from dossier.post.mailing import forget_lists
from dossier.requests.aanvraag import Aanvraag
from dossier.requests.forget import erase, find_due, find_person
from dossier.requests.mail import read_mail
from dossier.requests.register import Register

DAYS = 30


@request_command('purge')
@click.option(
    '--days',
    type=click.IntRange(0, 3660),
    metavar=N_('N'),
    help=N_('Days since sending (default: what the round says, or 30).'),
)
@click.option('--dry-run', is_flag=True, help=N_('Only say what would be erased.'))
def do_purge(project: Path, days: int | None, dry_run: bool) -> None:
    register = open_register(project)
    due = find_due(register, lambda ronde: _days_of(project, ronde) if days is None else days)
    if not dry_run:
        forget_lists(project, time.time() - (DAYS if days is None else days) * 86400)
        _show(erase(register, due, project))
        return
    for request in due:
        click.echo(request.nummer)
    click.echo(ngettext('{n} request would be erased', '{n} requests would be erased', len(due)), err=True)


def _days_of(project: Path, ronde: str) -> int:
    """Return the term of a round; read by itself, so that a mistake in a text never keeps data longer."""
    file = project / 'data' / ronde / 'dossier.yaml'
    text = file.read_bytes().decode('utf-8', 'replace') if file.is_file() else ''
    found = re.search(r'(?m)^\s+bewaartermijn_dagen:\s*(\d{1,3})\b', text)
    return int(found[1]) if found else DAYS


@request_command('forget')
@click.argument('person', metavar=N_('PERSON'))
@click.option('--yes', is_flag=True, help=N_("Don't ask whether you are sure."))
def do_forget(project: Path, person: str, yes: bool) -> None:
    register = open_register(project)
    requests = find_person(register, person)
    numbers = ', '.join(str(request.nummer) for request in requests)
    if not yes:
        click.confirm(_('Erase requests {numbers}, for good?', numbers=numbers), abort=True, err=True)
    forget_lists(project, math.inf)
    _show(erase(register, requests, project))


def _show(erased: list[int]) -> None:
    for number in erased:
        click.echo(number)
    count = len(erased)
    click.echo(ngettext('{n} request erased, no trace left', '{n} requests erased, no trace left', count), err=True)


@request_command('export')
@click.option('--person', required=True, metavar=N_('PERSON'), help=N_('The name or mail address of who asks.'))
def do_export(project: Path, person: str) -> None:
    register = open_register(project)
    show_json({'aanvragen': [_all_of(register, request) for request in find_person(register, person)]})


def _all_of(register: Register, request: Aanvraag) -> dict[str, object]:
    mail = read_mail(register.raw_mail(request))
    return {
        **request.as_json(),
        **{name: getattr(request, name) for name in ('functie', 'email', 'opmerking')},
        'mail': {'onderwerp': mail.subject, 'tekst': mail.text},
        'gemaakt': [asdict(made) for made in register.made(request.nummer)],
        'geschiedenis': register.history(request.nummer),
    }
