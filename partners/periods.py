"""Days from which and until which something holds: whether they meet, and whether somebody has gone. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol


class Period(Protocol):
    """From `since` (None: from before anyone wrote it down) until `until`, its last day (None: no end)."""

    @property
    def since(self) -> dt.date | None: ...

    @property
    def until(self) -> dt.date | None: ...


def first_of(period: Period) -> dt.date:
    return period.since or dt.date.min


def last_of(period: Period) -> dt.date:
    return period.until or dt.date.max


def holds_on(period: Period, day: dt.date) -> bool:
    """Whether a local day lies in a period."""
    return first_of(period) <= day <= last_of(period)


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return first_of(one) <= last_of(other) and first_of(other) <= last_of(one)


def has_left(periods: Iterable[Period], day: dt.date) -> bool:
    """Whether somebody was there before a local day, and is no longer on it."""
    periods = list(periods)
    return any(last_of(one) < day for one in periods) and not any(holds_on(one, day) for one in periods)
