"""Agreements begin, change from a day on, and end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activities.enums import DateChange, OccurrenceStatus
from activities.models import Activity, Occurrence, Series, SeriesDate, SeriesOrganiser, Text
from activities.rules import check_series
from partners.models import Organisation
from sites.actions import log_change, schedule_changed
from sites.models import User
from stek.time import today, wall_now

from .materialise import make_dates
from .several import lock

# What a successor takes over from the agreement before it, unless told otherwise.
CARRIED = [
    "title",
    "description",
    "audience",
    "with_volunteers",
    "price_kind",
    "price_cents",
    "place",
    "frequency",
    "weekday",
    "interval",
    "nth",
    "begin",
    "end",
    "part",
    "last_day",
]


def _locked(series: Series) -> Series:
    """The agreement as it is now, for one change at a time.

    Without the row of its site: everyone takes an agreement, then its dates, then the site, or two would wait for each other.
    """
    return Series.objects.select_for_update(of=("self",)).select_related("activity__site").get(pk=series.pk)


@transaction.atomic
def start_series(
    activity: Activity,
    *,
    by: User | None,
    organisers: Sequence[Organisation] = (),
    dates: Sequence[SeriesDate] = (),
    publish: bool = True,
    **fields: Any,
) -> Series:
    """A new agreement for an activity, with its dates when it is published. `dates` are copied into it.

    Raises ValidationError, by field, when it cannot be kept (hours, last day, a price for learning).
    """
    series = Series(activity=activity, is_published=publish, **fields)
    check_series(series)
    series.full_clean(exclude=["activity", "follows", "place"])
    series.save()
    _set_organisers(series, organisers)
    SeriesDate.objects.bulk_create(SeriesDate(series=series, day=date.day, change=date.change) for date in dates)
    make_dates(series)
    schedule_changed(activity.site_id)
    log_change(
        by=by,
        verb="start_series",
        about=series,
        site=activity.site,
        changes={"first_day": [None, str(series.first_day)]},
    )
    return series


@transaction.atomic
def change_from(
    series: Series,
    day: dt.date,
    *,
    by: User | None,
    reason: str = "",
    organisers: Sequence[Organisation] | None = None,
    **changes: Any,
) -> Series:
    """ "From this date on": the agreement ends the day before, and a successor begins on `day`.

    What is not in `changes` is carried over: translations too, and from `day` on the dates added, taken out or
    cancelled. The old agreement's dates from `day` on are withdrawn.
    Raises ValidationError when the day lies before the agreement's second day or in what is past, or when the
    agreement was succeeded already.
    """
    series = _locked(series)
    if hasattr(series, "followed_by"):
        raise ValidationError(_("Deze afspraak is al vervangen door een andere."))
    if day <= series.first_day:
        raise ValidationError({"first_day": _("Kies een dag na het begin van de afspraak.")})
    if series.last_day and day > series.last_day:
        raise ValidationError({"first_day": _("De afspraak is dan al gestopt.")})

    fields = {name: getattr(series, name) for name in CARRIED} | changes
    texts = list(series.texts.all())
    hosts = list(organisers) if organisers is not None else [host.organisation for host in series.organisers.all()]
    dates = list(series.dates.filter(day__gte=day))
    series.dates.filter(day__gte=day).delete()
    end_series(series, day - dt.timedelta(days=1), by=by, reason=reason)
    successor = start_series(
        series.activity, by=by, organisers=hosts, publish=series.is_published, dates=dates, **fields,
        first_day=day, follows=series, reason=reason,
    )  # fmt: skip
    Text.objects.bulk_create(
        Text(
            series=successor,
            language=text.language,
            title=text.title,
            description=text.description,
            audience=text.audience,
        )
        for text in texts
    )
    _carry_cancellations(series, successor)
    return successor


def _carry_cancellations(series: Series, successor: Series) -> None:
    """What was called off stays so under the new agreement, when that has the same date."""
    cancelled = Occurrence.objects.filter(
        series=series, status=OccurrenceStatus.CANCELLED, original_date__gte=successor.first_day
    )
    for occurrence in cancelled:
        same_date = Occurrence.objects.filter(series=successor, original_date=occurrence.original_date)
        if same_date.update(
            status=OccurrenceStatus.CANCELLED, note=occurrence.note, note_translations=occurrence.note_translations
        ):
            occurrence.status = OccurrenceStatus.WITHDRAWN
            occurrence.sequence += 1
            occurrence.changed_at = wall_now()
            occurrence.save(update_fields=["status", "sequence", "changed_at"])


@transaction.atomic
def end_series(series: Series, last_day: dt.date, *, by: User | None, reason: str = "") -> Series:
    """The agreement holds until `last_day` (inclusive). Later dates become withdrawn, none is deleted.

    The day a date is held on decides, also for one that was moved or added by hand: held later it ends too, held by then
    it stays. An agreement that is prolonged loses none. Raises ValidationError when a date that is past would end.
    """
    series = _locked(series)
    old, series.last_day = series.last_day, last_day
    check_series(series)
    series.save(update_fields=["last_day"])
    changes: dict[str, Any] = {"last_day": [old and str(old), str(last_day)]}
    if old is None or last_day < old:
        _refuse_to_rewrite_history(series)
        ended = _end_dates_by_hand(series, last_day)
        changes |= {"dates": [sorted(map(str, ended)), []]} if ended else {}
    make_dates(series)
    schedule_changed(series.activity.site_id)
    log_change(by=by, verb="end_series", about=series, site=series.activity.site, reason=reason, changes=changes)
    return series


def _refuse_to_rewrite_history(series: Series) -> None:
    """What lies before today happened: no agreement is ended under it. A date withdrawn before did not happen."""
    happened = Occurrence.objects.filter(series=series, day__lt=today()).exclude(status=OccurrenceStatus.WITHDRAWN)
    if series.last_day and happened.filter(day__gt=series.last_day).exists():
        raise ValidationError({"last_day": _("Wat voorbij is, verandert niet meer. Kies vandaag of later.")})


def _end_dates_by_hand(series: Series, last_day: dt.date) -> list[dt.date]:
    """Loose dates follow the day they are held on: days of those moved or added by hand that end with the agreement."""
    live = Occurrence.objects.filter(series=series).exclude(status=OccurrenceStatus.WITHDRAWN)
    lock(live.filter(Q(original_date__gt=last_day) | Q(day__gt=last_day)))
    held_by_then = live.filter(original_date__gt=last_day, day__lte=last_day)
    held_later = live.filter(original_date__lte=last_day, day__gt=last_day)
    added_later = series.dates.filter(day__gt=last_day, change=DateChange.ADDED)
    stays = dict.fromkeys(held_by_then.values_list("original_date", flat=True), DateChange.ADDED)
    ends = dict(held_later.values_list("original_date", "day"))
    ended = [*ends.values(), *added_later.exclude(day__in=stays).values_list("day", flat=True)]
    added_later.delete()
    _put(series, stays | dict.fromkeys(ends, DateChange.REMOVED))
    return ended


@transaction.atomic
def change_dates(
    series: Series,
    *,
    by: User | None,
    add: Sequence[dt.date] = (),
    remove: Sequence[dt.date] = (),
    clear: Sequence[dt.date] = (),
) -> Series:
    """Put dates into an agreement, take dates out of it, or forget such a change (`clear`)."""
    series = _locked(series)
    changes = dict.fromkeys(add, DateChange.ADDED) | dict.fromkeys(remove, DateChange.REMOVED)
    SeriesDate.objects.filter(series=series, day__in=clear).delete()
    _put(series, changes)
    make_dates(series)
    schedule_changed(series.activity.site_id)
    log_change(
        by=by, verb="change_dates", about=series, site=series.activity.site,
        changes={"added": [None, sorted(map(str, add))], "removed": [None, sorted(map(str, remove))],
                 "cleared": [None, sorted(map(str, clear))]},
    )  # fmt: skip
    return series


def _put(series: Series, changes: dict[dt.date, DateChange]) -> None:
    """The last word on a date counts."""
    SeriesDate.objects.filter(series=series, day__in=changes).delete()
    SeriesDate.objects.bulk_create(SeriesDate(series=series, day=day, change=change) for day, change in changes.items())


def _set_organisers(series: Series, organisers: Sequence[Organisation]) -> None:
    SeriesOrganiser.objects.bulk_create(
        SeriesOrganiser(series=series, organisation=organisation, position=position)
        for position, organisation in enumerate(organisers)
    )
