"""`dossier preflight`: is this PDF fit for the printer."""

from pathlib import Path

import click

from dossier.cli.show import count_findings, exit_codes, show_findings, show_json
from dossier.errors import Finding, Place, PreflightError, Severity, SourceError, sort_findings
from dossier.i18n import _
from dossier.messages import finding
from dossier.press.bounded import run_bounded
from dossier.press.preflight_print import Verdict, judge_file

PROFILES = {'druk': judge_file}


def make_command() -> click.Command:
    """Return the command."""

    @click.command('preflight', options_metavar=_('[OPTIONS]'), help=_('Says whether a PDF is fit for the printer.'))
    @click.argument('file', type=click.Path(path_type=Path), metavar=_('FILE.pdf'))
    @click.option('--profile', type=click.Choice(list(PROFILES)), default='druk', help=_('What the file is for.'))
    @click.option(
        '--format', 'form', type=click.Choice(['text', 'json']), default='text', help=_('How the result is printed.')
    )
    def command(file: Path, profile: str, form: str) -> None:
        with exit_codes():
            if not file.is_file():
                raise SourceError([finding('pdf-ontbreekt', Place(str(file)))])
            verdict = run_bounded(PROFILES[profile], file)
            if isinstance(verdict, Finding):
                verdict = Verdict([], [verdict])
            found = sort_findings(verdict.findings)
            if form == 'json':
                show_json({'bevindingen': [one.as_json() for one in found]})
                raise SystemExit(PreflightError.exit_code if _is_unfit(found) else 0)
            if _is_unfit(found):
                raise PreflightError(found)
            show_findings(found, stdout=True)
            click.echo(_('Fit to print.') if not found else _('Fit to print; {counts}.', counts=count_findings(found)))

    return command


def _is_unfit(found: list[Finding]) -> bool:
    return any(one.severity is Severity.ERROR for one in found)
