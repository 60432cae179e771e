"""Everyone takes an agreement, then its dates in the order of their keys, then the site: nobody waits for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.closure import close, lift
from activities.actions.materialise import extend_horizon
from activities.actions.occurrence import cancel, move
from activities.actions.series import change_dates, change_from, end_series, start_series
from activities.models import Occurrence, Series, SeriesDate
from sites.models import Closure, Site
from tests.factories.activities import series_fields
from tests.factories.sites import make_site
from tests.offer import date_of, offer

pytestmark = pytest.mark.django_db

DATES, SITE = "dates", "site"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-01-24T09:00+01:00", tick=False)


@pytest.fixture
def site() -> Site:
    return make_site()


@pytest.fixture
def series(site) -> Series:
    """Mondays, of which one is cancelled, one is moved, and one was added by hand."""
    series = offer(site)
    cancel(date_of(series, "2023-02-20"), by=None, note="Ziek")
    move(date_of(series, "2023-02-27"), by=None, day=dt.date(2023, 3, 1))
    return change_dates(series, by=None, add=[dt.date(2023, 3, 2)])


def shut(site, **fields) -> Closure:
    days = {"first_day": dt.date(2023, 2, 1), "last_day": dt.date(2023, 4, 1)}
    return close(by=None, partnership=site.partnership, site=None, reason="Verbouwing", **days | fields)


ACTIONS = {
    "start": lambda series: start_series(series.activity, by=None, **series_fields()),
    "end": lambda series: end_series(series, dt.date(2023, 2, 6), by=None),
    "another price": lambda series: change_from(series, dt.date(2023, 2, 6), by=None, price_kind="ask"),
    "another day": lambda series: change_from(series, dt.date(2023, 2, 9), by=None, weekday=3),
    "loose dates": lambda series: change_dates(series, by=None, remove=[dt.date(2023, 2, 6), dt.date(2023, 2, 13)]),
    "close": lambda series: shut(series.activity.site),
    "lift": lambda series: lift(Closure.objects.get(), by=None),
    "night": lambda series: extend_horizon(),
}


def steps(queries: CaptureQueriesContext) -> list[str]:
    """What is written, in order: `dates` for rows of the offer that others may be writing too, `site` for its version."""
    names = {'UPDATE "activities_occurrence"': DATES, 'UPDATE "sites_site"': SITE}
    found = [name for query in queries for start, name in names.items() if query["sql"].startswith(start)]
    return [name for name, before in zip(found, [None, *found], strict=False) if name != before]


def locks(queries: CaptureQueriesContext) -> list[str]:
    """Every reading of keys of dates, in their order, that is there to lock them."""
    end = " ORDER BY 1 ASC" + (" FOR UPDATE" if connection.features.has_select_for_update else "")
    start = 'SELECT "activities_occurrence"."id" AS "pk" FROM "activities_occurrence"'
    return [query["sql"] for query in queries if query["sql"].startswith(start) and query["sql"].endswith(end)]


@pytest.mark.parametrize("name", ACTIONS)
def test_dates_are_locked_in_order_and_written_before_the_site_which_is_told_once(series, name):
    shut(series.activity.site, first_day=dt.date(2023, 2, 13))
    if name == "night":  # there is something to do
        SeriesDate.objects.create(series=series, day=dt.date(2023, 2, 6), change="removed")
    version = Site.objects.get().schedule_version

    with CaptureQueriesContext(connection) as queries:
        ACTIONS[name](series)

    assert steps(queries) == ([SITE] if name == "start" else [DATES, SITE])
    assert bool(locks(queries)) is (name != "start")
    assert Site.objects.get().schedule_version == version + 1


def test_what_somebody_cancels_while_an_agreement_ends_stays_cancelled(series, monkeypatch):
    """The row is read, somebody cancels it, and only then is it locked."""
    from activities.actions import materialise, several

    def cancelled_meanwhile(keys):
        Occurrence.objects.filter(series=series, original_date="2023-02-13").update(status="cancelled")
        several.lock_keys(keys)

    monkeypatch.setattr(materialise, "lock_keys", cancelled_meanwhile)

    end_series(series, dt.date(2023, 2, 6), by=None)

    assert date_of(series, "2023-02-13").status == "cancelled"
    assert date_of(series, "2023-03-06").status == "withdrawn"
