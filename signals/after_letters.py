"""The letter after an activity: count how many came, and pass on what you heard.

To everybody who works there for who organised it, whether or not they ever give a signal: that it was sent says nothing about who gave one,
and the address in it is the same for all.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.count_rules import has_ended, is_open, takes_place
from activities.models import Occurrence, SeriesOrganiser
from activities.rules import closed_where
from activities.to_count import line_of, with_words
from activities.words import day_words
from partners.models import Membership
from sites.enums import RoleKind
from sites.models import Role, Site, User
from sites.rights import Right, can
from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.time import now, today

AFTER = "signals/after_activity"
DAY = dt.timedelta(days=1)


def say() -> None:
    """For `AppConfig.ready`."""
    about, screen = _("na een activiteit: tellen, en doorgeven wat je hoorde"), Screen(_("Tel je nog even hoeveel mensen er waren?"))  # fmt: skip
    add_kind(Kind(AFTER, about, _after, once=True, wait=AT_ONCE, screen=screen))


def offer_after() -> int:
    """Write it once the last of somebody's dates of a day at a site is over; once for each of them. How many were written.

    A worker that was down in the evening still writes it the day after; later the page of what is to be counted says the same.
    """
    days = (today() - DAY, today())
    rows = Occurrence.objects.agreed().happening().filter(day__in=days).select_related("site", "series__activity")
    closed, moment = closed_where(rows), now()
    by_day: dict[tuple[Site, dt.date], list[Occurrence]] = defaultdict(list)
    for row in rows:
        if takes_place(row, closed):
            by_day[row.site, row.day].append(row)
    return sum(_write(site, day, dates, moment) for (site, day), dates in by_day.items())


def _write(site: Site, day: dt.date, dates: list[Occurrence], moment: dt.datetime) -> int:
    busy = _organisers(one for one in dates if not has_ended(one, moment))
    done = _organisers(one for one in dates if has_ended(one, moment)) - busy
    about = f"site:{site.pk}"
    known = Delivery.objects.filter(kind=AFTER, about=about, period=str(day), user__isnull=False).values("user")
    rows = [
        post(AFTER, to=user, about=about, site=site, period=str(day), facts={"site": site.pk, "day": str(day)})
        for user in _workers(site, done, busy).exclude(pk__in=known)
    ]
    return sum(row is not None for row in rows)


def _organisers(dates: Iterable[Occurrence]) -> set[int]:
    series = [one.series_id for one in dates]
    return set(SeriesOrganiser.objects.filter(series__in=series).values_list("organisation", flat=True))


def _workers(site: Site, done: set[int], busy: set[int]) -> Any:
    """Who has a key there as a worker and works for one whose dates are over; for none whose dates are still to come."""
    members = Membership.objects.on(today(site.time_zone)).filter(site=site)
    roles = Role.objects.active().at(site).filter(kind=RoleKind.PARTNER_WORKER)
    found = User.objects.filter(pk__in=members.filter(organisation__in=done).values("user"), is_active=True)
    found = found.filter(pk__in=roles.values("user"))
    return found.exclude(pk__in=members.filter(organisation__in=busy).values("user")).order_by("pk")


def _after(delivery: Delivery) -> dict[str, Any] | None:
    """What took place that day, as the schedule says when the letter leaves; None when that is nothing, or its reader has no part in it any more."""
    user, facts = delivery.user, delivery.facts
    site = Site.objects.filter(pk=facts["site"]).first()
    if site is None or user is None or not can(user, Right.LOG_SIGNAL, site):
        return None
    day, moment = dt.date.fromisoformat(facts["day"]), now()
    rows = list(
        with_words(Occurrence.objects.of_own_organisation(user).agreed().happening().filter(site=site, day=day))
    )
    closed = closed_where(rows)
    held = [
        line_of(one, True)
        for one in rows
        if takes_place(one, closed) and has_ended(one, moment) and is_open(one, moment)
    ]
    if not held:
        return None
    return {
        "site": site.name, "day": day_words(day), "held": held, "path": reverse("sites:mine"),
        "log": f"{reverse('signals:log')}?plek={site.slug}", "is_to_count": any(not one.counted for one in held),
    }  # fmt: skip
