"""Figures of a period: each is what plain SQL says, whatever the zone of the server, and with as many queries for one date as for many."""

from __future__ import annotations

import datetime as dt
import os
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.hours import hours_at
from sites.models import Partnership
from stek.steering.periods import Period
from stek.steering.snapshot import snapshot
from tests.factories.activities import make_activity, make_attendance, make_occurrence, make_series
from tests.factories.sites import make_site
from tests.rows import day

from . import by_hand
from .world import TEN_OCTOBER, a_summer

pytestmark = pytest.mark.django_db

K3 = Period.parse("2023-K3")
SPANS = {"2023-K3": ("2023-07-01", "2023-09-30"), "2023-K2": ("2023-04-01", "2023-06-30")}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TEN_OCTOBER, tick=False)
    return time_machine


@pytest.fixture
def kempen() -> Partnership:
    return a_summer()


@pytest.fixture(params=["Europe/Brussels", "Pacific/Auckland", "America/Los_Angeles"])
def server_in(request, settings):
    """The machine's zone, and Django's."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = settings.TIME_ZONE = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def test_every_figure_is_what_plain_sql_says(kempen, server_in):
    shot = snapshot(kempen, K3)

    assert shot["periods"][-2:] == ["2023-K2", "2023-K3"]
    for scope in ("", "hier", "daar"):
        for at, slug in ((-1, "2023-K3"), (-2, "2023-K2")):
            expected = by_hand.numbers("kempen", *SPANS[slug], scope)
            assert {name: values[at] for name, values in shot["numbers"][scope].items()} == expected, (scope, slug)
    there = {(one["code"], site): days["days"][-1] for one in shot["partners"] for site, days in one["sites"].items()}
    assert {key: days for key, days in there.items() if days} == by_hand.days_there("kempen", *SPANS["2023-K3"])


def test_summer_in_numbers_worked_out_on_paper(kempen):
    numbers = {name: values[-1] for name, values in snapshot(kempen, K3)["numbers"][""].items()}

    assert numbers == {
        # 3, 31 July, 10 August, 30 September; the cooking club; lessons of 4 and 21 July
        "held": 7, "cancelled": 1, "shut": 2, "fell": 1, "people": 5 + 8 + 12 + 4 + 7 + 4, "new_faces": 1 + 3 + 2,
        "counted": 6, "counted_new": 5, "minutes": 4 * 60 + 3 * 60, "without_hours": 5,
        "held_meet": 5, "held_learn": 2, "held_politicise": 0, "held_refer": 4,
        "minutes_meet": 240, "minutes_learn": 180, "minutes_politicise": 0, "minutes_refer": 240,
        "help_minutes": 3 * 210, "places": 3, "shifts": 3, "short": 2, "missing": 2,
    }  # fmt: skip


def test_evening_of_the_last_day_counts_once_in_the_quarter_it_began_in(kempen):
    third, fourth = (snapshot(kempen, Period.parse(slug))["activities"] for slug in ("2023-K3", "2023-K4"))

    coffee = [next(one for one in found if one["slug"] == "koffie")["numbers"] for found in (third, fourth)]
    assert [(one["people"][-1], one["counted"][-1]) for one in coffee] == [(25, 3), (0, 0)]
    assert coffee[1]["held"][-2:] == [4, 1]  # of the running quarter what is over: 5 October


def test_months_make_quarters_halves_and_years(kempen):
    def people(slug: str) -> int:
        return snapshot(kempen, Period.parse(slug))["numbers"][""]["people"][-1]

    assert people("2023-H2") == people("2023-K3") + people("2023-K4")
    assert people("2023") == sum(people(f"2023-K{number}") for number in (1, 2, 3, 4)) == 59


def test_partner_has_its_name_of_the_last_day_and_its_promise_of_whole_months(kempen):
    partners = {one["name"]: one["sites"] for one in snapshot(kempen, K3)["partners"]}

    assert partners == {
        "CAW": {"hier": {"days": [0, 0, 0, 1], "promised": [12, 12, 12, 4]}},  # left on 20 August
        "SAAMO": {
            "hier": {"days": [0, 0, 2, 1], "promised": [6, 6, 6, 6]},  # two activities on 3 July are one day
            "daar": {"days": [0, 0, 0, 1], "promised": [None, None, None, 2]},  # began on 10 July
        },
    }
    assert [one["name"] for one in snapshot(kempen, Period.parse("2023-K2"))["partners"]] == [
        "CAW",
        "Samenlevingsopbouw",
    ]


def test_moved_activity_is_one_under_its_last_title(kempen):
    titles = {one["slug"]: one["titles"]["nl"] for one in snapshot(kempen, K3)["activities"]}

    assert titles == {"koffie": "Koffie op donderdag", "kookclub": "Kookclub", "les": "Les"}


def test_hours_are_those_of_the_page_of_hours(kempen):
    site = kempen.sites.get(slug="hier")

    shot = snapshot(kempen, K3)

    at_desk = sum(one.minutes for one in hours_at(site, day("2023-07-01"), day("2023-09-30")))
    assert shot["numbers"]["hier"]["help_minutes"][-1] == at_desk == 630


def test_as_many_queries_for_one_date_as_for_years_of_them():
    site = make_site()
    series = make_series(make_activity(site), title="Koffie")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            snapshot(site.partnership, K3)
        return len(found)

    make_attendance(make_occurrence(series, day("2023-09-01")), people=3)
    one = queries()
    for number in range(60):
        other = series if number % 2 else make_series(make_activity(site), title="Thee")
        make_attendance(make_occurrence(other, day("2023-09-29") - dt.timedelta(days=6 * number)), people=3)

    assert queries() == one <= 27


def test_partnership_without_a_site_has_empty_figures():
    partnership = make_site().partnership
    partnership.sites.all().delete()

    shot = snapshot(partnership, K3)

    assert (shot["sites"], set(shot["numbers"]), shot["activities"]) == ([], {""}, [])


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("2023-K1", "2023-01-01", "2023-03-31"), ("2023-K4", "2023-10-01", "2023-12-31"), ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2023-H2", "2023-07-01", "2023-12-31"), ("2024", "2024-01-01", "2024-12-31"),
    ],
)  # fmt: skip
def test_period_is_whole_months_and_follows_the_one_before(slug, first, last):
    period = Period.parse(slug)

    assert (str(period), period.first, period.last) == (slug, day(first), day(last))
    assert period.before.end == period.first
    assert period.before.after == period
    assert Period.of(period.last, period.kind) == Period.of(period.first, period.kind) == period


@pytest.mark.parametrize(
    "slug", ["2023-K5", "2023-H3", "2023-K0", "1899-K1", "20٢٣-K1", "2023-", "2023K1", "", "2023-W41", "²023"]
)
def test_nothing_else_is_a_period(slug):
    assert Period.parse(slug) is None
