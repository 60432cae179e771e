"""The first and last week that can be shown of a site."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Min

from stek.time import today

from .iso_week import IsoWeek
from .models import Series
from .rules import horizon


@dataclass(frozen=True, slots=True)
class WeekBounds:
    """Both inclusive."""

    first: IsoWeek
    last: IsoWeek


def week_bounds(site_id: int, zone: str) -> WeekBounds:
    """From the week of the first agreement (this week where there is none yet) to the week of the horizon."""
    now = today(zone)
    first = Series.objects.published().filter(activity__site=site_id).aggregate(day=Min("first_day"))["day"]
    return WeekBounds(first=IsoWeek.of(min(first or now, now)), last=IsoWeek.of(horizon(now)))
