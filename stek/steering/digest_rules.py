"""Of which quarter a letter is, when it leaves by itself, and who gets it. Never writes."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from partners.models import Membership
from sites.enums import RoleKind
from sites.models import Partnership, Role, User

from .enums import DigestState, LetterKind, PeriodKind
from .models import Digest
from .periods import Period, last_closed

# By then the last counts are in, and what signals may say is released.
AFTER = dt.timedelta(days=21)
# A worker that was down still sends it; later it is on demand only, and a new installation sends nothing old.
LATEST = dt.timedelta(days=45)


def period_of(day: dt.date) -> Period:
    """The quarter a letter of this local day is about: the last one that is over."""
    return last_closed(day, PeriodKind.QUARTER)


def leaves_on(period: Period) -> dt.date:
    """The first day on which it leaves by itself."""
    return period.end + AFTER


def is_due(period: Period, day: dt.date) -> bool:
    return leaves_on(period) <= day < period.end + LATEST


def receivers(partnership: Partnership, kind: str, day: dt.date) -> QuerySet[User]:
    """Who sits in the steering group on a local day; or who works at one of its places for a partner. By name."""
    roles = Role.objects.active(day)
    if kind == LetterKind.STEERING:
        roles = roles.filter(kind=RoleKind.STEERING, partnership=partnership)
    else:
        works = Membership.objects.on(day).filter(site__partnership=partnership)
        roles = roles.filter(kind=RoleKind.PARTNER_WORKER, site__partnership=partnership, user__in=works.values("user"))
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("name", "pk")


def window(partnership: Partnership, kind: str, period: Period, day: dt.date) -> tuple[dt.date, dt.date]:
    """From where the last one that was sent ended, or from the begin of the quarter, up to and without today."""
    sent = Digest.objects.filter(partnership=partnership, kind=kind, state=DigestState.SENT)
    last = sent.exclude(period=str(period)).order_by("-until").values_list("until", flat=True).first()
    return min(last or period.first, day), day
