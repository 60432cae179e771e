""" "Only this time": one date is cancelled, moved, opened, or put back as its series has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.enums import OccurrenceStatus
from activities.models import Guest, Occurrence, Stop
from activities.recurrence import expand
from activities.rules import check_hours, moments
from partners.models import Organisation
from sites.actions import log_change, schedule_changed
from sites.models import Place, User
from stek.time import wall_now


@dataclass(frozen=True, slots=True)
class Halt:
    """A stop as it is asked for, with hours of its own or none."""

    place: Place
    begin: dt.time | None = None
    end: dt.time | None = None


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
    old, occurrence.status = occurrence.status, OccurrenceStatus.CANCELLED
    _say(occurrence, note)
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
    _say(occurrence, "")
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
    place: Place | Literal["same"] | None = "same",
    note: str = "",
) -> Occurrence:
    """This date only, on another day or hour, or (`place`; None is the house) elsewhere.

    At another hour nobody knows any more when it is at which of its stops. Raises ValidationError, by field, for hours that cannot be kept.
    """
    occurrence = _locked(occurrence)
    check_hours(day, begin, end, occurrence.site.time_zone)
    place = occurrence.place if place == "same" else place
    asked = {"day": day, "begin": begin, "end": end, "part": "" if begin else part, "place": place}
    old = {name: getattr(occurrence, name) for name in asked}
    changes = {name: [str(old[name]), str(value)] for name, value in asked.items() if value != old[name]}
    occurrence.place = place
    if (begin, end) != (occurrence.begin, occurrence.end):
        occurrence.stops.update(begin=None, end=None)
    occurrence.day, occurrence.begin, occurrence.end = day, begin, end
    occurrence.part, occurrence.is_changed = "" if begin else part, True
    _say(occurrence, note)
    _set_moments(occurrence)
    return _save(occurrence, by=by, verb="move", changes=changes)


@transaction.atomic
def back_to_series(occurrence: Occurrence, *, by: User | None) -> Occurrence:
    """Undo what was changed by hand: day, hours and place are again those of the series, and it goes along no stops."""
    occurrence = _locked(occurrence)
    occurrence.stops.all().delete()
    series = occurrence.series
    changes = {"day": [str(occurrence.day), str(occurrence.original_date)]}
    occurrence.day, occurrence.begin, occurrence.end = occurrence.original_date, series.begin, series.end
    occurrence.part, occurrence.place_id, occurrence.is_changed = series.part, series.place_id, False
    _say(occurrence, "")
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
    occurrence.opened_anyway = opened
    _say(occurrence, note)
    return _save(occurrence, by=by, verb="open_anyway", changes=changes)


@transaction.atomic
def go_on_the_road(occurrence: Occurrence, *, by: User | None, stops: Sequence[Halt], note: str = "") -> Occurrence:
    """This date goes along some stops, in this order; without stops it is at home again.

    Raises ValidationError for a stop of another site, one that is named twice, and hours that cannot be.
    """
    occurrence = _locked(occurrence)
    if any(halt.place.site_id != occurrence.site_id for halt in stops):
        raise ValidationError({"stops": _("Die halte hoort niet bij deze plek.")})
    if len({halt.place.pk for halt in stops}) < len(stops):
        raise ValidationError({"stops": _("Kies elke halte één keer.")})
    old = [stop.place.name for stop in occurrence.stops.select_related("place")]
    occurrence.stops.all().delete()
    rows = [
        Stop(occurrence=occurrence, place=halt.place, position=position, begin=halt.begin, end=halt.end)
        for position, halt in enumerate(stops)
    ]
    for row in rows:
        row.full_clean(exclude=["occurrence", "place"])
    Stop.objects.bulk_create(rows)
    _say(occurrence, note)
    return _save(occurrence, by=by, verb="go_on_the_road", changes={"stops": [old, [row.place.name for row in rows]]})


@transaction.atomic
def invite_guests(occurrence: Occurrence, *, by: User | None, guests: Sequence[Organisation]) -> Occurrence:
    """Who comes along this time only. The same guests again change nothing."""
    occurrence = _locked(occurrence)
    old = list(occurrence.guests.order_by("pk").values_list("organisation__code", flat=True))
    new = [one.code for one in dict.fromkeys(guests)]
    if old == new:
        return occurrence
    occurrence.guests.all().delete()
    Guest.objects.bulk_create(Guest(occurrence=occurrence, organisation=one) for one in dict.fromkeys(guests))
    return _save(occurrence, by=by, verb="invite_guests", changes={"guests": [old, new]})


@transaction.atomic
def change_note(occurrence: Occurrence, *, by: User | None, note: str, translations: Mapping[str, str]) -> Occurrence:
    """What visitors are told of this date, and the same by language; an empty translation is none. Twice changes nothing.

    Raises ValidationError, by field, for a translation of nothing.
    """
    occurrence = _locked(occurrence)
    told = {language: words for language, words in translations.items() if words}
    if told and not note:
        raise ValidationError({"note": _("Vul het bericht ook in het Nederlands in.")})
    if (occurrence.note, occurrence.note_translations) == (note, told):
        return occurrence
    old = occurrence.note
    _say(occurrence, note)
    occurrence.note_translations = told
    return _save(occurrence, by=by, verb="change_note", changes={"note": [old, note]})


def _say(occurrence: Occurrence, note: str) -> None:
    """Translations of other words go."""
    if note != occurrence.note:
        occurrence.note, occurrence.note_translations = note, {}


def _set_moments(occurrence: Occurrence) -> None:
    occurrence.begins_at = occurrence.ends_at = None
    if occurrence.begin and occurrence.end:
        occurrence.begins_at, occurrence.ends_at = moments(
            occurrence.day, occurrence.begin, occurrence.end, occurrence.site.time_zone
        )
