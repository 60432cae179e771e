"""Which dates share a room. Side by side in one house is what a STEK is for; two in one room is asked about. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sites.enums import PlaceKind
from sites.models import Site

from .effects import Held, Sharing
from .models import Occurrence

COLUMNS = ("id", "uuid", "day", "begin", "end", "part", "place", "place__name", "series__title", "series__shares_room")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two dates in one room, as rows of `COLUMNS`."""

    first: dict[str, Any]
    second: dict[str, Any]


def shared_rooms(site: Site, dates: Sequence[Held]) -> list[Sharing]:
    """For each of these dates that is in a room, the other one that is there at the same time; by day. One query."""
    keys = {held.id for held in dates if held.place}
    if not keys:
        return []
    found = []
    for clash in clashes(site, {held.day for held in dates if held.place}):
        for mine, other in ((clash.first, clash.second), (clash.second, clash.first)):
            if mine["id"] in keys and not (other["id"] in keys and other["id"] < mine["id"]):
                found.append(Sharing(mine["day"], mine["place__name"], mine["series__title"], other["series__title"]))
    return sorted(found, key=lambda one: one.day)


def clashes(site: Site, days: Iterable[dt.date]) -> list[Clash]:
    """Planned dates that are in one room at the same time on some days, unless one of them says that it shares. One query."""
    rows = (
        Occurrence.objects.filter(site=site, day__in=set(days), place__kind=PlaceKind.ROOM)
        .happening()
        .filter(series__is_published=True, series__is_undone=False)
        .order_by("day", "begin", "pk")
        .values(*COLUMNS)
    )
    by_room: dict[tuple[dt.date, int], list[dict[str, Any]]] = {}
    for row in rows:
        by_room.setdefault((row["day"], row["place"]), []).append(row)
    return [
        Clash(one, other)
        for some in by_room.values()
        for one, other in combinations(some, 2)
        if not (one["series__shares_room"] or other["series__shares_room"]) and _meet(one, other)
    ]


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two dates of one day overlap; touching is fine. Without hours only the same part of the day is sure to."""
    if one["begin"] and other["begin"]:
        return _minutes(one)[0] < _minutes(other)[1] and _minutes(other)[0] < _minutes(one)[1]
    return bool(one["part"]) and one["part"] == other["part"]


def _minutes(row: dict[str, Any]) -> tuple[int, int]:
    """Begin and end in minutes since midnight; one that ends the next morning ends after 24 hours."""
    begin = row["begin"].hour * 60 + row["begin"].minute
    end = row["end"].hour * 60 + row["end"].minute
    return begin, end if end > begin else end + 24 * 60
