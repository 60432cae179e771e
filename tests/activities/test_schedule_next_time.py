"""What does not take place says when the next time is."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move
from activities.actions.series import change_from
from activities.enums import Frequency, PriceKind
from activities.iso_week import IsoWeek
from activities.schedule import week
from tests.factories.sites import make_site
from tests.offer import TUESDAY, date_of, offer
from tests.weeks import make_busy_site, only, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def site():
    return make_site(slug="hier")


@pytest.fixture(autouse=True)
def elsewhere():
    return make_busy_site()


def test_cancelled_date_stays_with_its_note_and_the_next_time(site):
    series = offer(site, weekday=3)

    cancel(date_of(series, "2023-10-12"), by=None, note="Lies is ziek.")

    lines = ["Lies is ziek.", "Volgende keer: donderdag 19 oktober."]
    assert shown(site, 41) == [("thu", "Koffie", "cancelled", "Gaat niet door", lines)]
    assert shown(site, 42) == [("thu", "Koffie", "planned", "", [])]


def test_next_time_skips_what_is_closed_and_what_is_cancelled(site):
    series = offer(site, weekday=3)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 19), last_day=dt.date(2023, 10, 19),
    )  # fmt: skip
    for day in ("2023-10-12", "2023-10-26"):
        cancel(date_of(series, day), by=None)

    assert only(site, 41).lines == ["Volgende keer: donderdag 2 november."]
    assert only(site, 42).lines == ["Werken", "Volgende keer: donderdag 2 november."]


def test_next_time_may_be_the_same_week(site):
    series = offer(site, weekday=1, first_day=dt.date(2023, 10, 3))
    other = offer(site, "Soep", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 10, 13))
    move(date_of(series, "2023-10-17"), by=None, day=dt.date(2023, 10, 13))
    cancel(date_of(series, "2023-10-10"), by=None)

    assert [line[0:2] for line in shown(site, 41)] == [("tue", "Koffie"), ("fri", "Koffie"), ("fri", "Soep")]
    assert week(site, IsoWeek(2023, 41), "nl").items[0].lines == ["Volgende keer: vrijdag 13 oktober."]
    assert other.occurrences.count() == 1


def test_next_time_comes_after_the_cancelled_day_when_there_is_one_before_it(site):
    series = offer(site, weekday=3)
    move(date_of(series, "2023-10-05"), by=None, day=dt.date(2023, 10, 11))
    cancel(date_of(series, "2023-10-12"), by=None)

    item = next(i for i in week(site, IsoWeek(2023, 41), "nl").items if i.state == "cancelled")

    assert item.lines == ["Volgende keer: donderdag 19 oktober."]


def test_next_time_may_be_under_the_agreement_that_follows(site):
    series = offer(site, weekday=3)
    change_from(series, dt.date(2023, 10, 16), by=None, weekday=4, price_kind=PriceKind.ASK)
    cancel(date_of(series, "2023-10-12"), by=None)

    assert only(site, 41).lines == ["Volgende keer: vrijdag 20 oktober."]


def test_next_time_may_be_this_week_under_the_agreement_that_follows(site):
    series = offer(site, weekday=1)
    thursday = change_from(series, dt.date(2023, 10, 11), by=None, weekday=3)
    friday = change_from(thursday, dt.date(2023, 10, 17), by=None, weekday=4)
    cancel(date_of(series, "2023-10-10"), by=None)

    assert week(site, IsoWeek(2023, 41), "nl").items[0].lines == ["Volgende keer: donderdag 12 oktober."]

    cancel(date_of(thursday, "2023-10-12"), by=None)
    cancel(date_of(friday, "2023-10-20"), by=None)
    told = [item.lines for item in week(site, IsoWeek(2023, 41), "nl").items]
    assert told == [["Volgende keer: vrijdag 27 oktober."]] * 2


def test_next_time_is_not_that_of_another_agreement_of_the_activity(site):
    tuesday = offer(site, weekday=1, last_day=dt.date(2023, 10, 10))
    offer(site, weekday=3, activity=tuesday.activity)
    cancel(date_of(tuesday, "2023-10-10"), by=None)

    assert week(site, IsoWeek(2023, 41), "nl").items[0].lines == []
