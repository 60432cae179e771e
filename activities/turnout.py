"""How many people come, by moment of the week: before and after a move, and beside what else is on. Rules over plain rows.

A moment is a weekday with a part of the day, since many agreements know no hour.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _

from sites.models import Site
from sites.words import Dutch
from stek.pages import current_language

from .lines import PART_WINDOWS
from .models import Attendance, Series
from .querysets import SeriesQuerySet
from .words import part_words, weekday_words

# Two years: the same season twice, so that a quiet summer is not taken for a quiet activity.
SPAN = dt.timedelta(weeks=104)
# Half a year says how busy something is now.
LATELY = dt.timedelta(weeks=26)
# Three times can be chance: rain, a strike, a market.
ENOUGH = 4
# Busier means at least twice as many people, and at least five more: three instead of one is no crowd.
TIMES_BUSIER, MORE = 2, 5


@dataclass(frozen=True, slots=True)
class Counted:
    """One date that was counted. `people` is None for what did not go on."""

    activity_id: int
    day: dt.date
    part: str
    people: int | None
    new_faces: int | None = None
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """An agreement that took the place of one at another moment."""

    day: dt.date
    reason: str
    reason_translations: dict[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """What was counted at one moment of the week. `is_before`: before the last move."""

    weekday: int
    part: str
    is_before: bool
    people: int
    times: int
    first: dt.date
    last: dt.date

    @property
    def average(self) -> float:
        return self.people / self.times

    @property
    def slot(self) -> tuple[int, str]:
        return self.weekday, self.part

    @property
    def words(self) -> str:
        """“maandag namiddag”."""
        return slot_words(self.weekday, self.part)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something else at the site, at its moment of now."""

    activity_id: int
    title: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Advice:
    """A quiet moment beside a busy one. `after` is the own moment beside the busy one, once it was moved there; else None."""

    quiet: Moment
    busy: Neighbour
    after: Moment | None


def slot_words(weekday: int, part: str) -> str:
    day = weekday_words(dt.date(2024, 1, 1) + dt.timedelta(days=weekday))  # a Monday
    # Translators: a weekday and a part of it, "maandag namiddag".
    return _("%(weekday)s %(part)s") % {"weekday": day, "part": part_words(part)} if part else day


def part_of(begin: dt.time | None, part: str) -> str:
    """The part of the day something is in; empty when nobody knows."""
    if begin is None:
        return part
    parts = list(PART_WINDOWS)
    return next((one for one in parts if begin < PART_WINDOWS[one][1]), parts[-1])


def counted_at(site: Site, day: dt.date) -> list[Counted]:
    """All that was counted at a site in the two years until a local day, by date. One query."""
    rows = Attendance.objects.of_facts().filter(
        occurrence__site=site, occurrence__day__gt=day - SPAN, occurrence__day__lte=day
    )
    values = rows.order_by("occurrence__day", "pk").values_list(
        "occurrence__series__activity", "occurrence__day", "occurrence__begin", "occurrence__part", "people", "new_faces",
        "is_example",
    )  # fmt: skip
    return [Counted(key, on, part_of(begin, part), *others) for key, on, begin, part, *others in values]


def moves_at(site: Site, day: dt.date) -> dict[int, Move]:
    """Key of an activity -> its last move until a local day. One query."""
    found: dict[int, Move] = {}
    rows = Series.objects.at(site).published().filter(follows__isnull=False, first_day__lte=day)
    for series in rows.select_related("follows").order_by("first_day", "pk"):
        if series.follows and _when(series) != _when(series.follows):
            found[series.activity_id] = Move(series.first_day, series.reason, series.reason_translations)
    return found


def _when(series: Series) -> tuple[object, ...]:
    return series.frequency, series.weekday, series.nth, series.interval, series.begin, series.end, series.part


def moments(rows: Iterable[Counted], moved: dt.date | None = None) -> list[Moment]:
    """Averages by moment of the week, in its order; before and after a day on which it was moved apart."""
    found: dict[tuple[int, str, bool], list[tuple[dt.date, int]]] = defaultdict(list)
    for row in rows:
        if row.people is not None:
            found[row.day.weekday(), row.part, moved is not None and row.day < moved].append((row.day, row.people))
    made = [
        Moment(
            weekday, part, is_before, people=sum(people for _day, people in some), times=len(some),
            first=min(some)[0], last=max(some)[0],
        )
        for (weekday, part, is_before), some in found.items()
    ]  # fmt: skip
    parts = ["", *PART_WINDOWS]
    return sorted(made, key=lambda one: (one.weekday, parts.index(one.part), not one.is_before))


def neighbours(site: Site, rows: Sequence[Counted], moves: dict[int, Move], day: dt.date) -> list[Neighbour]:
    """What runs at a site today, each at its moments of the last half year that were counted often enough. One query."""
    running = titles_of(Series.objects.at(site).published().on(day, day))
    lately: dict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        if row.activity_id in running and row.day > day - LATELY:
            lately[row.activity_id].append(row)
    return [
        Neighbour(key, running[key], moment)
        for key, some in lately.items()
        for moment in moments(some, moves[key].day if key in moves else None)
        if not moment.is_before and moment.times >= ENOUGH
    ]


def titles_of(rows: SeriesQuerySet) -> dict[int, str]:
    """Key of an activity -> how the last of its agreements is called, in the reader's language if somebody wrote it. One query."""
    in_language = Q(texts__language=current_language())
    words = rows.annotate(text=FilteredRelation("texts", condition=in_language)).order_by("first_day", "pk")
    return {key: told or Dutch(title) for key, title, told in words.values_list("activity", "title", "text__title")}


def advise(own: Sequence[Moment], others: Sequence[Neighbour]) -> Advice | None:
    """The busy moment beside the quiet one: where it could go, or where it went and what that did. None when nothing is to be said.

    The source: help with forms on Monday drew few; on Thursday, when the shop is open, people are there anyway.
    """
    often = [one for one in own if one.times >= ENOUGH]
    now = [one for one in often if not one.is_before]
    busiest_first = sorted(others, key=lambda one: -one.moment.average)
    if not now:
        return None
    return _what_a_move_did(often, now, busiest_first) or _where_to(now, busiest_first)


def _what_a_move_did(often: Sequence[Moment], now: Sequence[Moment], others: Sequence[Neighbour]) -> Advice | None:
    """From the quietest moment before to one beside something busy, and more people came."""
    quiet = min((one for one in often if one.is_before), key=lambda one: one.average, default=None)
    beside = {one.slot: one for one in now}
    for busy in others:
        after = beside.get(busy.moment.slot)
        if quiet and after and quiet.slot != after.slot and quiet.average < after.average and _is_busier(busy, quiet):
            return Advice(quiet, busy, after)
    return None


def _where_to(now: Sequence[Moment], others: Sequence[Neighbour]) -> Advice | None:
    """The busiest moment at which it is not on yet."""
    quiet, own = min(now, key=lambda one: one.average), {one.slot for one in now}
    found = (busy for busy in others if busy.moment.slot not in own and _is_busier(busy, quiet))
    return next((Advice(quiet, busy, None) for busy in found), None)


def _is_busier(busy: Neighbour, quiet: Moment) -> bool:
    average = busy.moment.average
    return average >= TIMES_BUSIER * quiet.average and average - quiet.average >= MORE
