"""A weekly hour stays that hour on the wall, also in the weeks in which the clock changes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from activities.actions.materialise import extend_horizon
from activities.actions.series import start_series
from activities.enums import Frequency
from activities.models import Occurrence
from stek.time import today
from tests.factories.activities import make_activity, series_fields
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")
SUNDAY = 6


def dates(first: str, last: str, **fields) -> list[Occurrence]:
    """The dates of a series on Sundays, in order."""
    first_day, last_day = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    series = start_series(
        make_activity(make_site()),
        by=None,
        **series_fields(weekday=SUNDAY, first_day=first_day, last_day=last_day, **fields),
    )
    return list(series.occurrences.order_by("day"))


def hours(occurrences: list[Occurrence], zone: dt.tzinfo) -> list[str]:
    return [
        f"{item.begins_at.astimezone(zone):%m-%d %H:%M} {item.ends_at.astimezone(zone):%H:%M}" for item in occurrences
    ]


@pytest.mark.parametrize(
    ("now", "first", "last", "in_utc"),
    [
        pytest.param(
            "2023-03-01", "2023-03-19", "2023-04-02", ["03-19 09:00 11:00", "03-26 08:00 10:00", "04-02 08:00 10:00"],
            id="March 2023",
        ),
        pytest.param(
            "2023-10-10", "2023-10-22", "2023-11-05", ["10-22 08:00 10:00", "10-29 09:00 11:00", "11-05 09:00 11:00"],
            id="October 2023",
        ),
        pytest.param(
            "2027-01-12", "2027-03-21", "2027-04-04", ["03-21 09:00 11:00", "03-28 08:00 10:00", "04-04 08:00 10:00"],
            id="March 2027",
        ),
        pytest.param(
            "2027-01-12", "2027-10-24", "2027-11-07", ["10-24 08:00 10:00", "10-31 09:00 11:00", "11-07 09:00 11:00"],
            id="October 2027",
        ),
    ],
)  # fmt: skip
def test_ten_stays_ten_on_the_wall(time_machine, now, first, last, in_utc):
    time_machine.move_to(f"{now}T09:00+00:00", tick=False)

    occurrences = dates(first, last)

    assert hours(occurrences, dt.UTC) == in_utc
    assert [moment[6:] for moment in hours(occurrences, BRUSSELS)] == ["10:00 12:00"] * 3
    assert {(item.begin, item.end) for item in occurrences} == {(dt.time(10), dt.time(12))}


def test_a_year_with_both_changes_has_ten_o_clock_every_week(time_machine):
    time_machine.move_to("2027-01-01T09:00+00:00", tick=False)

    occurrences = dates("2027-01-03", "2027-12-26")

    assert len(occurrences) == 52
    assert {moment[6:] for moment in hours(occurrences, BRUSSELS)} == {"10:00 12:00"}
    assert [item.day for item in occurrences if item.begins_at.hour == 8] == [
        dt.date(2027, 3, 28) + number * dt.timedelta(weeks=1) for number in range(31)
    ]


@pytest.mark.parametrize(
    ("first", "last", "begin", "end", "in_utc"),
    [
        pytest.param(
            "2027-03-21", "2027-04-04", "02:30", "04:30", ["03-21 01:30 03:30", "03-28 01:30 02:30", "04-04 00:30 02:30"],
            id="the begin is skipped",
        ),
        pytest.param(
            "2027-03-28", "2027-03-28", "02:15", "02:45", ["03-28 01:15 01:45"], id="begin and end are skipped"
        ),
        pytest.param(
            "2027-10-24", "2027-11-07", "02:30", "04:30", ["10-24 00:30 02:30", "10-31 00:30 03:30", "11-07 01:30 03:30"],
            id="the begin is there twice, the first one counts",
        ),
        pytest.param(
            "2027-03-21", "2027-03-28", "22:00", "01:00", ["03-21 21:00 00:00", "03-28 20:00 23:00"], id="until the next day"
        ),
    ],
)  # fmt: skip
def test_a_weekly_night_gets_through_both_changes(time_machine, first, last, begin, end, in_utc):
    time_machine.move_to("2027-01-12T09:00+00:00", tick=False)

    occurrences = dates(first, last, begin=dt.time.fromisoformat(begin), end=dt.time.fromisoformat(end))

    assert hours(occurrences, dt.UTC) == in_utc


def test_the_nightly_round_reaches_a_skipped_hour_without_error(time_machine):
    time_machine.move_to("2026-02-01T09:00+00:00", tick=False)
    dates("2026-02-01", "2028-12-31", begin=dt.time(2, 30), end=dt.time(4))

    time_machine.move_to("2026-04-01T09:00+00:00", tick=False)
    extend_horizon()

    row = Occurrence.objects.get(original_date="2027-03-28")
    assert hours([row], dt.UTC) == ["03-28 01:30 02:00"]


def test_a_date_of_its_own_at_an_hour_that_does_not_exist_is_refused(time_machine):
    time_machine.move_to("2027-01-12T09:00+00:00", tick=False)

    with pytest.raises(ValidationError) as refusal:
        start_series(
            make_activity(make_site()), by=None,
            **series_fields(frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2027, 3, 28), begin=dt.time(2, 30)),
        )  # fmt: skip

    assert list(refusal.value.message_dict) == ["begin"]


@pytest.mark.parametrize(
    ("moment", "date", "last"),
    [
        # 23:30 UTC of a Sunday is Monday in Brussels, summer and winter.
        ("2027-03-28T21:59", "2027-03-28", "2028-04-02"),
        ("2027-03-28T22:00", "2027-03-29", "2028-04-09"),
        ("2027-10-31T22:59", "2027-10-31", "2028-11-05"),
        ("2027-10-31T23:00", "2027-11-01", "2028-11-12"),
    ],
)
def test_the_day_and_the_horizon_begin_at_local_midnight(time_machine, moment, date, last):
    time_machine.move_to(f"{moment}+00:00", tick=False)

    occurrences = dates("2027-03-28", "2030-01-01")

    assert str(today()) == date
    assert str(occurrences[-1].day) == last
