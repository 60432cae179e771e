""" "Only this time": one date is cancelled, moved, opened, or put back as its series has it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.enums import OccurrenceStatus
from activities.models import Occurrence
from activities.recurrence import expand
from activities.rules import check_hours, moments
from sites.actions import log_change, schedule_changed
from sites.models import User
from stek.time import wall_now


def _locked(occurrence: Occurrence) -> Occurrence:
    return (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("site", "series__activity")
        .get(pk=occurrence.pk)
    )


def _save(occurrence: Occurrence, *, by: User | None, verb: str, changes: dict[str, Any]) -> Occurrence:
    """Store a change of one date: feeds see a higher SEQUENCE, every channel renders anew, the log knows who."""
    occurrence.sequence += 1
    occurrence.changed_at = wall_now()
    occurrence.save()
    schedule_changed(occurrence.site_id)
    log_change(by=by, verb=verb, about=occurrence, site=occurrence.site, changes=changes, reason=occurrence.note)
    return occurrence


@transaction.atomic
def cancel(occurrence: Occurrence, *, by: User | None, note: str = "") -> Occurrence:
    """It does not take place; it stays on the page, with the note. Cancelling twice changes nothing.

    A withdrawn date is left alone: it was not going to take place.
    """
    occurrence = _locked(occurrence)
    if occurrence.status == OccurrenceStatus.WITHDRAWN:
        return occurrence
    if occurrence.status == OccurrenceStatus.CANCELLED and occurrence.note == note:
        return occurrence
    old, occurrence.status, occurrence.note = occurrence.status, OccurrenceStatus.CANCELLED, note
    return _save(occurrence, by=by, verb="cancel", changes={"status": [old, occurrence.status]})


@transaction.atomic
def restore(occurrence: Occurrence, *, by: User | None) -> Occurrence:
    """A cancelled date takes place after all; it is withdrawn when its series has lost that date meanwhile.

    Other dates are left alone.
    """
    occurrence = _locked(occurrence)
    if occurrence.status != OccurrenceStatus.CANCELLED:
        return occurrence
    slot = occurrence.original_date
    still_wanted = bool(expand(occurrence.series.rule, slot, slot))
    occurrence.status = OccurrenceStatus.PLANNED if still_wanted else OccurrenceStatus.WITHDRAWN
    occurrence.note = ""
    return _save(occurrence, by=by, verb="restore", changes={"status": ["cancelled", str(occurrence.status)]})


@transaction.atomic
def move(
    occurrence: Occurrence,
    *,
    by: User | None,
    day: dt.date,
    begin: dt.time | None = None,
    end: dt.time | None = None,
    part: str = "",
    note: str = "",
) -> Occurrence:
    """This date only, on another day or hour. Raises ValidationError, by field, for hours that cannot be kept."""
    occurrence = _locked(occurrence)
    check_hours(day, begin, end, occurrence.site.time_zone)
    changes = {"day": [str(occurrence.day), str(day)], "begin": [str(occurrence.begin), str(begin)]}
    occurrence.day, occurrence.begin, occurrence.end = day, begin, end
    occurrence.part, occurrence.note, occurrence.is_changed = "" if begin else part, note, True
    _set_moments(occurrence)
    return _save(occurrence, by=by, verb="move", changes=changes)


@transaction.atomic
def back_to_series(occurrence: Occurrence, *, by: User | None) -> Occurrence:
    """Undo what was changed by hand: day, hours and place are again those of the series."""
    occurrence = _locked(occurrence)
    series = occurrence.series
    changes = {"day": [str(occurrence.day), str(occurrence.original_date)]}
    occurrence.day, occurrence.begin, occurrence.end = occurrence.original_date, series.begin, series.end
    occurrence.part, occurrence.place_id, occurrence.note = series.part, series.place_id, ""
    occurrence.is_changed = False
    _set_moments(occurrence)
    return _save(occurrence, by=by, verb="back_to_series", changes=changes)


@transaction.atomic
def open_anyway(occurrence: Occurrence, *, by: User | None, opened: bool = True, note: str = "") -> Occurrence:
    """It takes place although the site is closed that day, or (`opened=False`) no longer so.

    Raises ValidationError for a date that was cancelled: that is restored first, in so many words.
    """
    occurrence = _locked(occurrence)
    if occurrence.status != OccurrenceStatus.PLANNED:
        raise ValidationError(_("Deze datum gaat niet door. Laat ze eerst weer doorgaan."))
    if occurrence.opened_anyway == opened and occurrence.note == note:
        return occurrence
    changes = {"opened_anyway": [occurrence.opened_anyway, opened]}
    occurrence.opened_anyway, occurrence.note = opened, note
    return _save(occurrence, by=by, verb="open_anyway", changes=changes)


def _set_moments(occurrence: Occurrence) -> None:
    occurrence.begins_at = occurrence.ends_at = None
    if occurrence.begin and occurrence.end:
        occurrence.begins_at, occurrence.ends_at = moments(
            occurrence.day, occurrence.begin, occurrence.end, occurrence.site.time_zone
        )
