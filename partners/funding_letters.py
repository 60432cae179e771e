"""Six, three and one month before money stops: a letter to who carries the places it pays for, and to who steers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sites.models import Site, User
from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.time import today

from .funding_page import left_words
from .models import Funding

FUNDING_ENDS = "partners/funding_ends"
# Months before the last day; the longest first. A new budget is made half a year ahead, and a month ahead people look for work.
AHEAD = (6, 3, 1)


def say() -> None:
    """For `AppConfig.ready`."""
    add_kind(Kind(FUNDING_ENDS, _("geld dat stopt"), _funding_ends, once=True, wait=AT_ONCE))


def warn() -> int:
    """Every morning: one letter for each threshold that was reached, the nearest one when several were. How many were written.

    Whoever gets their key later, or money that is written down late, is told at the next look; nobody twice.
    """
    day = today()
    # A month more than the first letter needs: half a year before the last day of August is the last one of February.
    last = day + relativedelta(months=AHEAD[0] + 1)
    return sum(_warn(one, day) for one in Funding.objects.ending(day, last).whole())


def threshold(last_day: dt.date, day: dt.date) -> int | None:
    """The smallest number of months of `AHEAD` that is left at most; None when there is more time than that."""
    reached = [months for months in AHEAD if day >= last_day - relativedelta(months=months)]
    return min(reached, default=None)


def _warn(funding: Funding, day: dt.date) -> int:
    assert funding.last_day is not None
    months = threshold(funding.last_day, day)
    if months is None:
        return 0
    period, about = f"{funding.last_day} {months}", f"funding:{funding.pk}"
    facts = {"funding": funding.pk, "last_day": str(funding.last_day)}
    rows = [
        post(FUNDING_ENDS, to=user, about=about, site=funding.site, period=period, facts=facts)
        for user in told_of(funding)
    ]
    return sum(row is not None for row in rows)


def told_of(funding: Funding) -> QuerySet[User]:
    sites = Site.objects.filter(partnership=funding.partnership_id)
    if funding.site_id:
        sites = sites.filter(pk=funding.site_id)
    return User.objects.carrying(sites, funding.partnership_id)


def _funding_ends(delivery: Delivery) -> dict[str, Any] | None:
    """None when it goes on by now, or ends on another day, of which there is a letter of its own."""
    rows = Funding.objects.whole().filter(pk=delivery.facts["funding"], last_day=delivery.facts["last_day"])
    found = rows.filter(followed_by__isnull=True).first()
    day = today()
    if found is None or found.last_day is None or found.last_day < day or delivery.user is None:
        return None
    if not told_of(found).filter(pk=delivery.user.pk).exists():
        return None
    return {
        "source": found.source, "where": str(found.site or found.partnership), "last_day": found.last_day,
        "left": left_words(day, found.last_day), "path": reverse("activities:money"),
    }  # fmt: skip
