"""Agreements become dates. Running it again changes nothing; nothing published is ever deleted."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

from django.db import transaction

from activities.enums import OccurrenceStatus
from activities.models import Occurrence, Series
from activities.rules import moments, wanted_dates
from sites.actions import schedule_changed
from stek.health.actions import beat
from stek.time import today

from .needs import make_shifts
from .several import lock_keys, renew

logger = logging.getLogger(__name__)

PLANNED, WITHDRAWN = OccurrenceStatus.PLANNED, OccurrenceStatus.WITHDRAWN
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

    A slot the rule no longer gives is withdrawn, and one it gives again is planned again, when it is held today or later;
    what is past was so and stays so. A date cancelled by hand stays cancelled, whatever the rule says.
    """
    with transaction.atomic():
        outcome = make_dates(series)
        if outcome != Outcome():
            schedule_changed(series.activity.site_id)
        return outcome


def make_dates(series: Series) -> Outcome:
    """What `materialise` does, as a part of another action, which tells the site itself when it is done."""
    return _make([series.pk], whole=True)[0]


def extend_horizon() -> Outcome:
    """Make the dates of every published agreement right from today at its site to the horizon: the nightly round."""
    outcome = Outcome()
    ids = Series.objects.published().order_by("pk").values_list("pk", flat=True)
    for batch in _id_batches(ids):
        with transaction.atomic():
            made, sites = _make(batch, whole=False)
            for site_id in sites:
                schedule_changed(site_id)
        outcome += made
    beat("materialisation")
    logger.info(
        "horizon extended: %s added, %s withdrawn, %s revived", outcome.added, outcome.withdrawn, outcome.revived
    )
    return outcome


def _id_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    # All ids first (8 bytes each): the writes inside the loop must not disturb an open cursor.
    return (list(batch) for batch in batched(list(ids), BATCH))


def _make(ids: list[int], *, whole: bool) -> tuple[Outcome, list[int]]:
    """The work itself, for a few series, inside the caller's transaction; and which sites must be told, in order.

    The `whole` of an agreement, or only from today on, as it is today where its site is.

    Locked in the order of their keys, so that two processes wait for each other and never for ever.
    """
    locked = list(
        Series.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, is_published=True)
        .select_related("activity__site")
        .prefetch_related("dates")
        .order_by("pk")
    )
    days = {zone: today(zone) for zone in {series.activity.site.time_zone for series in locked}}
    slots: dict[int, dict[dt.date, tuple[int, str, dt.date]]] = {series.pk: {} for series in locked}
    rows = Occurrence.objects.filter(series__in=locked)
    if not whole:
        rows = rows.filter(original_date__gte=min(days.values(), default=today()))
    for key, series_id, original, status, held_on in rows.values_list("pk", "series", "original_date", "status", "day"):
        slots[series_id][original] = key, status, held_on

    new: list[Occurrence] = []
    gone: list[int] = []
    back: list[int] = []
    sites: set[int] = set()
    for series in locked:
        known, day = slots[series.pk], days[series.activity.site.time_zone]
        wanted = {date for date in wanted_dates(series.rule, day) if whole or date >= day}
        missing = [_occurrence(series, date) for date in sorted(wanted - known.keys())]
        # The day it is held on decides what is past: moved there it happened there, moved from there it is still to come.
        open_rows = {date: row for date, row in known.items() if row[2] >= day and (whole or date >= day)}
        lost = [key for date, (key, status, _) in open_rows.items() if status == PLANNED and date not in wanted]
        found = [key for date, (key, status, _) in open_rows.items() if status == WITHDRAWN and date in wanted]
        if missing or lost or found:
            sites.add(series.activity.site_id)
        new += missing
        gone += lost
        back += found

    Occurrence.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    if new:
        make_shifts([series.pk for series in locked], day=min(days.values()))
    lock_keys([*gone, *back])
    outcome = Outcome(
        added=len(new), withdrawn=_set_status(gone, PLANNED, WITHDRAWN), revived=_set_status(back, WITHDRAWN, PLANNED)
    )
    return outcome, sorted(sites)


def _set_status(keys: list[int], old: OccurrenceStatus, new: OccurrenceStatus) -> int:
    """Of those that are still as they were read: what somebody cancelled in between stays cancelled."""
    return renew(Occurrence.objects.filter(status=old), keys, status=new)


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
