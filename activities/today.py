"""What is on today at running sites: the read model of the home page and of `/mijn/`, five queries for any number of sites."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation, Min, Q
from django.utils.safestring import SafeString

from sites.models import Closure, Site
from sites.querysets import SiteQuerySet
from sites.rules import closed_days
from stek.time import clock_of, now, today

from .lines import hour_key, is_over, is_running
from .models import Occurrence, Series
from .rules import wall_hours
from .schedule import LOOK_AHEAD
from .words import day_words, title_words, when_words


@dataclass(slots=True)
class TodayItem:
    title: str
    language: str
    hours: str
    slug: str
    pictogram: str
    is_exact: bool
    is_over: bool
    is_running: bool
    is_away: bool
    kind: str

    @property
    def heading(self) -> SafeString:
        return title_words(self.title, self.language, self.kind)


@dataclass(slots=True)
class SiteToday:
    """`closed` is the reason the door is shut today, `next` the day it opens again, in words.

    `is_late`: what began yesterday is not over. `is_unsure`: something repeats on a day nobody knows, which may be today.
    `is_done`: there was something today, in the house or, on a day without, elsewhere, and it is over.
    """

    site: Site
    items: list[TodayItem] = field(default_factory=list)
    is_late: bool = False
    is_unsure: bool = False
    closed: str = ""
    next: str = ""

    @property
    def here(self) -> list[TodayItem]:
        return [item for item in self.items if not item.is_away]

    @property
    def is_open_now(self) -> bool:
        return self.is_late or any(item.is_running for item in self.here)

    @property
    def is_on_the_road(self) -> bool:
        """All of today is elsewhere, and not all of it is over."""
        return bool(self.items) and not self.here and not self.is_done

    @property
    def is_done(self) -> bool:
        return bool(self.items) and all(item.is_over for item in self.here or self.items)

    @property
    def is_shut(self) -> bool:
        """The house, for the rest of the day."""
        return not self.is_open_now and all(item.is_over for item in self.here)


def today_everywhere(language: str) -> list[SiteToday]:
    """Running sites by municipality and name, each with what takes place today, as it is today there."""
    return today_at(Site.objects.all(), language)


def today_at(some: SiteQuerySet, language: str) -> list[SiteToday]:
    """The same for some sites; those that do not run are left out."""
    moment = now()
    sites = list(some.public().select_related("municipality").order_by("municipality__name", "name"))
    days = {site.pk: today(site.time_zone) for site in sites}
    first = min(days.values(), default=today()) - dt.timedelta(days=1)
    last = max(days.values(), default=first) + LOOK_AHEAD
    closures = list(Closure.objects.touching(first, last))
    shut = {site.pk: closed_days(site, closures, first, last, language) for site in sites}
    result = {site.pk: SiteToday(site, closed=shut[site.pk].get(days[site.pk], "")) for site in sites}
    for row in _rows(sites, first, last - LOOK_AHEAD, language, moment):
        found, day = result[row["site_id"]], days[row["site_id"]]
        if row["day"] in shut[row["site_id"]] and not row["opened_anyway"]:
            continue
        if row["day"] == day:
            found.items.append(_item(row, language, moment, found.site.time_zone))
        elif row["day"] < day and row["ends_at"] and row["ends_at"] > moment:
            found.is_late |= not row["is_away"]
    for site_id, first_day, last_day in _undated(sites):
        if first_day <= days[site_id] <= (last_day or dt.date.max):
            result[site_id].is_unsure = True
    for site_id, following in _next_days(sites, shut, days, last).items():
        result[site_id].next = following
    return list(result.values())


def _rows(sites: list[Site], first: dt.date, last: dt.date, language: str, moment: dt.datetime) -> list[dict]:
    """What was planned after the first of these days, and what began on it and is not over; as the week sorts a day."""
    planned = Q(day__gt=first, day__lte=last) | Q(day=first, ends_at__gt=moment)
    rows = (
        Occurrence.objects.filter(planned, site__in=sites, series__is_published=True, series__is_undone=False)
        .happening()
        .with_away()
        .annotate(text=FilteredRelation("series__texts", condition=Q(series__texts__language=language)))
        .values(
            "site_id", "day", "begin", "end", "part", "begins_at", "ends_at", "opened_anyway", "is_away",
            title_nl=F("series__title"), title=F("text__title"),
            slug=F("series__activity__slug"), pictogram=F("series__activity__type__pictogram"),
            kinds=F("series__activity__type__names"),
        )
    )  # fmt: skip
    zones = {site.pk: site.time_zone for site in sites}
    for row in rows:
        if row["begins_at"]:
            row["begin"], row["end"] = wall_hours(row["begins_at"], row["ends_at"], zones[row["site_id"]])
    return sorted(rows, key=lambda row: (*hour_key(row["part"], row["begin"]), row["title"] or row["title_nl"]))


def _undated(sites: list[Site]) -> Iterable[tuple[int, dt.date, dt.date | None]]:
    """(site id, first day, last day) of what repeats on a day nobody knows."""
    undated = Series.objects.published().undated().filter(activity__site__in=sites)
    return undated.order_by().values_list("activity__site", "first_day", "last_day")


def _item(row: dict, language: str, moment: dt.datetime, zone: str) -> TodayItem:
    hours = when_words(row["begin"], row["end"], row["part"])
    title, spoken = (row["title"], language) if row["title"] else (row["title_nl"], "nl")
    return TodayItem(
        title=title,
        language=spoken,
        hours=hours,
        slug=row["slug"],
        pictogram=row["pictogram"],
        is_exact=bool(row["begin"]),
        is_over=is_over(row["ends_at"], row["part"], moment, moment.astimezone(clock_of(zone)).time()),
        is_running=is_running(row["begins_at"], row["ends_at"], moment),
        is_away=row["is_away"],
        kind=row["kinds"].get(language, ""),
    )


def _next_days(
    sites: list[Site], shut: dict[int, dict[dt.date, str]], days: dict[int, dt.date], last: dt.date
) -> dict[int, str]:
    """Site id -> the next day after today there (`days`), until the last day looked at, with something on in the house, in words."""
    rows = (
        Occurrence.objects.filter(
            site__in=sites,
            series__is_published=True,
            series__is_undone=False,
            day__gt=min(days.values(), default=last),
            day__lte=last,
        )
        .happening()
        .with_away()
        .filter(is_away=False)
        .order_by()
        .values("site_id", "day")
        .annotate(opened=Min("pk", filter=Q(opened_anyway=True)))
        .values_list("site_id", "day", "opened")
    )
    found: dict[int, list[dt.date]] = defaultdict(list)
    for site_id, on, opened in rows:
        if on > days[site_id] and (opened or on not in shut[site_id]):
            found[site_id].append(on)
    return {site_id: day_words(min(some)) for site_id, some in found.items()}
