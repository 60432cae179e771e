"""May somebody take a shift, and when is it. Never writes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Volunteer
from sites.enums import RoleKind, SiteStatus
from sites.models import Role, Site
from stek.time import today

from .enums import OccurrenceStatus, SignUpState
from .models import Occurrence, Shift, SignUp
from .rules import Closed, closed_where, moments

# Begin and end, in UTC.
type Hours = tuple[dt.datetime, dt.datetime]

# Whether a volunteer helps at a site, by its key, on a local day.
type Helps = Callable[[Volunteer, int, dt.date], bool]

# Keys of a site with which somebody may take a shift there.
HELPING = (RoleKind.VOLUNTEER, RoleKind.COORDINATOR)


class Why(models.TextChoices):
    """Why somebody cannot take a shift."""

    OFF = "off"
    TOO_LATE = "too_late"
    NOT_ALLOWED = "not_allowed"
    NOT_HERE = "not_here"
    ALREADY = "already"
    AWAY = "away"
    OVERLAP = "overlap"
    FULL = "full"
    NOT_YOURS = "not_yours"
    GONE = "gone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, and in a sentence for who asked."""

    why: Why
    words: str


def moments_of(shift: Shift) -> Hours | None:
    """Begin and end in UTC; None while nobody knows the hour."""
    need = shift.need
    if need.begin and need.end:
        return moments(shift.occurrence.day, need.begin, need.end, shift.occurrence.site.time_zone)
    begin, end = shift.occurrence.begins_at, shift.occurrence.ends_at
    if begin is None or end is None:
        return None
    return begin - dt.timedelta(minutes=shift.need.before), end + dt.timedelta(minutes=shift.need.after)


def takes_place(shift: Shift, closed: Closed) -> bool:
    """Whether it is to be held, as far as is known now. `closed` is key of a site -> its closed days."""
    date, need = shift.occurrence, shift.need
    is_shut = date.day in closed.get(date.site_id, {}) and not date.opened_anyway
    is_agreed = date.series.is_published and not date.series.is_undone
    is_asked = need.until is None or date.day <= need.until
    return date.status == OccurrenceStatus.PLANNED and is_agreed and is_asked and not is_shut and _is_wanted_on(date)


def _is_wanted_on(date: Occurrence) -> bool:
    """Not where a place stopped, or where nobody may help any more; what was, was."""
    is_open = date.site.status != SiteStatus.STOPPED and date.series.activity.volunteers_allowed
    return is_open or date.day < today(date.site.time_zone)


def why_not(
    shift: Shift, volunteer: Volunteer, *, now: dt.datetime, closed: Closed, instead_of: Shift | None = None
) -> Refusal | None:
    """Why this volunteer cannot take this shift; None when they can. Being full is asked elsewhere, under its lock.

    A shift may be taken until it ends: who walks in may as well help. `instead_of` is one that they give away for it.
    """
    hours = moments_of(shift)
    if not shift.occurrence.series.activity.volunteers_allowed:
        return Refusal(Why.NOT_ALLOWED, _("Hier werken we zonder vrijwilligers."))
    if hours is None or not takes_place(shift, closed):
        return Refusal(Why.OFF, _("Deze beurt gaat niet door."))
    if now >= hours[1]:
        return Refusal(Why.TOO_LATE, _("Deze beurt is al voorbij."))
    if not helps_at(volunteer, shift.occurrence.site, shift.occurrence.day):
        return Refusal(Why.NOT_HERE, _("Op die dag help je niet op deze plek."))
    if volunteer.pk and volunteer.away.on(shift.occurrence.day).exists():
        return Refusal(Why.AWAY, _("Je zei dat je die dag weg bent. Ben je er toch? Pas dan eerst je periode aan."))
    if other := overlapping(shift, volunteer, instead_of=instead_of):
        words = {"task": other.shift.need.task, "place": other.shift.occurrence.site.name}
        return Refusal(Why.OVERLAP, _("Op dat uur heb je al een beurt: %(task)s in %(place)s.") % words)
    return None


def helps_at(volunteer: Volunteer, site: Site, day: dt.date) -> bool:
    """Whether somebody helps at a site on a local day: with a key of it, or without an account."""
    return who_helps([volunteer])(volunteer, site.pk, day)


def who_helps(volunteers: Iterable[Volunteer]) -> Helps:
    """The same for several of them, in one query."""
    keys: dict[tuple[int, int | None], list[Role]] = defaultdict(list)
    users = {one.user_id for one in volunteers if one.user_id}
    roles = Role.objects.filter(user__in=users, user__is_active=True, kind__in=HELPING) if users else []
    for role in roles:
        keys[role.user_id, role.site_id].append(role)

    def helps(volunteer: Volunteer, site_id: int, day: dt.date) -> bool:
        if volunteer.user_id is None:
            return volunteer.site_id == site_id and (volunteer.until is None or day <= volunteer.until)
        held = keys.get((volunteer.user_id, site_id), ())
        return any(role.since <= day and (role.until is None or day <= role.until) for role in held)

    return helps


def overlapping(shift: Shift, volunteer: Volunteer, *, instead_of: Shift | None = None) -> SignUp | None:
    """Another shift of theirs that is held at the same time, at whatever site. One that ends when the other begins does not count."""
    hours = moments_of(shift)
    if hours is None or volunteer.pk is None:
        return None
    day, around = shift.occurrence.day, dt.timedelta(days=1)
    others = (
        SignUp.objects.filter(volunteer=volunteer, state=SignUpState.TAKEN).exclude(shift__in=[shift, *filter(None, [instead_of])])
        .filter(shift__occurrence__day__range=(day - around, day + around))
        .select_related("shift__need", "shift__occurrence__site", "shift__occurrence__series")
    )  # fmt: skip
    closed = closed_where([one.shift.occurrence for one in others])
    held = (one for one in others if takes_place(one.shift, closed))
    return next((one for one in held if overlap(hours, moments_of(one.shift))), None)


def overlap(one: Hours | None, other: Hours | None) -> bool:
    """Whether two stretches of time share a moment; one that ends when the other begins shares none."""
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def likes(volunteer: Volunteer, skill: str) -> bool:
    """Whether a task asks for nothing in particular, or for what somebody likes to do; who chose nothing likes everything."""
    return not skill or not volunteer.skills or skill in volunteer.skills


def fits(volunteer: Volunteer) -> Q:
    """The same for a list of shifts."""
    return Q(need__skill="") | Q(need__skill__in=volunteer.skills) if volunteer.skills else Q()
