"""`dossier import FILE.docx --theme SLUG`: a Word file becomes a theme of a round."""

import re
from pathlib import Path

import click

from dossier.cli.show import exit_codes, show_findings
from dossier.errors import DataError, Finding, OutputError, Place, SourceError
from dossier.i18n import _
from dossier.messages import finding
from dossier.read import find_round

_SLUG = re.compile(r'[a-z0-9]+(?:-[a-z0-9]+)*')


def make_command() -> click.Command:
    """Return the command."""

    @click.command('import', options_metavar=_('[OPTIONS]'), help=_('Makes a theme of a Word file.'))
    @click.argument('file', type=click.Path(path_type=Path), metavar=_('FILE'))
    @click.argument('ronde', required=False, metavar='[RONDE]')
    @click.option(
        '--theme', 'slug', required=True, metavar='SLUG', help=_('The short name of the new theme, such as stikstof.')
    )
    @click.pass_obj
    def command(project: Path, file: Path, ronde: str | None, slug: str) -> None:
        with exit_codes():
            path, findings = import_word(project, file, find_round(project, ronde), slug)
        show_findings(findings)
        click.echo(_('Made {path}. See: dossier check', path=path))

    return command


def import_word(project: Path, file: Path, ronde: str, slug: str) -> tuple[str, list[Finding]]:
    """Write the theme and its pictures; returns its path and what was found, DossierError when it can't be made."""
    from dossier.wordfile import MAX_BYTES, read_word

    if not _SLUG.fullmatch(slug):
        raise DataError([finding('bestandsnaam', slug=slug)])
    folder = project / 'data' / ronde
    place = Place(file.name)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise DataError([finding('word-te-groot', place, mb=MAX_BYTES // 1_000_000)])
        content = file.read_bytes()
    except OSError as error:
        raise SourceError([finding('bestand-onleesbaar', place, reason=error.strerror)]) from error
    word = read_word(content, file.name, slug)
    names = sorted(path.name for path in (folder / 'themas').glob('*.md'))
    if any(name.partition('-')[2] == f'{slug}.md' for name in names):
        raise DataError([finding('naam-dubbel', Place(f'data/{ronde}/themas'), slug=slug)])
    number = max((int(name.partition('-')[0]) for name in names if name.partition('-')[0].isdigit()), default=0) + 1
    target = folder / 'themas' / f'{number:02}-{slug}.md'
    try:
        for name, picture in word.pictures.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(picture)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(word.theme, encoding='utf-8')
    except OSError as error:
        raise OutputError([finding('map-dicht', Place(f'data/{ronde}'))]) from error
    return target.relative_to(project).as_posix(), word.findings
