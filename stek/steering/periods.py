"""Quarters, half years and years: whole calendar months of local days, from their first day up to the first day of the next."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stek.dates import date_words

from .enums import MONTHS, PeriodKind

SLUG = re.compile(r"((?:19|20)[0-9]{2})(?:-([KH])([1-4]))?")
SHOWN = 4


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. `number` counts months, so that they can be added."""

    number: int

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year * 12 + day.month - 1)

    @property
    def first(self) -> dt.date:
        return dt.date(self.number // 12, self.number % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """The `number`th quarter or half of a year, or a year (`number` 1)."""

    kind: PeriodKind
    year: int
    number: int = 1

    @classmethod
    def of(cls, day: dt.date, kind: PeriodKind) -> Period:
        """The one a local day lies in."""
        return cls(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)

    @classmethod
    def parse(cls, slug: str) -> Period | None:
        """“2023-K3”, “2023-H2”, “2023”; None for anything else."""
        found = SLUG.fullmatch(slug)
        if found is None:
            return None
        year, kind, number = found.groups()
        period = cls(PeriodKind(kind or "J"), int(year), int(number or 1))
        return period if period.number <= 12 // MONTHS[period.kind] else None

    def __str__(self) -> str:
        return str(self.year) if self.kind == PeriodKind.YEAR else f"{self.year}-{self.kind.value}{self.number}"

    @property
    def months(self) -> list[Month]:
        length = MONTHS[self.kind]
        begin = self.year * 12 + (self.number - 1) * length
        return [Month(begin + one) for one in range(length)]

    @property
    def first(self) -> dt.date:
        return self.months[0].first

    @property
    def end(self) -> dt.date:
        """The day after the last one."""
        return Month(self.months[-1].number + 1).first

    @property
    def last(self) -> dt.date:
        return self.end - dt.timedelta(days=1)

    @property
    def before(self) -> Period:
        return Period.of(self.first - dt.timedelta(days=1), self.kind)

    @property
    def after(self) -> Period:
        return Period.of(self.end, self.kind)

    def is_running(self, day: dt.date) -> bool:
        return self.first <= day < self.end

    @property
    def words(self) -> str:
        """“3e kwartaal 2023”, “2e helft van 2023”, “2023”."""
        if self.kind == PeriodKind.YEAR:
            return str(self.year)
        names = {
            ("K", 1): _("1e kwartaal %(year)d"), ("K", 2): _("2e kwartaal %(year)d"), ("K", 3): _("3e kwartaal %(year)d"),
            ("K", 4): _("4e kwartaal %(year)d"), ("H", 1): _("1e helft van %(year)d"), ("H", 2): _("2e helft van %(year)d"),
        }  # fmt: skip
        return names[self.kind.value, self.number] % {"year": self.year}

    @property
    def short(self) -> str:
        """On an axis: “K3 2023”."""
        if self.kind == PeriodKind.YEAR:
            return str(self.year)
        text = (
            pgettext("kwartaal", "K%(number)d %(year)d")
            if self.kind == PeriodKind.QUARTER
            else _("H%(number)d %(year)d")
        )
        return text % {"number": self.number, "year": self.year}

    @property
    def days_words(self) -> str:
        """“1 juli tot en met 30 september 2023”."""
        words = {"first": date_words(self.first, _("j F")), "last": date_words(self.last, _("j F Y"))}
        return _("%(first)s tot en met %(last)s") % words


def up_to(period: Period, number: int = SHOWN) -> list[Period]:
    """A period and those before it, the oldest first."""
    found = [period]
    while len(found) < number:
        found.insert(0, found[0].before)
    return found


def last_closed(day: dt.date, kind: PeriodKind) -> Period:
    """The last one that is over on a local day."""
    return Period.of(day, kind).before


def offered(day: dt.date, kind: PeriodKind) -> list[Period]:
    """The last four that are over, and the one that runs; the oldest first."""
    return [*up_to(last_closed(day, kind)), Period.of(day, kind)]
