import datetime as dt

import pytest

from signals.quarters import Period, longer_than, quarter, quarter_of


@pytest.mark.parametrize(
    ("week", "number"), [(1, 1), (13, 1), (14, 2), (26, 2), (27, 3), (39, 3), (40, 4), (52, 4), (53, 4)]
)
def test_a_quarter_is_thirteen_weeks_and_the_last_takes_week_53(week, number):
    assert quarter_of(2020, week) == quarter(2020, number)


@pytest.mark.parametrize("week", [0, 53, 54])
def test_a_week_the_year_does_not_have_is_refused(week):
    with pytest.raises(ValueError, match="no week"):
        quarter_of(2023, week)


def test_release_day_is_the_second_monday_after():
    assert quarter(2023, 1).last_day == dt.date(2023, 4, 2)
    assert quarter(2023, 1).release_day == dt.date(2023, 4, 10)
    assert quarter(2020, 4).last_day == dt.date(2021, 1, 3)  # the Sunday of week 53
    assert quarter(2020, 4).release_day == dt.date(2021, 1, 11)


def test_codes_are_those_of_the_published_tables():
    assert [str(period) for period in (quarter(2023, 4), *longer_than(quarter(2023, 4)))] == [
        "2023-Q4",
        "2023-H2",
        "2023",
    ]
    assert [str(period) for period in longer_than(quarter(2023, 1))] == ["2023-H1", "2023"]


def test_quarters_of_a_year_come_in_their_order():
    assert [str(part) for part in Period(2023, 1, 4).quarters] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]


@pytest.mark.parametrize(("first", "last"), [(0, 0), (5, 5), (2, 3), (1, 3), (4, 1)])
def test_other_stretches_of_a_year_are_no_period(first, last):
    with pytest.raises(ValueError, match="Not a quarter"):
        Period(2023, first, last)
