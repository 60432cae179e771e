"""The door shuts for some days, or opens again. No date is rewritten: closed is derived (`sites.rules.closed_days`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activities.day_emails import tell_of_days
from activities.effects import Held
from activities.models import Occurrence
from sites.actions import log_change
from sites.actions.days import days_changed
from sites.models import Closure, Partnership, Site, User
from stek.time import today

from .several import lock, renew

# Whom to tell, each with their dates that fall away or come again.
type Readers = Mapping[User, Sequence[Held]]
NOBODY: Readers = MappingProxyType({})


@transaction.atomic
def close(
    *, by: User | None, partnership: Partnership, site: Site | None, first_day: dt.date, last_day: dt.date, reason: str,
    tell: Readers = NOBODY,
) -> Closure:  # fmt: skip
    """Close one site, or (`site=None`) every site of the partnership, from and until a local day, both inclusive.

    The same closure twice is one, and told once. Raises ValidationError for a site of another partnership, and for a last day before the first.
    """
    if site is not None and site.partnership_id != partnership.pk:
        raise ValidationError({"site": _("Deze plek hoort bij een ander samenwerkingsverband.")})
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # of two clicks the second waits, and finds it
    same = Closure.objects.filter(
        partnership=partnership, site=site, first_day=first_day, last_day=last_day, reason=reason
    )
    if found := same.first():
        return found
    closure = Closure(partnership=partnership, site=site, first_day=first_day, last_day=last_day, reason=reason)
    closure.full_clean(exclude=["partnership", "site"])
    closure.save()
    days_changed(_sites(closure), first_day, last_day)
    _log(closure, by=by, verb="close", changes={"days": [None, _days(closure)]})
    _tell(tell, closure, was_open=True)
    return closure


@transaction.atomic
def lift(closure: Closure, *, by: User | None, tell: Readers = NOBODY) -> None:
    """Open again, from today on: days that are past stay shut as they were. Lifting twice changes nothing.

    What was cancelled by hand before stays cancelled. Raises ValidationError for a closure that is over.
    """
    found = Closure.objects.select_for_update(of=("self",)).filter(pk=closure.pk).first()
    if found is None:
        return
    day = today(found.site.time_zone) if found.site else today()
    if found.last_day < day:
        raise ValidationError(_("Deze sluiting is voorbij: wat was, verandert niet meer."))
    days_changed(_sites(found), max(found.first_day, day), found.last_day)
    old = _days(found)
    _tell(tell, found, was_open=False)
    if found.first_day < day:
        found.last_day = day - dt.timedelta(days=1)
        found.save(update_fields=["last_day"])
        _log(found, by=by, verb="lift", changes={"days": [old, _days(found)]})
    else:
        _log(found, by=by, verb="lift", changes={"days": [old, None]})
        found.delete()


def covered_by(closures: Sequence[Closure]) -> Q:
    """Which dates one of them covers."""
    covered = Q(pk__in=[])
    for closure in closures:
        covered |= Q(site__in=_sites(closure), day__range=(closure.first_day, closure.last_day))
    return covered


def tell_calendars_of_days(site_ids: Sequence[int], first: dt.date, last: dt.date | None) -> None:
    """The same for every date of some sites from `first` to `last` (inclusive; None is without end)."""
    covered = Occurrence.objects.filter(site__in=site_ids, day__gte=first)
    renew(Occurrence.objects.all(), lock(covered.filter(day__lte=last) if last else covered))


def _sites(closure: Closure) -> list[int]:
    """Keys, in the order in which they are told."""
    if closure.site_id:
        return [closure.site_id]
    return list(closure.partnership.sites.order_by("pk").values_list("pk", flat=True))


def _tell(readers: Readers, closure: Closure, *, was_open: bool) -> None:
    for reader, dates in readers.items():
        tell_of_days(dates, to=reader, partnership=closure.partnership, site=closure.site, was_open=was_open)


def _days(closure: Closure) -> list[str]:
    return [str(closure.first_day), str(closure.last_day)]


def _log(closure: Closure, *, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    log_change(
        by=by, verb=verb, about=closure, site=closure.site, partnership=closure.partnership, reason=closure.reason,
        changes=changes,
    )  # fmt: skip
