"""The command line: the only place that prints, and that knows of clock, environment and terminal. One file a command."""

import gc
import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dossier.i18n import LANGUAGES, set_language

_LOCALE = Path(__file__).parent.parent / 'locale'


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit with a code of dossier.errors."""
    # A command lives for seconds and drops little; the collector would look through all texts again and again meanwhile.
    gc.disable()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    choose_language(_asked_language(arguments) or os.environ.get('DOSSIER_LANG', 'nl'))
    from dossier.cli.root import make_cli  # after the language is chosen: help texts are made on import

    make_cli()(arguments, prog_name='dossier')


def choose_language(language: str) -> None:
    """Set the language of our messages, and of click's own, which asks the system's gettext."""
    language = language if language in LANGUAGES else 'nl'
    set_language(language)
    os.environ['LANGUAGE'] = language
    gettext.bindtextdomain('dossier', str(_LOCALE))
    gettext.textdomain('dossier')


def _asked_language(arguments: Sequence[str]) -> str | None:
    """Return the value of --lang, which must be known before any help text is made."""
    for n, argument in enumerate(arguments):
        if argument == '--lang' and n + 1 < len(arguments):
            return arguments[n + 1]
        if argument.startswith('--lang='):
            return argument.partition('=')[2]
    return None
