"""`dossier diff A B`: what changed between two rounds, or two versions of one."""

from collections.abc import Iterator
from pathlib import Path

import click

from dossier.changes import compare_versions, make_page, print_changes
from dossier.cli.build import build_date, progress
from dossier.cli.show import exit_codes, printable, show_json
from dossier.compare.rounds import KINDS, Change, ChapterChanges, Comparison
from dossier.i18n import _, ngettext
from dossier.products import Options

_SIGNS = {'nieuw': '+', 'weg': '-', 'afgerond': '-', 'vervallen': '-', 'open': '=', 'verplaatst': '>'}


def make_command() -> click.Command:
    """Return the command."""

    @click.command(
        'diff',
        options_metavar=_('[OPTIONS]'),
        help=_(
            'Says what changed from A to B, a theme at a time. Each is a round (2023), a version in the archive (2023@v1),'
            ' a git revision (2027@HEAD~3) or the folder of a bag.'
        ),
    )
    @click.argument('old', metavar='A')
    @click.argument('new', metavar='B')
    @click.option(
        '--format',
        'form',
        type=click.Choice(['text', 'html', 'json', 'pdf']),
        default='text',
        help=_('How the result is printed; a PDF is put in the folder "output".'),
    )
    @click.pass_obj
    def diff(project: Path, old: str, new: str, form: str) -> None:
        with exit_codes():
            comparison, dossier = compare_versions(project, old, new)
            if form == 'json':
                show_json(comparison.as_json())
            elif form == 'html':
                click.echo(make_page(project, comparison, dossier), nl=False)
            elif form == 'pdf':
                with progress() as report:
                    made = print_changes(project, comparison, dossier, Options(date=build_date()), report)
                click.echo(f'{made.path}  {ngettext("{n} page", "{n} pages", made.pages)}')
            else:
                for line in tell(comparison):
                    click.echo(printable(line))

    return diff


def tell(comparison: Comparison) -> Iterator[str]:
    """Yield the comparison as lines for a terminal."""
    changed = [chapter for chapter in comparison.chapters if chapter.changes or chapter.kind != 'gelijk']
    for chapter in changed:
        yield _heading(chapter)
        whole = chapter.kind in ('nieuw', 'weg')  # of a whole chapter just the decisions, dates and figures
        yield from (_line(change) for change in chapter.changes if not whole or change not in chapter.texts)
        yield ''
    if comparison.abbreviations:
        yield _('Abbreviations')
        yield from map(_line, comparison.abbreviations)
    if not changed and not comparison.abbreviations:
        yield _('Nothing has changed.')


def _heading(chapter: ChapterChanges) -> str:
    notes = [_(KINDS[chapter.kind])] if chapter.kind in ('nieuw', 'weg') else []
    notes += [_('was: {name}', name=chapter.was)] if chapter.was else []
    moved = KINDS['verplaatst']  # apart: within the call it would be taken for a message itself
    notes += [_(moved)] if chapter.moved else []
    return f'{chapter.title or chapter.slug}{" (" + ", ".join(notes) + ")" if notes else ""}'


def _line(change: Change) -> str:
    if change.words:
        marks = {'=': '{}', '-': ' [-{}-]', '+': ' {{+{}+}}'}
        text = ''.join(marks[sign].format(part if sign == '=' else part.strip()) for sign, part in change.words).strip()
    else:
        text = change.name or change.new or change.old
    dated = change.what in ('besluit', 'datum', 'cijfer', 'afkorting') and (change.old or change.new)
    was = f': {change.old or "–"} → {change.new or "–"}' if dated else ''
    return f'  {_SIGNS.get(change.kind, "~")} {_(KINDS[change.kind])}: {text}{was}'
