"""`dossier requests letters`, `labels`, `packing-list`, `ship` and `confirm`."""

import getpass
import os
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click

from dossier.cli.letters import show_mailed, today
from dossier.cli.requests import open_register
from dossier.cli.show import exit_codes, show_findings
from dossier.errors import DataError
from dossier.i18n import _, ngettext
from dossier.layout.pool import count_cores
from dossier.post.carrier import Outbox, open_server
from dossier.post.confirm import KINDS, Clerk
from dossier.post.labels import Placing
from dossier.post.office import read_office
from dossier.post.parcels import Dispatch, count_copies
from dossier.post.templates import Templates
from dossier.requests.aanvraag import Status

_NUMBERS = click.argument('numbers', type=int, nargs=-1, metavar=_('[N]...'))
_ROUND = click.option('--ronde', help=_('The round (default: the newest).'))


def open_dispatch(project: Path, ronde: str | None = None) -> Dispatch:
    """Return where the parcels of a round are made; DossierError."""
    return Dispatch(project, open_register(project), read_office(project, ronde), today())


def make_letters() -> click.Command:
    """Return the command `letters`."""

    @click.command(
        'letters',
        options_metavar=_('[OPTIONS]'),
        help=_('Makes the letters that go along with approved copies (all by default).'),
    )
    @_NUMBERS
    @_ROUND
    @click.pass_obj
    def command(project: Path, numbers: tuple[int, ...], ronde: str | None) -> None:
        with exit_codes():
            made = open_dispatch(project, ronde).print_letters(numbers, count_cores())
        show_mailed(made)

    return command


def make_labels() -> click.Command:
    """Return the command `labels`."""

    @click.command(
        'labels', options_metavar=_('[OPTIONS]'), help=_('Makes the labels of approved copies (all by default).')
    )
    @_NUMBERS
    @_ROUND
    @click.option(
        '--sheet', default='', metavar=_('NAME'), help=_('The sheet, such as L7163 (default: that of dossier.yaml).')
    )
    @click.option('--start', type=int, default=1, metavar=_('N'), help=_('The first label that is free (default: 1).'))
    @click.option(
        '--right',
        type=click.FloatRange(-20, 20),
        default=0,
        metavar=_('MM'),
        help=_('Print so many mm more to the right.'),
    )
    @click.option(
        '--down', type=click.FloatRange(-20, 20), default=0, metavar=_('MM'), help=_('Print so many mm lower.')
    )
    @click.option('--test', is_flag=True, help=_('Draw only the frames, to hold against a sheet.'))
    @click.pass_obj
    def command(
        project: Path,
        /,
        numbers: tuple[int, ...],
        ronde: str | None,
        sheet: str,
        start: int,
        right: float,
        down: float,
        test: bool,
    ) -> None:
        with exit_codes():
            file, wrong = open_dispatch(project, ronde).print_labels(numbers, Placing(start, right, down, test), sheet)
        click.echo(file)
        show_findings(wrong)
        sys.exit(DataError.exit_code if wrong else 0)

    return command


def make_packing_list() -> click.Command:
    """Return the command `packing-list`."""

    @click.command(
        'packing-list', options_metavar=_('[OPTIONS]'), help=_('Makes the list of what goes out, as PDF and CSV.')
    )
    @_NUMBERS
    @_ROUND
    @click.pass_obj
    def command(project: Path, numbers: tuple[int, ...], ronde: str | None) -> None:
        with exit_codes():
            dispatch = open_dispatch(project, ronde)
            files = dispatch.pack(numbers)
            copies = count_copies(dispatch.register, dispatch.office.ronde)
        for file in files:
            click.echo(file)
        click.echo(ngettext('{n} copy approved or in print', '{n} copies approved or in print', copies), err=True)

    return command


def make_ship() -> click.Command:
    """Return the command `ship`."""

    @click.command('ship', options_metavar=_('[OPTIONS]'), help=_('Books copies out: they are sent.'))
    @click.argument('numbers', type=int, nargs=-1, metavar=_('[N]...'))
    @click.option('--all', 'everything', is_flag=True, help=_('All that are in print.'))
    @_ROUND
    @click.pass_obj
    def command(project: Path, numbers: tuple[int, ...], everything: bool, ronde: str | None) -> None:
        if bool(numbers) == everything:
            raise click.UsageError(_('Give numbers, or --all.'))
        with exit_codes():
            dispatch = open_dispatch(project, ronde)
            chosen = dispatch.choose(numbers, Status.PRINTING)
            done = dispatch.register.transition(chosen, Status.SENT)
        click.echo(ngettext('{n} request sent', '{n} requests sent', len(done)), err=True)

    return command


def make_confirm() -> click.Command:
    """Return the command `confirm`."""

    @click.command(
        'confirm',
        options_metavar=_('[OPTIONS]'),
        help=_(
            'Confirms that requests were received and sent, each once: by DOSSIER_SMTP, else as files in output/aanvragen/uitgaand.'
        ),
    )
    @click.option('--kind', type=click.Choice(list(KINDS)), multiple=True, help=_('Only this confirmation.'))
    @_ROUND
    @click.pass_obj
    def command(project: Path, kind: tuple[str, ...], ronde: str | None) -> None:
        server = os.environ.get('DOSSIER_SMTP', '')
        with exit_codes():
            clerk = Clerk(open_register(project), read_office(project, ronde), Templates(project), datetime.now(UTC))
            with open_server(server, _password(server)) if server else nullcontext(Outbox(project)) as carrier:
                sent, wrong = clerk.confirm(kind or tuple(KINDS), carrier)
        click.echo(ngettext('{n} confirmation', '{n} confirmations', sent), err=True)
        show_findings(wrong)
        sys.exit(DataError.exit_code if wrong else 0)

    return command


def _password(server: str) -> str:
    """Return the password of the mail server: from the environment, or typed where someone can type."""
    if 'DOSSIER_SMTP_PASSWORD' in os.environ or '@' not in server or not sys.stdin.isatty():
        return os.environ.get('DOSSIER_SMTP_PASSWORD', '')
    return getpass.getpass(_('Password of the mail server: '))
