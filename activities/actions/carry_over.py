"""What was decided for one date survives a change from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from activities.enums import OccurrenceStatus
from activities.models import Guest, Occurrence, Series, Stop

from .counts import carry_counts
from .several import lock, renew

BY_HAND = ["day", "begin", "end", "part", "begins_at", "ends_at", "is_changed"]
ALWAYS = ["status", "opened_anyway", "note", "note_translations"]


def live_dates(series: Series, day: dt.date) -> list[Occurrence]:
    """Dates first planned on `day` or later that people may count on or were told of; locked, the withdrawn ones too."""
    rows = Occurrence.objects.filter(series=series, original_date__gte=day)
    lock(rows)
    return list(rows.exclude(status=OccurrenceStatus.WITHDRAWN).order_by("pk").prefetch_related("stops", "guests"))


def carry_over(dates: Collection[Occurrence], successor: Series) -> list[dt.date]:
    """Give the successor's dates what was decided for the same ones before; `dates` are locked.

    Returns the original dates of those that were moved, opened or sent on the road by hand and that the successor does not have: they stay
    with the old agreement, as they were told. One that was cancelled stays cancelled there.
    """
    twins = {date.original_date: date for date in Occurrence.objects.filter(series=successor)}
    stay: list[dt.date] = []
    called_off: list[int] = []
    for date in dates:
        if twin := twins.get(date.original_date):
            _take_over(date, twin)
            called_off += [date.pk] if date.status == OccurrenceStatus.CANCELLED else []
        elif date.status == OccurrenceStatus.PLANNED and (date.is_changed or date.opened_anyway or date.stops.all()):
            stay.append(date.original_date)
    carry_counts({date.pk: twins[date.original_date].pk for date in dates if date.original_date in twins})
    renew(Occurrence.objects.all(), called_off, status=OccurrenceStatus.WITHDRAWN)
    return stay


def _take_over(date: Occurrence, twin: Occurrence) -> None:
    names = [*ALWAYS, *(BY_HAND if date.is_changed else [])]
    if date.place_id != date.series.place_id:
        names.append("place_id")
    decided = {name: getattr(date, name) for name in names if getattr(date, name) != getattr(twin, name)}
    if decided:
        for name, value in decided.items():
            setattr(twin, name, value)
        twin.save(update_fields=decided)
    same_hours = (date.begin, date.end, date.part) == (twin.begin, twin.end, twin.part)
    Stop.objects.bulk_create(
        Stop(
            occurrence=twin, place_id=stop.place_id, position=stop.position,
            begin=stop.begin if same_hours else None, end=stop.end if same_hours else None,
        )
        for stop in date.stops.all()
    )  # fmt: skip
    Guest.objects.bulk_create(
        Guest(occurrence=twin, organisation_id=guest.organisation_id) for guest in date.guests.all()
    )
