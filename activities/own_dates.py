"""The dates of somebody's own organisations, for `/mijn/`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from partners.models import Membership
from sites.models import Site, User
from stek.pages import current_language
from stek.time import today

from .lines import Item
from .schedule import dates
from .words import day_words

AHEAD = dt.timedelta(weeks=4)
SHOWN = 6


@dataclass(frozen=True, slots=True)
class OwnDate:
    """One date and what its day is called."""

    day: str
    item: Item


@dataclass(frozen=True, slots=True)
class OwnDates:
    """What an organisation has at one site: its next dates, in order, none after it has left; none is possible."""

    organisation: str
    site: Site
    dates: list[OwnDate]


def own_dates(user: User) -> dict[str, Any] | None:
    """The block: per membership of today the next dates of its organisation there; None for who works for none.

    Costs a few queries for each membership, of which somebody has one or two.
    """
    day = today()
    memberships = (
        Membership.objects.on(day).filter(user=user, site__isnull=False)
        .select_related("site__municipality", "organisation").prefetch_related("organisation__names")
        .order_by("site__name", "pk")
    )  # fmt: skip
    found = [_of(row, day) for row in memberships if any(role.covers(row.site) for role in user.active_roles)]
    return {"organisations": found} if found else None


def _of(membership: Membership, day: dt.date) -> OwnDates:
    site, organisation = membership.site, membership.organisation
    assert site is not None
    coming = dates(site, day, day + AHEAD, current_language())
    own = [(item.day, item) for item in coming if item.day and organisation.code in item.offer.named_on(item.day)]
    shown = [OwnDate(day_words(on), item) for on, item in own[:SHOWN]]
    return OwnDates(organisation.name_on(day), site, shown)
