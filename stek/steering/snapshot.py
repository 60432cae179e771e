"""A report as plain data: every figure of a period beside those before it, with the names of then. What is frozen is this, whole.

It has a shape with a number, so that a report of years ago can still be read. Version 1:

    {version, partnership{slug, name}, period, until, is_example, periods[4], sites[{slug, name}],
     numbers{"" or site: {figure: [4 numbers, the period last]}}, months[…], people{site: [a number or null for each month]},
     activities[{site, slug, titles{language: …}, numbers{figure: [4]}}],
     partners[{code, name, sites{site: {days[4], promised[4] or null}}}], parts{part: what it collected}}

`until` is the last day that is in it. Words in more languages lie side by side, so that a report is read in the reader's own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from activities.models import Series
from partners.models import Organisation
from sites.models import Partnership, Site
from stek.time import today

from .enums import MONTHS
from .figures import OF_OFFER, Figures
from .periods import Month, Period, up_to
from .rollup import read
from .telling import Section, Told

VERSION = 1
# People by month are drawn for as many months as four periods have, at most two years: more is a scribble on a telephone.
MOST_MONTHS = 24

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a part is asked for: of whom, when, and the local day on which it is asked."""

    partnership: Partnership
    sites: list[Site]
    period: Period
    day: dt.date


@dataclass(frozen=True, slots=True)
class Part:
    """Something of another room in the report: `collect` gives plain data, `tell` makes a section of it, also years later.

    Data in the shape of an older version is still told, or None when nothing can be said of it.
    """

    name: str
    collect: Callable[[Asked], Any]
    tell: Callable[[Told, Any], Section | None]


_parts: list[Part] = []


def add_part(part: Part) -> None:
    """For `AppConfig.ready`; the order is that of the report."""
    if part not in _parts:
        _parts.append(part)


def told_parts(told: Told) -> list[Section]:
    """Sections of other rooms; a part that was not there yet when a report was frozen is left out."""
    data = told.shot["parts"]
    found = [part.tell(told, data[part.name]) for part in _parts if part.name in data]
    return [section for section in found if section is not None]


def snapshot(partnership: Partnership, period: Period) -> Json:
    """Everything a report of this period says, as things stand now. As many queries for a week of rows as for ten years."""
    periods = up_to(period)
    figures = read(partnership, periods[0].first, period.end)
    day, months = today(), _months(period)
    asked = Asked(partnership, figures.sites, period, day)
    return {
        "version": VERSION,
        "partnership": {"slug": partnership.slug, "name": partnership.name},
        "period": str(period),
        "until": min(period.last, day - dt.timedelta(days=1)).isoformat(),
        "is_example": figures.is_example,
        "periods": [str(one) for one in periods],
        "sites": [{"slug": site.slug, "name": site.name} for site in figures.sites],
        "numbers": _numbers(figures, periods),
        "months": [f"{month.first:%Y-%m}" for month in months],
        "people": {site.slug: figures.people_in(months, site) for site in figures.sites},
        "activities": _activities(figures, periods),
        "partners": _partners(figures, periods),
        "parts": {part.name: part.collect(asked) for part in _parts},
    }


def at_addresses(shot: Json, moved: Mapping[str, str]) -> Json:
    """The same report when places have other addresses; their names stay those of then. `moved`: former address -> address."""
    if not moved:
        return shot
    sites = [site | {"slug": moved.get(site["slug"], site["slug"])} for site in shot["sites"]]
    return _renamed(shot, moved) | {"sites": sites}


def _renamed(data: Any, moved: Mapping[str, str]) -> Any:
    """Places are keys, and what stands under "site"."""
    if isinstance(data, list):
        return [_renamed(one, moved) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        moved.get(key, key): moved.get(value, value) if key == "site" else _renamed(value, moved)
        for key, value in data.items()
    }


def _months(period: Period) -> list[Month]:
    last, number = period.months[-1].number, min(4 * MONTHS[period.kind], MOST_MONTHS)
    return [Month(one) for one in range(last - number + 1, last + 1)]


def _numbers(figures: Figures, periods: list[Period]) -> dict[str, dict[str, list[int]]]:
    scopes: dict[str, Site | None] = {"": None} | {site.slug: site for site in figures.sites}
    return {name: _columns([figures.numbers(period, site) for period in periods]) for name, site in scopes.items()}


def _columns(rows: list[dict[str, int]]) -> dict[str, list[int]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _activities(figures: Figures, periods: list[Period]) -> list[Json]:
    """Those of the last two periods, by site and title. Two queries."""
    by_period, nothing = [figures.by_activity(period) for period in periods], dict.fromkeys(OF_OFFER, 0)
    keys = by_period[-1].keys() | by_period[-2].keys()
    slugs = {site.pk: site.slug for site in figures.sites}
    found: dict[int, Json] = {}
    rows = Series.objects.filter(activity__in=keys, first_day__lt=periods[-1].end).published()
    for series in rows.select_related("activity").prefetch_related("texts").order_by("first_day", "pk"):
        activity = series.activity
        found[activity.pk] = {
            "site": slugs[activity.site_id],
            "slug": activity.slug,
            "titles": {"nl": series.title} | {text.language: text.title for text in series.texts.all()},
            "functions": activity.functions,
            "numbers": _columns([one.get(activity.pk, nothing) for one in by_period]),
        }
    return sorted(found.values(), key=lambda one: (one["site"], one["titles"]["nl"].casefold()))


def _partners(figures: Figures, periods: list[Period]) -> list[Json]:
    """Who was there in the last two periods, or said to be, under the name of the last day. Two queries."""
    days = [figures.days_there(period) for period in periods]
    promised = [figures.promised(period) for period in periods]
    pairs = days[-1].keys() | days[-2].keys() | promised[-1].keys()
    slugs = {site.pk: site.slug for site in figures.sites}
    sites: dict[int, dict[str, Json]] = defaultdict(dict)
    for organisation, site in sorted(pairs, key=lambda one: slugs[one[1]]):
        said = [one.get((organisation, site)) for one in promised]
        sites[organisation][slugs[site]] = {
            "days": [one.get((organisation, site), 0) for one in days],
            "promised": said if said[-1] is not None else None,
        }
    rows = Organisation.objects.filter(pk__in=sites).with_names()
    found = [{"code": row.code, "name": row.name_on(periods[-1].last), "sites": sites[row.pk]} for row in rows]
    return sorted(found, key=lambda one: one["name"].casefold())
