"""A slot taken out and put back keeps its row, and what is past, cancelled or moved its word."""

from __future__ import annotations

import datetime as dt

import pytest

from activities.actions.materialise import extend_horizon, materialise
from activities.actions.occurrence import cancel, move
from activities.actions.series import change_dates, end_series, start_series
from activities.enums import OccurrenceStatus
from activities.models import Occurrence, Series
from activities.recurrence import expand
from tests.factories.activities import make_activity, series_fields
from tests.factories.sites import make_site
from tests.offer import TUESDAY
from tests.rows import day, slots

pytestmark = pytest.mark.django_db

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
PLANNED, CANCELLED, WITHDRAWN = OccurrenceStatus.PLANNED, OccurrenceStatus.CANCELLED, OccurrenceStatus.WITHDRAWN


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


def test_a_slot_taken_out_is_withdrawn_and_put_back_is_planned_again():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    row = Occurrence.objects.get(original_date="2023-12-25")

    change_dates(series, by=None, remove=[row.original_date])
    withdrawn = Occurrence.objects.get(pk=row.pk)
    change_dates(series, by=None, clear=[row.original_date])
    again = Occurrence.objects.get(pk=row.pk)

    assert (withdrawn.status, withdrawn.sequence) == (WITHDRAWN, 1)
    assert (again.status, again.sequence, again.uuid, again.day) == (PLANNED, 2, row.uuid, row.day)


def test_a_slot_of_the_past_is_never_withdrawn():
    series = start_series(make_activity(make_site()), by=None, **series_fields())

    change_dates(series, by=None, remove=[day("2023-10-02"), day("2023-10-09")])

    assert slots(series, since="2023-10-02")["2023-10-02"] == PLANNED
    assert slots(series, since="2023-10-02")["2023-10-09"] == PLANNED


def test_a_slot_of_today_can_still_be_withdrawn():
    series = start_series(make_activity(make_site()), by=None, **series_fields(weekday=1))

    change_dates(series, by=None, remove=[day("2023-10-10")])

    assert slots(series)["2023-10-10"] == WITHDRAWN


def test_a_date_withdrawn_and_then_past_is_not_planned_afterwards(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    end_series(series, day("2023-10-16"), by=None)
    clock.shift(4 * WEEK)

    end_series(series, day("2023-11-20"), by=None)

    assert slots(series, since="2023-10-16") == {
        "2023-10-16": PLANNED,
        "2023-10-23": WITHDRAWN,
        "2023-10-30": WITHDRAWN,
        "2023-11-06": WITHDRAWN,
        "2023-11-13": PLANNED,
        "2023-11-20": PLANNED,
    } | {str(date): WITHDRAWN for date in expand(make_rule(series), day("2023-11-27"), day("2024-10-20"))}


def make_rule(series: Series):
    """The rule of a series as if it had no end."""
    return Series(
        **{name: getattr(series, name) for name in ("frequency", "first_day", "weekday", "interval", "nth")}, pk=0
    ).rule


def test_a_date_moved_into_the_past_happened_and_is_not_withdrawn(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    moved = move(Occurrence.objects.get(original_date="2023-10-16"), by=None, day=day("2023-10-12"))
    clock.shift(3 * DAY)  # Friday 13 October

    change_dates(series, by=None, remove=[day("2023-10-16")])

    assert Occurrence.objects.get(pk=moved.pk).status == PLANNED


def test_a_cancelled_date_stays_cancelled_when_its_series_ends_and_goes_on():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    cancelled = cancel(Occurrence.objects.get(original_date="2023-11-06"), by=None, note="Ziek")

    end_series(series, day("2023-10-30"), by=None)
    ended = Occurrence.objects.get(pk=cancelled.pk)
    end_series(series, day("2023-12-25"), by=None)
    extend_horizon()
    going_on = Occurrence.objects.get(pk=cancelled.pk)

    assert (ended.status, ended.note) == (going_on.status, going_on.note) == (CANCELLED, "Ziek")
    assert slots(series)["2023-11-13"] == PLANNED


def test_a_moved_date_keeps_its_place():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    moved = move(Occurrence.objects.get(original_date="2023-11-06"), by=None, day=day("2023-11-08"), part="evening")

    materialise(series)
    extend_horizon()
    change_dates(series, by=None, remove=[day("2023-11-06")])
    change_dates(series, by=None, clear=[day("2023-11-06")])

    row = Occurrence.objects.get(pk=moved.pk)
    assert (row.original_date, row.day, row.part, row.begin, row.status) == (
        day("2023-11-06"), day("2023-11-08"), "evening", None, PLANNED
    )  # fmt: skip
    assert not Occurrence.objects.filter(original_date="2023-11-08").exists()
