"""How findings and results are shown: text for people on stderr, JSON alone on stdout."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from dossier.errors import DossierError, Finding, Severity, sort_findings
from dossier.excerpt import excerpt, point_out
from dossier.i18n import _, ngettext

_COLOURS = {Severity.ERROR: 'red', Severity.WARNING: 'yellow', Severity.TIP: 'cyan'}
# Texts of others must not steer the terminal: control characters and the overrides of writing direction.
_UNPRINTABLE = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')


def show_findings(findings: Sequence[Finding], stdout: bool = False) -> None:
    """Print the findings, worst first, each with the line of the file that it is about."""
    project = project_folder()
    names = {Severity.ERROR: '', Severity.WARNING: _('warning:') + ' ', Severity.TIP: _('tip:') + ' '}
    for finding in sort_findings(point_out(project, findings)):
        place = click.style(f'{printable(str(finding.place))}: ', bold=True) if finding.place else ''
        kind = click.style(names[finding.severity], fg=_COLOURS[finding.severity])
        click.echo(f'{place}{kind}{printable(f"{finding.message} {finding.hint}".rstrip())}', err=not stdout)
        for line in excerpt(project, finding):
            click.echo(click.style(printable(line), dim=True), err=not stdout)


def project_folder() -> Path:
    """Return the folder of the project that the command line names."""
    context = click.get_current_context(silent=True)
    project = context.find_root().obj if context else None
    return project if isinstance(project, Path) else Path()


def printable(text: str) -> str:
    """Return the text with nothing in it that steers a terminal, or that no terminal can show."""
    return _UNPRINTABLE.sub('�', ' '.join(text.split('\n')))


def count_findings(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each kind, in words."""
    count = Counter(finding.severity for finding in findings)
    errors, warnings, tips = (count[severity] for severity in (Severity.ERROR, Severity.WARNING, Severity.TIP))
    words = (
        ngettext('{n} error', '{n} errors', errors) if errors else '',
        ngettext('{n} warning', '{n} warnings', warnings) if warnings else '',
        ngettext('{n} tip', '{n} tips', tips) if tips else '',
    )
    return ', '.join(filter(None, words))


def show_json(value: Any) -> None:
    """Print a value as JSON, alone on stdout."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode('utf-8', 'replace').decode())  # a file's name need not be text


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn a DossierError into its messages and its exit code."""
    try:
        yield
    except DossierError as error:
        findings = sort_findings(point_out(project_folder(), error.findings))
        show_findings(findings)
        click.echo(click.style(count_findings(findings), bold=True), err=True)
        sys.exit(error.exit_code)
