"""Weeks, the only time a signal has: the month its readers see, the quarter it will count in."""

from __future__ import annotations

import datetime as dt

from activities.iso_week import IsoWeek
from stek.time import BRUSSELS, today

from . import quarters
from .quarters import Period


def this_week(zone: str = BRUSSELS) -> IsoWeek:
    return IsoWeek.of(today(zone))


def quarter_of(week: IsoWeek) -> Period:
    return quarters.quarter_of(week.year, week.number)


def last_week(part: Period) -> IsoWeek:
    return IsoWeek.of(part.last_day)


def month_of(week: IsoWeek) -> dt.date:
    """The first day of the month a week belongs to: that of its Thursday, as ISO gives a week its year."""
    return week.days[3].replace(day=1)


def weeks_of(month: dt.date) -> list[IsoWeek]:
    """The weeks that belong to the month of this day, in order."""
    weeks = [IsoWeek.of(month.replace(day=1)).plus(number) for number in range(6)]
    return [week for week in weeks if month_of(week) == month.replace(day=1)]
