"""Questions about meetings. Never writes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sites.enums import RoleKind
from sites.models import Role, Site, User
from sites.rules import coordinates
from stek.time import today

from .enums import ActionOwner, BodyKind
from .models import ActionPoint, Body, Decision, Meeting, Membership, Organisation, Seat


def can_keep(user: User, body: Body) -> bool:
    """Who calls the meetings of a group and keeps their minutes:

    - of a group of a site who coordinates that site;
    - of the steering group its members, and who coordinates one of its sites.
    """
    if body.site is not None:
        return coordinates(user, body.site)
    if any(role.kind == RoleKind.STEERING and role.partnership_id == body.partnership_id for role in user.active_roles):
        return True
    own = [role.site_id for role in user.active_roles if role.kind == RoleKind.COORDINATOR and role.site_id]
    return Site.objects.filter(pk__in=own, partnership=body.partnership_id).exists()


def can_finish(user: User, point: ActionPoint) -> bool:
    """Who says that an action point is done: who keeps the meeting, and who works for the organisation that would do it."""
    return can_keep(user, point.meeting.body) or point.organisation_id in organisations_of(user)


def organisations_of(user: User) -> frozenset[int]:
    """Primary keys of the organisations somebody works for today."""
    return frozenset(Membership.objects.on(today()).filter(user=user).values_list("organisation", flat=True))


def why_not_call(meeting: Meeting, day: dt.date) -> str:
    """Why nobody is invited to a meeting any more; empty when they may be."""
    if meeting.is_off:
        return _("Deze vergadering is afgezegd.")
    return _("Deze vergadering is voorbij.") if meeting.day < day else ""


def invited_to(body: Body) -> QuerySet[User]:
    """Who is told of the meetings of a group, each once: its members with an account, and who carries the site."""
    roles = Role.objects.active()
    if body.site is None:
        sites = Site.objects.filter(partnership=body.partnership_id)
        return User.objects.carrying(sites, body.partnership_id)
    kinds = [RoleKind.COORDINATOR, *([RoleKind.VOLUNTEER] if body.with_volunteers else [])]
    seats = Seat.objects.on(today()).filter(body=body)
    works = Membership.objects.on(today()).filter(site=body.site, organisation__in=seats.values("organisation"))
    holds_key = roles.filter(site=body.site)
    either = Q(pk__in=holds_key.filter(kind__in=kinds).values("user")) | Q(
        pk__in=works.filter(user__in=holds_key.values("user")).values("user")
    )
    return User.objects.filter(either, is_active=True).order_by("pk")


def members_on(body: Body, day: dt.date) -> list[Organisation]:
    """Which organisations sat in a group on a day, in the order of their names of that day."""
    seats = (
        Seat.objects.on(day).filter(body=body).select_related("organisation").prefetch_related("organisation__names")
    )
    return by_name({seat.organisation for seat in seats}, day)


def by_name(organisations: Iterable[Organisation], day: dt.date) -> list[Organisation]:
    """In the order of their names of that day. Fetch them with their names."""
    return sorted(organisations, key=lambda one: folded(one.name_on(day)))


def owners_of(body: Body) -> list[str]:
    """Roles that can own an action point of a group."""
    if body.kind == BodyKind.STEERING:
        return [ActionOwner.COORDINATOR, ActionOwner.STEERING, ActionOwner.WORKING]
    if body.kind == BodyKind.WORKING:
        return [ActionOwner.COORDINATOR, ActionOwner.WORKING, ActionOwner.VOLUNTEERS, ActionOwner.STEERING]
    return [ActionOwner.COORDINATOR, ActionOwner.PARTICIPATION, ActionOwner.WORKING]


def folded(text: str) -> str:
    """Without capitals and accents, so that who searches need not write as who wrote."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))


def found_in(decisions: Iterable[Decision], query: str) -> list[Decision]:
    """Those that hold every word of what is looked for, in whatever order; all of them without words."""
    words = folded(query).split()
    return [one for one in decisions if all(word in folded(one.text) for word in words)]
