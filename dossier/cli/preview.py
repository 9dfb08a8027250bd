"""`dossier preview`: the pages in the browser, new a moment after a file is saved."""

import webbrowser
from pathlib import Path

import click

from dossier.cli.show import exit_codes
from dossier.i18n import _
from dossier.layout.pool import count_cores


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'preview',
        options_metavar=_('[OPTIONS]'),
        help=_('Shows the pages of a round (the newest by default) in the browser, and renews them at every save.'),
    )
    @click.argument('ronde', required=False, metavar='[RONDE]')
    @click.option(
        '--port',
        type=click.IntRange(0, 65535),
        default=0,
        metavar=_('N'),
        help=_('The port to listen on (default: one that is free).'),
    )
    @click.option('--no-browser', is_flag=True, help=_('Only show the address.'))
    @click.option(
        '--editor',
        envvar='DOSSIER_EDITOR',
        default='',
        metavar=_('COMMAND'),
        help=_('Opens the place of a message in your editor, for example "code -g" (default: $DOSSIER_EDITOR).'),
    )
    @click.pass_obj
    def command(project: Path, ronde: str | None, port: int, no_browser: bool, editor: str) -> None:
        from dossier.preview.editor import Editor
        from dossier.preview.follow import Follower
        from dossier.preview.local import serve_local
        from dossier.preview.server import make_app
        from dossier.read import find_round

        def started(address: str) -> None:
            click.echo(address)
            click.echo(_('Ctrl-C ends the preview.'), err=True)
            if not no_browser:
                webbrowser.open(address)

        with exit_codes():
            follower = Follower(project, find_round(project, ronde), count_cores())
            try:
                serve_local(make_app(follower, Editor(project, editor)), port, started)
            finally:
                follower.workers.stop()

    return command
