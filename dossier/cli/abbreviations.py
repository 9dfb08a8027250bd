"""`dossier abbreviations`: every abbreviation, its meaning, how often and where."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dossier.abbreviate import Abbreviated, sort_key
from dossier.abbreviate.vocabulary import key_of
from dossier.cli.show import exit_codes, show_json
from dossier.i18n import _
from dossier.pipeline import check
from dossier.table import write_csv


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'abbreviations',
        options_metavar=_('[OPTIONS]'),
        help=_('Lists every abbreviation of a round: meaning, how often, and where first.'),
    )
    @click.argument('ronde', required=False, metavar='[RONDE]')
    @click.option(
        '--format',
        'form',
        type=click.Choice(['table', 'csv', 'json']),
        default='table',
        help=_('How the result is printed.'),
    )
    @click.option(
        '--suggest', is_flag=True, help=_('Write what is not declared as YAML, ready for data/afkortingen.yaml.')
    )
    @click.pass_obj
    def command(project: Path, ronde: str | None, form: str, suggest: bool) -> None:
        with exit_codes():
            marked = check(project, ronde)
        rows = list(list_abbreviations(marked))
        if suggest:
            for line in suggest_entries(marked):
                click.echo(line)
        elif form == 'json':
            show_json({'afkortingen': rows})
        elif form == 'csv':
            click.echo(_as_csv(rows), nl=False)
        else:
            for row in rows:
                where = f'{row["eerste"]["bestand"]}:{row["eerste"]["regel"]}' if row['eerste'] else row['status']
                click.echo(f'{row["afkorting"]:<12} {row["aantal"]:>4}  {row["voluit"] or "?"}  ({where})')

    return command


def list_abbreviations(marked: Abbreviated) -> Iterator[dict[str, Any]]:
    """Yield a row an abbreviation, in the order of the list: status is gebruikt, ongebruikt or onbekend."""
    known = [
        (entry.afkorting, entry.voluit, marked.ledger.uses.get(key_of(entry), []))
        for entry in marked.dossier.afkortingen
        if not entry.negeer
    ]
    unknown = [(form, None, places) for form, places in marked.ledger.unknown.items()]
    for form, meaning, places in sorted([*known, *unknown], key=lambda row: sort_key(row[0])):
        yield {
            'afkorting': form,
            'voluit': meaning,
            'aantal': len(places),
            'eerste': {'bestand': places[0].file, 'regel': places[0].line} if places else None,
            'status': 'onbekend' if meaning is None else 'gebruikt' if places else 'ongebruikt',
        }


def suggest_entries(marked: Abbreviated) -> Iterator[str]:
    """Yield the lines of a YAML list of what is not declared; what no text explains is to be filled in."""
    for form in sorted(marked.ledger.unknown, key=sort_key):
        yield f'- afkorting: {json.dumps(form, ensure_ascii=False)}'
        meaning = marked.ledger.explained.get(form)
        yield (
            f'  voluit: {json.dumps(meaning, ensure_ascii=False)}'
            if meaning
            else '  voluit:  # ' + _('fill in, or write negeer: true')
        )


def _as_csv(rows: list[dict[str, Any]]) -> str:
    places = [row['eerste'] or {'bestand': '', 'regel': ''} for row in rows]
    cells = [
        (row['afkorting'], row['voluit'], row['aantal'], place['bestand'], place['regel'], row['status'])
        for row, place in zip(rows, places, strict=True)
    ]
    return write_csv(['afkorting', 'voluit', 'aantal', 'bestand', 'regel', 'status'], cells, lineterminator='\n')
