"""Dates as writers know them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.dates import Datum


@pytest.mark.parametrize(
    ('text', 'parts', 'first', 'last'),
    [
        ('2027', (2027, None, None, None), date(2027, 1, 1), date(2027, 12, 31)),
        ('2027-K1', (2027, None, None, 1), date(2027, 1, 1), date(2027, 3, 31)),
        ('2027-K4', (2027, None, None, 4), date(2027, 10, 1), date(2027, 12, 31)),
        ('2027-02', (2027, 2, None, None), date(2027, 2, 1), date(2027, 2, 28)),
        ('2028-02', (2028, 2, None, None), date(2028, 2, 1), date(2028, 2, 29)),
        ('2027-07-01', (2027, 7, 1, None), date(2027, 7, 1), date(2027, 7, 1)),
        (' 2027-07-01 ', (2027, 7, 1, None), date(2027, 7, 1), date(2027, 7, 1)),
    ],
)
def test_a_date_is_a_day_a_month_a_quarter_or_a_year(text, parts, first, last):
    datum = Datum.parse(text)
    assert (datum.jaar, datum.maand, datum.dag, datum.kwartaal) == parts
    assert (datum.first_day, datum.last_day) == (first, last)
    assert str(datum) == text.strip()


@pytest.mark.parametrize(
    'text',
    [
        '',
        '1 juli',
        '27',
        '02027',
        '2027-7',
        '2027-7-1',
        '2027-13',
        '2027-02-30',
        '2027-K0',
        '2027-K5',
        '2027-k3',
        '2027-K3-01',
        '2027/07/01',
        '01-07-2027',
        '2027-07-01T00:00',
        '20270701',
        '0000',
        '0000-01-01',
        '-2027',
        '2027-',
    ],
)
def test_anything_else_is_no_date(text):
    with pytest.raises(ValueError):
        Datum.parse(text)


@pytest.mark.parametrize('text', ['2027-00', '2027-07-00', '2027-00-00', '2027-00-15'])
def test_month_and_day_zero_are_no_date(text):
    with pytest.raises(ValueError):
        Datum.parse(text)


def test_on_a_timeline_a_vague_date_comes_after_the_days_in_it():
    texts = ['2027', '2027-07-01', '2027-K3', '2027-07', '2026-12-31', '2027-09-30', '2027-10-01']
    ordered = sorted(texts, key=lambda text: (Datum.parse(text).last_day, Datum.parse(text).first_day))
    assert ordered == ['2026-12-31', '2027-07-01', '2027-07', '2027-K3', '2027-09-30', '2027-10-01', '2027']


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_every_form_of_it(day, length):
    text = day.isoformat()[:length]
    datum = Datum.parse(text)
    assert str(datum) == text
    assert datum.first_day <= day <= datum.last_day
