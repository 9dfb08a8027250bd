"""`dossier impose`: a booklet for the office printer, from any PDF."""

from pathlib import Path

import click

from dossier.cli.show import exit_codes
from dossier.deliver import deliver
from dossier.errors import Finding, Place, PreflightError, SourceError
from dossier.i18n import _
from dossier.messages import finding
from dossier.press.bounded import run_bounded
from dossier.press.impose import SHEETS_MM, Imposition, impose_file


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'impose',
        options_metavar=_('[OPTIONS]'),
        help=_('Makes a booklet for a duplex printer (flip on the short edge).'),
    )
    @click.argument('file', type=click.Path(path_type=Path), metavar=_('FILE.pdf'))
    @click.option('--sheet', type=click.Choice(list(SHEETS_MM)), default='A3', help=_('The paper in the printer.'))
    @click.option('--pairs', is_flag=True, help=_('Two pages side by side in reading order, no booklet.'))
    @click.option('--signature', type=click.IntRange(0, 50), default=0, help=_('Sheets a signature (0: all in one).'))
    @click.option('--creep', type=click.FloatRange(0, 1), default=0.1, help=_('Thickness of the paper in mm.'))
    @click.option('--marks', is_flag=True, help=_('Show where to fold and staple.'))
    @click.option('-o', '--output', type=click.Path(path_type=Path, dir_okay=False), help=_('Where the booklet comes.'))
    def command(
        file: Path, sheet: str, pairs: bool, signature: int, creep: float, marks: bool, output: Path | None
    ) -> None:
        target = output or file.with_name(f'{file.stem}-boekje.pdf')
        with exit_codes():
            if not file.is_file():
                raise SourceError([finding('pdf-ontbreekt', Place(str(file)))])
            made = run_bounded(impose_file, file, Imposition(sheet, not pairs, signature, creep, marks))
            if isinstance(made, Finding):
                raise PreflightError([made])
            deliver(target.parent, {target.name: made}, work='')
        click.echo(str(target))

    return command
