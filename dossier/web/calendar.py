"""Meetings as calendar files (RFC 5545): all of them, and those of one province. The one home of icalendar.

A file says nothing of the clock: its stamps are the day of the last change, so the same data give the same bytes. An event
keeps its UID when its date or its title changes, and its SEQUENCE grows with the day of the change (RFC 5545, 3.8.7.4).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from dossier.compose.render import Words
from dossier.model import Bijeenkomst, Dossier

ZONE = ZoneInfo('Europe/Amsterdam')
# The rules since 1996 (directive 2000/84/EC); written out, because those of a machine depend on its tzdata.
_RULES = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Agenda:
    """What every calendar of a round needs: the round, its words, its address, and the day on which it was closed."""

    dossier: Dossier
    words: Words
    address: str
    closed: date

    def identify(self) -> Iterator[tuple[str, Bijeenkomst]]:
        """Yield every meeting with its UID: of its `kenmerk`, else of its province and kind, and which of those it is."""
        ronde, seen = self.dossier.ronde, Counter[str]()
        for meeting in self.dossier.bijeenkomsten:
            name = meeting.kenmerk
            if not name:
                group = f'{meeting.provincie}/{meeting.soort}'
                seen[group] += 1
                name = f'{group}/{seen[group]}'
            yield str(uuid5(NAMESPACE_URL, f'{ronde.uitgever}/{ronde.ronde}/{name}')), meeting

    def write(self, title: str, province: str | None = None) -> bytes:
        """Return the calendar of a province, with what is for all provinces or online; without one that of everything."""
        calendar = Calendar()
        calendar.add('prodid', f'-//{self.dossier.ronde.uitgever}//dossier//NL')
        calendar.add('version', '2.0')
        calendar.add('method', 'PUBLISH')
        calendar.add('name', title)  # RFC 7986, 5.1
        calendar.add('x-wr-calname', title)
        calendar.add_component(Timezone.from_ical(_RULES))
        for uid, meeting in self.identify():
            if (province is None or concerns(meeting, province)) and (days := _span(meeting)):
                calendar.add_component(self._event(uid, meeting, days))
        return bytes(calendar.to_ical())

    def _event(self, uid: str, meeting: Bijeenkomst, span: Sequence[date]) -> Event:
        event = Event()
        changed = meeting.gewijzigd or self.closed
        moment = datetime.combine(changed, time(), UTC)
        event.add('uid', uid)
        event.add('dtstamp', moment)
        event.add('last-modified', moment)
        event.add('sequence', meeting.gewijzigd.toordinal() if meeting.gewijzigd else 0)
        event.add('dtstart', span[0])
        if len(span) > 1:
            event.add('dtend', span[1])
        vague = meeting.datum is None
        event.add('summary', f'{meeting.titel} ({meeting.periode})' if vague else str(meeting.titel))
        event.add('location', self._where(meeting))
        if lines := list(self._description(meeting)):
            event.add('description', '\n'.join(lines))
        event.add('status', 'CANCELLED' if meeting.afgelast else 'TENTATIVE' if vague else 'CONFIRMED')
        event.add('transp', 'TRANSPARENT' if vague else 'OPAQUE')
        if self.address:
            event.add('url', f'{self.address}bijeenkomsten.html')
        return event

    def _where(self, meeting: Bijeenkomst) -> str:
        if meeting.provincie == 'alle':
            return self.words('all provinces')
        return meeting.provincie or self.words('online')

    def _description(self, meeting: Bijeenkomst) -> Iterator[str]:
        if meeting.toelichting:
            yield str(meeting.toelichting)
        if meeting.aanwezig:
            yield f'{self.words("Present")}: {", ".join(meeting.aanwezig)}'


def concerns(meeting: Bijeenkomst, province: str) -> bool:
    """Return whether a meeting is of interest in a province: held there, in all of them, or online."""
    return meeting.provincie in (province, 'alle', None) and province not in meeting.behalve


def _span(meeting: Bijeenkomst) -> Sequence[date]:
    """Return when it begins and, where that is known, ends: moments, or days (the end excluded, RFC 5545, 3.6.1)."""
    if meeting.datum is None:
        vague = meeting.ongeveer
        return (vague.first_day, vague.last_day + timedelta(1)) if vague else ()
    if not meeting.van:
        return meeting.datum, meeting.datum + timedelta(1)
    clock = [time.fromisoformat(text.zfill(5)) for text in (meeting.van, meeting.tot) if text]
    return [datetime.combine(meeting.datum, moment, ZONE) for moment in clock]
