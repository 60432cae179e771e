"""What a change does: which dates fall away, come or change, who and what is touched. Higher rooms add who else is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sites.models import Site, User

from .enums import OccurrenceStatus
from .lines import first_moment
from .models import Activity, Occurrence

# Where it halts on the road: key of the place, and from when to when there as ISO times, or None.
type Halts = tuple[tuple[int, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One date as people come to it: local day and hours, a place of its own (key) or the house (None), and its agreement.

    `is_opened` when it takes place although the door may be shut that day; `hosts` are keys of organisations.
    """

    id: int
    series: int
    day: dt.date
    begin: dt.time | None
    end: dt.time | None
    part: str
    place: int | None
    halts: Halts = ()
    is_opened: bool = False
    hosts: tuple[int, ...] = ()

    @property
    def facts(self) -> tuple[object, ...]:
        """What somebody who comes, or who organises it, must know."""
        return self.day, self.begin, self.end, self.part, self.place, self.halts, self.is_opened, set(self.hosts)


def held_of(date: Occurrence) -> Held:
    """Asks its stops and who organises it: read them along (`stops`, `series__organisers`) in a loop."""
    hosts = tuple(one.organisation_id for one in date.series.organisers.all())
    halts = tuple((stop.place_id, _iso(stop.begin), _iso(stop.end)) for stop in date.stops.all())
    return Held(
        date.pk, date.series_id, date.day, date.begin, date.end, date.part, date.place_id, halts, date.opened_anyway, hosts
    )  # fmt: skip


def _iso(time: dt.time | None) -> str | None:
    return time.isoformat() if time else None


def begin_of(held: Held, zone: str) -> dt.datetime:
    """The moment it begins, in UTC."""
    return first_moment(held.day, held.begin, held.part, zone)


@dataclass(frozen=True, slots=True)
class Changed:
    """A date that is another one now: `old` None for one that comes, `new` None for one that falls away."""

    old: Held | None
    new: Held | None

    @property
    def day(self) -> dt.date:
        """Where it stands in a list: the day it was, or the day it will be."""
        held = self.old or self.new
        assert held is not None
        return held.day


@dataclass(slots=True)
class Effect:
    """What one change does to an activity, from local day `since` on.

    `dates` are those that differ, `coming` all that are held after it, both by day; `organisations` are keys of who organises
    what differs; `shared` are dates that would share a room with something else.
    """

    activity: Activity
    since: dt.date
    dates: list[Changed]
    coming: list[Held] = field(default_factory=list)
    organisations: set[int] = field(default_factory=set)
    shared: list[Sharing] = field(default_factory=list)

    @property
    def gone(self) -> list[Held]:
        return [date.old for date in self.dates if date.old and not date.new]

    @property
    def come(self) -> list[Held]:
        return [date.new for date in self.dates if date.new and not date.old]

    @property
    def changed(self) -> list[Changed]:
        return [date for date in self.dates if date.old and date.new]

    def __bool__(self) -> bool:
        return bool(self.dates)


@dataclass(frozen=True, slots=True)
class Sharing:
    """A date that has its room together with another one."""

    day: dt.date
    room: str
    title: str
    other: str


@dataclass(frozen=True, slots=True)
class Touch:
    """A line under "who is touched": `kind` is its pictogram, `words` a whole sentence, `more` one under it, `users` whom to tell.

    `only` is for who of them must hear of some of the dates: key of a user -> keys of those dates as they were.
    `others` is how many without an account can get a letter, and `tell` writes to them once the change is done.
    """

    kind: str
    words: str
    more: str = ""
    users: tuple[User, ...] = ()
    only: Mapping[int, frozenset[int]] = field(default_factory=dict)
    others: int = 0
    tell: Callable[[], None] | None = None


# Gets changes of one day at one site, and gives for each of them, in order, its lines; with as many queries for many as for one.
Collector = Callable[[Sequence[Effect], Site], Sequence[Sequence[Touch]]]

_collectors: list[tuple[int, Collector]] = []


def add_collector(position: int, collect: Collector) -> None:
    """For `AppConfig.ready` of any room: who or what else a change touches, in whole sentences; zero is said in words too."""
    _collectors.append((position, collect))
    _collectors.sort(key=lambda one: one[0])


def touched_by(effect: Effect, site: Site) -> list[Touch]:
    """Everything that a change touches, in order."""
    return touched_by_each([effect], site)[0]


def touched_by_each(effects: Sequence[Effect], site: Site) -> list[list[Touch]]:
    """The same for each of some changes that happen together, of which all have the same `since`."""
    if not effects:
        return []
    found = [collect(effects, site) for _position, collect in _collectors]
    return [[touch for lines in found for touch in lines[number]] for number in range(len(effects))]


def part_for(effect: Effect, touches: Sequence[Touch], user: User) -> Effect:
    """Of a change what somebody must hear: all of it, or only the dates that are theirs when nothing but these touches them."""
    of_them = [touch for touch in touches if user in touch.users]
    if not all(user.pk in touch.only for touch in of_them):
        return effect
    own = frozenset[int]().union(*(touch.only[user.pk] for touch in of_them))
    return replace(effect, dates=[date for date in effect.dates if (held := date.old or date.new) and held.id in own])


def compare(before: dict[int, Held], after: dict[int, Held]) -> list[Changed]:
    """What is different for who comes, by day.

    A date of one agreement that a newer one has at the same hours in the same place is no change; on the same day at other
    hours it is one date that changed.
    """
    changes = [
        Changed(before[key], after[key])
        for key in before.keys() & after.keys()
        if before[key].facts != after[key].facts
    ]
    gone = [before[key] for key in sorted(before.keys() - after.keys())]
    come = [after[key] for key in sorted(after.keys() - before.keys())]
    for old in gone:
        new = next((one for one in come if one.day == old.day), None)
        if new:
            come.remove(new)
        if new is None or new.facts != old.facts:
            changes.append(Changed(old, new))
    changes += [Changed(None, new) for new in come]
    return sorted(changes, key=lambda change: (change.day, change.old is None))


def held_dates(taken: dict[str, dict[str, dict]]) -> dict[int, Held]:
    """Key -> date, of those in a snapshot that take place as far as their agreement goes. Closed days are not looked at."""
    shown = {key for key, row in taken["series"].items() if row["is_published"] and not row["is_undone"]}
    return {
        int(key): Held(
            id=int(key), series=row["series_id"], day=dt.date.fromisoformat(row["day"]), begin=_time(row["begin"]),
            end=_time(row["end"]), part=row["part"], place=row["place_id"], halts=halts_of(taken["stops"].get(key)),
            is_opened=row["opened_anyway"], hosts=_hosts_of(taken["organisers"].get(str(row["series_id"]))),
        )
        for key, row in taken["occurrences"].items()
        if row["status"] == OccurrenceStatus.PLANNED and str(row["series_id"]) in shown
    }  # fmt: skip


def halts_of(stops: dict[str, list[dict]] | None) -> Halts:
    """The stops of a date in a snapshot, in order."""
    return tuple((row["place_id"], row["begin"], row["end"]) for row in _in_order(stops))


def _hosts_of(organisers: dict[str, list[dict]] | None) -> tuple[int, ...]:
    return tuple(row["organisation_id"] for row in _in_order(organisers))


def _in_order(part: dict[str, list[dict]] | None) -> list[dict]:
    return sorted(part["rows"] if part else [], key=lambda row: row["position"])


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
