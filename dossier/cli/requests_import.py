"""`dossier requests import`: mails from a file, a folder or a mailbox."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dossier.cli.requests import open_register, request_command
from dossier.cli.show import show_json
from dossier.i18n import _, ngettext
from dossier.messages.mark import N_
from dossier.read import find_round
from dossier.requests.intake import find_own_postcodes, take_in
from dossier.requests.mailbox import read_address, read_mailbox
from dossier.requests.sources import read_files


@request_command('import')
@click.argument('source', metavar=N_('SOURCE'))
@click.option('--ronde', help=N_('The round that is asked for (default: the newest).'))
@click.option('--move', metavar=N_('FOLDER'), help=N_('Move mails that are done to this folder of the mailbox.'))
@click.option(
    '--ca',
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=N_('FILE'),
    help=N_("Certificates to trust for the mailbox, besides the system's."),
)
@click.option(
    '--format', 'form', type=click.Choice(['text', 'json']), default='text', help=N_('How the result is printed.')
)
def do_import(project: Path, source: str, ronde: str | None, move: str | None, ca: Path | None, form: str) -> None:
    ronde = find_round(project, ronde)
    register = open_register(project)
    counted = take_in(register, _open(source, ca, move), ronde, find_own_postcodes(project, ronde), _report)
    if form == 'json':
        show_json(dict(sorted(counted.items())))
        return
    for status, n in sorted(counted.items()):
        click.echo(f'{n:>5}  {status}')


def _open(source: str, authority: Path | None, move_to: str | None) -> Iterator[bytes]:
    if '://' not in source:
        return read_files(Path(source))
    account = read_address(source, authority, move_to)
    password = os.environ.get('DOSSIER_IMAP_PASSWORD')
    if password is None:
        password = click.prompt(_('Password of {user}', user=account.user), hide_input=True, err=True)
    return read_mailbox(account, password)


def _report(n: int) -> None:
    if sys.stderr.isatty():
        click.echo('\r' + ngettext('{n} mail', '{n} mails', n), err=True, nl=False)
