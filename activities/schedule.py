"""One schedule, every channel: the read model `week()` that page, feed, JSON, flyer and hall screen render.

At most eight queries, for five dates as for five hundred. Everything shown is put into words here, once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.enums import PlaceKind, SiteKind
from sites.models import HomeAddress, Place, Site
from sites.rules import closed_days, home_on
from sites.words import Dutch
from stek.time import clock_of
from stek.time import now as domain_now

from .enums import OccurrenceStatus, Part
from .free_places import PLACES, Phase, Places, Seats
from .house import moved_from, moves_between, town, town_of
from .iso_week import IsoWeek
from .lines import PART_WINDOWS, Day, Item, State, StopLine, Week, first_moment
from .models import Occurrence
from .querysets import OccurrenceQuerySet
from .rules import wall_hours
from .standing import Hours, Offer, standing
from .telling import is_lost, state_of, tell
from .words import day_words, frequency_words, when_words

# How far ahead a closed or cancelled date looks for its next time.
LOOK_AHEAD = dt.timedelta(days=120)

COLUMNS = [
    "id",
    "uuid",
    "series_id",
    "original_date",
    "day",
    "begin",
    "end",
    "part",
    "begins_at",
    "ends_at",
    "status",
    "opened_anyway",
    "is_changed",
    "note",
    "note_translations",
    "place_id",
    "place__name",
    "place__kind",
    "place__municipality__name",
    "sequence",
    "changed_at",
    *(f"outing__{fact}" for fact in PLACES),
]


# Plain SQL: building this union with the query language took a sixth of a small page.
EXTRAS = """
SELECT o.id, 'stop', s.position, NULL, p.name, p.kind, m.name, p.id, CAST(s."begin" AS TEXT), CAST(s."end" AS TEXT)
  FROM activities_stop s JOIN activities_occurrence o ON o.id = s.occurrence_id JOIN sites_place p ON p.id = s.place_id
  LEFT JOIN sites_municipality m ON m.id = p.municipality_id
 WHERE o.site_id = %s AND (o.day BETWEEN %s AND %s OR o.original_date BETWEEN %s AND %s)
UNION ALL
SELECT o.id, 'guest', g.id, CAST(n.since AS TEXT), n.name, NULL, NULL, NULL, NULL, NULL
  FROM activities_guest g JOIN activities_occurrence o ON o.id = g.occurrence_id
  JOIN partners_organisationname n ON n.organisation_id = g.organisation_id
 WHERE o.site_id = %s AND (o.day BETWEEN %s AND %s OR o.original_date BETWEEN %s AND %s) AND n.since <= %s
"""


def week(site: Site, iso: IsoWeek, language: str, *, now: dt.datetime | None = None) -> Week:
    """Read one week of a site, in the reader's language; `now` is a domain moment in UTC."""
    now = now or domain_now()
    with override(language):
        return _Reader(site, iso.monday, iso.sunday, language, now).week(iso)


def dates(
    site: Site, first: dt.date, last: dt.date, language: str, *, activity: str = "", undone: bool = False,
    now: dt.datetime | None = None,
) -> list[Item]:  # fmt: skip
    """Every date of a site, or of one activity (by slug), in `first`..`last` (local, inclusive), where it now stands.

    Ordered by day and hour: for the feed and for a page's next dates. With `undone` also dates of what was undone, which are
    off: for calendars that may have heard of them.
    """
    now = now or domain_now()
    with override(language):
        reader = _Reader(site, first, last, language, now, activity=activity)
        reader.read()
        items = [item for item in reader.current_items() if undone or not item.offer.is_undone]
        return sorted(items, key=lambda item: (item.day, *item.sort_key))


def undated_items(site: Site, language: str, series: list[int]) -> list[Item]:
    """What some agreements say, without a date."""
    day = domain_now().astimezone(clock_of(site.time_zone)).date()
    with override(language):
        reader = _Reader(site, day, day, language, domain_now())
        reader.know(series)
        return [reader.undated(reader.facts.offers[pk]) for pk in series if pk in reader.facts.offers]


@cache
def _rows() -> OccurrenceQuerySet:
    """Every date with what is told of it, in no order; naming the columns anew for each week took a twentieth of a small page."""
    return Occurrence.objects.order_by().values(*COLUMNS)


class _Reader:
    """Reads the rows of some days with a fixed number of queries and puts them into words."""

    def __init__(
        self, site: Site, first: dt.date, last: dt.date, language: str, now: dt.datetime, *, activity: str = ""
    ) -> None:
        self.site, self.first, self.last, self.language, self.now = site, first, last, language, now
        self.activity = activity
        self.zone = clock_of(site.time_zone)
        self.local_now = now.astimezone(self.zone)
        self.today = self.local_now.date()
        self.facts = standing(site, language)
        self._hosts: dict[tuple[int, dt.date], list[str]] = {}

    # --- rows ---------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self.last_looked_at = self.last + LOOK_AHEAD
        night_before = self.first - dt.timedelta(days=1)  # what began then may not be over
        occurrences = _rows().filter(site=self.site).in_days(night_before, self.last)
        if self.activity:
            ids = [pk for pk, offer in self.facts.offers.items() if offer.slug == self.activity]
            occurrences = occurrences.filter(series__in=ids)
        # Asked of the database the order costs a small page more.
        rows = sorted(occurrences, key=lambda row: (row["day"], row["id"]))
        for row in rows:
            if row["begins_at"]:
                # As the feed tells it, also in the night in which the hour that was agreed does not exist.
                row["begin"], row["end"] = wall_hours(row["begins_at"], row["ends_at"], self.site.time_zone)
        self.know(row["series_id"] for row in rows)
        self.rows = [row for row in rows if row["series_id"] in self.facts.offers]
        # A withdrawn date that a newer agreement has too, with another price or hour, is told once.
        self.taken_over = {self._slot(row) for row in self.rows if row["status"] != OccurrenceStatus.WITHDRAWN}
        self.closed = self._closed_days(night_before)
        self.stops, self.guests = self._extras(night_before)
        self.home_day = self.today if self._is_current else self.first
        self.home = home_on(self.facts.homes, self.home_day)

    def _closed_days(self, first: dt.date) -> dict[dt.date, str]:
        """Day -> reason, for every day that is told about: those of dates that moved away from here too."""
        days = [row["day"] for row in self.rows]
        first, last = min([first, *days]), max([self.last_looked_at, *days])
        return closed_days(self.site, self.facts.closures, first, last, self.language)

    def know(self, series: Iterable[int]) -> None:
        """When the schedule changed between the site and these agreements, read its facts at the version of now."""
        if not self.facts.offers.keys() >= set(series):
            self.site.refresh_from_db(fields=["schedule_version"])
            self.facts = standing(self.site, self.language)

    @property
    def _is_current(self) -> bool:
        return self.first <= self.today <= self.last

    def _hosts_of(self, offer: Offer, day: dt.date) -> list[str]:
        key = offer.series_id, day
        if key not in self._hosts:
            self._hosts[key] = offer.hosts_on(day)
        return self._hosts[key]

    def _extras(self, first: dt.date) -> tuple[dict[int, list[StopLine]], dict[int, list[str]]]:
        """Stops and guests of the dates from `first` on, by occurrence id, in one query."""
        stops: dict[int, list[StopLine]] = defaultdict(list)
        days: list[Any] = [self.site.pk, first, self.last, first, self.last]
        with connection.cursor() as cursor:
            cursor.execute(EXTRAS, [*days, *days, self.last])
            rows = cursor.fetchall()
        guests: dict[int, dict[int, str]] = defaultdict(dict)
        for occurrence_id, kind, order, _since, name, place_kind, own, place, *hours in sorted(
            rows, key=lambda row: (row[0], row[1], row[2], str(row[3]))
        ):
            if kind == "stop":
                begin, end = (dt.time.fromisoformat(time) if time else None for time in hours)
                stops[occurrence_id].append(StopLine(name, town(place_kind, own, self.site), begin, end, place))
            else:
                guests[occurrence_id][order] = Dutch(name)  # the newest name of each guest wins
        return stops, {pk: list(names.values()) for pk, names in guests.items()}

    # --- words --------------------------------------------------------------------------------------------------

    def week(self, iso: IsoWeek) -> Week:
        self.read()
        by_day: dict[dt.date, list[Item]] = defaultdict(list)
        for row in self.rows:
            if self.facts.offers[row["series_id"]].is_undone:
                continue  # visitors see what holds again; only calendars must hear that this is off
            for day in dict.fromkeys((row["original_date"], row["day"])):
                if self.first <= day <= self.last and (item := self._item(row, day)):
                    by_day[day].append(item)
        days = [
            Day(
                date=day,
                items=sorted(by_day[day], key=lambda item: item.sort_key),
                closed=self.closed.get(day, ""),
                is_today=day == self.today,
            )
            for day in iso.days
        ]
        late = self._late_items()
        result = Week(
            site=self.site, iso=iso, language=self.language, days=days,
            undated=sorted(map(self.undated, self._undated_offers()), key=lambda item: item.title),
            home=self.home, moved_from=self._moved_from(),
            moves=moves_between(self.facts.homes, min(self.today, self.home_day), self._moves_until), today=self.today,
            now=self.now, until=self._until([*late, *(item for day in days for item in day.items if day.is_today or item.seats)]),
            next_days={}, late_items=late,
        )  # fmt: skip
        self._look_ahead(result)
        return result

    @property
    def _moves_until(self) -> dt.date:
        """Of a week that is not over also those of the next: it may be the next time somebody comes."""
        return self.last + dt.timedelta(weeks=1) if self.last >= self.today else self.last

    def _moved_from(self) -> Place | None:
        """A move that is still to come is told with its day instead."""
        to_come = self.home and self.home.since > self.today
        return None if to_come else moved_from(self.facts.homes, self.home_day)

    def current_items(self) -> Iterable[Item]:
        for row in self.rows:
            if self.first <= row["day"] <= self.last and (item := self._item(row, row["day"])):
                yield item

    def _item(self, row: dict[str, Any], day: dt.date) -> Item | None:
        state = state_of(row, day, self.closed)
        if state == State.WITHDRAWN and (row["day"] < self.today or self._slot(row) in self.taken_over):
            return None
        offer = self.facts.offers[row["series_id"]]
        home = None if row["place__name"] else home_on(self.facts.homes, row["day"])
        stops = self.stops.get(row["id"], [])
        hours = Hours(row["begin"], row["end"], row["part"])
        if day != row["day"]:
            hours = offer.hours  # who comes as they used to is told that those are off
        item = Item(
            offer=offer, organisers=self._hosts_of(offer, day), id=row["id"], uuid=row["uuid"],
            day=day, begin=hours.begin, end=hours.end, part=hours.part,
            begins_at=row["begins_at"], ends_at=row["ends_at"], state=state,
            note=row["note"] and self._translated(row["note"], row["note_translations"]),
            place=home.place.name if home else row["place__name"] or "", home=home,
            place_elsewhere=bool(row["place__name"] or (home and self.home and home.place_id != self.home.place_id)),
            is_away=self._is_away(row, stops), town=self._town(row, home, stops), stop_lines=stops, guests=self.guests.get(row["id"], []),
            original_date=row["original_date"], current_day=row["day"],
            opened_anyway=row["opened_anyway"], sequence=row["sequence"], changed_at=row["changed_at"],
            hours=when_words(*hours), seats=self._seats(row, day, state),
        )  # fmt: skip
        tell(item, row, self.facts, self.closed)
        return item

    def _seats(self, row: dict[str, Any], day: dt.date, state: str) -> Seats | None:
        """How registering stands now; nothing on the day a date left."""
        if not row["outing__places"] or day != row["day"] or row["status"] == OccurrenceStatus.WITHDRAWN:
            return None
        places = Places(*(row[f"outing__{fact}"] for fact in PLACES))
        begin = row["begins_at"] or first_moment(row["day"], row["begin"], row["part"], self.site.time_zone)
        is_off = state in {State.CANCELLED, State.CLOSED}
        phase = Phase.OFF if is_off else places.phase(begin, self.now)
        return Seats(places, phase, begin, self.site.time_zone)

    def _is_away(self, row: dict[str, Any], stops: list[StopLine]) -> bool:
        """As `OccurrenceQuerySet.with_away` says it."""
        if self.site.kind == SiteKind.MOBILE:
            return False
        if stops:
            home = home_on(self.facts.homes, row["day"])
            return not home or home.place_id not in {stop.place_id for stop in stops}
        if row["place__kind"] == PlaceKind.HOUSE:
            home = home_on(self.facts.homes, row["day"])
            return home is not None and home.place_id != row["place_id"]
        if row["place_id"]:
            return row["place__kind"] == PlaceKind.STOP
        return self.facts.offers[row["series_id"]].is_elsewhere

    def _town(self, row: dict[str, Any], home: HomeAddress | None, stops: list[StopLine]) -> str:
        """The municipality it takes place in; empty when not known, or when its stops are in several."""
        if stops:
            first, *others = {stop.town for stop in stops}
            return "" if others else first
        if home:
            return town_of(home.place, self.site)
        return town(row["place__kind"] or PlaceKind.HOUSE, row["place__municipality__name"], self.site)

    def _slot(self, row: dict[str, Any]) -> tuple[str, dt.date]:
        return self.facts.offers[row["series_id"]].slug, row["day"]

    def _undated_offers(self) -> list[Offer]:
        offers = self.facts.offers.values()
        return [offer for offer in offers if offer.is_undated and offer.is_on(self.first, self.last)]

    def undated(self, offer: Offer) -> Item:
        """What an agreement says, without a date."""
        often = frequency_words(offer.rule.frequency, offer.rule.interval)
        beginning = self.facts.beginning_of(offer.series_id)
        is_news = beginning.is_news_on(self.today if self._is_current else self.first)
        news = [_("Vanaf %(date)s.") % {"date": beginning.words}] if is_news else []
        return Item(offer=offer, organisers=self._hosts_of(offer, offer.told_on(self.last)), often=often, lines=news)

    def _translated(self, text: str, translations: dict[str, str]) -> str:
        return translations.get(self.language) or Dutch(text)

    # --- time ---------------------------------------------------------------------------------------------------

    def _late_items(self) -> list[Item]:
        """What began yesterday and is not over yet."""
        yesterday = self.today - dt.timedelta(days=1)
        running = [row for row in self.rows if row["day"] == yesterday and row["ends_at"] and row["ends_at"] > self.now]
        return [item for row in running if (item := self._item(row, yesterday)) and item.takes_place]

    def _until(self, items: list[Item]) -> dt.datetime:
        """The next begin or end today, of registering too, or local midnight: until then every reader sees the same page."""
        midnight = dt.datetime.combine(self.today + dt.timedelta(days=1), dt.time(0), tzinfo=self.zone)
        edges = [midnight.astimezone(dt.UTC)]
        for item in items:
            edges += item.seats.places.edges(item.seats.begin) if item.seats else []
            if item.begins_at and item.ends_at:
                edges += [item.begins_at, item.ends_at]
            elif item.part:
                windows = PART_WINDOWS[Part(item.part)]
                edges += [
                    dt.datetime.combine(self.today, time, tzinfo=self.zone).astimezone(dt.UTC) for time in windows
                ]
        return min(edge for edge in edges if edge > self.now)

    def _look_ahead(self, result: Week) -> None:
        """When next: for what does not take place this week, and for a door that stays shut the rest of it."""
        gone = [
            item for item in result.items if item.state in {State.CANCELLED, State.CLOSED} or is_lost(item, self.closed)
        ]
        rest = [day for day in result.days if day.date > self.today and day.items_at_home]
        everything = self._is_current and not rest
        if not gone and not everything:
            return
        closed = [day for day in self.closed if day > self.last]
        upcoming = Occurrence.objects.filter(
            Q(opened_anyway=True) | ~Q(day__in=closed),
            site=self.site,
            series__is_published=True,
            status=OccurrenceStatus.PLANNED,
            day__gt=self.last,
            day__lte=self.last_looked_at,  # further on nobody has asked which days are closed
        )
        first_of = {series_id: self.facts.first_of(series_id) for series_id in self.facts.offers}
        if not everything:
            lost = {first_of[item.series_id] for item in gone}
            upcoming = upcoming.filter(series__in=[series_id for series_id, first in first_of.items() if first in lost])
        following: dict[int, list[tuple[bool, dt.date]]] = defaultdict(list)  # in the house before elsewhere
        days = upcoming.with_away().order_by().values_list("series_id")
        for series_id, day, at_home in days.annotate(next=Min("day"), here=Min("day", filter=Q(is_away=False))):
            if first := first_of.get(series_id):
                following[first].append((at_home is None, at_home or day))
                result.opens_on = min(filter(None, (at_home, result.opens_on)), default=None)
        result.next_days = {first: min(some)[1] for first, some in following.items()}
        self._tell_next(result, gone, first_of)

    def _tell_next(self, result: Week, gone: list[Item], first_of: dict[int, int]) -> None:
        this_week: dict[int, list[dt.date]] = defaultdict(list)
        for item in result.items:
            if item.takes_place and item.day and not item.is_away:
                this_week[first_of[item.series_id]].append(item.day)
        for item in gone:
            first = first_of[item.series_id]
            later = [day for day in this_week[first] if item.day and day > item.day]
            if following := min(later, default=result.next_days.get(first)):
                item.lines.append(_("Volgende keer: %(day)s.") % {"day": day_words(following)})
