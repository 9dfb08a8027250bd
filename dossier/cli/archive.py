"""`dossier archive`: seals a round, verifies what was sealed, lists it, and builds it again from its own sources."""

import json
import os
import shutil
import sys
from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import click

from dossier.archive.bag import find_bags, list_files
from dossier.archive.create import Order, create
from dossier.archive.proof import check_signature, check_token
from dossier.archive.rebuild import rebuild
from dossier.archive.verify import Verdict, open_bag, verify_bag
from dossier.cli.build import build_date, progress
from dossier.cli.requests import open_register
from dossier.cli.show import exit_codes, show_findings, show_json
from dossier.errors import ArchiveError
from dossier.i18n import _, current_language, ngettext
from dossier.layout.pool import count_cores
from dossier.products import MAKERS, USUAL, Options

_FILE = click.Path(exists=True, path_type=Path)


def make_command() -> click.Command:
    """Return the command with its four commands."""
    return click.Group(
        'archive',
        [_make_create(), _make_verify(), _make_list(), _make_rebuild()],
        help=_('Keeps a round so that it can be trusted, opened and compared later.'),
        options_metavar=_('[OPTIONS]'),
        subcommand_metavar=_('COMMAND [ARGS]...'),
    )


def _make_create() -> click.Command:
    @click.command('create', options_metavar=_('[OPTIONS]'), help=_('Builds a round anew and seals it in the archive.'))
    @click.argument('ronde', required=False, metavar='[RONDE]')
    @click.option('--product', 'products', multiple=True, type=click.Choice(list(MAKERS)), help=_('Keep this product.'))
    @click.option('--edition', 'editions', multiple=True, metavar=_('NAME'), help=_('Keep this edition.'))
    @click.option('--all-editions', is_flag=True, help=_('Keep every edition.'))
    @click.option('--zip', is_flag=True, help=_('Write the bag as one ZIP file too.'))
    @click.option('--sip', is_flag=True, help=_('Write an MDTO SIP with its pakbon too.'))
    @click.pass_obj
    def command(project: Path, /, ronde: str | None, zip: bool, sip: bool, **asked: Any) -> None:  # noqa: A002
        asked['products'] = asked['products'] or USUAL
        moment = build_date() or datetime.now(UTC)
        options = Options(**asked, jobs=count_cores(), date=build_date())
        with exit_codes(), progress() as report:
            order = Order(options, moment, _find_verapdf(), _private(project), zip, sip)
            sealed = create(project, ronde, order, report)
        _remember(sealed.paths[0], sealed.root, good=True)
        for path in sealed.paths:
            click.echo(path.relative_to(project))
        click.echo(_('{n} files. Root hash: {root}', n=sealed.files, root=sealed.root))
        click.echo(_('Print the root hash, and keep it in another place: it shows every later change.'), err=True)

    return command


def _make_verify() -> click.Command:
    text = _('Says whether a bag (a folder, or a ZIP) is still what was sealed.')

    @click.command('verify', options_metavar=_('[OPTIONS]'), help=text)
    @click.argument('paths', nargs=-1, type=_FILE, metavar='[PATH]...')
    @click.option('--all', 'everything', is_flag=True, help=_('Verify every round of the archive.'))
    @click.option('--fast', is_flag=True, help=_('Look at names and sizes only.'))
    @click.option('--root', metavar='HASH', help=_('The root hash that was printed when the bag was sealed.'))
    @click.option('--token', type=_FILE, help=_('A timestamp (RFC 3161) of the file tagmanifest-sha512.txt.'))
    @click.option('--signature', type=_FILE, help=_('A detached signature of that file.'))
    @click.option('--trust', type=_FILE, help=_('PEM: certificates for --token, a public key for --signature.'))
    @click.pass_obj
    def command(project: Path, /, paths: tuple[Path, ...], everything: bool, **asked: Any) -> None:
        if not paths and not everything:
            raise click.UsageError(_('Name a bag, or use --all.'))
        if (asked['token'] or asked['signature']) and not asked['trust']:
            raise click.UsageError(_('--token and --signature need --trust.'))
        bags = [*paths, *(find_bags(project) if everything else ())]
        with exit_codes():
            codes = [_verify_one(bag, asked) for bag in bags]
        sys.exit(max(codes, default=0))

    return command


def _verify_one(path: Path, asked: dict[str, Any]) -> int:
    """Print the verdict on one bag, and return its exit code."""
    known = _recall(path)
    try:
        with open_bag(path) as bag:
            verdict = verify_bag(bag, asked['fast'], _find_verapdf(), asked['root'] or known.get('wortel'))
            if asked['token']:
                check_token(bag, asked['token'], asked['trust'])
            if asked['signature']:
                check_signature(bag, asked['signature'], asked['trust'])
    except ArchiveError as error:
        verdict = Verdict(error.findings, '', 0)
    show_findings(verdict.findings, stdout=True)
    if known and (verdict.findings or not asked['fast']):  # that names and sizes are right takes no damage back
        _remember(path, known['wortel'], good=not verdict.findings)
    wrong = ngettext('{n} thing wrong', '{n} things wrong', len(verdict.findings))
    good = _('in order, {n} files, root hash {root}', n=verdict.files, root=verdict.root)
    click.echo(f'{path}: {wrong if verdict.findings else good}')
    return ArchiveError.exit_code if verdict.findings else 0


def _make_list() -> click.Command:
    forms = click.Choice(['table', 'json', 'html'])

    @click.command('list', options_metavar=_('[OPTIONS]'), help=_('Lists what the archive holds.'))
    @click.option('--format', 'form', type=forms, default='table', help=_('How the result is printed.'))
    @click.pass_obj
    def command(project: Path, form: str) -> None:
        rows = [_row(project, bag) for bag in find_bags(project)]
        words = {True: _('in order'), False: _('damaged'), None: _('not verified')}
        cells = [
            (
                row['ronde'],
                row['versie'],
                f'{row["bytes"] / 1e6:.1f} MB',
                f'{words[row["goed"]]} {row["gecontroleerd"]}',
            )
            for row in rows
        ]
        if form == 'json':
            show_json({'archief': rows})
        elif form == 'html':
            click.echo(_page([(*texts, row['wortel']) for texts, row in zip(cells, rows, strict=True)]))
        else:
            for ronde, version, size, state in cells:
                click.echo(f'{ronde:<8} {version:<5} {size:>11}  {state}')

    return command


def _row(project: Path, bag: Path) -> dict[str, Any]:
    known = _recall(bag)
    return {
        'ronde': bag.parent.name,
        'versie': bag.name.rpartition('-')[2],
        'pad': bag.relative_to(project).as_posix(),
        'bytes': sum(path.stat().st_size for path in list_files(bag).values()),
        'goed': known.get('goed'),
        'gecontroleerd': known.get('moment', ''),
        'wortel': known.get('wortel', ''),
    }


def _page(rows: list[tuple[str, ...]]) -> str:
    """Return the list as one HTML page that needs no other file."""

    def row(tag: str, texts: tuple[str, ...]) -> str:
        return '<tr>' + ''.join(f'<{tag}>{escape(text)}</{tag.partition(" ")[0]}>' for text in texts) + '</tr>'

    head = row(
        'th scope="col"', (_('Round'), _('Version'), _('Size of the files'), _('Last verification'), _('Root hash'))
    )
    title, style = escape(_('Archive')), 'body{font-family:sans-serif}th,td{text-align:left;padding:.3em 1em}'
    return (
        f'<!DOCTYPE html><html lang="{current_language()}"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f'</head><body><h1>{title}</h1><table>{head}{"".join(row("td", texts) for texts in rows)}</table></body></html>'
    )


def _make_rebuild() -> click.Command:
    forms = click.Choice(['text', 'json'])

    @click.command(
        'rebuild', options_metavar=_('[OPTIONS]'), help=_('Builds a bag anew from its own sources, and compares.')
    )
    @click.argument('path', type=_FILE, metavar='PATH')
    @click.option('--format', 'form', type=forms, default='text', help=_('How the result is printed.'))
    @click.pass_obj
    def command(project: Path, path: Path, form: str) -> None:
        with exit_codes(), progress() as report, open_bag(path) as bag:
            result = rebuild(bag, count_cores(), report)
        if form == 'json':
            show_json({'gelijk': result.same, 'anders': result.different, 'versies': result.versions})
        else:
            for name in result.same:
                click.echo(f'= {name}')
            for name, how in result.different.items():
                click.echo(f'~ {name}  ' + '; '.join(f'{key}: {value}' for key, value in how.items()))
            for name, (then, now) in result.versions.items():
                click.echo(_('{name} was {then}, is {now}', name=name, then=then, now=now), err=True)
        sys.exit(ArchiveError.exit_code if result.different else 0)

    return command


def _find_verapdf() -> str | None:
    return os.environ.get('VERAPDF') or shutil.which('verapdf')


def _private(project: Path) -> list[str]:
    """Return the personal data in the register that must not be in a bag; nothing where there is no register."""
    if not os.environ.get('DOSSIER_REGISTER') and not (project / 'output' / 'aanvragen').is_dir():
        return []
    requests = open_register(project).select()
    streets = (f'{one.straat} {one.huisnummer}'.strip() for one in requests if one.straat)
    return sorted({*(one.email for one in requests), *streets} - {''})


def _note_of(bag: Path) -> Path:
    """Return the file beside a bag in which its root hash and its last verification stand."""
    return bag.with_name(f'{bag.name}.controle.json')


def _recall(bag: Path) -> dict[str, Any]:
    try:
        known = json.loads(_note_of(bag).read_text(encoding='utf-8'))
        return {'wortel': known['wortel'], 'goed': known['goed'], 'moment': known['moment']}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _remember(bag: Path, root: str, good: bool) -> None:
    """Note the outcome beside the bag, not in it; a disk that can't be written to is no fault."""
    moment = datetime.now(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')
    with suppress(OSError):
        aside = _note_of(bag).with_suffix('.nieuw')
        aside.write_text(json.dumps({'wortel': root, 'goed': good, 'moment': moment}, indent=2), encoding='utf-8')
        aside.replace(_note_of(bag))
