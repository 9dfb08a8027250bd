"""The command `dossier`: its options, and its commands."""

from importlib import import_module
from pathlib import Path

import click

from dossier import __version__
from dossier.i18n import LANGUAGES, _

COMMANDS = ('new', 'build', 'check', 'abbreviations')


def make_cli() -> click.Group:
    """Return the command line, its help in the language that was chosen."""

    @click.group(
        help=_('Makes printed dossiers from the texts in the folder "data".'),
        context_settings={'help_option_names': ['-h', '--help']},
        options_metavar=_('[OPTIONS]'),
        subcommand_metavar=_('COMMAND [ARGS]...'),
    )
    @click.option(
        '--project',
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        metavar=_('FOLDER'),
        help=_('The folder that holds "data" (default: this folder).'),
    )
    @click.option('--lang', type=click.Choice(LANGUAGES), default='nl', help=_('The language of messages.'))
    @click.version_option(
        __version__, prog_name='dossier', message='%(prog)s %(version)s', help=_('Show the version and exit.')
    )
    @click.pass_context
    def cli(context: click.Context, project: Path, lang: str) -> None:
        context.obj = project

    for name in COMMANDS:
        cli.add_command(import_module(f'dossier.cli.{name}').make_command())
    return cli
