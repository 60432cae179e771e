"""Offers with dates, as a coordinator would make them; the clock stands still at a Tuesday morning."""

import datetime as dt

from activities.actions.series import start_series
from activities.models import Occurrence, Series
from tests.factories.activities import make_activity, series_fields

TUESDAY = dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)  # 9 o'clock in Brussels


def offer(site, title="Koffie", *, organisers=(), activity=None, **fields) -> Series:
    """A published agreement with its dates: every Monday from 10 to 12 unless told otherwise."""
    return start_series(
        activity or make_activity(site), by=None, organisers=organisers, **series_fields(title=title, **fields)
    )


def date_of(series, day) -> Occurrence:
    """The date of an agreement that was first planned on a day, `2023-10-12`."""
    return Occurrence.objects.get(series=series, original_date=day)
