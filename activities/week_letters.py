"""The letter of Monday morning: which shifts of this week and the next still miss somebody. To who carries the site; nobody's name is in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.enums import BodyKind
from partners.models import Membership, Seat
from sites.models import Site, User
from sites.rules import coordinates
from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.time import clock_of, now, today

from .iso_week import IsoWeek
from .roster import Seated, understaffed

WEEK_SHORT = "activities/week_short"
# When a working day begins, and the night in which no letter leaves is over.
WRITTEN_AT = dt.time(8)
# A worker that was down still sends it on Monday or Tuesday; later the week is half over, and the desk says the same.
LATEST = dt.timedelta(days=2)
WEEK = dt.timedelta(days=7)


def say() -> None:
    """For `AppConfig.ready`."""
    add_kind(Kind(WEEK_SHORT, _("’s maandags: waar nog iemand nodig is"), _week_short, once=True, wait=AT_ONCE))


def preview() -> int:
    """Write it for each site where it is Monday morning, or was not long ago; once a week for each reader. How many were written.

    Also when nothing is short: that is looked at when the letter leaves, and not again later in the week.
    """
    return sum(_write(site) for site in Site.objects.public())


def _write(site: Site) -> int:
    moment, clock = now(), clock_of(site.time_zone)
    week = IsoWeek.of(moment.astimezone(clock).date())
    due = dt.datetime.combine(week.monday, WRITTEN_AT, tzinfo=clock)
    if not due <= moment < due + LATEST:
        return 0
    about = f"site:{site.pk}"
    known = Delivery.objects.filter(kind=WEEK_SHORT, about=about, period=str(week), user__isnull=False)
    rows = [
        post(WEEK_SHORT, to=user, about=about, site=site, period=str(week), facts={"site": site.pk})
        for user in _readers(site).exclude(pk__in=known.values("user"))
    ]
    return sum(row is not None for row in rows)


def _readers(site: Site) -> Any:
    """Who coordinates, and who works here for an organisation that sits in the working group."""
    day = today(site.time_zone)
    seats = Seat.objects.on(day).filter(body__site=site, body__kind=BodyKind.WORKING)
    works = Membership.objects.on(day).filter(site=site, organisation__in=seats.values("organisation"))
    coordinators = User.objects.coordinating(site).order_by()
    either = Q(pk__in=coordinators.values("pk")) | Q(pk__in=works.values("user"))
    return User.objects.filter(either, is_active=True).order_by("pk")


def _week_short(delivery: Delivery) -> dict[str, Any] | None:
    """What is short now, from today to the end of next week; None when that is nothing, or its reader has no part in it any more."""
    site = Site.objects.select_related("municipality", "partnership").filter(pk=delivery.facts["site"]).first()
    if site is None or delivery.user is None or not _readers(site).filter(pk=delivery.user_id).exists():
        return None
    day = today(site.time_zone)
    sunday = IsoWeek.of(day).sunday
    this_week, next_week = _coming(site, day, sunday), _coming(site, sunday + dt.timedelta(days=1), sunday + WEEK)
    if not this_week and not next_week:
        return None
    at_desk = coordinates(delivery.user, site)
    return {
        "site": site.name, "this_week": this_week, "next_week": next_week, "at_desk": at_desk,
        "path": reverse("activities:roster" if at_desk else "partners:become_volunteer", args=[site.slug]),
    }  # fmt: skip


def _coming(site: Site, first: dt.date, last: dt.date) -> list[Seated]:
    return [one for one in understaffed(site, first, last) if not one.line.is_over]
