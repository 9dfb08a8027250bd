"""`dossier letters`: a letter to everyone in a list."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from dossier.cli.show import exit_codes, show_findings
from dossier.errors import DataError
from dossier.i18n import _, ngettext
from dossier.layout.pool import count_cores
from dossier.post.mailing import Mailed, Mailing, make_letters, people_of_list
from dossier.post.office import read_office
from dossier.post.rows import read_list


def today() -> date:
    """Return the date of a letter that is made now."""
    return datetime.now(UTC).astimezone().date()


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'letters', options_metavar=_('[OPTIONS]'), help=_('Makes a letter to everyone in a list (CSV) from a template.')
    )
    @click.argument('source', type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=_('LIST.csv'))
    @click.option(
        '--template', default='brief', metavar=_('NAME'), help=_('The template in templates/post (default: brief).')
    )
    @click.option('--separate', is_flag=True, help=_('A file for each person, instead of one for the printer.'))
    @click.option('--ronde', help=_('The round whose sender it is (default: the newest).'))
    @click.option(
        '--date', 'day', type=click.DateTime(['%Y-%m-%d']), help=_('The date in the letter (default: today).')
    )
    @click.option(
        '--jobs',
        type=click.IntRange(1, 256),
        metavar=_('N'),
        default=count_cores(),
        help=_('How many worker processes (default: one a processor).'),
    )
    @click.pass_obj
    def command(
        project: Path, source: Path, template: str, separate: bool, ronde: str | None, day: datetime | None, jobs: int
    ) -> None:
        folder = 'output/brieven/' + (re.sub(r'[^A-Za-z0-9]+', '-', source.stem).strip('-') or 'lijst')
        with exit_codes():
            rows, wrong = read_list(source)
            office = read_office(project, ronde)
            mailing = Mailing(project, office, folder, day.date() if day else today(), template, separate, jobs)
            made = make_letters(mailing, people_of_list(rows), wrong)
        show_mailed(made)

    return command


def show_mailed(made: Mailed) -> None:
    """Print what was made, and exit with the code of wrong data where someone got no letter."""
    for file in made.files[:3]:
        click.echo(file)
    if len(made.files) > 3:
        click.echo(ngettext('and {n} file more', 'and {n} files more', len(made.files) - 3))
    letters = ngettext('{n} letter', '{n} letters', len(made.positions))
    counts = {'letters': letters, 'new': made.laid_out, 'old': made.reused}
    click.echo(_('{letters}: {new} laid out, {old} as they were', **counts), err=True)
    show_findings(made.findings)
    sys.exit(DataError.exit_code if made.findings else 0)
