"""Hours of an agreement: in local time as people say them, in UTC as they are stored."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.enums import Frequency, PriceKind
from activities.models import Activity, Series
from activities.recurrence import Rule
from activities.rules import check_hours, check_series, exists, horizon, moments, wanted_dates
from sites.models import Site
from tests.factories.activities import series_fields

BRUSSELS = "Europe/Brussels"
BOTH_OR_NONE = "Vul het begin en het einde in, of geen van beide."
TOO_LONG = "Kies een einduur na het begin, ten laatste twaalf uur later."
SKIPPED = "Dit uur bestaat niet op die dag: de klok gaat dan een uur vooruit. Kies een ander uur."


def at(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def errors(function, *args) -> dict[str, list[str]]:
    """Messages by field, in Dutch; empty when nothing is refused."""
    try:
        function(*args)
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("day", "begin", "end", "begins_at", "ends_at"),
    [
        pytest.param("2023-01-10", "10:00", "12:00", "2023-01-10T09:00", "2023-01-10T11:00", id="winter"),
        pytest.param("2023-07-11", "10:00", "12:00", "2023-07-11T08:00", "2023-07-11T10:00", id="summer"),
        pytest.param("2023-07-11", "22:00", "01:00", "2023-07-11T20:00", "2023-07-11T23:00", id="night"),
        pytest.param("2023-12-31", "22:00", "00:00", "2023-12-31T21:00", "2023-12-31T23:00", id="until midnight"),
        pytest.param(
            "2023-03-26", "10:00", "12:00", "2023-03-26T08:00", "2023-03-26T10:00", id="morning after March 2023"
        ),
        pytest.param(
            "2023-10-29", "10:00", "12:00", "2023-10-29T09:00", "2023-10-29T11:00", id="morning after October 2023"
        ),
        pytest.param(
            "2027-03-28", "10:00", "12:00", "2027-03-28T08:00", "2027-03-28T10:00", id="morning after March 2027"
        ),
        pytest.param(
            "2027-10-31", "10:00", "12:00", "2027-10-31T09:00", "2027-10-31T11:00", id="morning after October 2027"
        ),
        pytest.param(
            "2027-03-28", "02:30", "05:00", "2027-03-28T01:30", "2027-03-28T03:00", id="skipped begin is 3.30"
        ),
        pytest.param(
            "2023-03-26", "02:30", "05:00", "2023-03-26T01:30", "2023-03-26T03:00", id="skipped begin in 2023"
        ),
        pytest.param("2027-03-28", "01:00", "02:30", "2027-03-28T00:00", "2027-03-28T01:30", id="skipped end is 3.30"),
        pytest.param(
            "2027-10-31", "02:30", "04:00", "2027-10-31T00:30", "2027-10-31T03:00", id="ambiguous is the first"
        ),
        pytest.param("2023-10-29", "02:30", "02:45", "2023-10-29T00:30", "2023-10-29T00:45", id="ambiguous in 2023"),
        pytest.param(
            "2027-03-27", "22:00", "04:00", "2027-03-27T21:00", "2027-03-28T02:00", id="a night of five hours"
        ),
        pytest.param(
            "2027-10-30", "22:00", "04:00", "2027-10-30T20:00", "2027-10-31T03:00", id="a night of seven hours"
        ),
        pytest.param(
            "2027-03-28", "02:30", "03:15", "2027-03-28T01:30", "2027-03-28T02:15", id="within the skipped hour"
        ),
    ],
)
def test_moments(day, begin, end, begins_at, ends_at):
    result = moments(dt.date.fromisoformat(day), at(begin), at(end), BRUSSELS)

    assert result == (utc(begins_at), utc(ends_at))


def test_moments_follow_the_zone_of_the_site():
    day = dt.date(2023, 7, 11)

    assert moments(day, at("10:00"), at("12:00"), "Europe/Lisbon") == (utc("2023-07-11T09:00"), utc("2023-07-11T11:00"))


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        ("2027-03-28", "01:59", True),
        ("2027-03-28", "02:00", False),
        ("2027-03-28", "02:30", False),
        ("2027-03-28", "02:59", False),
        ("2027-03-28", "03:00", True),
        ("2027-10-31", "02:30", True),
        ("2027-03-27", "02:30", True),
    ],
)
def test_only_the_skipped_hour_does_not_exist(day, time, expected):
    assert exists(dt.date.fromisoformat(day), at(time), BRUSSELS) is expected


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (None, None, {}),
        ("10:00", "12:00", {}),
        ("10:00", "22:00", {}),
        ("22:00", "01:00", {}),
        ("20:00", "08:00", {}),
        ("22:00", "00:00", {}),
        ("10:00", "22:01", {"end": [TOO_LONG]}),
        ("20:00", "08:01", {"end": [TOO_LONG]}),
        ("12:00", "10:00", {"end": [TOO_LONG]}),
        ("10:00", "10:00", {"end": [TOO_LONG]}),
        ("00:00", "00:00", {"end": [TOO_LONG]}),
        ("10:00", None, {"end": [BOTH_OR_NONE]}),
        (None, "12:00", {"begin": [BOTH_OR_NONE]}),
        # Without a day of its own, the clock change is not asked about.
        ("02:30", "04:00", {}),
    ],
)
def test_check_hours_names_the_field(begin, end, expected):
    assert errors(check_hours, None, begin and at(begin), end and at(end), BRUSSELS) == expected


@pytest.mark.parametrize(
    ("day", "begin", "end", "expected"),
    [
        ("2027-03-28", "02:30", "05:00", {"begin": [SKIPPED]}),
        ("2023-03-26", "02:00", "05:00", {"begin": [SKIPPED]}),
        ("2027-03-28", "01:00", "02:30", {"end": [SKIPPED]}),
        ("2027-03-27", "22:00", "02:30", {"end": [SKIPPED]}),
        ("2027-03-28", "22:00", "02:30", {}),
        ("2027-03-28", "03:00", "05:00", {}),
        ("2027-10-31", "02:30", "05:00", {}),
    ],
)
def test_check_hours_refuses_an_hour_that_day_does_not_have(day, begin, end, expected):
    assert errors(check_hours, dt.date.fromisoformat(day), at(begin), at(end), BRUSSELS) == expected


def agreement(*, learn: bool = False, **fields) -> Series:
    """An agreement that is not stored."""
    activity = Activity(site=Site(slug="kantine", time_zone=BRUSSELS), slug="koffie", meet=not learn, learn=learn)
    return Series(activity=activity, **series_fields(**fields))


LEARN_IS_FREE = {"price_kind": ["Leren is altijd gratis. Kies “gratis”, of laat ‘leren’ weg."]}


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        pytest.param(agreement(), {}, id="an ordinary one"),
        pytest.param(agreement(begin=None, end=None, part="afternoon", weekday=None), {}, id="no day, no hour"),
        pytest.param(agreement(begin=at("02:30"), end=at("04:00"), weekday=6), {}, id="weekly at 2.30"),
        pytest.param(
            agreement(frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2027, 3, 28), begin=at("02:30")),
            {"begin": [SKIPPED]},
            id="once, in the skipped hour",
        ),
        pytest.param(agreement(last_day=dt.date(2023, 1, 2)), {}, id="one day long"),
        pytest.param(
            agreement(last_day=dt.date(2023, 1, 1)),
            {"last_day": ["De laatste dag ligt voor de eerste dag."]},
            id="ends before it begins",
        ),
        pytest.param(
            agreement(frequency=Frequency.MONTHLY), {"nth": ["Kies de hoeveelste van de maand."]}, id="which Monday?"
        ),
        pytest.param(agreement(frequency=Frequency.MONTHLY, nth=-1), {}, id="the last Monday"),
        pytest.param(agreement(frequency=Frequency.MONTHLY, weekday=None), {}, id="monthly, no day yet"),
        pytest.param(agreement(learn=True), {}, id="learning for free"),
        pytest.param(
            agreement(learn=True, price_kind=PriceKind.FIXED, price_cents=100), LEARN_IS_FREE, id="paid learning"
        ),
        pytest.param(
            agreement(learn=True, price_kind=PriceKind.GOODS), LEARN_IS_FREE, id="learning, paid by what one buys"
        ),
        pytest.param(agreement(learn=True, price_kind=PriceKind.ASK), LEARN_IS_FREE, id="learning, ask for the price"),
        pytest.param(agreement(price_kind=PriceKind.FIXED, price_cents=100), {}, id="paid coffee"),
    ],
)
def test_check_series(series, expected):
    assert errors(check_series, series) == expected


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2023-10-09", "2024-10-20"),  # a Monday: 371 days after it, and the six of that week
        ("2023-10-10", "2024-10-20"),
        ("2023-10-15", "2024-10-20"),
        ("2023-10-16", "2024-10-27"),
        ("2020-12-28", "2022-01-09"),  # from a week 53
        ("2024-02-29", "2025-03-09"),
    ],
)
def test_the_horizon_is_the_sunday_53_weeks_after_this_week(today, last):
    assert horizon(dt.date.fromisoformat(today)) == dt.date.fromisoformat(last)
    assert dt.date.fromisoformat(last).weekday() == 6


def test_wanted_dates_begin_with_what_was_added_before_the_first_day():
    early = dt.date(2022, 12, 27)
    rule = Rule(Frequency.WEEKLY, dt.date(2023, 1, 2), dt.date(2023, 1, 9), weekday=0, added=frozenset({early}))

    assert wanted_dates(rule, dt.date(2023, 10, 10)) == [early, dt.date(2023, 1, 2), dt.date(2023, 1, 9)]


def test_wanted_dates_leave_out_what_was_added_after_the_horizon_until_it_comes_near():
    far = dt.date(2024, 10, 21)
    rule = Rule(Frequency.ONCE, dt.date(2023, 1, 2), added=frozenset({far}))

    assert wanted_dates(rule, dt.date(2023, 10, 15)) == [dt.date(2023, 1, 2)]
    assert wanted_dates(rule, dt.date(2023, 10, 16)) == [dt.date(2023, 1, 2), far]
