"""`dossier desk`: the requests for printed copies in the browser."""

import webbrowser
from pathlib import Path

import click

from dossier.cli.requests import open_register
from dossier.cli.show import exit_codes
from dossier.i18n import _


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'desk', options_metavar=_('[OPTIONS]'), help=_('Shows the requests for printed copies in the browser.')
    )
    @click.option(
        '--port',
        type=click.IntRange(0, 65535),
        default=0,
        metavar=_('N'),
        help=_('The port to listen on (default: one that is free).'),
    )
    @click.option('--no-browser', is_flag=True, help=_('Only show the address.'))
    @click.pass_obj
    def command(project: Path, port: int, no_browser: bool) -> None:
        from dossier.preview.desk import make_desk
        from dossier.preview.local import serve_local

        def started(address: str) -> None:
            click.echo(address)
            click.echo(_('Ctrl-C closes the desk.'), err=True)
            if not no_browser:
                webbrowser.open(address)

        with exit_codes():
            serve_local(make_desk(project, open_register(project)), port, started)

    return command
