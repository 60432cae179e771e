"""Who helps at a site, as their coordinator reads it: since when, what is still to do with who is new, and whom to thank.

As many queries for one as for a hundred.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Min
from django.urls import reverse

from partners.enums import WelcomeStep
from partners.models import Volunteer, Welcome
from sites.enums import RoleKind
from sites.models import Role, Site

from .roster import helpers_of, key_of

# Somebody is new for two months: who helped before STEK was there has no steps, and needs none.
NEW = dt.timedelta(days=60)
# After one year, and every five.
FIRST_THANKS, EVERY = 1, 5


@dataclass(frozen=True, slots=True)
class Member:
    """One of those who help. `done` is step -> day; `to_do` are the steps that have none, in words."""

    volunteer: Volunteer
    since: dt.date | None
    done: dict[str, dt.date]
    site: Site

    @property
    def to_do(self) -> list[str]:
        return [str(step.label) for step in WelcomeStep if step not in self.done]

    @property
    def url(self) -> str:
        """Where the steps are written down."""
        return reverse("activities:welcome", args=[self.site.slug, key_of(self.volunteer)])

    def is_new(self, day: dt.date) -> bool:
        return self.since is not None and day - self.since < NEW


@dataclass(frozen=True, slots=True)
class Thanks:
    """A day on which somebody has helped for so many years."""

    member: Member
    day: dt.date
    years: int


def team(site: Site, day: dt.date) -> list[Member]:
    """Everybody who helps on a local day, by name."""
    helpers = helpers_of(site, day)
    users = [one.user_id for one in helpers if one.user_id]
    keys = Role.objects.at(site).filter(kind=RoleKind.VOLUNTEER, user__in=users).order_by()
    begun = dict(keys.values("user").annotate(first=Min("since")).values_list("user", "first"))
    done: dict[int, dict[str, dt.date]] = defaultdict(dict)
    for row in Welcome.objects.filter(site=site, volunteer__in=[one.pk for one in helpers if one.pk]):
        done[row.volunteer_id][row.step] = row.day
    return [
        Member(one, begun.get(one.user_id) if one.user_id else one.since, done.get(one.pk, {}), site)
        for one in helpers
    ]  # fmt: skip


def thanks(members: list[Member], first: dt.date, last: dt.date) -> list[Thanks]:
    """Whom to thank from `first` to `last` (both inclusive), by day."""
    found = [one for member in members for one in _thanks_of(member, first, last)]
    return sorted(found, key=lambda one: one.day)


def _thanks_of(member: Member, first: dt.date, last: dt.date) -> Iterator[Thanks]:
    if member.since is None:
        return
    for year in range(first.year, last.year + 1):
        years = year - member.since.year
        if years == FIRST_THANKS or (years > 0 and years % EVERY == 0):
            day = _same_day(member.since, year)
            if first <= day <= last:
                yield Thanks(member, day, years)


def _same_day(day: dt.date, year: int) -> dt.date:
    """In another year; who began on the 29th of February is thanked on the 28th."""
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
