"""The door shuts for some days, or opens again. No date is rewritten: closed is derived (`sites.rules.closed_days`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
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
    renew(Occurrence.objects.all(), lock(Occurrence.objects.filter(covered_by([closure]))))
    for site_id in _sites(closure):
        schedule_changed(site_id)


def covered_by(closures: Sequence[Closure]) -> Q:
    """Which dates one of them covers."""
    covered = Q(pk__in=[])
    for closure in closures:
        covered |= Q(site__in=_sites(closure), day__range=(closure.first_day, closure.last_day))
    return covered


def _sites(closure: Closure) -> list[int]:
    """Keys, in the order in which they are told."""
    if closure.site_id:
        return [closure.site_id]
    return list(closure.partnership.sites.order_by("pk").values_list("pk", flat=True))
