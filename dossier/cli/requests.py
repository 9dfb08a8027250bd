"""`dossier requests`: the printed copies, from a mail to a parcel. Its commands stand in modules of their own."""

import getpass
import os
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from dossier.cli.show import exit_codes
from dossier.i18n import _
from dossier.messages.mark import N_
from dossier.requests.register import Register
from dossier.requests.schema import open_database

# Each command, the module in which it stands (do_<name>), and its line in the help.
COMMANDS = {
    'import': (
        'requests_import',
        N_('Reads mails from SOURCE: an .eml file, a folder, a Maildir, an mbox, or imaps://user@host/INBOX.'),
    ),
    'list': ('requests_look', N_('Lists the requests.')),
    'show': ('requests_look', N_('Shows a request: what was read, and what was done.')),
    'edit': ('requests_look', N_('Corrects a request.')),
    'approve': ('requests_look', N_('Approves requests: their addresses are right.')),
    'letters': ('requests_post', N_('Makes the letters that go along with approved copies (all by default).')),
    'labels': ('requests_post', N_('Makes the labels of approved copies (all by default).')),
    'packing-list': ('requests_post', N_('Makes the list of what goes out, as PDF and CSV.')),
    'ship': ('requests_post', N_('Books copies out: they are sent.')),
    'confirm': ('requests_post', N_('Confirms what was received and sent, each once: by DOSSIER_SMTP, else as files.')),
    'purge': ('requests_forget', N_('Erases the personal data whose term has passed.')),
    'forget': ('requests_forget', N_('Erases all of a person, by name or mail address.')),
    'export': ('requests_forget', N_('Writes all that is known of a person, as JSON.')),
}


class _Commands(click.Group):
    """Imports only the command that is used, and translates its help: the language is known by then."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, text = COMMANDS[name]
        command: click.Command = copy(getattr(import_module(f'dossier.cli.{module}'), f'do_{name.replace("-", "_")}'))
        command.help, command.options_metavar = _(text), _('[OPTIONS]')
        command.params = [_translate(parameter) for parameter in command.params]
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_('Commands')):
            formatter.write_dl([(name, _(text)) for name, (_module, text) in COMMANDS.items()])


def _translate(parameter: click.Parameter) -> click.Parameter:
    spoken = copy(parameter)
    spoken.metavar = parameter.metavar and _(parameter.metavar)
    if isinstance(spoken, click.Option):
        spoken.help = spoken.help and _(spoken.help)
    return spoken


def make_command() -> click.Command:
    """Return the command with its commands."""
    return _Commands(
        'requests',
        help=_('Registers requests for printed copies, and sends them.'),
        options_metavar=_('[OPTIONS]'),
        subcommand_metavar=_('COMMAND [ARGS]...'),
    )


def request_command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return what makes a function, that is given the project first, a command; its errors end with their exit code."""
    return lambda function: click.command(name)(click.pass_obj(exit_codes()(function)))


def open_register(project: Path) -> Register:
    """Return the register: that of DOSSIER_REGISTER, or the project's own; RegisterError, ToolError."""
    own = (project / 'output' / 'aanvragen' / 'aanvragen.db').resolve()
    return Register(
        open_database(os.environ.get('DOSSIER_REGISTER') or f'sqlite:///{own}'), _user(), lambda: datetime.now(UTC)
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a user without a name, as in a container
        return '?'
