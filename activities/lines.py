"""What a week is made of: lines, days, and what a visitor is told about a date. `activities.schedule` reads them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sites.models import HomeAddress, Place, Site
from sites.words import Dutch, Said, said, sentence
from stek.time import clock_of

from .enums import Part
from .free_places import Seats
from .iso_week import IsoWeek
from .standing import Offer
from .words import hours_words, list_words, title_words, weekday_words

# Windows of the parts of a day, local time: for sorting, and to know whether a part is over; never shown.
PART_WINDOWS = {
    Part.MORNING: (dt.time(8), dt.time(12)),
    Part.AFTERNOON: (dt.time(12), dt.time(17)),
    Part.EVENING: (dt.time(17), dt.time(22)),
}


def first_moment(day: dt.date, begin: dt.time | None, part: str, zone: str) -> dt.datetime:
    """The moment something begins, in UTC. An hour nobody knows counts from the beginning of its part of the day."""
    time = begin or (PART_WINDOWS[Part(part)][0] if part else dt.time(0))
    return dt.datetime.combine(day, time, tzinfo=clock_of(zone)).astimezone(dt.UTC)


class State:
    """What a visitor is told about a date; `week.json` uses the same words, and MOVED for the old day only."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    MOVED = "moved"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"

    HAPPENING = frozenset({PLANNED, OPENED})


@dataclass(frozen=True, slots=True)
class StopLine:
    """Where it stops on the road, in which municipality, and from when to when as far as somebody wrote that down."""

    name: str
    town: str
    begin: dt.time | None = None
    end: dt.time | None = None
    place_id: int | None = None

    @property
    def words(self) -> SafeString:
        """“Nieuwmoer (10.00 tot 10.45 uur)”. Markup."""
        name = conditional_escape(Dutch(self.name))
        return format_html("{} ({})", name, hours_words(self.begin, self.end)) if self.begin and self.end else name


@dataclass(slots=True)
class Item:
    """One line of a week. `day` is where it stands in the list; texts are in the reader's language.

    `home` is the house of its day, None for what takes place in a place of its own; `place_elsewhere` when that is not the
    house the page is about, which has moved or is another one. `is_away`: who comes to the house of that day finds nobody for it.
    """

    offer: Offer
    organisers: list[str]
    id: int | None = None
    uuid: uuid.UUID | None = None
    day: dt.date | None = None
    begin: dt.time | None = None
    end: dt.time | None = None
    part: str = ""
    begins_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    state: str = State.PLANNED
    note: str = ""
    place: str = ""
    town: str = ""
    home: HomeAddress | None = None
    place_elsewhere: bool = False
    is_away: bool = False
    stop_lines: list[StopLine] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    original_date: dt.date | None = None
    current_day: dt.date | None = None
    opened_anyway: bool = False
    sequence: int = 0
    changed_at: dt.datetime | None = None
    badge: str = ""
    badge_kind: str = ""
    lines: list[str] = field(default_factory=list)
    hours: str = ""
    often: str = ""
    seats: Seats | None = None

    @property
    def series_id(self) -> int:
        return self.offer.series_id

    @property
    def title(self) -> str:
        return self.offer.title

    @property
    def heading(self) -> SafeString:
        return title_words(self.offer.title, self.offer.language, self.offer.kind)

    @property
    def language(self) -> str:
        return self.offer.language

    @property
    def slug(self) -> str:
        return self.offer.slug

    @property
    def functions(self) -> tuple[str, ...]:
        return self.offer.functions

    @property
    def pictogram(self) -> str:
        return self.offer.pictogram

    @property
    def price(self) -> str:
        return self.offer.price

    @property
    def price_kind(self) -> str:
        return self.offer.price_kind

    @property
    def description(self) -> str:
        return self.offer.description

    @property
    def example(self) -> list[str]:
        return self.offer.example

    @property
    def with_volunteers(self) -> bool:
        return self.offer.with_volunteers

    @property
    def stops(self) -> list[str]:
        return [stop.name for stop in self.stop_lines]

    @property
    def is_off(self) -> bool:
        """Whether it does not take place where it stands in the list."""
        return self.state in {State.CANCELLED, State.CLOSED, State.WITHDRAWN} or self.is_moved_away

    @property
    def moved_to(self) -> dt.date | None:
        """Where it stands now, told on the day it left; None on the day itself."""
        return self.current_day if self.day != self.current_day else None

    @property
    def moved_from(self) -> dt.date | None:
        """The day it left, told where it stands now; None on that day, and for what never moved."""
        return self.original_date if self.day != self.original_date else None

    @property
    def is_moved_away(self) -> bool:
        return self.state == State.MOVED and self.moved_to is not None

    @property
    def is_moved_here(self) -> bool:
        return self.state == State.MOVED and self.moved_to is None

    @property
    def takes_place(self) -> bool:
        return self.state in State.HAPPENING or self.is_moved_here

    @property
    def who(self) -> Said:
        """Organisers that the title does not name already, and volunteers."""
        names = [name for name in self.organisers if _bare_name(name) not in _bare_name(self.title)]
        return _people(tuple(names), self.with_volunteers, get_language() or "nl")

    @property
    def all_who(self) -> Said:
        return _people(tuple(self.organisers), self.with_volunteers, get_language() or "nl")

    @property
    def meta(self) -> Said:
        """Price and people: “Gratis, met SAAMO en vrijwilligers”."""
        who = self.who
        return (
            said(_("%(price)s, met %(who)s"), price=self.price, who=who) if who else said("%(price)s", price=self.price)
        )

    @property
    def extra(self) -> SafeString:
        """Where, when it is not the house; and who comes along this time. Markup."""
        sentences = []
        elsewhere = [conditional_escape(Dutch(self.place))] if self.place_elsewhere else []
        if places := [stop.words for stop in self.stop_lines] or elsewhere:
            sentences.append(sentence(_("In %(places)s."), places=list_words(places)))
        if self.guests:
            sentences.append(sentence(_("Te gast: %(guests)s."), guests=list_words(self.guests)))
        return SafeString(" ".join(sentences))

    @property
    def besides(self) -> list[str]:
        """What a calendar has no field for: who comes along, and from when to when it is at which stop. Plain."""
        stops = [stop for stop in self.stop_lines if stop.begin]
        if not stops and not self.guests:
            return []
        return [unescape(strip_tags(self.extra))]

    @property
    def sort_key(self) -> tuple:
        return (*hour_key(self.part, self.begin), self.title)


@dataclass(slots=True)
class Day:
    date: dt.date
    items: list[Item]
    closed: str = ""
    is_today: bool = False

    @property
    def name(self) -> str:
        return weekday_words(self.date)

    @property
    def open_items(self) -> list[Item]:
        return [item for item in self.items if item.takes_place]

    @property
    def items_at_home(self) -> list[Item]:
        """What opens the door of the house."""
        return [item for item in self.open_items if not item.is_away]


@dataclass(slots=True)
class Week:
    """A week at a site as a visitor sees it. `until` is the UTC moment at which a page of it is no longer true.

    `home` is the house of today, or of the Monday of another week; `moves` are those that begin in it, or before it
    and after today, and in the week after one that is not over.
    `next_days`: first of the agreements that follow each other -> their next date after this week. `opens_on`: the first day after
    this week on which something is on in the house, looked for when nothing is for the rest of it.
    """

    site: Site
    iso: IsoWeek
    language: str
    days: list[Day]
    undated: list[Item]
    home: HomeAddress | None
    moved_from: Place | None
    moves: list[HomeAddress]
    today: dt.date
    now: dt.datetime
    until: dt.datetime
    next_days: dict[int, dt.date]
    late_items: list[Item]
    opens_on: dt.date | None = None

    @property
    def is_now(self) -> bool:
        return self.iso.monday <= self.today <= self.iso.sunday

    @property
    def is_past(self) -> bool:
        return self.iso.sunday < self.today

    @property
    def today_items(self) -> list[Item]:
        return next((day.open_items for day in self.days if day.is_today), [])

    @property
    def items(self) -> list[Item]:
        return [item for day in self.days for item in day.items]


def is_over(ends_at: dt.datetime | None, part: str, now: dt.datetime, local: dt.time) -> bool:
    """Whether something of today has ended at `now` (UTC), `local` on the clock there; never for an hour nobody knows."""
    if ends_at:
        return ends_at <= now
    return bool(part) and local >= PART_WINDOWS[Part(part)][1]


def is_running(begins_at: dt.datetime | None, ends_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether it is on at `now` (UTC); never for an hour nobody knows."""
    return bool(begins_at and ends_at and begins_at <= now < ends_at)


def hour_key(part: str, begin: dt.time | None) -> tuple[int, dt.time]:
    """To sort a day by: nothing known first; a part of the day before the clock times within it."""
    if begin:
        window = next((n for n, (first, last) in enumerate(PART_WINDOWS.values()) if begin < last), len(PART_WINDOWS))
        return (2 * window + 2, begin)
    return (2 * list(PART_WINDOWS).index(Part(part)) + 1, dt.time(0)) if part else (0, dt.time(0))


@lru_cache(maxsize=1024)
def _people(names: tuple[str, ...], with_volunteers: bool, language: str) -> Said:
    return list_words([*names, *([_("vrijwilligers")] if with_volunteers else [])])


def _bare_name(name: str) -> str:
    return name.casefold().replace("'", "’")
