"""Questions about signals. Never writes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from activities.iso_week import IsoWeek
from sites.enums import SiteStatus
from sites.models import Site, User
from sites.rights import RIGHTS, Right

from .quarters import Period, after, last_to_release
from .querysets import control_memberships

ENOUGH = 3  # that wait in a partnership: among fewer, chance hides nothing
LONGEST = 4  # weeks: better read alone than never
CODE = re.compile(r"[A-Za-z0-9_-]{32}")


def new_code() -> str:
    """What its writer changes or takes back a signal with. It stands in the page and in their browser, nowhere else."""
    return secrets.token_urlsafe(24)


def is_code(text: str) -> bool:
    return bool(CODE.fullmatch(text))


def hash_of(code: str) -> str:
    """All that is kept of it: nobody guesses what 192 random bits were."""
    return hashlib.sha256(code.encode()).hexdigest()


def can_open(weeks: Iterable[IsoWeek], now: IsoWeek) -> bool:
    """Whether what waits in a partnership may be opened in week `now`: three from weeks that are over, or one from four weeks ago."""
    over = [week for week in weeks if week < now]
    return len(over) >= ENOUGH or any(week.plus(LONGEST) <= now for week in over)


def quarters_to_release(newest: Period | None, day: dt.date) -> list[Period]:
    """Quarters to be published on a day, the oldest first: those after the newest that was.

    A partnership of which none was published yet begins with the last one that is over. Where it begins says nothing of what was told.
    """
    last = last_to_release(day)
    found: list[Period] = []
    part = after(newest) if newest else last
    while part <= last:
        found.append(part)
        part = after(part)
    return found


def sites_to_log_at(user: User) -> list[Site]:
    """Sites at which somebody may give a signal today, by name:

    - a worker of a partner, also of one that checks people;
    - a coordinator, for themself and for who tells them.
    """
    kinds = RIGHTS[Right.LOG_SIGNAL]
    keys = [role.site_id for role in user.active_roles if role.kind in kinds and role.site_id]
    open_sites = Site.objects.filter(pk__in=keys).exclude(status=SiteStatus.STOPPED)
    return list(open_sites.select_related("partnership", "municipality").order_by("name"))


def also_checks_people(user: User | AnonymousUser) -> bool:
    """Whether somebody works, anywhere, for an organisation that also checks people."""
    return control_memberships(user).exists()
