"""The first and last week that can be shown of a site."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from sites.models import Site
from stek.pages import current_language
from stek.time import today

from .iso_week import IsoWeek
from .rules import horizon
from .standing import standing


@dataclass(frozen=True, slots=True)
class WeekBounds:
    """Both inclusive."""

    first: IsoWeek
    last: IsoWeek


class OutOfBounds(Http404):
    """A week before the first agreement or after the horizon; `bounds` says where the nearest real ones are."""

    def __init__(self, bounds: WeekBounds) -> None:
        super().__init__()
        self.bounds = bounds


def within_bounds(site: Site, iso: IsoWeek) -> WeekBounds:
    """The bounds of a site; raises OutOfBounds for a week outside them."""
    bounds = week_bounds(site)
    if not bounds.first <= iso <= bounds.last:
        raise OutOfBounds(bounds)
    return bounds


def week_bounds(site: Site) -> WeekBounds:
    """From the week of the first agreement (this week where there is none yet) to the week of the horizon."""
    now = today(site.time_zone)
    first = min((offer.rule.first_day for offer in standing(site, current_language()).offers.values()), default=now)
    return WeekBounds(first=IsoWeek.of(min(first, now)), last=IsoWeek.of(horizon(now)))
