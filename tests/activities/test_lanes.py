"""Where blocks stand in the grid of a week: rows, lanes, widths."""

from __future__ import annotations

import datetime as dt

import pytest

from activities.enums import Part
from activities.lanes import NARROW, ROWS, WIDE, Slot, clusters, hours, lanes_each, parts_of, rows_of, units


def rows(begin: str, end: str) -> tuple[int, int]:
    return rows_of(dt.time.fromisoformat(begin), dt.time.fromisoformat(end), "")


def side_by_side(*blocks: tuple[int, int]) -> list[tuple[tuple[int, int], list[tuple[int, int]], int]]:
    return [(one.rows, [(slot.index, slot.lane) for slot in one.slots], one.lanes) for one in clusters(blocks)]


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("08:00", "09:00", (1, 5)),
        ("13:00", "16:30", (21, 35)),
        ("13:10", "13:50", (21, 25)),  # from the quarter it begins in to the one it ends in
        ("20:00", "22:00", (49, 57)),
        ("20:00", "01:00", (49, 57)),  # the night is not shown
        ("20:00", "23:30", (49, 57)),
        ("22:30", "23:30", (56, 57)),
        ("06:00", "07:30", (1, 2)),
        ("07:00", "09:00", (1, 5)),
        ("00:00", "23:00", (1, 57)),
    ],
)
def test_hours_are_rows_and_what_lies_outside_stands_at_the_edge(begin, end, expected):
    assert rows(begin, end) == expected


def test_parts_of_the_day_follow_each_other_and_fill_the_grid():
    assert [rows_of(None, None, part) for part in Part] == [(1, 17), (17, 37), (37, ROWS)]


def test_what_nobody_knows_anything_of_has_a_row_of_its_own():
    assert rows_of(None, None, "") == (0, 1)
    assert parts_of((0, 1)) == []


def test_every_hour_has_its_row():
    assert (hours()[0], hours()[-1], len(hours())) == ((8, 1), (21, 53), 14)
    assert all(rows(f"{hour:02d}:00", f"{hour:02d}:30")[0] == row for hour, row in hours())


def test_block_over_noon_lies_in_two_parts():
    assert parts_of(rows("11:00", "13:00")) == ["morning", "afternoon"]
    assert parts_of(rows("10:00", "12:00")) == ["morning"]
    assert parts_of(rows("06:00", "07:00")) == ["morning"]
    assert parts_of(rows("22:30", "23:30")) == ["evening"]


def test_touching_is_no_overlap():
    assert side_by_side((1, 5), (5, 9)) == [((1, 5), [(0, 0)], 1), ((5, 9), [(1, 0)], 1)]


def test_lane_that_is_free_again_is_taken_again():
    assert side_by_side((1, 9), (1, 3), (3, 6)) == [((1, 9), [(0, 0), (1, 1), (2, 1)], 2)]


def test_blocks_that_overlap_through_a_third_share_their_lanes():
    assert side_by_side((7, 12), (1, 5), (4, 8)) == [((1, 12), [(1, 0), (2, 1), (0, 0)], 2)]


def test_no_two_blocks_ever_cover_each_other():
    blocks = [(first, first + length) for first in range(1, 50, 3) for length in (1, 4, 9)]

    taken = [
        (row, slot.lane, number)
        for number, cluster in enumerate(clusters(blocks))
        for slot in cluster.slots
        for row in range(*blocks[slot.index])
    ]

    assert len(taken) == len(set(taken)) == sum(last - first for first, last in blocks)


def test_nothing_is_no_cluster():
    assert clusters([]) == []
    assert clusters([(0, 1)])[0].slots == [Slot(0, 0)]


@pytest.mark.parametrize(
    ("wanted", "room", "lanes"),
    [
        ([2, 0, 0, 2, 0, 0, 0], NARROW, [2, 0, 0, 2, 0, 0, 0]),
        ([2, 2, 2, 2, 2, 0, 0], WIDE, [2, 2, 2, 2, 2, 0, 0]),
        ([2, 2, 2, 2, 2, 0, 0], NARROW, [1, 1, 1, 2, 2, 0, 0]),
        ([14, 0, 0, 0, 0, 0, 0], NARROW, [4, 0, 0, 0, 0, 0, 0]),
        ([2, 2, 14, 2, 2, 2, 2], NARROW, [1, 1, 2, 1, 1, 1, 1]),
        ([0] * 7, NARROW, [0] * 7),
    ],
)
def test_days_share_the_width_and_who_wants_least_gives_in_first(wanted, room, lanes):
    assert lanes_each(wanted, room) == lanes
    assert sum(map(units, lanes)) <= room
