"""`dossier requests list`, `show`, `edit` and `approve`."""

from collections.abc import Callable
from pathlib import Path

import click

from dossier.cli.requests import open_register, request_command
from dossier.cli.show import printable, show_json
from dossier.i18n import _, ngettext
from dossier.messages.mark import N_
from dossier.messages.requests import REASONS
from dossier.requests.aanvraag import EDITABLE, JSON_KEYS, Aanvraag, Status, tidy
from dossier.requests.mail import read_mail
from dossier.table import write_sheet

BY_HAND = (Status.UNSURE, Status.IGNORED, Status.RETURNED)
STATES = click.Choice([status.value for status in Status])


@request_command('list')
@click.option('--status', type=STATES, multiple=True, help=N_('Only those in this state.'))
@click.option('--ronde', help=N_('Only those of this round.'))
@click.option(
    '--format',
    'form',
    type=click.Choice(['table', 'json', 'csv']),
    default='table',
    help=N_('How the result is printed.'),
)
def do_list(project: Path, status: tuple[str, ...], ronde: str | None, form: str) -> None:
    requests = open_register(project).select(*map(Status, status), ronde=ronde)
    if form == 'json':
        show_json({'aanvragen': [request.as_json() for request in requests]})
        return
    if form == 'csv':
        click.echo(write_sheet(JSON_KEYS, [[*request.as_json().values()] for request in requests]), nl=False)
        return
    for request in requests:
        click.echo(printable(f'{request.nummer:>5}  {request.status:<14} {request.aantal:>3} x  {_summary(request)}'))
    click.echo(ngettext('{n} request', '{n} requests', len(requests)), err=True)


def _summary(request: Aanvraag) -> str:
    who = ', '.join(filter(None, (request.naam or request.organisatie or '?', request.plaats)))
    why = [_(REASONS.get(word, word)) for word in request.reden.split()]
    why += [_('resembles {nummer}', nummer=request.dubbel)] if request.dubbel else []
    return f'{who}  ({", ".join(why)})' if why else who


@request_command('show')
@click.argument('number', type=int, metavar=N_('N'))
@click.option('--mail', is_flag=True, help=N_('Show the text of the mail too.'))
def do_show(project: Path, number: int, mail: bool) -> None:
    register = open_register(project)
    request = register.get(number)
    click.echo(printable(f'{number}  {request.status}  {_summary(request)}'))
    for name in ('ronde', 'ontvangen', 'verzonden', *EDITABLE):
        source = request.herkomst.get(name, {})
        origin = f'  <- {source["zeker"]}: "{source["woorden"]}"' if source else ''
        if getattr(request, name) or origin:
            click.echo(printable(f'  {name:<12} {getattr(request, name)}{origin}'))
    for row in register.history(number):
        click.echo(printable(f'  {row["moment"]}  {row["wie"]}  {row["wat"]}'))
    if mail and (raw := register.raw_mail(request)):
        seen = read_mail(raw)
        for line in ('', f'{seen.sender} <{seen.email}>', seen.subject, '', *seen.text.split('\n')):
            click.echo(printable(line))


def _field_options(function: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(EDITABLE):
        kind = click.IntRange(1, 1000) if name == 'aantal' else None
        function = click.option(f'--{name}', type=kind, metavar=N_('TEXT'))(function)
    return function


@request_command('edit')
@_field_options
@click.argument('number', type=int, metavar=N_('N'))
@click.option(
    '--status',
    type=click.Choice([status.value for status in BY_HAND]),
    help=N_('Put it back in the queue, ignore it, or note that it came back.'),
)
def do_edit(project: Path, /, number: int, status: str | None, **values: str | int | None) -> None:
    given = {
        name: tidy(value) if isinstance(value, str) else value for name, value in values.items() if value is not None
    }
    register = open_register(project)
    request = register.get(number)
    if given:
        request = register.change(request, **given)
    if status:
        register.transition([request], Status(status))


@request_command('approve')
@click.argument('numbers', type=int, nargs=-1, required=True, metavar=N_('N...'))
def do_approve(project: Path, numbers: tuple[int, ...]) -> None:
    register = open_register(project)
    done = register.transition(register.select(numbers=numbers), Status.APPROVED)
    click.echo(ngettext('{n} request approved', '{n} requests approved', len(done)), err=True)
