"""`dossier requests letters`, `labels`, `packing-list`, `ship` and `confirm`."""

import getpass
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click

from dossier.cli.letters import show_mailed, today
from dossier.cli.requests import open_register, request_command
from dossier.errors import DataError
from dossier.i18n import _, ngettext
from dossier.layout.pool import count_cores
from dossier.messages.mark import N_
from dossier.post.carrier import Outbox, open_server
from dossier.post.confirm import Clerk
from dossier.post.labels import Placing
from dossier.post.office import read_office
from dossier.post.parcels import Dispatch, count_copies
from dossier.post.templates import open_templates
from dossier.requests.aanvraag import Status

Numbers = tuple[int, ...]


def open_dispatch(project: Path, ronde: str | None) -> Dispatch:
    """Return where the parcels of a round are made; DossierError."""
    return Dispatch(project, open_register(project), read_office(project, ronde), today())


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return what makes a function a command over requests of a round: those of the numbers, or all that it can be about."""

    def make(function: Callable[..., None]) -> click.Command:
        known = click.option('--ronde', help=N_('The round (default: the newest).'))(function)
        return request_command(name)(click.argument('numbers', type=int, nargs=-1, metavar=N_('[N]...'))(known))

    return make


@_command('letters')
def do_letters(project: Path, numbers: Numbers, ronde: str | None) -> None:
    show_mailed(open_dispatch(project, ronde).print_letters(numbers, count_cores()))


@_command('labels')
@click.option(
    '--sheet', default='', metavar=N_('NAME'), help=N_('The sheet, such as L7163 (default: that of dossier.yaml).')
)
@click.option('--start', type=int, default=1, metavar=N_('N'), help=N_('The first label that is free (default: 1).'))
@click.option(
    '--shift',
    type=float,
    nargs=2,
    default=(0, 0),
    metavar='MM MM',
    help=N_('Print so many mm to the right, and lower.'),
)
@click.option('--test', is_flag=True, help=N_('Draw only the frames, to hold against a sheet.'))
def do_labels(
    project: Path, ronde: str | None, sheet: str, start: int, shift: tuple[float, float], test: bool, numbers: Numbers
) -> None:
    file, wrong = open_dispatch(project, ronde).print_labels(numbers, Placing(start, *shift, test), sheet)
    click.echo(file)
    if wrong:
        raise DataError(wrong)


@_command('packing-list')
def do_packing_list(project: Path, numbers: Numbers, ronde: str | None) -> None:
    dispatch = open_dispatch(project, ronde)
    click.echo('\n'.join(dispatch.pack(numbers)))
    copies = count_copies(dispatch.register, dispatch.office.ronde)
    click.echo(ngettext('{n} copy approved or in print', '{n} copies approved or in print', copies), err=True)


@_command('ship')
@click.option('--all', 'everything', is_flag=True, help=N_('All that are in print.'))
def do_ship(project: Path, numbers: Numbers, everything: bool, ronde: str | None) -> None:
    if bool(numbers) == everything:
        raise click.UsageError(_('Give numbers, or --all.'))
    dispatch = open_dispatch(project, ronde)
    done = dispatch.register.transition(dispatch.choose(numbers, Status.PRINTING), Status.SENT)
    click.echo(ngettext('{n} request sent', '{n} requests sent', len(done)), err=True)


@request_command('confirm')
@click.option('--ronde', help=N_('The round (default: the newest).'))
def do_confirm(project: Path, ronde: str | None) -> None:
    server = os.environ.get('DOSSIER_SMTP', '')
    office = read_office(project, ronde)
    clerk = Clerk(open_register(project), office, open_templates(project), datetime.now(UTC))
    with open_server(server, _password(server)) if server else nullcontext(Outbox(project)) as carrier:
        sent, wrong = clerk.confirm(carrier)
    click.echo(ngettext('{n} confirmation', '{n} confirmations', sent), err=True)
    if wrong:
        raise DataError(wrong)


def _password(server: str) -> str:
    """Return the password of the mail server: from the environment, or typed where someone can type."""
    if 'DOSSIER_SMTP_PASSWORD' in os.environ or '@' not in server or not sys.stdin.isatty():
        return os.environ.get('DOSSIER_SMTP_PASSWORD', '')
    return getpass.getpass(_('Password of the mail server: '))
