"""Which dates say something else once a row is changed, and that calendars hear of it.

A calendar takes a newer version of a date only with a higher SEQUENCE, whatever it was that changed: a name, a house, a holiday.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from activities.models import Occurrence, Series
from activities.rules import moments
from partners.models import Organisation
from sites.holidays import holidays_between
from sites.models import Closure, HomeAddress, Municipality, Place, Site
from stek.time import today

from .closure import covered_by
from .several import lock, renew

NOTHING = Q(pk__in=[])


def tell_calendars_of(rows: Sequence[models.Model]) -> None:
    """A newer version of each date that tells of these: a row before and after its change, or the one of both there is.

    To be called in the transaction of the change, before the row is written. Rows that no calendar tells of are left alone.
    """
    find = FINDERS.get(type(rows[-1]))
    if find is None:
        return
    if isinstance(rows[-1], Series):
        lock_agreement(rows[-1])
    renew(Occurrence.objects.all(), lock(Occurrence.objects.filter(pk__in=_keys(find(rows)))))
    if isinstance(rows[-1], Site) and _differ(rows, "time_zone"):
        _go_by_the_clock_of(rows[-1])


def lock_agreement(series: Series) -> None:
    """First, as everyone does: an agreement, then its dates, then the site."""
    Series.objects.select_for_update().filter(pk=series.pk).first()


def _keys(dates: Q) -> models.QuerySet:
    return Occurrence.objects.filter(dates).order_by().values("pk")


def _differ(rows: Sequence[Any], *names: str) -> bool:
    """Whether one of these columns changes; a row that comes or goes brings or takes all of them."""
    return len(rows) < 2 or any(getattr(rows[0], name) != getattr(rows[-1], name) for name in names)


def _of_site(rows: Sequence[Site]) -> Q:
    if _differ(rows, "slug", "municipality_id", "time_zone"):
        return Q(site=rows[-1].pk)
    if _differ(rows, "name") and not HomeAddress.objects.filter(site=rows[-1].pk).exists():
        return Q(site=rows[-1].pk)  # a place without a house goes by its own name
    if not _differ(rows, "closed_on_holidays"):
        return NOTHING
    days = Occurrence.objects.filter(site=rows[-1].pk).aggregate(first=models.Min("day"), last=models.Max("day"))
    return (
        Q(site=rows[-1].pk, day__in=list(holidays_between(days["first"], days["last"]))) if days["first"] else NOTHING
    )


def _of_home(rows: Sequence[HomeAddress]) -> Q:
    """From the earliest of the days it held from, until the address after it; the first one holds before its day too."""
    if not _differ(rows, "site_id", "place_id", "since"):
        return NOTHING
    touched = NOTHING
    for site in {row.site_id for row in rows}:
        since = [row.since for row in rows]
        others = HomeAddress.objects.filter(site=site).exclude(pk=rows[-1].pk)
        dates = Q(site=site, place__isnull=True)
        if others.filter(since__lte=min(since)).exists():
            dates &= Q(day__gte=min(since))
        if len(rows) > 1 and not _differ(rows, "site_id", "place_id"):
            dates &= Q(day__lt=max(since))  # the same house, from another day on
        elif following := others.filter(since__gt=max(since)).order_by("since").first():
            dates &= Q(day__lt=following.since)
        touched |= dates
    return touched


def _of_place(rows: Sequence[Place]) -> Q:
    if not _differ(rows, "name"):
        return NOTHING
    place = rows[-1].pk
    homes = HomeAddress.objects.filter(place=place).values("site")
    return Q(place=place) | Q(stops__place=place) | Q(place__isnull=True, site__in=homes)


def _of_municipality(rows: Sequence[Municipality]) -> Q:
    return Q(site__municipality=rows[-1].pk) if _differ(rows, "name") else NOTHING


def _of_organisation(rows: Sequence[Organisation]) -> Q:
    """Its names are rows of their own, changed on its page."""
    organisation = rows[-1].pk
    return Q(series__organisers__organisation=organisation) | Q(guests__organisation=organisation)


def _of_series(rows: Sequence[Series]) -> Q:
    """Its translations too are changed on its page."""
    return Q(series=rows[-1].pk)


def _of_closure(rows: Sequence[Closure]) -> Q:
    return covered_by(rows)


# A row that is not here stands in no calendar.
FINDERS: dict[type[models.Model], Callable[[Sequence[Any]], Q]] = {
    Site: _of_site,
    HomeAddress: _of_home,
    Place: _of_place,
    Municipality: _of_municipality,
    Organisation: _of_organisation,
    Series: _of_series,
    Closure: _of_closure,
}


def _go_by_the_clock_of(site: Site) -> None:
    """Ten o'clock is ten o'clock there, for what is still to come."""
    dates = list(Occurrence.objects.filter(site=site.pk, day__gte=today(site.time_zone), begin__isnull=False))
    for date in dates:
        if date.begin and date.end:
            date.begins_at, date.ends_at = moments(date.day, date.begin, date.end, site.time_zone)
    Occurrence.objects.bulk_update(dates, ["begins_at", "ends_at"], batch_size=500)
