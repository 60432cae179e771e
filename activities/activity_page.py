"""The read model of one activity's page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Min
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.enums import Precision
from sites.models import HomeAddress, Place, Site
from sites.rules import home_on
from sites.words import vague_words
from stek.time import clock_of, now, today

from .enums import Frequency
from .house import move_words, moves_between, town_of
from .json_ld import in_script, item_json_ld
from .lines import Item, State
from .models import Series
from .rules import horizon
from .schedule import dates, undated_items
from .standing import standing
from .words import day_words

NEXT = 4  # dates shown; more is a calendar, and the feed is that


@dataclass(slots=True)
class ActivityPage:
    """`item` tells what it is now (or was last); `upcoming` its next dates, cancelled ones among them.

    `since` is when it began, however often it changed since: empty when nobody knows. `over` is the sentence that says when
    it was, empty for what goes on. `places` are where those dates take place, each with its municipality, if that is known,
    and the sentence that tells from when when the house moves.
    """

    item: Item
    upcoming: list[Item]
    since: str
    over: str
    is_undated: bool
    places: list[tuple[Place, str, str]]
    until: dt.datetime
    today: dt.date
    json_ld: str

    @property
    def needs_name(self) -> bool:
        """Whether one of the next dates has a limited number of places."""
        return any(item.seats for item in self.upcoming)

    @property
    def has_prices(self) -> bool:
        """Whether one of the next dates costs something else than what is agreed now."""
        return any(item.price != self.item.price for item in self.upcoming)

    @property
    def next_days(self) -> list[tuple[str, Item, str]]:
        """(day, the date, where when that is not the one place below)."""
        return [(day_words(item.day, year=True), item, self._where(item)) for item in self.upcoming if item.day]

    def _where(self, item: Item) -> str:
        known = len(self.places) == 1 and item.place == self.places[0][0].name and not self.places[0][2]
        return "" if known and not (item.stops or item.guests) else item.extra


def activity_page(site: Site, slug: str, language: str) -> ActivityPage | None:
    """Read a published activity of a site, in the reader's language; None when there is none at this address."""
    moment, day = now(), today(site.time_zone)
    series = _told(site, slug, day)
    if series is None:
        return None
    with override(language):
        coming = dates(site, day, horizon(day), language, activity=slug)
        # What a change withdrew stands in its week; here it would push what does take place off the list for a year.
        upcoming = [item for item in coming if item.state != State.WITHDRAWN][:NEXT]
        told = undated_items(site, language, [series.pk])
        if not told:
            return None
        facts = standing(site, language)
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0), tzinfo=clock_of(site.time_zone))
        edges = [edge for item in upcoming if item.seats for edge in item.seats.places.edges(item.seats.begin)]
        return ActivityPage(
            item=told[0],
            upcoming=upcoming,
            since=facts.beginning_of(series.pk).words,
            over="" if upcoming else _over(series, site, day, language),
            is_undated=series.weekday is None and series.frequency != Frequency.ONCE,
            places=_places(series, upcoming, facts.homes, site, day),
            until=min(edge for edge in [midnight.astimezone(dt.UTC), *edges] if edge > moment),
            today=day,
            json_ld=in_script(item_json_ld(upcoming, site)),
        )


def _places(
    series: Series, upcoming: list[Item], homes: list[HomeAddress], site: Site, day: dt.date
) -> list[tuple[Place, str, str]]:
    """A place of its own, and the houses of the dates to come; the house of today when there are neither."""
    houses = {item.home.place_id: item.home for item in reversed(upcoming) if item.home and not item.stops}
    if not houses and not series.place and (home := home_on(homes, day)):
        houses = {home.place_id: home}
    following = moves_between(homes, day, dt.date.max)
    told = [(home.place, move_words(home) if home in following else "") for home in reversed(houses.values())]
    found = [*([(series.place, "")] if series.place else []), *told]
    return [(place, town_of(place, site), words) for place, words in found]


def _over(series: Series, site: Site, day: dt.date, language: str) -> str:
    """When it was, or should have been: what happened to its last date counts, not what was agreed."""
    if series.frequency == Frequency.ONCE:
        if item := _last_date(series, site, language):
            return _when_it_was(item, series)
        date = vague_words(series.first_day, series.first_day_precision)
        return _("Het was gepland op %(date)s, maar ging niet door.") % {"date": date}
    if series.last_day and series.last_day < day:
        return _("Het liep tot %(date)s.") % {"date": day_words(series.last_day, year=True)}
    return ""


def _last_date(series: Series, site: Site, language: str) -> Item | None:
    """The last date of an agreement, as it now stands; one that was held before one that was not."""
    days = series.occurrences.aggregate(first=Min("day"), last=Max("day"))
    if not days["last"]:
        return None
    found = [item for item in dates(site, days["first"], days["last"], language) if item.series_id == series.pk]
    return max(found, key=lambda item: (item.takes_place, item.day), default=None)


def _when_it_was(item: Item, series: Series) -> str:
    known = item.day == series.first_day and series.first_day_precision != Precision.DAY
    date = vague_words(item.day or series.first_day, series.first_day_precision if known else Precision.DAY)
    if item.takes_place:
        return _("Het was op %(date)s.") % {"date": date}
    words = _("Het was gepland op %(date)s, maar ging niet door.") % {"date": date}
    return SafeString(" ".join(conditional_escape(line) for line in [words, *item.lines]))


def _told(site: Site, slug: str, day: dt.date) -> Series | None:
    """The agreement the page tells about: the one in force, else the next, else the last; None without any."""
    chain = list(
        Series.objects.published()
        .filter(activity__site=site, activity__slug=slug)
        .select_related("place__municipality")
        .order_by("first_day")
    )
    current = [
        series for series in chain if series.first_day <= day and not (series.last_day and series.last_day < day)
    ]
    coming = [series for series in chain if series.first_day > day]
    return next(reversed(current or coming[:1] or chain), None)
