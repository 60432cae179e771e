"""Two years of example shifts that are over, so that hours and what was short can be read. Rows at once: the actions are proved by tests.

The same on every machine: who had a place follows from the date, fewer people in summer and around New Year.
"""

from __future__ import annotations

import datetime as dt
import random

from activities.models import Occurrence, Shift, ShiftNeed, SignUp
from activities.rules import closed_where
from activities.turnout import SPAN
from partners.models import Volunteer
from stek.time import today

from .counts import season
from .people import KANTINE, KATTEGAT, person

# How likely somebody is to have taken each place of a shift.
TAKEN = 0.82


def load_helped() -> None:
    """Once: what was changed by hand since stays."""
    day = today()
    if Shift.objects.filter(occurrence__day__lt=day).exists():
        return
    needs = list(ShiftNeed.objects.filter(occurrence__isnull=True).select_related("series").order_by("pk"))
    rows = Occurrence.objects.agreed().happening().filter(series__in=[need.series for need in needs])
    dates = list(rows.filter(day__gt=day - SPAN, day__lt=day).select_related("site").order_by("day", "pk"))
    closed = closed_where(dates)
    held = [one for one in dates if one.opened_anyway or one.day not in closed[one.site_id]]
    made = [Shift(need=need, occurrence=date) for date in held for need in needs if need.series_id == date.series_id]
    Shift.objects.bulk_create(made)
    people = {site: _people(site) for site in (KANTINE, KATTEGAT)}
    SignUp.objects.bulk_create(place for shift in made for place in _places(shift, people))


def _people(site: str) -> list[Volunteer | None]:
    """Who helps there; None is somebody who was forgotten since."""
    users = [user for word in ("vrijwilliger", "vrijwilliger-2") if (user := person(word, site))]
    known = Volunteer.objects.filter(user__in=users) | Volunteer.objects.filter(site__slug=site)
    return [*known.order_by("pk"), None]


def _places(shift: Shift, people: dict[str, list[Volunteer | None]]) -> list[SignUp]:
    date = shift.occurrence
    chance = random.Random(f"{date.site.slug} {shift.need.task} {date.original_date}")  # noqa: S311  # an example, no secret
    wanted = sum(chance.random() < TAKEN * season(date.day) for _place in range(shift.need.maximum))
    there = [one for one in people[date.site.slug] if _helped_then(one, date.day)]
    return [SignUp(shift=shift, volunteer=one) for one in chance.sample(there, min(wanted, len(there)))]


def _helped_then(volunteer: Volunteer | None, day: dt.date) -> bool:
    return volunteer is None or volunteer.since is None or volunteer.since <= day
