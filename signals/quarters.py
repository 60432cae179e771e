"""Quarters of ISO weeks (1–13, 14–26, 27–39, 40–52 or 53), and the half years and years they make."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

WEEKS = 13
_CODE = re.compile(r"([0-9]{4})(?:-Q([1-4])|-H([12]))?")
LONGER = {(1, 2): "H1", (3, 4): "H2", (1, 4): ""}  # what is published beside quarters, with what its code ends on


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Quarters `first` to `last` (1 to 4, inclusive) of the ISO year `year`: a quarter, a half year or a year."""

    year: int
    first: int
    last: int

    def __post_init__(self) -> None:
        if not (1 <= self.first == self.last <= 4 or (self.first, self.last) in LONGER):
            raise ValueError(f"Not a quarter, a half year or a year: {self.first} to {self.last}.")

    def __str__(self) -> str:
        """The code in published tables: "2023-Q4", "2023-H2" or "2023"."""
        end = f"Q{self.first}" if self.first == self.last else LONGER[self.first, self.last]
        return "-".join(filter(None, [str(self.year), end]))

    @property
    def quarters(self) -> tuple[Period, ...]:
        return tuple(quarter(self.year, number) for number in range(self.first, self.last + 1))

    @property
    def last_day(self) -> dt.date:
        """The Sunday on which it ends."""
        week = self.last * WEEKS if self.last < 4 else _weeks_in(self.year)
        return dt.date.fromisocalendar(self.year, week, 7)

    @property
    def release_day(self) -> dt.date:
        """The second Monday after it ends: until then what was told in it can still be accepted."""
        return self.last_day + dt.timedelta(days=8)


def quarter(year: int, number: int) -> Period:
    return Period(year, number, number)


def quarter_of(year: int, week: int) -> Period:
    """The quarter of an ISO week; week 53 belongs to the fourth."""
    if not 1 <= week <= _weeks_in(year):
        raise ValueError(f"{year} has no week {week}.")
    return quarter(year, min((week - 1) // WEEKS + 1, 4))


def before(part: Period) -> Period:
    """The quarter before a quarter."""
    return quarter(part.year, part.first - 1) if part.first > 1 else quarter(part.year - 1, 4)


def after(part: Period) -> Period:
    """The quarter after a quarter."""
    return quarter(part.year, part.first + 1) if part.first < 4 else quarter(part.year + 1, 1)


def last_to_release(day: dt.date) -> Period:
    """The newest quarter whose day of release is this one or lies before it."""
    year, week, _ = day.isocalendar()
    part = quarter_of(year, week)
    while part.release_day > day:
        part = before(part)
    return part


def parse(code: str) -> Period:
    """From “2023-Q4”, “2023-H2” or “2023”. Raises ValueError for anything else."""
    form = _CODE.fullmatch(code)
    if not form:
        raise ValueError(code)
    year, number, half = int(form[1]), form[2], form[3]
    if number:
        return quarter(year, int(number))
    return Period(year, *({"1": (1, 2), "2": (3, 4), None: (1, 4)}[half]))


def longer_than(part: Period) -> tuple[Period, ...]:
    """The half year and the year a quarter belongs to."""
    return tuple(Period(part.year, first, last) for first, last in LONGER if first <= part.first <= last)


def _weeks_in(year: int) -> int:
    # 28 December always lies in the last ISO week of its year.
    return dt.date(year, 12, 28).isocalendar().week
