"""Figures of a partnership: what was offered, who came, who was there, who helped, by month; and what they are together in a period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sites.enums import Function
from sites.models import Site

from .periods import Month, Period

# Of an activity, and of a site or all of them: names of whole numbers.
OF_OFFER = (
    "held",
    "minutes",
    "without_hours",
    "cancelled",
    "shut",
    "fell",
    "people",
    "new_faces",
    "counted",
    "counted_new",
)
OF_HELP = ("help_minutes", "places", "shifts", "short", "missing")


@dataclass(frozen=True, slots=True)
class OfActivity:
    """A month of one activity, or part of it; a figure that is not there is zero."""

    site_id: int
    activity_id: int
    functions: tuple[str, ...]
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class OfHelp:
    """Some figures of one month of a site."""

    site_id: int
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class OfPartner:
    """On how many days of a month an organisation was at a site."""

    site_id: int
    organisation_id: int
    days: int


@dataclass(frozen=True, slots=True)
class Promise:
    """How many days a month an organisation said to be at a site, in the whole months from `first` to `last`."""

    site_id: int
    organisation_id: int
    days: int
    since: dt.date
    until: dt.date

    def in_months(self, months: Iterable[Month], day: dt.date) -> int:
        """Of whole months that are over on a local day: in part of a month nobody has to be there all its days."""
        whole = [one for one in months if self.since <= one.first and _end(one) <= min(self.until, day)]
        return self.days * len(whole)


def _end(month: Month) -> dt.date:
    """Its last day."""
    return Month(month.number + 1).first - dt.timedelta(days=1)


def _in[Row](of_month: dict[Month, list[Row]], period: Period) -> Iterator[Row]:
    for month in period.months:
        yield from of_month.get(month, ())


@dataclass(slots=True)
class Figures:
    """Months of a partnership, to be added up by period and site."""

    sites: list[Site]
    day: dt.date
    offer: dict[Month, list[OfActivity]] = field(default_factory=dict)
    help: dict[Month, list[OfHelp]] = field(default_factory=dict)
    presence: dict[Month, list[OfPartner]] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    is_example: bool = False

    def numbers(self, period: Period, site: Site | None = None) -> dict[str, int]:
        """All figures of a period, of one site or of all of them together."""
        found = dict.fromkeys([*OF_OFFER, *OF_HELP], 0)
        for code in Function.values:
            found |= {f"held_{code}": 0, f"minutes_{code}": 0}
        for row in _in(self.offer, period):
            if site is None or row.site_id == site.pk:
                for name, number in row.numbers.items():
                    found[name] += number
                for code in row.functions:
                    found[f"held_{code}"] += row.numbers.get("held", 0)
                    found[f"minutes_{code}"] += row.numbers.get("minutes", 0)
        for part in _in(self.help, period):
            if site is None or part.site_id == site.pk:
                for name, number in part.numbers.items():
                    found[name] += number
        return found

    def by_activity(self, period: Period) -> dict[int, dict[str, int]]:
        """Key of an activity -> its figures of a period, of those that have any."""
        found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OF_OFFER, 0))
        for row in _in(self.offer, period):
            for name, number in row.numbers.items():
                found[row.activity_id][name] += number
        return dict(found)

    def days_there(self, period: Period) -> dict[tuple[int, int], int]:
        """(organisation, site) -> on how many days of a period it was there."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        for row in _in(self.presence, period):
            found[row.organisation_id, row.site_id] += row.days
        return dict(found)

    def promised(self, period: Period) -> dict[tuple[int, int], int]:
        """(organisation, site) -> how many days it said to be there in the whole months of a period that are over; only who said so."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        yesterday = self.day - dt.timedelta(days=1)
        for row in self.promises:
            if row.since < period.end and row.until >= period.first:
                found[row.organisation_id, row.site_id] += row.in_months(period.months, yesterday)
        return dict(found)

    def people_in(self, months: Sequence[Month], site: Site) -> list[int | None]:
        """People counted at a site in each of these months; None where nothing was counted."""
        found: list[int | None] = []
        for month in months:
            rows = [
                row.numbers for row in self.offer.get(month, ()) if row.site_id == site.pk and "counted" in row.numbers
            ]
            found.append(sum(numbers.get("people", 0) for numbers in rows) if rows else None)
        return found
