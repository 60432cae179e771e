"""Whom and what a change touches: what the collectors of this room say of it."""

from __future__ import annotations

import datetime as dt

import pytest

from activities.actions.occurrence import cancel, move
from activities.actions.steps import rehearse
from activities.effects import Effect, touched_by_each
from activities.models import Activity, Series
from activities.touching import combined
from tests.factories.activities import make_activity
from tests.factories.sites import make_site
from tests.offer import TUESDAY, date_of, offer

pytestmark = pytest.mark.django_db

NEXT_YEAR = dt.date(2024, 1, 8)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def coffee() -> Series:
    return offer(make_site(), "Koffie")


def moved(series: Series) -> Effect:
    one = date_of(series, "2023-10-16")
    return rehearse(
        series.activity, lambda: move(one, by=None, day=dt.date(2023, 10, 17), begin=one.begin, end=one.end)
    )


def beside(series: Series, title: str, **fields) -> Activity:
    """What goes together with it."""
    activity = make_activity(series.activity.site, combined_with=series.activity)
    return offer(series.activity.site, title, activity=activity, **fields).activity


def warned_of(*effects: Effect) -> list[list[str]]:
    site = effects[0].activity.site
    return [[touch.words for touch in touches] for touches in combined(effects, site)]


def test_what_goes_together_is_named_also_when_it_only_begins_later(coffee):
    beside(coffee, "Soep")
    beside(coffee, "Brood", first_day=NEXT_YEAR)
    beside(coffee, "Voorbij", last_day=dt.date(2023, 9, 4))
    beside(coffee, "Ontwerp", first_day=NEXT_YEAR, last_day=NEXT_YEAR)
    Series.objects.filter(title="Ontwerp").update(is_published=False)
    offer(coffee.activity.site, "Los daarvan")

    assert warned_of(moved(coffee)) == [["Hoort samen met Soep", "Hoort samen met Brood"]]


def test_it_is_said_on_either_of_the_two(coffee):
    soup = beside(coffee, "Soep")

    assert warned_of(moved(soup.series.get())) == [["Hoort samen met Koffie"]]


def test_what_changes_along_is_no_surprise(coffee):
    soup = beside(coffee, "Soep")
    beside(coffee, "Brood")

    assert warned_of(moved(coffee), moved(soup.series.get())) == [["Hoort samen met Brood"], []]


def test_each_of_some_changes_gets_its_own_lines_and_none_gets_none(coffee):
    soup = offer(coffee.activity.site, "Soep", activity=make_activity(coffee.activity.site, volunteers_allowed=False))
    off = rehearse(coffee.activity, lambda: cancel(date_of(coffee, "2023-10-16"), by=None))
    site = coffee.activity.site

    lines = touched_by_each([off, moved(soup)], site)

    assert [[touch.kind for touch in some] for some in lines] == [["people", "page"], ["people", "me", "page"]]
    assert touched_by_each([], site) == []
