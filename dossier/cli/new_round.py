"""`dossier new-round RONDE`: the next round from the last, with what must be looked at again marked."""

import shutil
from pathlib import Path

import click

from dossier.cli.show import exit_codes
from dossier.deliver import deliver
from dossier.errors import OutputError, Place
from dossier.i18n import _
from dossier.messages import finding
from dossier.next_round import PROVINCES, make_round
from dossier.pipeline import check
from dossier.read import ROUND_NAME


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'new-round',
        options_metavar=_('[OPTIONS]'),
        help=_('Makes the next round from the last, with everything that must be looked at again marked.'),
    )
    @click.argument('ronde', metavar='RONDE')
    @click.option('--from', 'source', metavar='RONDE', help=_('The round to copy (default: the newest).'))
    @click.pass_obj
    def command(project: Path, ronde: str, source: str | None) -> None:
        with exit_codes():
            if not ROUND_NAME.fullmatch(ronde):
                raise OutputError([finding('ronde-naam', name=ronde)])
            if (project / 'data' / ronde).exists():
                raise OutputError([finding('map-bestaat', Place(f'data/{ronde}'))])
            files = make_round(project, check(project, source, tips=False).dossier, ronde)
            marked = sum(content.count(b'nakijken: ') for content in files.values())
            write_round(project, ronde, files)
        click.echo(_('Made data/{ronde}; {n} places to look at. See: dossier check {ronde}', ronde=ronde, n=marked))

    return command


def write_round(project: Path, ronde: str, files: dict[str, bytes]) -> None:
    """Write the files of a round aside and move them in place in one step; OutputError when that fails."""
    aside = project / 'data' / f'.{ronde}'
    try:
        shutil.rmtree(aside, ignore_errors=True)
        shared = {name: files.pop(name) for name in [PROVINCES] if name in files}
        for name, content in files.items():
            path = aside / Path(name).relative_to(f'data/{ronde}')
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        aside.rename(project / 'data' / ronde)
        deliver(project, shared)
    except OSError as error:
        raise OutputError([finding('map-dicht', Place(f'data/{ronde}'))]) from error
