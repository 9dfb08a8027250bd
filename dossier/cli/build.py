"""`dossier build`: makes the products."""

import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from dossier.cli.progress import show_progress
from dossier.cli.show import count_findings, exit_codes, show_findings, show_json
from dossier.errors import Severity
from dossier.i18n import _, ngettext
from dossier.layout.pool import count_cores
from dossier.pipeline import build
from dossier.products import MAKERS, USUAL, Options
from dossier.typeset import Report


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'build', options_metavar=_('[OPTIONS]'), help=_('Makes the products of a round (the newest by default).')
    )
    @click.argument('ronde', required=False, metavar='[RONDE]')
    @click.option(
        '--product',
        'products',
        multiple=True,
        type=click.Choice(list(MAKERS)),
        help=_('Make only this product; may be given more than once.'),
    )
    @click.option('--all-products', is_flag=True, help=_('Make every product.'))
    @click.option(
        '--edition',
        'editions',
        multiple=True,
        metavar=_('NAME'),
        help=_('Make this edition (default: the first one); may be given more than once.'),
    )
    @click.option('--all-editions', is_flag=True, help=_('Make every edition.'))
    @click.option(
        '--jobs',
        type=click.IntRange(1, 256),
        metavar=_('N'),
        default=count_cores(),
        help=_('How many worker processes (default: one a processor).'),
    )
    @click.option(
        '--cluster',
        metavar='URL',
        default='',
        help=_('Lay out on a dask.distributed cluster, such as tcp://scheduler:8786.'),
    )
    @click.option(
        '--no-cache', 'cache', is_flag=True, flag_value=False, default=True, help=_('Lay every page out anew.')
    )
    @click.option(
        '--changes-since', 'since', metavar='RONDE', default='', help=_('Put a bar beside what has changed since then.')
    )
    @click.option('--strict', is_flag=True, help=_('Stop at a warning too.'))
    @click.option(
        '--format', 'form', type=click.Choice(['text', 'json']), default='text', help=_('How the result is printed.')
    )
    @click.pass_obj
    def command(
        project: Path, /, ronde: str | None, products: tuple[str, ...], all_products: bool, form: str, **asked: Any
    ) -> None:
        started = time.perf_counter()
        if asked['since'] and (all_products or {*products} - {'dossier'}):
            raise click.UsageError(_('--changes-since goes with --product dossier only.'))
        usual = ('dossier',) if asked['since'] else USUAL
        options = Options(tuple(MAKERS) if all_products else products or usual, date=build_date(), **asked)
        with exit_codes(), progress() as report:
            built = build(project, ronde, options, report)
        seconds = round(time.perf_counter() - started, 2)
        warnings = [finding for finding in built.findings if finding.severity is Severity.WARNING]
        show_findings(warnings)
        click.echo(_('Parts laid out: {new}; reused: {old}', new=built.laid_out, old=built.reused), err=True)
        if form == 'json':
            show_json({'producten': [product.as_json() for product in built.products], 'seconden': seconds})
            return
        for product in built.products:
            pages = ngettext('{n} page', '{n} pages', product.pages)
            click.echo(f'{product.path}  {pages}')
        if built.findings:
            click.echo(_('{counts}; see: dossier check', counts=count_findings(built.findings)), err=True)

    return command


def progress() -> AbstractContextManager[Report]:
    """Return a report that shows progress, where stderr is a terminal."""
    return show_progress() if sys.stderr.isatty() else nullcontext(lambda stage, detail, pages: None)


def build_date() -> datetime | None:
    """Return the moment of SOURCE_DATE_EPOCH (reproducible-builds.org), where it is set."""
    seconds = os.environ.get('SOURCE_DATE_EPOCH', '')
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None
