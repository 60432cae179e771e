"""Who works for which organisation where. The key that comes with it is a `sites.Role`, written in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.enums import BodyKind
from partners.leaving import last_day_here, role_last_day
from partners.models import Leaving, Membership, Organisation, Seat
from partners.periods import last_of
from partners.querysets import SeatQuerySet
from sites.actions.log import log_change
from sites.actions.roles import end_role, grant_role, refuse_end
from sites.enums import RoleKind
from sites.models import Partnership, Role, Site, User
from stek.time import today

# A day that no period outlives; what never ends counts as this.
NEVER = dt.date.max


@transaction.atomic
def start_membership(
    user: User,
    *,
    organisation: Organisation,
    by: User | None,
    site: Site | None = None,
    partnership: Partnership | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Membership:
    """Somebody works for an organisation, from a day (today) on: at a site with a worker's key; without a site, with a key of each
    steering group the organisation has a seat in, or of that over one `partnership` only. Such a key ends with the seat.

    Somebody who does so already keeps what they have; a later last day, or none, takes the place of an earlier one.
    Of an organisation that is leaving the site, it ends on that last day; after it, ValidationError.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    # A leaving or the end of a seat at the same moment is seen whole, or comes after and ends this too.
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    since = since or today()
    until = _until_leaving(organisation, site, since, until)
    same = Membership.objects.filter(user=user, organisation=organisation, site=site).not_over(since)
    membership = same.filter(since__lte=since).order_by("since").first()
    if membership is None:
        membership = Membership.objects.create(
            user=user, organisation=organisation, site=site, since=since, until=until
        )
        log_change(by=by, verb="start_membership", about=membership, site=site, changes={"since": [None, str(since)]})
    elif membership.until and (until is None or until > membership.until):
        _set_until(membership, until, by, verb="extend_membership")
    _grant_keys(membership, since, by, partnership)
    return membership


def _until_leaving(
    organisation: Organisation, site: Site | None, since: dt.date, until: dt.date | None
) -> dt.date | None:
    if site is None:
        return until
    last = last_day_here(organisation, site)
    if last is None:
        return until
    if since > last:
        raise ValidationError(_("Deze organisatie werkt hier dan niet."))
    return min(until or last, last)


def _grant_keys(
    membership: Membership, since: dt.date, by: User | None, partnership: Partnership | None = None
) -> None:
    user, until = membership.user, membership.until
    if membership.site:
        grant_role(user, kind=RoleKind.PARTNER_WORKER, site=membership.site, since=since, until=until, by=by)
        return
    for seat in _steering_seats(membership.organisation).on(since).select_related("body__partnership"):
        if partnership in (None, seat.body.partnership):
            last = min(until or NEVER, last_of(seat))
            grant_role(
                user, kind=RoleKind.STEERING, partnership=seat.body.partnership, by=by,
                since=since, until=None if last == NEVER else last,
            )  # fmt: skip


def _steering_seats(organisation: Organisation) -> SeatQuerySet:
    return Seat.objects.filter(organisation=organisation, body__kind=BodyKind.STEERING)


@transaction.atomic
def end_membership(membership: Membership, *, on: dt.date, by: User | None) -> None:
    """The last day somebody works for an organisation. The key goes with it, unless another membership carries it further.

    Raises ValidationError as `end_role` does.
    """
    membership = Membership.objects.select_for_update(of=("self",)).select_related("site").get(pk=membership.pk)
    if membership.until == on:
        _stays_ended([membership])
        if membership.site_id is None:
            _stays_ended([role for role in _keys_of(membership) if _carried_until(role) <= on])
    if membership.until and membership.until <= on:
        return
    for role in _keys_of(membership):
        refuse_end(role, min(on, role.until or on))
    _set_until(membership, on, by, verb="end_membership")
    for role in _keys_of(membership):
        last = _carried_until(role)
        if last < (role.until or NEVER):
            end_role(role, on=max(last, on), by=by)


@transaction.atomic
def end_with_seat(organisation: Organisation, partnership: Partnership, *, on: dt.date, by: User | None) -> None:
    """Who sits in a steering group for an organisation leaves it with the seat, today at the earliest.

    What somebody has of another organisation with a seat there stays; so does the work for other steering groups.
    """
    works = Membership.objects.filter(organisation=organisation, site__isnull=True)
    roles = Role.objects.filter(kind=RoleKind.STEERING, partnership=partnership, user__in=works.values("user"))
    for role in roles.not_over().order_by("pk"):
        last = role_last_day(role, without=organisation, on=max(on, today()))
        if last is not None and last < last_of(role):
            end_role(role, on=last, by=by)
    others = _steering_seats(organisation).exclude(body__partnership=partnership)
    if not any(last_of(seat) > on for seat in others):
        for membership in works.not_over(on + dt.timedelta(days=1)).order_by("pk"):
            _set_until(membership, on, by, verb="end_membership")


@transaction.atomic
def end_key(role: Role, *, on: dt.date, by: User | None) -> None:
    """Let a key end, whatever gave it: a worker stops working at the site for every organisation.

    Raises ValidationError as `end_role` does.
    """
    works = Membership.objects.none()
    if role.kind == RoleKind.PARTNER_WORKER:
        works = Membership.objects.filter(user=role.user_id, site=role.site_id)
    _stays_ended([role, *works])
    end_role(role, on=on, by=by)
    for membership in works.not_over(on).order_by("pk"):
        if membership.until != on:
            _set_until(membership, on, by, verb="end_membership")


def _stays_ended(rows: Iterable[Membership | Role]) -> None:
    """What somebody ends themself does not come back with an organisation that was leaving too, be it on the same day."""
    for row in rows:
        works_for = Membership.objects.filter(user=row.user_id).values("organisation")
        for leaving in Leaving.objects.select_for_update().filter(organisation__in=works_for).order_by("pk"):
            stay = [one for one in leaving.ended if one[:2] != [row._meta.label, row.pk]]
            if stay != leaving.ended:
                leaving.ended = stay
                leaving.save(update_fields=["ended"])


def _keys_of(membership: Membership) -> list[Role]:
    roles = Role.objects.filter(user=membership.user_id).not_over().select_related("site", "partnership")
    if membership.site_id:
        return list(roles.filter(kind=RoleKind.PARTNER_WORKER, site=membership.site_id))
    bodies = Seat.objects.filter(organisation=membership.organisation_id, body__kind=BodyKind.STEERING).values("body")
    return list(roles.filter(kind=RoleKind.STEERING, partnership__bodies__in=bodies).distinct())


def _carried_until(role: Role) -> dt.date:
    """The last day on which any membership of the same person gives this key."""
    rows = Membership.objects.filter(user=role.user_id).not_over(today())
    if role.site_id:
        rows = rows.filter(site=role.site_id)
    else:
        seats = Seat.objects.filter(body__kind=BodyKind.STEERING, body__partnership=role.partnership_id).on(today())
        rows = rows.filter(site__isnull=True, organisation__in=seats.values("organisation"))
    return max((row.until or NEVER for row in rows), default=dt.date.min)


def _set_until(membership: Membership, until: dt.date | None, by: User | None, *, verb: str) -> None:
    old, membership.until = membership.until, until
    changes = {"until": [str(old) if old else None, str(until) if until else None]}
    log_change(by=by, verb=verb, about=membership, site=membership.site, changes=changes)
    if until and until < membership.since:
        membership.delete()  # it had not begun yet, so it never was
    else:
        membership.save(update_fields=["until"])
