"""Where a block stands in a week's grid: its rows, its lane beside what overlaps it, and how wide its day is. Arithmetic only.

A day has one row for what nobody knows the part of the day of, and then a row for each quarter of an hour from 8 to 22.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .enums import Part
from .lines import PART_WINDOWS

QUARTER = 15  # minutes a row
OPENS = PART_WINDOWS[Part.MORNING][0].hour
CLOSES = PART_WINDOWS[Part.EVENING][1].hour
ROWS = 1 + (CLOSES - OPENS) * 60 // QUARTER
# A lane takes four units of width and an empty day two. So many units leave a lane some 85 px, in which a word like "verwijzen"
# fits, on a screen of 1,000 px and on one of 1,280.
LANE, EMPTY = 4, 2
NARROW, WIDE = 34, 46
MOST_LANES = 4

type Rows = tuple[int, int]  # the first, and the one after the last


@dataclass(frozen=True, slots=True)
class Slot:
    """One block among those it overlaps, by its place in the list that was asked about."""

    index: int
    lane: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Blocks that overlap each other, directly or through others; `lanes` are needed to show them side by side."""

    rows: Rows
    slots: list[Slot]
    lanes: int


def rows_of(begin: dt.time | None, end: dt.time | None, part: str) -> Rows:
    """The rows of these hours, or of a part of the day; what lies outside the grid stands at its edge."""
    if begin and end:
        first, last = _minutes(begin), _minutes(end)
        if last <= first:
            last = CLOSES * 60  # the next morning
        top = min(max(_row(first), 1), ROWS - 1)
        return top, min(max(-(-(last - OPENS * 60) // QUARTER) + 1, top + 1), ROWS)
    if part:
        opens, closes = PART_WINDOWS[Part(part)]
        return _row(_minutes(opens)), _row(_minutes(closes))
    return 0, 1


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _row(minutes: int) -> int:
    return (minutes - OPENS * 60) // QUARTER + 1


def hours() -> list[tuple[int, int]]:
    """Every full hour of the grid, and its row."""
    return [(hour, _row(hour * 60)) for hour in range(OPENS, CLOSES)]


def parts_of(rows: Rows) -> list[str]:
    """The parts of the day that rows lie in; none for the row of what is not known."""
    windows = {part: rows_of(None, None, part) for part in Part}
    return [str(part) for part, (first, last) in windows.items() if rows[0] < last and first < rows[1]]


def clusters(blocks: Sequence[Rows]) -> list[Cluster]:
    """What overlaps, from top to bottom; within a cluster by first row, those of one row as they came. Touching is no overlap."""
    found: list[Cluster] = []
    ends: list[int] = []  # of each lane of the last cluster
    for index, rows in sorted(enumerate(blocks), key=lambda one: one[1][0]):
        if not found or rows[0] >= found[-1].rows[1]:
            found.append(Cluster(rows, [], 0))
            ends = []
        lane = next((n for n, end in enumerate(ends) if end <= rows[0]), len(ends))
        ends[lane : lane + 1] = [rows[1]]
        last = found.pop()
        bottom = max(last.rows[1], rows[1])
        found.append(Cluster((last.rows[0], bottom), [*last.slots, Slot(index, lane)], len(ends)))
    return found


def lanes_each(wanted: Sequence[int], room: int) -> list[int]:
    """How many lanes each day gets, of those it wants, in so many units of width; 0 is an empty day.

    Who wants least gives in first: two blocks under each other cost little, fourteen a long page.
    """
    lanes = [min(number, MOST_LANES) for number in wanted]
    while sum(map(units, lanes)) > room and (several := [n for n, number in enumerate(lanes) if number > 1]):
        lanes[min(several, key=lambda n: wanted[n])] -= 1
    return lanes


def units(lanes: int) -> int:
    """How wide a day of so many lanes is."""
    return LANE * lanes or EMPTY
