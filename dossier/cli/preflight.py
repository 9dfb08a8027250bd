"""`dossier preflight`: is this PDF fit for the printer."""

import shutil
import subprocess
from pathlib import Path

import click

from dossier.cli.show import count_findings, exit_codes, show_findings, show_json
from dossier.errors import Finding, Place, PreflightError, Severity, SourceError, sort_findings
from dossier.i18n import _
from dossier.messages import finding
from dossier.press.bounded import run_bounded
from dossier.press.preflight_print import judge_file
from dossier.press.preflight_screen import judge_screen
from dossier.press.report import make_report

PROFILES = {'druk': judge_file, 'scherm': judge_screen}


def make_command() -> click.Command:
    """Return the command."""

    about = _('Says whether a PDF is fit for the printer, or for the screen.')

    @click.command('preflight', options_metavar=_('[OPTIONS]'), help=about)
    @click.argument('file', type=click.Path(path_type=Path), metavar=_('FILE.pdf'))
    @click.option('--profile', type=click.Choice(list(PROFILES)), default='druk', help=_('What the file is for.'))
    @click.option(
        '--format',
        'form',
        type=click.Choice(['text', 'json', 'html']),
        default='text',
        help=_('How the result is printed.'),
    )
    def command(file: Path, profile: str, form: str) -> None:
        with exit_codes():
            if not file.is_file():
                raise SourceError([finding('pdf-ontbreekt', Place(str(file)))])
            verdict = run_bounded(PROFILES[profile], file)
            found = sort_findings([verdict] if isinstance(verdict, Finding) else verdict)
            if profile == 'scherm':
                found += _ask_verapdf(file)
            if form == 'json':
                show_json({'bevindingen': [one.as_json() for one in found]})
            if form == 'html':
                click.echo(make_report(file, found))
            if form != 'text':
                raise SystemExit(PreflightError.exit_code if _is_unfit(found) else 0)
            if _is_unfit(found):
                raise PreflightError(found)
            show_findings(found, stdout=True)
            click.echo(_('Fit; {counts}.', counts=count_findings(found)) if found else _('Fit.'))

    return command


def _ask_verapdf(file: Path) -> list[Finding]:
    """Return the verdict of veraPDF, where it is installed; it exits with 1 for a file that breaks the standard."""
    program = shutil.which('verapdf')
    names = {'2a': 'PDF/A-2a', 'ua1': 'PDF/UA-1'}
    return [
        finding('pdf-verapdf', name=name)
        for flavour, name in names.items()
        if program and subprocess.run([program, '-f', flavour, file], capture_output=True, check=False).returncode == 1
    ]


def _is_unfit(found: list[Finding]) -> bool:
    return any(one.severity is Severity.ERROR for one in found)
