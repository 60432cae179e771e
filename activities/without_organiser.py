"""Offers that lose who organises them. Derived at each reading from engagements and agreements: nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from partners.models import Engagement, Organisation
from partners.periods import holds_on, last_of
from sites.models import Site
from stek.time import today

from .enums import Frequency
from .models import Occurrence, Series, SeriesOrganiser


@dataclass(slots=True)
class Orphan:
    """An agreement that nobody engaged here organises from `since` on; `dates` are its planned dates in those days."""

    series: Series
    since: dt.date
    dates: int
    names: list[str]


@dataclass(slots=True)
class Loss:
    """An agreement that loses one of its organisers; `others` are the names of who stays."""

    series: Series
    dates: int
    others: list[str]


type Engaged = dict[int, list[Engagement]]
"""Organisation id -> its engagements at the site."""


def without_organiser(site: Site) -> list[Orphan]:
    """Agreements of today and later whose every organiser has no engagement in force on one of their days, by first such day.

    One that names no organiser at all is the site's own. Four queries for any number of them.
    """
    day = today(site.time_zone)
    engaged = _engaged(site)
    series = _series(site, day)
    dates = _planned(series.values(), day)
    found = [_orphan(one, engaged, dates[one.pk], day) for one in series.values()]
    return sorted((one for one in found if one), key=lambda one: (one.since, one.series.title))


def losses(organisation: Organisation, site: Site, on: dt.date) -> list[Loss]:
    """Agreements that lose this organiser when `on` is its last day, with how many of their dates come after it."""
    after = on + dt.timedelta(days=1)
    engaged = _engaged(site)
    series = {pk: one for pk, one in _series(site, after).items() if organisation.pk in _hosts(one)}
    dates = _planned(series.values(), after)
    return [
        Loss(one, len(dates[pk]), _others(one, organisation, engaged, max(after, one.first_day)))
        for pk, one in series.items()
        if dates[pk] or _is_undated(one)
    ]


def organisers_left(series: Series, day: dt.date) -> list[Organisation]:
    """Who of an agreement's organisers is engaged at its site on a day, in order."""
    engaged = _engaged(series.activity.site)
    return [
        host.organisation
        for host in series.organisers.select_related("organisation")
        if _is_engaged(engaged, host.organisation_id, day)
    ]


def _engaged(site: Site) -> Engaged:
    found: Engaged = defaultdict(list)
    for engagement in Engagement.objects.at(site):
        found[engagement.organisation_id].append(engagement)
    return found


def _is_engaged(engaged: Engaged, organisation_id: int, day: dt.date) -> bool:
    return any(holds_on(engagement, day) for engagement in engaged.get(organisation_id, []))


def _series(site: Site, day: dt.date) -> dict[int, Series]:
    """Agreements that hold on a day or later and name somebody, with organisers and their names."""
    hosts = SeriesOrganiser.objects.filter(series__activity__site=site).values("series")
    rows = (
        Series.objects.filter(activity__site=site, pk__in=hosts)
        .on(day, dt.date.max)
        .exclude(frequency=Frequency.ONCE, first_day__lt=day)
        .select_related("activity")
        .prefetch_related("organisers__organisation__names")
        .order_by("title", "pk")
    )
    return {one.pk: one for one in rows}


def _hosts(series: Series) -> list[int]:
    return [host.organisation_id for host in series.organisers.all()]


def _planned(series: Iterable[Series], day: dt.date) -> dict[int, list[dt.date]]:
    """Series id -> the days of its planned dates from a day on."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    planned = Occurrence.objects.happening().filter(series__in=[one.pk for one in series], day__gte=day)
    for series_id, on in planned.order_by("day").values_list("series_id", "day"):
        found[series_id].append(on)
    return found


def _is_undated(series: Series) -> bool:
    return series.weekday is None and series.frequency != Frequency.ONCE


def _orphan(series: Series, engaged: Engaged, dates: list[dt.date], day: dt.date) -> Orphan | None:
    def has_nobody(on: dt.date) -> bool:
        return not any(_is_engaged(engaged, host, on) for host in _hosts(series))

    alone = [on for on in dates if has_nobody(on)]
    since = _first_alone(series, engaged, max(day, series.first_day), has_nobody)
    if since is None or not (alone or _is_undated(series)):
        return None
    names = [host.organisation.name_on(day) for host in series.organisers.all()]
    return Orphan(series, since, len(alone), names)


def _first_alone(
    series: Series, engaged: Engaged, first: dt.date, has_nobody: Callable[[dt.date], bool]
) -> dt.date | None:
    """The first day of an agreement, from `first` on, on which nobody is engaged: only a day after an ending can be one."""
    ends = [last_of(stay) for host in _hosts(series) for stay in engaged.get(host, []) if stay.until]
    days = [first, *sorted(end + dt.timedelta(days=1) for end in ends if end >= first)]
    return next((on for on in days if on <= (series.last_day or dt.date.max) and has_nobody(on)), None)


def _others(series: Series, organisation: Organisation, engaged: Engaged, day: dt.date) -> list[str]:
    hosts = [host.organisation for host in series.organisers.all() if host.organisation_id != organisation.pk]
    return [host.name_on(day) for host in hosts if _is_engaged(engaged, host.pk, day)]
