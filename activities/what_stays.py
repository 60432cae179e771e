"""Per activity what stays when the money stops, in words: for the desk, the page of the steering group and its report. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sites.models import Site

from .enums import Frequency, Staying
from .models import Activity, Continuation, Series


@dataclass(frozen=True, slots=True)
class StayLine:
    """`what` is a code of `Staying`, `words` its words, `who` who could carry it."""

    activity: Activity
    title: str
    what: str
    words: str
    who: str
    is_example: bool = False


def what_stays(site: Site, day: dt.date) -> list[StayLine]:
    """Every activity that runs or is still to begin, what stays first, what is not known last."""
    return what_stays_at([site], day)[site]


def what_stays_at(sites: Iterable[Site], day: dt.date) -> dict[Site, list[StayLine]]:
    """The same of several sites, in as many queries as of one."""
    found: dict[Site, list[StayLine]] = {site: [] for site in sites}
    of = {site.pk: site for site in found}
    titles = _running(list(of), day)
    rows = Continuation.objects.filter(activity__in=list(titles)).select_related("organisation")
    chosen = {row.activity_id: row for row in rows.prefetch_related("organisation__names")}
    for activity, title in titles.items():
        found[of[activity.site_id]].append(_line(activity, title, chosen.get(activity.pk), day))
    for lines in found.values():
        lines.sort(key=lambda one: (Staying.values.index(one.what), one.title))
    return found


def running(site: Site, day: dt.date) -> dict[Activity, str]:
    """Activities with an agreement on a day or after it, each with its title, by title; what happens once is no part of it."""
    return _running([site.pk], day)


def _running(sites: list[int], day: dt.date) -> dict[Activity, str]:
    rows = Series.objects.filter(activity__site__in=sites).published().on(day, dt.date.max)
    found: dict[Activity, str] = {}
    regular = rows.exclude(frequency=Frequency.ONCE).select_related("activity")
    for series in regular.order_by("title", "-first_day", "pk"):
        found.setdefault(series.activity, series.title)
    return found


def _line(activity: Activity, title: str, row: Continuation | None, day: dt.date) -> StayLine:
    what = Staying(row.what) if row else Staying.UNKNOWN
    who = row.organisation.name_on(day) if row and row.organisation else ""
    return StayLine(activity, title, what.value, str(what.label), who, bool(row and row.is_example))


def counted(lines: Iterable[StayLine]) -> list[tuple[str, int]]:
    """(words, how many) for each choice that was made, in their order."""
    found = [line.what for line in lines]
    return [(str(one.label), found.count(one.value)) for one in Staying if one.value in found]
