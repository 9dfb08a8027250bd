"""`dossier new MAP`: a small working project, with comments, that builds as it is."""

import shutil
from pathlib import Path

import click

from dossier.cli.show import exit_codes
from dossier.errors import OutputError, Place
from dossier.i18n import _
from dossier.messages import finding
from dossier.resources import shipped


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'new', options_metavar=_('[OPTIONS]'), help=_('Makes a small example project in FOLDER, that builds as it is.')
    )
    @click.argument('folder', type=click.Path(path_type=Path), metavar=_('FOLDER'))
    def new(folder: Path) -> None:
        with exit_codes():
            create_project(folder)
        click.echo(_('Made {folder}. Now try:', folder=folder))
        for command in ('preview', 'build'):
            click.echo(f'  dossier --project {folder} {command}')

    return new


def create_project(folder: Path) -> None:
    """Copy the example project to a folder that is not there yet, or is empty; OutputError otherwise."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError([finding('map-bestaat', Place(str(folder)))])
        shutil.copytree(shipped('templates') / 'nieuw-project', folder, dirs_exist_ok=True)
    except OSError as error:
        raise OutputError([finding('map-dicht', Place(str(folder)))]) from error
