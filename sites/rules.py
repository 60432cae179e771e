"""Questions about sites and dates. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from .dated import in_force
from .holidays import holidays_between
from .models import Closure, HomeAddress, Site, User
from .rights import Right, can
from .words import Dutch


def closed_days(
    site: Site, closures: Iterable[Closure], first: dt.date, last: dt.date, language: str = "nl"
) -> dict[dt.date, str]:
    """Local date -> why the door is shut, for the days of `first`..`last` (inclusive) that are closed.

    Closures that do not cover the site are left aside. A period the partnership chose says more than the holiday inside it, so its reason wins.
    """
    closed = holidays_between(first, last, language) if site.closed_on_holidays else {}
    for closure in closures:
        if not closure.covers(site):
            continue
        day = max(first, closure.first_day)
        while day <= min(last, closure.last_day):
            closed[day] = Dutch(closure.reason)
            day += dt.timedelta(days=1)
    return closed


def home_on(addresses: Iterable[HomeAddress], day: dt.date) -> HomeAddress | None:
    """The address in force on a day; the first one for a day before it."""
    return in_force(addresses, day)


def can_repair(user: User | AnonymousUser) -> bool:
    """Who may look and repair in Django's admin:

    - an administrator, as long as the role lasts.
    """
    return can(user, Right.MANAGE_NETWORK)
