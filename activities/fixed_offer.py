"""What comes back at a site in a season: the agreements of the days somebody picks, each on its weekday [CAL-06].

A season is no row: its first and last day are chosen for each flyer. Single dates, and what is different on one of them, stand in the
flyer of their week.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.models import Site
from sites.rules import closed_days, home_on
from sites.words import sentence
from stek.dates import date_words
from stek.paper.said import Run, said
from stek.time import today

from .enums import Frequency
from .house import move_words, moved_from, moves_between
from .lines import Item
from .models import Series
from .on_paper import front, line, moved_words, scan, undated, whereabouts
from .recurrence import Rule, expand
from .schedule import undated_items
from .standing import Offer, standing
from .words import day_words, frequency_words, list_words, period_words, weekday_words, when_words

SEASON = dt.timedelta(weeks=13)  # for who picks no days
LONGEST = dt.timedelta(days=400)
EARLIEST = dt.date(2000, 1, 1)  # no place is older
A_MONDAY = dt.date(2024, 1, 1)  # any will do to name a weekday


@dataclass(frozen=True, slots=True)
class Season:
    """Both days inclusive."""

    first: dt.date
    last: dt.date

    @classmethod
    def from_today(cls, zone: str) -> Season:
        return cls(today(zone), today(zone) + SEASON)

    @property
    def days(self) -> Iterator[dt.date]:
        return (self.first + dt.timedelta(days=number) for number in range((self.last - self.first).days + 1))


def offer_flyer(site: Site, season: Season, language: str, format: str = "a4") -> dict[str, Any]:
    """What `templates/papers/flyer.typ` is told of a season. Plain values, in a language."""
    with override(language):
        items = fixed_items(site, season, language)
        facts = standing(site, language)
        seen = max(season.first, min(today(site.time_zone), season.last))
        home = home_on(facts.homes, seen)
        moves = moves_between(facts.homes, seen, season.last)
        words = _season_words(season)
        return front(site) | {
            "format": format,
            "title": _("%(name)s, vast aanbod van %(period)s") % {"name": site.name, "period": words},
            "when": _("Vast aanbod"),
            "period": words,
            "moved": moved_words(moved_from(facts.homes, seen), home),
            "days": _days(items) or ([] if items else [_nothing(words)]),
            "undated": undated([item for item in items if item.often]),
            "shut": _shut(site, season, items, language),
            "where": whereabouts(site, home.place if home else None, [move_words(one) for one in moves]),
            "code": scan(site, f"/{site.slug}/", _("Wat is er deze week?")),
            "has_examples": any(item.example for item in items),
        }


def _season_words(season: Season) -> str:
    """“1 september tot en met 22 december 2023”."""
    first, last = season.first, season.last
    short = first.year == last.year
    words = {"first": date_words(first, _("j F") if short else _("j F Y")), "last": date_words(last, _("j F Y"))}
    return _("%(first)s tot en met %(last)s") % words


def fixed_items(site: Site, season: Season, language: str) -> list[Item]:
    """Every agreement that comes back, in the active language: with hours when it has a weekday, else with how often."""
    offers = standing(site, language).offers.values()
    told = [offer for offer in offers if _comes_back(offer, season)]
    elsewhere = dict(
        Series.objects.filter(pk__in=[offer.series_id for offer in told], place__isnull=False).values_list("pk", "place__name")
    )  # fmt: skip
    items = undated_items(site, language, [offer.series_id for offer in told])
    return [_item(item, season, elsewhere.get(item.series_id, "")) for item in items]


def _comes_back(offer: Offer, season: Season) -> bool:
    return offer.rule.frequency != Frequency.ONCE and not offer.is_undone and offer.is_on(season.first, season.last)


def _item(item: Item, season: Season, place: str) -> Item:
    rule, hours = item.offer.rule, item.offer.hours
    beginning, lines = item.offer.beginning, []
    if rule.first_day > season.first and beginning.precision:
        is_first = item.offer.follows is None
        since = beginning.words if is_first else day_words(item.offer.first_date or rule.first_day)
        lines.append(_("Vanaf %(date)s.") % {"date": since})
    if rule.last_day and rule.last_day < season.last:
        lines.append(_("Tot en met %(date)s.") % {"date": day_words(_last_date(rule) or rule.last_day)})
    item = replace(item, place=place, place_elsewhere=bool(place), lines=lines)
    if rule.weekday is None:
        return item
    return replace(item, often="", begin=hours.begin, end=hours.end, part=hours.part, hours=when_words(*hours))


def _last_date(rule: Rule) -> dt.date | None:
    """The last day on which it is on, of an agreement that ends; None without a known day."""
    if rule.weekday is None or rule.last_day is None:
        return None
    found = expand(rule, rule.last_day - LONGEST, rule.last_day)
    return max(found, default=None)


def _days(items: list[Item]) -> list[dict[str, Any]]:
    by_day: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        if item.offer.rule.weekday is not None:
            by_day[item.offer.rule.weekday].append(item)
    return [
        {
            "number": "", "name": weekday_words(A_MONDAY + dt.timedelta(days=day)), "closed": [], "empty": "",
            "items": [_line(item) for item in sorted(by_day[day], key=lambda item: item.sort_key)],
        }
        for day in sorted(by_day)
    ]  # fmt: skip


def _nothing(words: str) -> dict[str, Any]:
    return {"number": "", "name": words, "closed": [], "items": [], "empty": _("niets gepland")}


def _line(item: Item) -> dict[str, Any]:
    """Every week goes without saying."""
    rule = item.offer.rule
    is_weekly = rule.frequency == Frequency.WEEKLY and rule.interval == 1
    return line(item) | {"often": "" if is_weekly else frequency_words(rule.frequency, rule.interval)}


def _shut(site: Site, season: Season, items: list[Item], language: str) -> list[Run]:
    """“Dicht: 1 november (Allerheiligen)”: days of the season on which something would have been, on end as one."""
    weekdays = {item.offer.rule.weekday for item in items}
    closed = closed_days(site, standing(site, language).closures, season.first, season.last, language)
    offered = (day for day in season.days if day.weekday() in weekdays)
    found = []
    for reason, run in groupby(offered, key=closed.get):
        if reason is not None:
            first, *rest = run
            days = period_words(first, rest[-1] if rest else first)
            found.append(sentence(_("%(days)s (%(reason)s)"), days=days, reason=reason))
    return said(sentence(_("Dicht: %(days)s"), days=list_words(found))) if found else []
