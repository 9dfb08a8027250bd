"""`dossier schema`: JSON Schema of the data files, with which an editor completes and checks them."""

import json
from pathlib import Path

import click

from dossier.cli.show import exit_codes, show_json
from dossier.deliver import deliver
from dossier.i18n import _
from dossier.read import find_rounds
from dossier.schema import make_schemas


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'schema', options_metavar=_('[OPTIONS]'), help=_('Shows the JSON Schema of the data files, for editors.')
    )
    @click.option('--write', is_flag=True, help=_('Write them in data/schema, where the files of a project point to.'))
    @click.pass_obj
    def command(project: Path, write: bool) -> None:
        with exit_codes():
            find_rounds(project)
            schemas = make_schemas(project)
            if not write:
                return show_json(schemas)
            deliver(project, {name: as_text(schema).encode() for name, schema in schemas.items()})
        return click.echo(_('Written: {names}', names=', '.join(schemas)))

    return command


def as_text(schema: dict[str, object]) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + '\n'
