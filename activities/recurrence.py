"""When a series happens: local dates by arithmetic, the same set as RFC 5545.

dateutil walks from DTSTART, which makes a series begun five years ago eleven times slower than one of today;
weekly and monthly rules need no walk. `tests/activities/test_recurrence.py` proves the sets equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from .enums import Frequency, Nth

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rule:
    """An agreement in dates only. All days are local and inclusive.

    `weekday` None means that nobody has said which day yet: such a rule yields only what was `added`.
    `interval` counts weeks from the first date of the series itself, never from even or odd weeks.
    """

    frequency: str
    first_day: dt.date
    last_day: dt.date | None = None
    weekday: int | None = None
    interval: int = 1
    nth: int | None = None
    added: frozenset[dt.date] = frozenset()
    removed: frozenset[dt.date] = frozenset()

    @property
    def has_day(self) -> bool:
        return self.frequency == Frequency.ONCE or self.weekday is not None

    @property
    def anchor(self) -> dt.date:
        """The first date of the bare rule, DTSTART in RFC 5545. The first day itself when no weekday is known."""
        if self.frequency == Frequency.ONCE or self.weekday is None:
            return self.first_day
        if self.frequency == Frequency.WEEKLY:
            return self.first_day + dt.timedelta(days=(self.weekday - self.first_day.weekday()) % 7)
        return next(_months(self, self.first_day, dt.date.max))

    @property
    def rrule(self) -> str:
        """RFC 5545 RRULE, empty for something that happens once or has no day yet."""
        if self.frequency == Frequency.ONCE or self.weekday is None:
            return ""
        day = WEEKDAY_CODES[self.weekday]
        if self.frequency == Frequency.WEEKLY:
            parts = ["FREQ=WEEKLY", f"INTERVAL={self.interval}", f"BYDAY={day}"]
        else:
            parts = ["FREQ=MONTHLY", f"BYDAY={self.nth:+d}{day}"]
        if self.last_day:
            parts.append(f"UNTIL={self.last_day:%Y%m%d}")
        return ";".join(parts)


def expand(rule: Rule, first: dt.date, last: dt.date) -> list[dt.date]:
    """Dates of a rule in `first`..`last` (inclusive), ordered, without the removed ones and with the added ones.

    An added date counts even outside the series' first and last day; a date both added and removed is removed.
    """
    dates = {day for day in _bare(rule, first, last) if day not in rule.removed}
    dates.update(day for day in rule.added - rule.removed if first <= day <= last)
    return sorted(dates)


def _bare(rule: Rule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    first = max(first, rule.first_day)
    last = min(last, rule.last_day) if rule.last_day else last
    if not rule.has_day or first > last:
        return iter(())
    if rule.frequency == Frequency.ONCE:
        return iter([rule.first_day] if first <= rule.first_day <= last else [])
    return _weeks(rule, first, last) if rule.frequency == Frequency.WEEKLY else _months(rule, first, last)


def _weeks(rule: Rule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    step = WEEK * rule.interval
    gone = max(0, -(-(first - rule.anchor).days // step.days))
    day = rule.anchor + gone * step
    while day <= last:
        yield day
        day += step


def _months(rule: Rule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    year, month = first.year, first.month
    while (start := dt.date(year, month, 1)) <= last:
        day = nth_weekday(start, rule.weekday or 0, rule.nth or Nth.FIRST)
        if first <= day <= last:
            yield day
        year, month = (year + month // 12, month % 12 + 1)


def nth_weekday(month: dt.date, weekday: int, nth: int) -> dt.date:
    """The nth (1 to 4) or last (-1) `weekday` of the month that begins on `month`."""
    if nth == Nth.LAST:
        following = dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return following - dt.timedelta(days=(following.weekday() - weekday - 1) % 7 + 1)
    return month + dt.timedelta(days=(weekday - month.weekday()) % 7, weeks=nth - 1)
