"""What holds from a day on, until the next of its kind: addresses and names. No gap or overlap can exist.

And dates of which only the month, season or year is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import Precision


def end_of_period(day: dt.date, precision: int) -> dt.date:
    """The day after the month, season or year that begins on `day`; for an exact date the next day."""
    months = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.YEAR: 12}.get(Precision(precision))
    if months is None:
        return day + dt.timedelta(days=1)
    return dt.date(day.year + (day.month + months - 1) // 12, (day.month + months - 1) % 12 + 1, 1)


NOT_A_FIRST_DAY = _("Kies de eerste dag van de maand, het seizoen (1 maart, juni, september of december) of het jaar.")


def is_first_day(day: str, precision: str) -> Q:
    """Whether the column `day` is the first day of what the column `precision` says is known."""
    return (
        Q(**{precision: Precision.DAY})
        | Q(**{precision: Precision.MONTH, f"{day}__day": 1})
        | Q(**{precision: Precision.SEASON, f"{day}__day": 1, f"{day}__month__in": [3, 6, 9, 12]})
        | Q(**{precision: Precision.YEAR, f"{day}__day": 1, f"{day}__month": 1})
    )


class Dated(Protocol):
    @property
    def since(self) -> dt.date: ...


def in_force[D: Dated](values: Iterable[D], day: dt.date) -> D | None:
    """The value that holds on a day; the first one for a day before it, so that a page is never without."""
    ordered = sorted(values, key=lambda value: value.since)
    current = [value for value in ordered if value.since <= day]
    return current[-1] if current else next(iter(ordered), None)
