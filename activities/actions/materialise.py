"""Agreements become dates. Running it again changes nothing; nothing published is ever deleted."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

from django.db import transaction
from django.db.models import F

from activities.enums import OccurrenceStatus
from activities.models import Occurrence, Series
from activities.rules import moments, wanted_dates
from sites.actions import schedule_changed
from stek.health.actions import beat
from stek.time import today, wall_now

logger = logging.getLogger(__name__)

BATCH = 100  # series a transaction: memory and the time others wait for the lock stay flat


@dataclass(slots=True)
class Outcome:
    """How many dates were made, taken out of their series, and put back into it."""

    added: int = 0
    withdrawn: int = 0
    revived: int = 0

    def __iadd__(self, other: Outcome) -> Outcome:
        self.added += other.added
        self.withdrawn += other.withdrawn
        self.revived += other.revived
        return self


def materialise(series: Series) -> Outcome:
    """Make the dates of one agreement right, from its first day to the horizon.

    A slot the rule no longer gives is withdrawn, and one it gives again is planned again, when it lies today or later;
    what is past was so and stays so. A date cancelled by hand stays cancelled, whatever the rule says.
    """
    with transaction.atomic():
        return _materialise([series.pk], since=None)


def extend_horizon() -> Outcome:
    """Make the dates of every published agreement right from today to the horizon: the nightly round."""
    outcome = Outcome()
    ids = Series.objects.published().order_by("pk").values_list("pk", flat=True)
    for batch in _id_batches(ids):
        with transaction.atomic():
            outcome += _materialise(batch, since=today())
    beat("materialisation")
    logger.info(
        "horizon extended: %s added, %s withdrawn, %s revived", outcome.added, outcome.withdrawn, outcome.revived
    )
    return outcome


def _id_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    # All ids first (8 bytes each): the writes inside the loop must not disturb an open cursor.
    return (list(batch) for batch in batched(list(ids), BATCH))


def _materialise(ids: list[int], *, since: dt.date | None) -> Outcome:
    """The work itself, for a few series, inside the caller's transaction.

    Locked in the order of their keys, so that two processes wait for each other and never for ever.
    """
    locked = list(
        Series.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, is_published=True)
        .select_related("activity__site")
        .prefetch_related("dates")
        .order_by("pk")
    )
    day = today()
    slots: dict[int, dict[dt.date, tuple[str, dt.date]]] = {series.pk: {} for series in locked}
    rows = Occurrence.objects.filter(series__in=locked)
    if since:
        rows = rows.filter(original_date__gte=since)
    for series_id, original, status, held_on in rows.values_list("series_id", "original_date", "status", "day"):
        slots[series_id][original] = status, held_on

    new: list[Occurrence] = []
    gone: list[tuple[int, dt.date]] = []
    back: list[tuple[int, dt.date]] = []
    for series in locked:
        known = slots[series.pk]
        wanted = {date for date in wanted_dates(series.rule, day) if since is None or date >= since}
        new += [_occurrence(series, date) for date in sorted(wanted - known.keys())]
        for date, (status, held_on) in known.items():
            # Moved to a day that is past: it happened there.
            if date < day or held_on < day:
                continue
            if date not in wanted and status == OccurrenceStatus.PLANNED:
                gone.append((series.pk, date))
            elif date in wanted and status == OccurrenceStatus.WITHDRAWN:
                back.append((series.pk, date))

    Occurrence.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    _set_status(gone, OccurrenceStatus.WITHDRAWN)
    _set_status(back, OccurrenceStatus.PLANNED)
    outcome = Outcome(added=len(new), withdrawn=len(gone), revived=len(back))
    touched = {row.series_id for row in new} | {pk for pk, _ in gone + back}
    for site_id in sorted({series.activity.site_id for series in locked if series.pk in touched}):
        schedule_changed(site_id)
    return outcome


def _set_status(slots: list[tuple[int, dt.date]], status: OccurrenceStatus) -> None:
    by_series: dict[int, list[dt.date]] = {}
    for series_id, date in slots:
        by_series.setdefault(series_id, []).append(date)
    for series_id, dates in by_series.items():
        for some in batched(dates, 500):
            Occurrence.objects.filter(series=series_id, original_date__in=some).update(
                status=status, sequence=F("sequence") + 1, changed_at=wall_now()
            )


def _occurrence(series: Series, date: dt.date) -> Occurrence:
    begins_at = ends_at = None
    if series.begin and series.end:
        begins_at, ends_at = moments(date, series.begin, series.end, series.activity.site.time_zone)
    return Occurrence(
        series=series,
        site_id=series.activity.site_id,
        original_date=date,
        day=date,
        begin=series.begin,
        end=series.end,
        part=series.part,
        begins_at=begins_at,
        ends_at=ends_at,
        place_id=series.place_id,
    )
