"""Groups begin, and organisations sit in them from a day until a last day."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.enums import BodyKind
from partners.models import Body, Organisation, Seat
from partners.periods import overlaps
from sites.actions import log_change
from sites.actions.rows import take_over
from sites.models import Site, User

from .changing import locked
from .people import end_with_seat


@transaction.atomic
def start_body(site: Site, kind: str, *, by: User | None, first_met: dt.date | None = None) -> Body:
    """A working or participation group of a site, or the steering group over its partnership.

    Raises ValidationError, by field, when that group is there already.
    """
    Site.objects.select_for_update().get(pk=site.pk)
    of = None if kind == BodyKind.STEERING else site
    if Body.objects.filter(kind=kind, partnership=site.partnership_id, site=of).exists():
        raise ValidationError({"kind": _("Die groep is er al.")})
    body = Body.objects.create(kind=kind, partnership_id=site.partnership_id, site=of, first_met=first_met)
    log_change(by=by, verb="start_body", about=body, site=site, changes={"kind": [None, kind]})
    return body


@transaction.atomic
def give_seat(body: Body, organisation: Organisation, *, by: User | None, site: Site, since: dt.date | None) -> Seat:
    """An organisation sits in a group from a day on. Raises ValidationError, by field, when it sits there already."""
    seat = Seat(body=body, organisation=locked(organisation), since=since)
    _check(seat)
    seat.save()
    name = seat.organisation.name_on(since or dt.date.max)
    changes = {"organisation": [None, name], "since": [None, since and str(since)]}
    log_change(by=by, verb="give_seat", about=seat, site=site, changes=changes)
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, by: User | None, site: Site, since: dt.date | None, until: dt.date | None) -> Seat:
    """Another first or last day; who sits in a steering group for the organisation leaves it with the seat.

    Raises ValidationError by field.
    """
    locked(seat.organisation)
    seat = Seat.objects.select_related("organisation", "body__partnership").get(pk=seat.pk)
    changes = take_over(seat, {"since": since, "until": until})
    if changes:
        _check(seat)
        seat.save(update_fields=list(changes))
        log_change(by=by, verb="change_seat", about=seat, site=site, changes=changes)
        if "until" in changes and until and seat.body.kind == BodyKind.STEERING:
            end_with_seat(seat.organisation, seat.body.partnership, on=until, by=by)
    return seat


def _check(seat: Seat) -> None:
    if seat.until and seat.since and seat.until < seat.since:
        raise ValidationError({"until": _("De laatste dag ligt voor de eerste dag.")})
    others = Seat.objects.filter(body=seat.body, organisation=seat.organisation).exclude(pk=seat.pk)
    if any(overlaps(seat, other) for other in others):
        raise ValidationError({"since": _("Deze organisatie zit dan al in de groep.")})
