"""ISO 8601 weeks: the address of a page, `2023-W41`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_FORM = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class IsoWeek:
    """A week from Monday to Sunday. Raises ValueError for one that does not exist."""

    year: int
    number: int

    def __post_init__(self) -> None:
        dt.date.fromisocalendar(self.year, self.number, 7)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @classmethod
    def of(cls, day: dt.date) -> IsoWeek:
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> IsoWeek:
        """From `2023-W41`; raises ValueError for anything else."""
        form = _FORM.fullmatch(text)
        if not form:
            raise ValueError(text)
        return cls(int(form[1]), int(form[2]))

    @property
    def monday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> list[dt.date]:
        return [self.monday + dt.timedelta(days=n) for n in range(7)]

    def plus(self, weeks: int) -> IsoWeek:
        return IsoWeek.of(self.monday + dt.timedelta(weeks=weeks))


class IsoWeekConverter:
    """Path converter; a week that does not exist is a 404."""

    regex = "[0-9]{4}-W[0-9]{2}"

    def to_python(self, value: str) -> IsoWeek:
        return IsoWeek.parse(value)

    def to_url(self, value: IsoWeek | str) -> str:
        return str(value)
