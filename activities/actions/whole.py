"""Agreements changed as a whole: one that has not begun yet, and "always", which takes dates changed by hand along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.enums import OccurrenceStatus
from activities.models import Occurrence, Series, Text
from activities.rules import check_series, moments
from partners.models import Organisation
from sites.actions import log_change, schedule_changed
from sites.models import User
from stek.time import clock_of, now

from .materialise import make_dates
from .occurrence import back_to_series
from .series import change_from, locked, refuse_to_rewrite_history, set_organisers
from .several import lock
from .touched import tell_calendars_of

DAY = dt.timedelta(days=1)


@transaction.atomic
def change_always(
    series: Series,
    *,
    by: User | None,
    reason: str = "",
    organisers: Sequence[Organisation] | None = None,
    **changes: Any,
) -> Series:
    """ "Always": from today on, or from tomorrow when today's date has begun, dates moved by hand included.

    What was cancelled stays cancelled, with what visitors were told. Raises ValidationError as `change_from` does.
    """
    series = locked(series)
    day = _first_open_day(series)
    for date in _moved_by_hand(series, day):
        back_to_series(date, by=by)
    if day <= series.first_day:
        return change_whole(series, by=by, reason=reason, organisers=organisers, **changes)
    return change_from(series, day, by=by, reason=reason, organisers=organisers, **changes)


def _first_open_day(series: Series) -> dt.date:
    local = now().astimezone(clock_of(series.activity.site.time_zone))
    begun = Occurrence.objects.filter(series=series, day=local.date(), begins_at__lte=local).happening().exists()
    return local.date() + DAY if begun else local.date()


def _moved_by_hand(series: Series, day: dt.date) -> list[Occurrence]:
    """Dates from `day` on whose slot is still to come too: one moved out of what is past stays where it is."""
    dates = Occurrence.objects.filter(series=series, is_changed=True, day__gte=day, original_date__gte=day)
    return list(dates.happening().order_by("pk"))


@transaction.atomic
def change_whole(
    series: Series,
    *,
    by: User | None,
    reason: str = "",
    organisers: Sequence[Organisation] | None = None,
    **changes: Any,
) -> Series:
    """Change an agreement of which no date was held yet, itself: a draft, or one that is still to begin.

    Its dates keep their UID. Raises ValidationError, by field, when it cannot be kept, when one of its dates is past, or when
    it was succeeded already.
    """
    series = locked(series)
    if hasattr(series, "followed_by"):
        raise ValidationError(_("Deze afspraak is al vervangen door een andere."))
    live = Occurrence.objects.filter(series=series).exclude(status=OccurrenceStatus.WITHDRAWN)
    lock(live)
    refuse_to_rewrite_history(series, live.values_list("day", flat=True))
    old = {name: getattr(series, name) for name in changes}
    for name, value in changes.items():
        setattr(series, name, value)
    series.reason = reason or series.reason
    check_series(series)
    series.full_clean(exclude=["activity", "follows", "place"])
    series.save()
    logged: dict[str, Any] = {
        name: [_word(old[name]), _word(value)] for name, value in changes.items() if value != old[name]
    }
    if organisers is not None:
        logged["organisers"] = [_codes(series), [one.code for one in organisers]]
        series.organisers.all().delete()
        set_organisers(series, organisers)
    make_dates(series)
    _retime(series)
    tell_calendars_of([series])
    schedule_changed(series.activity.site_id)
    log_change(by=by, verb="change_series", about=series, site=series.activity.site, reason=reason, changes=logged)
    return series


def _retime(series: Series) -> None:
    """Dates that nobody changed by hand have the hours and the place of their agreement."""
    for date in Occurrence.objects.filter(series=series, is_changed=False).happening().order_by("pk"):
        if (date.begin, date.end, date.part, date.place_id) != (series.begin, series.end, series.part, series.place_id):
            date.begin, date.end, date.part, date.place_id = series.begin, series.end, series.part, series.place_id
            date.begins_at = date.ends_at = None
            if date.begin and date.end:
                date.begins_at, date.ends_at = moments(date.day, date.begin, date.end, series.activity.site.time_zone)
            date.save()


@transaction.atomic
def correct_words(
    series: Series, *, by: User | None, reason: str, words: Mapping[str, str],
    texts: Mapping[str, Mapping[str, str]],
) -> Series:  # fmt: skip
    """Correct spelling and translations, backwards too. `words` are title, description and audience in Dutch; `texts` the same
    by language, where an empty title takes the translation away. Raises ValidationError, by field, for an empty title."""
    series = locked(series)
    old = {name: getattr(series, name) for name in words}
    for name, word in words.items():
        setattr(series, name, word)
    series.full_clean(exclude=["activity", "follows", "place"])
    series.save(update_fields=list(words))
    tell_calendars_of([series])
    for language, translated in texts.items():
        Text.objects.filter(series=series, language=language).delete()
        if translated.get("title"):
            Text.objects.create(series=series, language=language, **translated)
    schedule_changed(series.activity.site_id)
    changes = {name: [old[name], word] for name, word in words.items() if word != old[name]}
    log_change(by=by, verb="correct_words", about=series, site=series.activity.site, reason=reason, changes=changes)
    return series


def _codes(series: Series) -> list[str]:
    return list(series.organisers.values_list("organisation__code", flat=True))


def _word(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
