"""`dossier check`: everything that can be said without laying out a page."""

import sys
from pathlib import Path

import click

from dossier.cli.show import count_findings, show_findings, show_json
from dossier.errors import DossierError, Finding, Severity, sort_findings
from dossier.excerpt import point_out
from dossier.i18n import _
from dossier.pipeline import check

KEPT = Path('output', 'werk', 'woorden.txt')


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'check',
        options_metavar=_('[OPTIONS]'),
        help=_('Says what is wrong or remarkable in the texts of a round (the newest by default).'),
    )
    @click.argument('ronde', required=False, metavar='[RONDE]')
    @click.option('--strict', is_flag=True, help=_('End with an error at a warning too.'))
    @click.option(
        '--format', 'form', type=click.Choice(['text', 'json']), default='text', help=_('How the result is printed.')
    )
    @click.pass_obj
    def command(project: Path, ronde: str | None, strict: bool, form: str) -> None:
        findings, code = _collect(project, ronde)
        findings = point_out(project, findings)
        if strict and code == 0 and any(finding.severity is not Severity.TIP for finding in findings):
            code = 4
        if form == 'json':
            show_json({'bevindingen': [finding.as_json() for finding in findings]})
        else:
            show_findings(findings, stdout=True)
            click.echo(count_findings(findings) or _('Nothing found.'), err=True)
        sys.exit(code)

    return command


def _collect(project: Path, ronde: str | None) -> tuple[list[Finding], int]:
    try:
        return sort_findings(check(project, ronde, kept=project / KEPT).findings), 0
    except DossierError as error:
        return list(error.findings), error.exit_code
