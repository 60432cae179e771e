"""Agreements become rows: which ones, the same however often it is asked, and what that costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.closure import close, lift
from activities.actions.materialise import BATCH, Outcome, extend_horizon, materialise
from activities.actions.occurrence import back_to_series, cancel, move, open_anyway, restore
from activities.actions.series import change_dates, change_from, end_series, start_series
from activities.enums import DateChange, Frequency, OccurrenceStatus
from activities.models import Occurrence, Series
from activities.recurrence import expand
from activities.rules import horizon
from stek.time import today
from tests.factories.activities import make_activity, make_occurrence, make_series, make_series_date, series_fields
from tests.factories.partners import make_organisation
from tests.factories.sites import make_place, make_site
from tests.offer import TUESDAY
from tests.rows import day, rows, slots, versions

pytestmark = pytest.mark.django_db

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
PLANNED = OccurrenceStatus.PLANNED


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


# --- Which rows ------------------------------------------------------------------------------------------------------


def test_a_series_has_a_row_for_every_date_until_the_sunday_53_weeks_ahead():
    series = make_series(make_activity(make_site()), first_day=day("2023-10-01"), weekday=6)

    outcome = materialise(series)

    dates = [str(day("2023-10-01") + number * WEEK) for number in range(56)]
    assert (dates[0], dates[-1]) == ("2023-10-01", "2024-10-20")
    assert slots(series) == dict.fromkeys(dates, PLANNED)
    assert outcome == Outcome(added=56)


def test_a_row_says_what_the_agreement_says():
    site = make_site()
    place = make_place(site)
    series = make_series(make_activity(site), place=place, frequency=Frequency.ONCE, weekday=None)

    materialise(series)

    row = Occurrence.objects.get()
    assert (row.series, row.site, row.place, row.status) == (series, site, place, PLANNED)
    assert (row.original_date, row.day, row.begin, row.end, row.part) == (
        day("2023-01-02"), day("2023-01-02"), dt.time(10), dt.time(12), ""
    )  # fmt: skip
    assert (row.begins_at, row.ends_at) == (
        dt.datetime(2023, 1, 2, 9, tzinfo=dt.UTC), dt.datetime(2023, 1, 2, 11, tzinfo=dt.UTC)
    )  # fmt: skip
    assert (row.opened_anyway, row.is_changed, row.is_moved, row.sequence, row.note) == (False, False, False, 0, "")


def test_a_row_of_a_part_of_the_day_has_no_hours():
    series = make_series(make_activity(make_site()), begin=None, end=None, part="afternoon", last_day=day("2023-01-02"))

    materialise(series)

    row = Occurrence.objects.get()
    assert (row.begin, row.end, row.begins_at, row.ends_at, row.part) == (None, None, None, None, "afternoon")


def test_a_series_without_a_day_has_only_the_dates_that_were_added():
    series = make_series(make_activity(make_site()), weekday=None)
    make_series_date(series, day("2023-11-14"))
    make_series_date(series, day("2023-11-21"), DateChange.REMOVED)

    materialise(series)

    assert slots(series) == {"2023-11-14": PLANNED}


def test_a_series_that_gets_a_day_gets_its_dates():
    undated = start_series(
        make_activity(make_site()), by=None, **series_fields(weekday=None, first_day=day("2023-09-01"))
    )
    assert slots(undated) == {}

    successor = change_from(undated, day("2023-10-16"), by=None, weekday=3, last_day=day("2023-11-02"))

    assert slots(undated) == {}
    assert slots(successor) == {"2023-10-19": PLANNED, "2023-10-26": PLANNED, "2023-11-02": PLANNED}


def test_an_unpublished_series_has_no_rows():
    activity = make_activity(make_site())
    series = start_series(activity, by=None, publish=False, **series_fields())

    assert materialise(series) == Outcome()
    assert extend_horizon() == Outcome()
    assert slots(series) == {}


def test_a_series_made_private_keeps_its_rows():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    before = rows(series)
    Series.objects.update(is_published=False)

    materialise(series)
    extend_horizon()

    assert rows(series) == before


# --- However often ---------------------------------------------------------------------------------------------------


def test_three_times_gives_the_same_rows():
    series = make_series(make_activity(make_site()))
    other = make_series(make_activity(make_site()), frequency=Frequency.MONTHLY, nth=-1)
    make_series_date(series, day("2023-12-25"), DateChange.REMOVED)
    materialise(series)
    materialise(other)
    before, seen = (rows(series), rows(other)), versions()

    outcomes = [materialise(series), materialise(series), materialise(other), extend_horizon(), extend_horizon()]

    assert outcomes == [Outcome()] * 5
    assert (rows(series), rows(other)) == before
    assert versions() == seen


def test_the_nightly_round_adds_one_week_a_week(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    before = rows(series)
    assert max(slots(series)) == "2024-10-14"

    clock.shift(5 * DAY)  # Sunday
    assert extend_horizon() == Outcome()
    clock.shift(DAY)  # Monday

    assert extend_horizon() == Outcome(added=1)
    assert max(slots(series)) == "2024-10-21"
    assert rows(series)[:-1] == before


def test_the_nightly_round_catches_up_after_months_of_silence(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    clock.shift(200 * DAY)

    extend_horizon()

    dates = expand(series.rule, series.first_day, horizon(today()))
    assert slots(series) == {str(date): PLANNED for date in dates}


def test_the_nightly_round_leaves_the_past_alone():
    series = make_series(make_activity(make_site()))
    past = make_occurrence(series, day("2023-10-03"))  # a Tuesday, that this agreement never gave

    extend_horizon()

    assert slots(series) == {"2023-10-03": PLANNED} | {
        str(date): PLANNED for date in expand(series.rule, day("2023-10-10"), day("2024-10-20"))
    }
    assert Occurrence.objects.get(pk=past.pk).sequence == 0


# --- What it costs ---------------------------------------------------------------------------------------------------


def test_no_action_ever_deletes_a_row():
    site = make_site()
    host = make_organisation()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        series = start_series(make_activity(site), by=None, organisers=[host], **series_fields())
        change_dates(series, by=None, add=[day("2023-10-11")], remove=[day("2023-10-16"), day("2023-10-02")])
        change_dates(series, by=None, clear=[day("2023-10-11"), day("2023-10-16")])
        row = Occurrence.objects.get(series=series, original_date="2023-10-30")
        for action in (cancel, restore, open_anyway, back_to_series):
            action(row, by=None)
        move(row, by=None, day=day("2023-10-31"))
        closure = close(
            by=None, partnership=site.partnership, site=None, first_day=row.day, last_day=row.day, reason="Verlof"
        )
        lift(closure, by=None)
        successor = change_from(series, day("2023-11-02"), by=None, weekday=3)
        end_series(successor, day("2023-12-31"), by=None)
        materialise(successor)
        extend_horizon()

    touching = [query["sql"] for query in queries if "activities_occurrence" in query["sql"]]
    kinds = {sql.split()[0] for sql in touching}
    assert kinds == {"SELECT", "INSERT", "UPDATE"}
    assert "DELETE" in {query["sql"].split()[0] for query in queries}, "the test would see one"


@pytest.mark.parametrize("number", [1, BATCH])
def test_a_batch_costs_the_same_for_one_series_as_for_a_hundred(django_assert_num_queries, clock, number):
    site = make_site()
    activity = make_activity(site)
    for _ in range(number):
        make_series(activity)
    extend_horizon()

    # The keys; a transaction with the series, their loose dates and their rows, begun and ended; the heartbeat.
    with django_assert_num_queries(7):
        assert extend_horizon() == Outcome()

    clock.shift(WEEK)
    # Two more: a hundred rows in one statement, and the version of the site.
    with django_assert_num_queries(10):
        assert extend_horizon() == Outcome(added=number)


def test_the_next_batch_costs_as_much_again(django_assert_num_queries):
    activity = make_activity(make_site())
    for _ in range(BATCH + 1):
        make_series(activity, last_day=day("2023-01-02"))
    extend_horizon()

    with django_assert_num_queries(12):
        assert extend_horizon() == Outcome()
