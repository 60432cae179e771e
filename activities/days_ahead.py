"""Today and the six days after it: what another website shows of a place."""

from __future__ import annotations

from dataclasses import replace

from sites.models import Site
from stek.time import today

from .iso_week import IsoWeek
from .lines import Week
from .schedule import week

DAYS = 7


def days_ahead(site: Site, language: str) -> Week:
    """The week that holds today without the days that are over, and as many of the next one."""
    iso = IsoWeek.of(today(site.time_zone))
    this = week(site, iso, language)
    days = [day for day in this.days if day.date >= this.today]
    if len(days) == DAYS:
        return this
    following = week(site, iso.plus(1), language)
    days += following.days[: DAYS - len(days)]
    return replace(this, days=days, until=min(this.until, following.until))
