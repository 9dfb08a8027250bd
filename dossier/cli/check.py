"""`dossier check`: everything that can be said without laying out a page."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from dossier.cli.show import count_findings, printable, show_findings, show_json
from dossier.errors import DossierError, Finding, Severity, sort_findings
from dossier.excerpt import point_out
from dossier.i18n import _
from dossier.pipeline import KEPT, check
from dossier.proofread.progress import Progress, count_marks


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
    @click.option(
        '--table', is_flag=True, help=_('Show a table: what is still to be looked at, and how easy each theme reads.')
    )
    @click.pass_obj
    def command(project: Path, ronde: str | None, strict: bool, form: str, table: bool) -> None:
        findings, rows, code = _collect(project, ronde)
        findings = point_out(project, findings)
        if strict and code == 0 and any(finding.severity is not Severity.TIP for finding in findings):
            code = 4
        if form == 'json':
            show_json({'bevindingen': [finding.as_json() for finding in findings]})
        else:
            show_findings(findings, stdout=True)
            if table or any(row.marked for row in rows):
                _show_progress(rows)
            click.echo(count_findings(findings) or _('Nothing found.'), err=True)
        sys.exit(code)

    return command


def _collect(project: Path, ronde: str | None) -> tuple[list[Finding], list[Progress], int]:
    try:
        marked = check(project, ronde, kept=project / KEPT)
        return sort_findings(marked.findings), count_marks(project, marked.dossier), 0
    except DossierError as error:
        return list(error.findings), [], error.exit_code


def _show_progress(rows: Sequence[Progress]) -> None:
    """Print how far the round is: the marked places a theme, and its readability (an indication)."""
    names = _('theme or file'), _('to look at'), _('readability'), _('together')
    click.echo(f'{names[0]:<48}{names[1]:>14}{names[2]:>16}')
    for row in rows:
        score = '' if row.score is None else row.score
        click.echo(f'{printable(row.title)[:46]:<48}{row.marked or "-":>14}{score:>16}')
    click.echo(f'{names[3]:<48}{sum(row.marked for row in rows):>14}')
