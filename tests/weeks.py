"""A week as the read model tells it, in short; and a place whose offer may never show in another's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from activities.iso_week import IsoWeek
from activities.schedule import week
from sites.models import Site
from tests.factories.sites import make_site
from tests.offer import offer

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def make_busy_site(weekdays: Iterable[int] = range(7)) -> Site:
    """Another site with an offer on every day that is looked at: none of it may ever show."""
    site = make_site(slug="elders")
    for weekday in weekdays:
        offer(site, "Van elders", weekday=weekday, first_day=dt.date(2023, 10, 2), last_day=dt.date(2023, 11, 30))
    return site


def shown(site, number, *, year=2023, language="nl"):
    """(day, title, state, badge, lines) of a week's lines, in order."""
    lines = week(site, IsoWeek(year, number), language).items
    return [(DAYS[i.day.weekday()], i.title, i.state, i.badge, i.lines) for i in lines]


def only(site, number, *, language="nl", **year):
    (item,) = week(site, IsoWeek(year.get("year", 2023), number), language).items
    return item
