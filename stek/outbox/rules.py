"""When a message may leave. Never writes."""

from __future__ import annotations

import datetime as dt
from random import SystemRandom
from typing import Any

from stek.time import BRUSSELS, clock_of

from .enums import Night
from .kinds import AT_ONCE, Kind

# Local hours in which no telephone should make a sound.
EVENING, MORNING = dt.time(21), dt.time(8)
URGENT = dt.timedelta(hours=24)

# A mail server that is busy is well again in minutes, one that is broken by Monday: 1, 2, 4 … minutes, then every hour, two days long.
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=1)
TRIES = 54
# Each pause a quarter shorter or longer by chance, so that what failed together does not come back together.
JITTER = 0.25

_chance = SystemRandom()


def zone_of(site: Any) -> str:
    """The time zone a message is read in: that of the site it is about."""
    return site.time_zone if site else BRUSSELS


def is_night(moment: dt.datetime, zone: str) -> bool:
    local = moment.astimezone(clock_of(zone)).time()
    return local >= EVENING or local < MORNING


def next_morning(moment: dt.datetime, zone: str) -> dt.datetime:
    """The end of the night that `moment` lies in."""
    local = moment.astimezone(clock_of(zone))
    day = local.date() + dt.timedelta(days=local.time() >= EVENING)
    return dt.datetime.combine(day, MORNING, tzinfo=local.tzinfo)


def is_urgent(begins_at: dt.datetime | None, moment: dt.datetime) -> bool:
    """Whether it tells of something that begins within a day."""
    return begins_at is not None and begins_at - moment <= URGENT


def when_due(kind: Kind, *, moment: dt.datetime, zone: str, begins_at: dt.datetime | None) -> dt.datetime:
    """The first moment a message that is written at `moment` may leave: after the wait for others, and not at night.

    What is urgent waits for neither. One that is dropped at night stays at its hour, to be dropped then.
    """
    is_hurried = is_urgent(begins_at, moment) and kind.night == Night.WAIT
    due = moment + (AT_ONCE if is_hurried else kind.wait)
    return next_morning(due, zone) if kind.night == Night.WAIT and not is_hurried and is_night(due, zone) else due


def must_wait(kind: Kind, *, moment: dt.datetime, zone: str, begins_at: dt.datetime | None) -> bool:
    """Whether a message that is due now waits until the morning: a try that failed may have brought it into the night."""
    return kind.night == Night.WAIT and is_night(moment, zone) and not is_urgent(begins_at, moment)


def pause_after(tries: int) -> dt.timedelta:
    """How long to wait after so many tries that failed."""
    pause = min(FIRST_PAUSE * 2 ** min(tries - 1, 16), LONGEST_PAUSE)
    return pause * _chance.uniform(1 - JITTER, 1 + JITTER)
