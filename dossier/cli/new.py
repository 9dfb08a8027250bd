"""`dossier new MAP`: a small working project, with comments, that builds as it is."""

import errno
import os
import shutil
from pathlib import Path

import click

from dossier.cli.show import exit_codes
from dossier.errors import Finding, OutputError, Place
from dossier.i18n import _
from dossier.resources import shipped


def make_command() -> click.Command:
    """Return the command."""

    @click.command('new', help=_('Makes a small example project in FOLDER, that builds as it is.'))
    @click.argument('folder', type=click.Path(path_type=Path), metavar=_('FOLDER'))
    def new(folder: Path) -> None:
        with exit_codes():
            create_project(folder)
        click.echo(_('Made {folder}. Now try:', folder=folder))
        click.echo(f'  dossier --project {folder} build')

    return new


def create_project(folder: Path) -> None:
    """Copy the example project to a folder that is not there yet, or is empty; OutputError otherwise."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        shutil.copytree(shipped('templates') / 'nieuw-project', folder, dirs_exist_ok=True)
    except FileExistsError as error:
        raise OutputError([Finding('map-bestaat', _('This folder exists already and is not empty.'), Place(str(folder)),
                                   _('Choose another name.'))]) from error
    except OSError as error:
        raise OutputError([Finding('uitvoer', _('This folder can\'t be made: {reason}.', reason=error.strerror), Place(str(folder)))]) from error
