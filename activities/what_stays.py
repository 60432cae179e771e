"""Per activity what stays when the money stops, in words: for the desk, the page of the steering group and its report. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sites.models import Site

from .enums import Staying
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
    titles = running(site, day)
    rows = {
        row.activity_id: row
        for row in Continuation.objects.filter(activity__in=list(titles)).select_related("organisation")
        .prefetch_related("organisation__names")
    }  # fmt: skip
    lines = [_line(activity, title, rows.get(activity.pk), day) for activity, title in titles.items()]
    return sorted(lines, key=lambda one: (Staying.values.index(one.what), one.title))


def running(site: Site, day: dt.date) -> dict[Activity, str]:
    """Activities with an agreement on a day or after it, each with its title, by title; what happens once is no part of it."""
    rows = Series.objects.at(site).published().on(day, dt.date.max).exclude(frequency="once")
    found: dict[Activity, str] = {}
    for series in rows.select_related("activity").order_by("title", "-first_day", "pk"):
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
