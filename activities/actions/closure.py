"""The door shuts for some days, or opens again. No date is rewritten: closed is derived (`sites.rules.closed_days`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Occurrence
from sites.actions import log_change, schedule_changed
from sites.models import Closure, Partnership, Site, User

from .several import lock, renew


@transaction.atomic
def close(
    *, by: User | None, partnership: Partnership, site: Site | None, first_day: dt.date, last_day: dt.date, reason: str
) -> Closure:
    """Close one site, or (`site=None`) every site of the partnership, from and until a local day, both inclusive.

    Raises ValidationError for a site of another partnership, and for a last day before the first.
    """
    if site is not None and site.partnership_id != partnership.pk:
        raise ValidationError({"site": _("Deze plek hoort bij een ander samenwerkingsverband.")})
    closure = Closure(partnership=partnership, site=site, first_day=first_day, last_day=last_day, reason=reason)
    closure.full_clean(exclude=["partnership", "site"])
    closure.save()
    _tell(closure)
    log_change(
        by=by, verb="close", about=closure, site=site, partnership=partnership, reason=reason,
        changes={"days": [None, [str(first_day), str(last_day)]]},
    )  # fmt: skip
    return closure


@transaction.atomic
def lift(closure: Closure, *, by: User | None) -> None:
    """Open again. What was cancelled by hand before stays cancelled; lifting twice changes nothing."""
    if not Closure.objects.select_for_update().filter(pk=closure.pk).exists():
        return
    log_change(
        by=by, verb="lift", about=closure, site=closure.site, partnership=closure.partnership, reason=closure.reason,
        changes={"days": [[str(closure.first_day), str(closure.last_day)], None]},
    )  # fmt: skip
    _tell(closure)
    closure.delete()


def _tell(closure: Closure) -> None:
    """Every channel renders anew, and calendars see a newer version of each date the closure covers."""
    tell_calendars([closure])
    for site_id in _sites(closure):
        schedule_changed(site_id)


def tell_calendars(closures: Iterable[Closure]) -> None:
    """A newer version of each date one of them covers, as a part of an action that tells the sites after it."""
    covered = Occurrence.objects.none()
    for closure in closures:
        days = closure.first_day, closure.last_day
        covered |= Occurrence.objects.filter(site__in=_sites(closure), day__range=days)
    renew(Occurrence.objects.all(), lock(covered))


def _sites(closure: Closure) -> list[int]:
    """Keys, in the order in which they are told."""
    if closure.site_id:
        return [closure.site_id]
    return list(closure.partnership.sites.order_by("pk").values_list("pk", flat=True))
