"""The register of requests: adds, selects and changes them; two people at once never lose each other's change."""

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, func, insert, or_, select, update

from dossier.errors import RegisterError
from dossier.messages import finding
from dossier.requests.aanvraag import NEXT, Aanvraag, Status
from dossier.requests.schema import CHANGE, MADE, MAIL, REQUEST, SETTING, writing


@dataclass(frozen=True)
class Made:
    """What was made for a request: a letter, a label, a confirmation; the file below the project, and when."""

    nummer: int
    soort: str
    bestand: str
    moment: str


class Register:
    """The requests in a database. `who` is noted with every change, `clock` gives the moment."""

    def __init__(self, engine: Engine, who: str, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.who = who
        self._clock = clock
        self._salt = ''

    @property
    def now(self) -> str:
        """The moment, as the register writes it."""
        return self._clock().astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')

    def select(self, *statuses: Status, ronde: str | None = None, numbers: Sequence[int] = ()) -> list[Aanvraag]:
        """Return the requests in these states (all by default), by number; RegisterError when a number is unknown."""
        query = select(REQUEST).order_by(REQUEST.c.nummer)
        if statuses:
            query = query.where(REQUEST.c.status.in_([str(status) for status in statuses]))
        if ronde is not None:
            query = query.where(REQUEST.c.ronde == ronde)
        if numbers:
            query = query.where(REQUEST.c.nummer.in_(numbers))
        with writing(self.engine) as connection:
            rows = connection.execute(query).mappings()
            found = [Aanvraag(**{**row, 'status': Status(row['status'])}) for row in rows]
        unknown = {*numbers} - {request.nummer for request in found}
        if unknown and not statuses:
            raise RegisterError([finding('aanvraag-onbekend', nummer=number) for number in sorted(unknown)])
        return found

    def get(self, number: int) -> Aanvraag:
        """Return a request; RegisterError when there is none of this number."""
        return self.select(numbers=[number])[0]

    def raw_mail(self, request: Aanvraag) -> bytes:
        """Return the mail of a request as it came (the first part of a large one), empty when it was erased."""
        with writing(self.engine) as connection:
            return connection.scalar(select(MAIL.c.rauw).where(MAIL.c.id == request.mail)) or b''

    def mail_key(self, identity: str) -> str:
        """Return the key under which a mail is known, of which nothing can be read."""
        if not self._salt:
            with writing(self.engine) as connection:
                self._salt = connection.scalar(select(SETTING.c.waarde).where(SETTING.c.sleutel == 'zout')) or ''
        return hmac.new(self._salt.encode(), identity.encode('utf-8', 'surrogatepass'), 'sha256').hexdigest()

    def knows(self, key: str) -> bool:
        """Whether the mail of this key came in before."""
        with writing(self.engine) as connection:
            return connection.scalar(select(MAIL.c.id).where(MAIL.c.sleutel == key)) is not None

    def add(self, key: str, raw: bytes, requests: Iterable[Aanvraag]) -> list[Aanvraag]:
        """Return the requests of one mail with their numbers, all or none; empty when the mail was known."""
        with writing(self.engine) as connection:
            if connection.scalar(select(MAIL.c.id).where(MAIL.c.sleutel == key)) is not None:
                return []
            mail = insert(MAIL).values(sleutel=key, rauw=raw, ontvangen=self.now).returning(MAIL.c.id)
            number = connection.scalar(mail)
            return [self._insert(connection, replace(request, mail=number)) for request in requests]

    def _insert(self, connection: Connection, request: Aanvraag) -> Aanvraag:
        request = _mark_double(connection, request)
        values = asdict(request)
        del values['nummer']
        added = connection.execute(insert(REQUEST).values(**values).returning(REQUEST.c.nummer))
        request = replace(request, nummer=added.scalar_one())
        self._note(connection, request, f'status: {request.status}')
        return request

    def change(self, request: Aanvraag, **values: Any) -> Aanvraag:
        """Return the request with other values; RegisterError when someone else changed it since it was read."""
        with writing(self.engine) as connection:
            return self._change(connection, request, values)

    def transition(self, requests: Sequence[Aanvraag], status: Status, **values: Any) -> list[Aanvraag]:
        """Return the requests in their next state, all or none; RegisterError with every one that can't go there."""
        wrong = []
        for request in requests:
            if status not in NEXT[request.status]:
                wrong.append(finding('aanvraag-status', nummer=request.nummer, status=request.status, next=status))
            if status in (Status.APPROVED, Status.PRINTING, Status.SENT) and not request.complete:
                wrong.append(finding('aanvraag-onvolledig', nummer=request.nummer))
        if wrong:
            raise RegisterError(wrong)
        if status is Status.SENT:
            values['verzonden'] = self.now
        with writing(self.engine) as connection:
            return [self._change(connection, request, {'status': status, **values}) for request in requests]

    def _change(self, connection: Connection, request: Aanvraag, values: dict[str, Any]) -> Aanvraag:
        changed = replace(request, **values, versie=request.versie + 1)
        query = update(REQUEST).where(REQUEST.c.nummer == request.nummer, REQUEST.c.versie == request.versie)
        if connection.execute(query.values(**values, versie=changed.versie)).rowcount != 1:
            raise RegisterError([finding('aanvraag-veranderd', nummer=request.nummer)])
        names = sorted(name for name in values if getattr(request, name) != getattr(changed, name))
        steps = {'status': f'status: {request.status} -> {changed.status}'}
        self._note(connection, changed, ', '.join(steps.get(name, name) for name in names))
        return changed

    def erase(self, requests: Sequence[Aanvraag], empty: Mapping[str, Any]) -> None:
        """Empty requests and their mails, in one transaction; what was read from a mail goes with it, for all its requests."""
        mails = sorted({request.mail for request in requests if request.mail is not None})
        numbers = [request.nummer for request in requests]
        with writing(self.engine) as connection:
            for request in requests:
                self._change(connection, request, {**empty, 'status': Status.ERASED})
            connection.execute(update(MAIL).where(MAIL.c.id.in_(mails)).values(rauw=b''))
            connection.execute(update(REQUEST).where(REQUEST.c.mail.in_(mails)).values(herkomst={}))
            connection.execute(update(REQUEST).where(REQUEST.c.dubbel.in_(numbers)).values(dubbel=None))
            connection.execute(delete(MADE).where(MADE.c.nummer.in_(numbers)))

    def _note(self, connection: Connection, request: Aanvraag, what: str) -> None:
        row = {'nummer': request.nummer, 'versie': request.versie, 'moment': self.now, 'wie': self.who, 'wat': what}
        connection.execute(insert(CHANGE).values(**row))

    def history(self, number: int) -> list[dict[str, Any]]:
        """Return who changed what and when, oldest first: names of fields and states, no values."""
        known = CHANGE.c
        query = select(known.moment, known.wie, known.wat).where(known.nummer == number).order_by(known.id)
        with writing(self.engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def record_made(self, numbers: Iterable[int], soort: str, bestand: str = '') -> list[int]:
        """Note what was made for whom (erasing needs it); returns the numbers for which it had not been noted before."""
        with writing(self.engine) as connection:
            same = select(MADE.c.nummer).where(MADE.c.soort == soort, MADE.c.bestand == bestand)
            known = {*connection.scalars(same)}
            fresh = [number for number in dict.fromkeys(numbers) if number not in known]
            row = {'soort': soort, 'bestand': bestand, 'moment': self.now}
            if fresh:
                connection.execute(insert(MADE), [{'nummer': number, **row} for number in fresh])
            return fresh

    def withdraw_made(self, number: int, soort: str, bestand: str) -> None:
        """Take back the note of what was not made after all."""
        with writing(self.engine) as connection:
            same = (MADE.c.nummer == number, MADE.c.soort == soort, MADE.c.bestand == bestand)
            connection.execute(delete(MADE).where(*same))

    def made(self, number: int | None = None) -> list[Made]:
        """Return what was made for a request (for all by default), oldest first."""
        query = select(MADE.c.nummer, MADE.c.soort, MADE.c.bestand, MADE.c.moment).order_by(MADE.c.id)
        with writing(self.engine) as connection:
            rows = connection.execute(query if number is None else query.where(MADE.c.nummer == number))
            return [Made(*row) for row in rows]


def _mark_double(connection: Connection, request: Aanvraag) -> Aanvraag:
    """Return the request; with the earlier one of the round that has its sender, name or address it must be looked at."""
    if request.status is Status.IGNORED:
        return request
    column = REQUEST.c
    same = [
        and_(column.email == request.email, column.email != '', column.mail != request.mail),
        and_(func.lower(column.naam) == request.naam.lower(), column.naam != ''),
        and_(
            column.postcode == request.postcode,
            column.huisnummer == request.huisnummer,
            func.lower(column.toevoeging) == request.toevoeging.lower(),
            column.postcode != '',
            column.mail != request.mail,
        ),
    ]
    query = select(func.min(column.nummer)).where(
        column.ronde == request.ronde, column.status.not_in([Status.IGNORED, Status.ERASED]), or_(*same)
    )
    earlier = connection.scalar(query)
    if earlier is None:
        return request
    return replace(request, dubbel=earlier, status=Status.UNSURE, reden=request.reden or 'dubbel')
