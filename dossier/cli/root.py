"""The command `dossier`: its options, and its commands."""

from importlib import import_module
from pathlib import Path
from typing import cast

import click

from dossier import __version__
from dossier.i18n import LANGUAGES, _
from dossier.messages.mark import N_

# Each command and its line in the help; the module of that name is imported when the command is used.
COMMANDS = {
    'new': N_('Makes a small example project in FOLDER, that builds as it is.'),
    'new-round': N_('Makes the next round from the last, with everything that must be looked at again marked.'),
    'import': N_('Makes a theme of a Word file.'),
    'build': N_('Makes the products of a round.'),
    'preview': N_('Shows the pages in the browser, and renews them at every save.'),
    'check': N_('Says what is wrong or remarkable in the texts.'),
    'archive': N_('Keeps a round so that it can be trusted, opened and compared later.'),
    'diff': N_('Says what changed between two rounds, or two versions of one.'),
    'preflight': N_('Says whether a PDF is fit for the printer, or for the screen.'),
    'impose': N_('Makes a booklet for a duplex printer from a PDF.'),
    'schema': N_('Shows the JSON Schema of the data files, for editors.'),
    'abbreviations': N_('Lists every abbreviation, its meaning, and where it is used.'),
    'letters': N_('Makes a letter to everyone in a list (CSV) from a template.'),
    'desk': N_('Shows the requests for printed copies in the browser.'),
    'requests': N_('Registers requests for printed copies, and sends them.'),
}


class _Commands(click.Group):
    """Imports only the command that is used."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f'dossier.cli.{name.replace("-", "_")}')
        return cast(click.Command, module.make_command())

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_('Commands')):
            formatter.write_dl([(name, _(text)) for name, text in COMMANDS.items()])


def make_cli() -> click.Group:
    """Return the command line, its help in the language that was chosen."""

    @click.group(
        cls=_Commands,
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

    return cli
