"""Reading mails, against a corpus with the expected reading beside each, and forty mails that were never tuned on."""

import pytest

from dossier.requests.aanvraag import Status
from dossier.requests.mail import read_mail
from dossier.requests.reading import read_requests
from tests.requests.corpus import ADDRESS, ALWAYS, FIELDS, as_bytes, expected, load, same

OWN = {'2511 EG'}
MAILS = load('mails.yaml')
APART = load('mails-apart.yaml')


def read(item, n=0):
    return read_requests(read_mail(as_bytes(item, n)), '2027', OWN)


def sure_fields(item, n):
    """Yield field, what was read and what was expected, for every field that is said to be sure."""
    if not item.get('genegeerd'):
        requests, wanted = read(item, n), list(expected(item))
        for request, want in zip(requests, wanted, strict=False):
            for field in FIELDS:
                sure = request.herkomst.get(field, {}).get('zeker') == 'zeker'
                if sure or (request.status is Status.NEW and getattr(request, field) and field not in ALWAYS):
                    default = {'aantal': 1, 'land': 'NL'}.get(field, '')
                    yield field, getattr(request, field), want.get(field) or default


def wrong(items, fields):
    return [
        (items[n]['van'], *row)
        for n in range(len(items))
        for row in sure_fields(items[n], n)
        if row[0] in fields and not same(row[1], row[2])
    ]


def test_the_corpus_is_large_enough():
    assert len(MAILS) >= 150
    assert len(APART) == 40


@pytest.mark.parametrize('items', [MAILS, APART], ids=['tuned', 'apart'])
def test_an_address_that_is_said_to_be_sure_is_right(items):
    new = [(n, request) for n, item in enumerate(items) for request in read(item, n) if request.status is Status.NEW]
    assert len(new) > len(items) / 5
    bad = []
    for n, request in new:
        wanted = list(expected(items[n]))
        if not any(
            all(same(getattr(request, name), want.get(name, '')) for name in ('naam', *ADDRESS)) for want in wanted
        ):
            bad.append(items[n]['van'])
    assert bad == []


def test_what_is_said_to_be_sure_is_right():
    rows = [row for n, item in enumerate(MAILS) for row in sure_fields(item, n)]
    assert len(rows) > 600
    assert wrong(MAILS, FIELDS) == []


def test_of_the_mails_apart_at_least_95_percent_of_the_sure_fields_is_right():
    rows = [row for n, item in enumerate(APART) for row in sure_fields(item, n)]
    assert len(wrong(APART, FIELDS)) <= 0.05 * len(rows)


def test_a_wrong_reading_is_seen():
    item = {**MAILS[0], 'lees': [{**MAILS[0]['lees'][0], 'adres': 'Bedachtestraat|2||1234 AB|Nergenshuizen'}]}
    assert [row[1] for row in wrong([item], FIELDS)] == ['huisnummer']


@pytest.mark.parametrize('items', [MAILS, APART], ids=['tuned', 'apart'])
def test_what_a_person_must_see_is_asked_and_what_is_no_request_is_ignored(items):
    asked = [n for n in range(len(items)) if items[n].get('vraag')]
    surprises = [items[n]['van'] for n in asked if {request.status for request in read(items[n], n)} != {Status.UNSURE}]
    assert len(surprises) <= (1 if items is APART else 0)  # a mail in German, that was read right
    for n, item in enumerate(items):
        ignored = {request.status for request in read(item, n)} == {Status.IGNORED}
        assert ignored == item.get('genegeerd', False), item['van']


def test_what_must_be_read_with_certainty_is():
    mails = [(n, item) for n, item in enumerate(MAILS) if item.get('nieuw')]
    read_as = [(item['van'], {str(request.status) for request in read(item, n)}) for n, item in mails]
    assert len(read_as) >= 70
    assert [row for row in read_as if row[1] != {'nieuw'}] == []


def test_all_says_why():
    for n, item in enumerate(MAILS):
        for request in read(item, n):
            assert bool(request.reden) == (request.status is not Status.NEW)
