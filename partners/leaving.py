"""What ends when an organisation leaves a site. Read by the page that asks "are you sure", and done by the action: the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from sites.enums import RoleKind
from sites.models import Role, Site
from sites.querysets import RoleQuerySet
from stek.time import today

from .enums import BodyKind
from .models import Engagement, Leaving, Membership, Organisation, Seat
from .periods import last_of

type Row = Engagement | Seat | Membership | Role


@dataclass(slots=True)
class Ending:
    """`until` holds what gets another last day, with that day; `removed` what had not begun by then."""

    engagements: list[Engagement] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    roles: list[tuple[Role, dt.date]] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)

    @property
    def people(self) -> list[str]:
        """Who loses a key, by name."""
        roles = [*(role for role, _day in self.roles), *(row for row in self.removed if isinstance(row, Role))]
        return sorted({str(role.user) for role in roles})


def what_ends(organisation: Organisation, site: Site, on: dt.date) -> Ending:
    """What ends when `on` is the last day (local, inclusive). A steering seat stays while a place of the partnership is left."""
    ending = Ending()
    memberships = Membership.objects.filter(organisation=organisation, site=site).select_related("user")
    ending.engagements = _sorted_out(organisation.engagements.filter(site=site), on, ending)
    ending.seats = _sorted_out(_seats(organisation, site, on), on, ending)
    ending.memberships = _sorted_out(memberships, on, ending)
    touched = [*ending.memberships, *(row for row in ending.removed if isinstance(row, Membership))]
    users = {row.user_id for row in touched}
    _end_roles(Role.objects.filter(kind=RoleKind.PARTNER_WORKER, site=site, user__in=users), organisation, on, ending)
    if any(seat.body.kind == BodyKind.STEERING for seat in ending.seats):
        _end_steering(organisation, site, on, ending)
    return ending


def _sorted_out[R: (Engagement, Seat, Membership)](rows: Iterable[R], on: dt.date, ending: Ending) -> list[R]:
    """Rows that last beyond a day and have begun by it; those that have not yet are put with what is removed."""
    lasting = [row for row in rows if last_of(row) > on]
    ending.removed += [row for row in lasting if row.since and row.since > on]
    return [row for row in lasting if not (row.since and row.since > on)]


def _seats(organisation: Organisation, site: Site, on: dt.date) -> Iterable[Seat]:
    bodies = Q(body__site=site)
    elsewhere = organisation.engagements.filter(site__partnership=site.partnership_id).exclude(site=site)
    if not any(last_of(engagement) > on for engagement in elsewhere):
        bodies |= Q(body__site__isnull=True, body__partnership=site.partnership_id)
    return organisation.seats.filter(bodies).select_related("body")


def _end_steering(organisation: Organisation, site: Site, on: dt.date, ending: Ending) -> None:
    """Who sits in the steering group for an organisation leaves it with the seat; other partnerships may still have theirs."""
    memberships = Membership.objects.filter(organisation=organisation, site__isnull=True).select_related("user")
    roles = Role.objects.filter(
        kind=RoleKind.STEERING, partnership=site.partnership_id, user__in=memberships.values("user")
    )
    _end_roles(roles, organisation, on, ending)
    seats = Seat.objects.filter(organisation=organisation, body__kind=BodyKind.STEERING).exclude(
        body__partnership=site.partnership_id
    )
    if not any(last_of(seat) > on for seat in seats):
        ending.memberships += _sorted_out(memberships, on, ending)


def _end_roles(roles: RoleQuerySet, organisation: Organisation, on: dt.date, ending: Ending) -> None:
    for role in roles.select_related("user").order_by("pk"):
        last = role_last_day(role, without=organisation, on=on)
        if last is None or last_of(role) <= last:
            continue
        if role.since > last:
            ending.removed.append(role)
        else:
            ending.roles.append((role, last))


def role_last_day(role: Role, *, without: Organisation, on: dt.date) -> dt.date | None:
    """The last day somebody may keep a key when their work for one organisation ends on a day (inclusive).

    None when work for another organisation, that gives the same key, goes on without an end. A gap in between ends the key.
    """
    others = Membership.objects.filter(user=role.user_id, site=role.site_id).exclude(organisation=without)
    if role.partnership_id:
        seats = Seat.objects.filter(body__kind=BodyKind.STEERING, body__partnership=role.partnership_id)
        others = others.filter(organisation__in=seats.on(on + dt.timedelta(days=1)).values("organisation"))
    last = on
    for other in sorted(others, key=lambda one: one.since):
        if other.since <= last + dt.timedelta(days=1) and last_of(other) > last:
            if other.until is None:
                return None
            last = other.until
    return last


def check_leaving(organisation: Organisation, site: Site, on: dt.date) -> None:
    """Raises ValidationError, beside the day, when an organisation cannot leave a site on a local day."""
    leaving = last_leaving(organisation, site)
    if leaving and leaving.last_day >= on:
        message = _("Deze organisatie vertrekt al. Maak dat eerst ongedaan.")
    elif on < today(site.time_zone) - dt.timedelta(days=1):
        message = _("Wat voorbij is, verandert niet meer. Kies gisteren of later.")
    elif not organisation.engagements.filter(site=site).on(on).exists():
        message = _("Deze organisatie werkt hier dan niet.")
    else:
        return
    raise ValidationError({"on": message})


def last_leaving(organisation: Organisation, site: Site) -> Leaving | None:
    """The leaving that can be undone; None when it is here still, or has begun anew since."""
    leaving = Leaving.objects.filter(organisation=organisation, site=site).order_by("-last_day").first()
    return None if leaving is None or goes_on(organisation, site, leaving.last_day) else leaving


def goes_on(organisation: Organisation, site: Site, last: dt.date) -> bool:
    """Whether an organisation works at a site beyond a day: what a leaving says of that day is not so, or no longer."""
    return any(last_of(engagement) > last for engagement in organisation.engagements.filter(site=site))


def last_day_here(organisation: Organisation, site: Site) -> dt.date | None:
    """The last day of an organisation at a site when it is leaving or has left; None when it is here to stay."""
    leaving = last_leaving(organisation, site)
    return leaving.last_day if leaving else None
