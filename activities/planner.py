"""The coordinator's week: what visitors are told of it and what is still being prepared, laid out in days and lanes.

As many queries for one date as for two hundred.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, Subquery
from django.templatetags.static import static
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import override

from sites.enums import FUNCTION_TERMS, Function
from sites.history import verb_words
from sites.models import Closure, Site, User
from sites.rules import can_act_for_all
from sites.words import Dutch
from stek.time import now as domain_now

from .balance import Balance, balance, missing
from .cards import Card, card
from .drafts import draft_items
from .enums import Part
from .iso_week import IsoWeek
from .lanes import NARROW, WIDE, Cluster, Rows, clusters, lanes_each, rows_of, units
from .lines import Day, Item, State, Week
from .models import Series, Step
from .schedule import week
from .words import day_words, example_words

# What a change may move: also what a closed door stands in the way of. What was cancelled is first restored.
MOVABLE = frozenset({State.PLANNED, State.OPENED, State.CLOSED, State.MOVED})
STEPS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Block:
    """One date in the grid, or something without a date. `url` is where it is changed; empty for what cannot be, any more or yet.

    `open_url` is where it is opened although the door is shut. `lane` of `lanes` side by side; both are 0 in a pile, which has no hour lines, and for what has no day.
    """

    item: Item
    card: Card
    url: str
    can_move: bool
    open_url: str = ""
    rows: Rows = (0, 0)
    lane: int = 0
    lanes: int = 0

    @property
    def signs(self) -> SafeString:
        return _signs(self.item.functions)

    @property
    def example(self) -> str:
        return example_words(self.item.example) if self.item.example else ""

    @property
    def is_exact(self) -> bool:
        return self.item.begin is not None

    @property
    def is_draft(self) -> bool:
        return self.item.badge_kind == "draft"


@dataclass(frozen=True, slots=True)
class Pile:
    """More blocks than fit side by side: they stand in the order of their hours, each as high as its words."""

    blocks: list[Block]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a day, as the place of something new."""

    name: str
    rows: Rows
    url: str


@dataclass(frozen=True, slots=True)
class PlannerDay:
    """`cells` are empty for a day that is past, and so are the addresses: of something new, of shutting an open day, of opening one that
    is shut by a closure which the reader may lift.

    `units` say how wide it is, and `narrow_units` on a small screen, where a day that `is_packed` has no hour lines.
    """

    date: dt.date
    name: str
    short: str
    words: str
    closed: str
    is_today: bool
    is_past: bool
    entries: list[Block | Pile]
    units: int
    narrow_units: int
    is_packed: bool
    cells: list[Cell]
    new_url: str
    close_url: str
    open_url: str


@dataclass(frozen=True, slots=True)
class Planner:
    """`has_vague_part`: something stands in the row of what nobody knows the part of the day of."""

    site: Site
    iso: IsoWeek
    days: list[PlannerDay]
    undated: list[Block]
    balance: list[Balance]
    missing: str
    is_past: bool
    has_vague_part: bool


@dataclass(frozen=True, slots=True)
class OpenStep:
    """What was done and can still be undone: what it was, and of what."""

    what: str
    title: str
    url: str


def lay_out(site: Site, iso: IsoWeek, user: User, language: str, *, now: dt.datetime | None = None) -> Planner:
    """A week of a site for who may plan there."""
    with override(language):
        shown = week(site, iso, language, now=now or domain_now())
        drafts = draft_items(site, iso, user, language)
        return _Layout(shown, drafts, liftable(site, iso, user)).planner()


def liftable(site: Site, iso: IsoWeek, user: User) -> dict[dt.date, Closure]:
    """Day of the week -> the closure of that day which somebody may lift; one of all sites is for who may close them all."""
    rows = list(Closure.objects.visible_to(user).at(site).touching(iso.monday, iso.sunday).order_by("pk"))
    if any(row.site_id is None for row in rows) and not can_act_for_all(user, site.partnership):
        rows = [row for row in rows if row.site_id]
    return {day: row for row in rows for day in iso.days if row.first_day <= day <= row.last_day}


def open_steps(site: Site, user: User, *, now: dt.datetime | None = None) -> list[OpenStep]:
    """The newest changes of a site that can still be undone."""
    newest = Series.objects.published().filter(activity=OuterRef("activity")).order_by("-pk")
    rows = Step.objects.visible_to(user).at(site).open(now or domain_now()).order_by("-pk")
    rows = rows.annotate(title=Subquery(newest.values("title")[:1]))[:STEPS_SHOWN]
    return [OpenStep(verb_words(row.verb), Dutch(row.title or ""), _at("undo_step", site, row.uuid)) for row in rows]


def _at(view: str, site: Site, key: object) -> str:
    return reverse(f"activities:{view}", args=[site.slug, key])


def new_url(site: Site, **place: str) -> str:
    """Where something new is begun; `dag` and `deel` are the place in the week that was pointed at."""
    return reverse("activities:new_offer", args=[site.slug]) + (f"?{urlencode(place)}" if place else "")


def close_url(site: Site, first: dt.date, last: dt.date | None = None) -> str:
    """Where days are shut, with these filled in."""
    query = {"dag": str(first)} | ({"tot": str(last)} if last else {})
    return reverse("activities:new_closure", args=[site.slug]) + f"?{urlencode(query)}"


class _Layout:
    """A week of a site with its drafts, as a grid."""

    def __init__(self, shown: Week, drafts: list[Item], liftable: dict[dt.date, Closure]) -> None:
        self.week, self.site = shown, shown.site
        self.drafts, self.liftable = drafts, liftable

    def planner(self) -> Planner:
        days = [self._items(day) for day in self.week.days]
        rows = [[rows_of(item.begin, item.end, item.part) for item in items] for items in days]
        found = [clusters(some) for some in rows]
        wanted = [
            max([int(day.is_today), *(cluster.lanes for cluster in some)])  # the word "today" needs its place too
            for day, some in zip(self.week.days, found, strict=True)
        ]
        lanes = zip(lanes_each(wanted, WIDE), lanes_each(wanted, NARROW), strict=True)
        undated = [*self.week.undated, *(item for item in self.drafts if item.day is None)]
        balanced = balance(self.week.items, self.week.undated)
        return Planner(
            site=self.site, iso=self.week.iso,
            days=[
                self._day(day, items, some, *both)
                for day, items, some, both in zip(self.week.days, days, found, lanes, strict=True)
            ],
            undated=[self._block(item) for item in undated],
            balance=balanced, missing=missing(balanced), is_past=self.week.is_past,
            has_vague_part=any(one == (0, 1) for some in rows for one in some),
        )  # fmt: skip

    def _items(self, day: Day) -> list[Item]:
        drafts = [item for item in self.drafts if item.day == day.date]
        return sorted([*day.items, *drafts], key=lambda item: item.sort_key)

    def _day(self, day: Day, items: list[Item], found: list[Cluster], lanes: int, narrow: int) -> PlannerDay:
        entries: list[Block | Pile] = []
        for cluster in found:
            blocks = [
                self._block(items[slot.index], lane=slot.lane + 1, lanes=cluster.lanes)
                if cluster.lanes <= lanes
                else self._block(items[slot.index])
                for slot in cluster.slots
            ]
            entries += blocks if cluster.lanes <= lanes else [Pile(blocks, cluster.rows)]
        is_past, on = day.date < self.week.today, day.date.isoformat()
        return PlannerDay(
            date=day.date, name=day.name, short=str(WEEKDAYS_ABBR[day.date.weekday()]), words=day_words(day.date),
            closed=day.closed, is_today=day.is_today, is_past=is_past, entries=entries, units=units(lanes),
            narrow_units=units(narrow), is_packed=narrow < lanes,
            cells=[] if is_past else [
                Cell(str(part.label), rows_of(None, None, part), new_url(self.site, dag=on, deel=part)) for part in Part
            ],
            new_url="" if is_past else new_url(self.site, dag=on),
            close_url="" if is_past or day.closed else close_url(self.site, day.date),
            open_url="" if is_past else self._lift_url(day.date),
        )  # fmt: skip

    def _lift_url(self, day: dt.date) -> str:
        closure = self.liftable.get(day)
        return f"{_at('lift_closure', self.site, closure.pk)}?dag={day}" if closure else ""

    def _block(self, item: Item, *, lane: int = 0, lanes: int = 0) -> Block:
        url = self._url(item)
        return Block(
            item=item, card=card(item, self.week.language), url=url, lane=lane, lanes=lanes,
            open_url=_at("open_date", self.site, item.uuid) if url and item.state == State.CLOSED else "",
            rows=rows_of(item.begin, item.end, item.part), can_move=bool(url and item.uuid) and self._can_move(item),
        )  # fmt: skip

    def _url(self, item: Item) -> str:
        if item.badge_kind == "draft":
            return _at("draft", self.site, item.series_id)
        if self.week.is_past:
            return ""
        if item.day is None:
            return _at("change_agreement", self.site, item.series_id)
        return _at("change_date", self.site, item.uuid) if self._can_change(item) else ""

    def _can_change(self, item: Item) -> bool:
        """What is past stays as it was; what its agreement gave up is not there to change."""
        stands_on = (item.day, item.current_day)
        return item.state != State.WITHDRAWN and all(day is not None and day >= self.week.today for day in stands_on)

    def _can_move(self, item: Item) -> bool:
        has_begun = bool(item.begins_at and item.begins_at <= self.week.now)
        return item.state in MOVABLE and not item.is_moved_away and not has_begun


def _signs(functions: tuple[str, ...]) -> SafeString:
    return _signs_in(functions, tuple(str(FUNCTION_TERMS[Function(code)]) for code in functions))


@lru_cache(maxsize=256)
def _signs_in(functions: tuple[str, ...], terms: tuple[str, ...]) -> SafeString:
    """Colour, silhouette and word of each function, always the three together."""
    sign = '<span class="sign fn-{}"><svg class="flip" aria-hidden="true"><use href="{}#f-{}"/></svg>{}</span>'
    icons = static("stek/icons.svg")
    return format_html_join("", sign, ((code, icons, code, term) for code, term in zip(functions, terms, strict=True)))
