"""Calendars and newsfeed, read back by others' readers: times, ids, updates, and the rules of RFC 5545 and RFC 4287."""

import re
import warnings
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from lxml import etree

from tests.conftest import copy_project
from tests.web.conftest import site_of

with warnings.catch_warnings():
    warnings.simplefilter('ignore', DeprecationWarning)
    import feedparser

ATOM = '{http://www.w3.org/2005/Atom}'
MEETINGS = 'data/2027/bijeenkomsten.yaml'


def calendar(files, name):
    return icalendar.Calendar.from_ical(files[f'agenda/{name}.ics'])


def events(files, name='alle'):
    return list(calendar(files, name).walk('VEVENT'))


def find(files, words):
    (event,) = (event for event in events(files) if words in event['summary'])
    return event


def test_every_calendar_is_one_by_the_rules(site_2023, full_site):
    for _site, files in (site_2023, full_site):
        for name in (name for name in files if name.startswith('agenda/')):
            content = files[name]
            assert content.endswith(b'END:VCALENDAR\r\n')
            assert all(len(line) <= 75 for line in content.split(b'\r\n')), name  # RFC 5545, 3.1
            found = icalendar.Calendar.from_ical(content)
            assert (found['version'], found['method']) == ('2.0', 'PUBLISH')
            ids = [event['uid'] for event in found.walk('VEVENT')]
            assert len(ids) == len(set(ids)), name
            for event in found.walk('VEVENT'):
                assert {'UID', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'SEQUENCE'} <= {*map(str.upper, event)}
                assert not event.errors
                if 'dtend' in event:
                    assert event.decoded('dtend') > event.decoded('dtstart')


def test_the_calendar_of_2023_holds_every_dated_meeting(site_2023):
    _site, files = site_2023
    assert len(events(files)) == 17
    assert [str(event['summary']) for event in events(files, 'zeeland')].count(
        'IPO aanwezig inwerkprogramma Statenleden'
    ) == 1
    assert len(events(files, 'utrecht')) == 4  # two of its own, two online


def test_time_zone(site_2023):
    event = events(site_2023[1])[1]
    assert event['dtstart'].params['TZID'] == 'Europe/Amsterdam'
    assert event.decoded('dtstart').astimezone(UTC) == datetime(2023, 4, 11, 15, 0, tzinfo=UTC)  # in summer
    assert event.decoded('dtend') - event.decoded('dtstart') == timedelta(hours=1)
    (zone,) = calendar(site_2023[1], 'alle').walk('VTIMEZONE')
    rules = zone.to_tz()
    assert datetime(2027, 1, 15, 12, tzinfo=rules).utcoffset() == timedelta(hours=1)
    assert datetime(2027, 3, 28, 12, tzinfo=rules).utcoffset() == timedelta(hours=2)
    assert datetime(2027, 10, 31, 12, tzinfo=rules).utcoffset() == timedelta(hours=1)


def test_a_day_a_vague_date_and_one_that_is_off(full_site):
    whole, vague, off = (find(full_site[1], words) for words in ('Online', 'Roadshow', 'over water'))
    assert (whole.decoded('dtstart'), whole.decoded('dtend')) == (date(2027, 4, 12), date(2027, 4, 13))
    assert (vague.decoded('dtstart'), vague.decoded('dtend')) == (date(2027, 5, 1), date(2027, 6, 1))
    assert (vague['status'], vague['transp'], vague['summary']) == ('TENTATIVE', 'TRANSPARENT', 'Roadshow (mei 2027)')
    assert off['status'] == 'CANCELLED'
    assert not [event for event in events(full_site[1]) if 'Inwerken' in event['summary']]  # in no calendar yet
    assert 'Wat nog geen datum heeft' in full_site[1]['bijeenkomsten.html'].decode()


def test_a_meeting_that_moves_keeps_its_id_and_grows_its_sequence(full_site, store, tmp_path):
    project = copy_project('volledig', tmp_path / 'project')
    project.replace(MEETINGS, '- datum: 2027-04-05', '- datum: 2027-04-06')
    project.replace(MEETINGS, 'gewijzigd: 2027-03-25', 'gewijzigd: 2027-03-26')
    project.replace(MEETINGS, '- datum: 2027-04-13\n', '- datum: 2027-04-20\n  gewijzigd: 2027-03-26\n')
    _site, files = site_of(project.path, store)
    for words in ('Eerste gesprek', 'over water'):  # with a name of its own, and by its place in the list
        before, after = find(full_site[1], words), find(files, words)
        assert after['uid'] == before['uid']
        assert after['sequence'] > before['sequence']
        assert after.decoded('dtstamp') > before.decoded('dtstamp')
        assert after.decoded('dtstart') > before.decoded('dtstart')
    assert find(files, 'Online').to_ical() == find(full_site[1], 'Online').to_ical()


def wrong_in_feed(content):
    """Yield what breaks RFC 4287 (4.1.1, 4.1.2, 3.3) in a feed, or what feedparser stumbles over."""
    feed = etree.fromstring(content)
    entries = feed.findall(f'{ATOM}entry')
    for element in (feed, *entries):
        for name in ('id', 'title', 'updated'):
            if len(element.findall(f'{ATOM}{name}')) != 1:
                yield f'{element.tag} {name}'
    ids = [element.findtext(f'{ATOM}id') or '' for element in (feed, *entries)]
    if len(set(ids)) != len(ids) or not all(re.fullmatch(r'urn:uuid:[0-9a-f-]{36}', found) for found in ids):
        yield 'ids'
    for element in feed.iter(f'{ATOM}updated', f'{ATOM}published'):
        if not re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', element.text or ''):
            yield 'date'
    if feed.find(f'{ATOM}author') is None and any(entry.find(f'{ATOM}author') is None for entry in entries):
        yield 'author'
    if 'self' not in [link.get('rel') for link in feed.findall(f'{ATOM}link')]:
        yield 'self'
    parsed = feedparser.parse(content)
    if parsed.bozo or len(parsed.entries) != len(entries):
        yield 'feedparser'


def test_the_feed_is_one_by_the_rules(site_2023, full_site):
    for _site, files in (site_2023, full_site):
        assert list(wrong_in_feed(files['nieuws.xml'])) == []
    parsed = feedparser.parse(full_site[1]['nieuws.xml'])
    assert [entry.title for entry in parsed.entries] == ['Wij komen langs', 'Het dossier is klaar']
    assert parsed.feed.updated == '2027-03-24T00:00:00Z'
    assert 'mei &amp; juni' in parsed.entries[0].content[0].value
    assert '<span lang="en">roadshow</span>' in full_site[1]['nieuws.html'].decode()
    assert parsed.entries[1].updated == '2027-03-22T00:00:00Z'


@pytest.mark.parametrize(
    ('old', 'new', 'wrong'),
    [
        (r'<updated>.*?</updated>', '', 'updated'),
        (r'<id>.*?</id>', '<id>dossier</id>', 'ids'),
        (r'T00:00:00Z</published>', '</published>', 'date'),
        (r'<author>.*?</author>', '', 'author'),
        (r'<link rel="self"', '<link rel="other"', 'self'),
        (r'<title>.*?</title>', '', 'title'),
    ],
)
def test_a_feed_that_breaks_a_rule_is_seen(full_site, old, new, wrong):
    broken = re.sub(old, new, full_site[1]['nieuws.xml'].decode(), count=1).encode()
    assert any(wrong in found for found in wrong_in_feed(broken))


def test_an_entry_keeps_its_id_when_its_words_change(full_site, store, tmp_path):
    project = copy_project('volledig', tmp_path / 'project')
    project.replace('data/2027/nieuws.yaml', 'Het dossier is klaar', 'Het dossier ligt klaar')
    after = site_of(project.path, store)[1]['nieuws.xml']
    assert re.findall(rb'<id>.*?</id>', after) == re.findall(rb'<id>.*?</id>', full_site[1]['nieuws.xml'])
