"""Agreements begin, change from a day on, and end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activities.enums import DateChange, OccurrenceStatus
from activities.models import Activity, Occurrence, Series, SeriesDate, SeriesOrganiser, Text
from activities.rules import check_series
from activities.words import day_words
from partners.models import Organisation
from sites.actions import log_change, schedule_changed
from sites.models import User
from stek.time import today

from .carry_over import carry_over, live_dates
from .materialise import make_dates
from .needs import carry_needs
from .several import lock, renew

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
    "shares_room",
]


def locked(series: Series) -> Series:
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
    publish: bool = True,
    **fields: Any,
) -> Series:
    """A new agreement for an activity, with its dates when it is published.

    Raises ValidationError, by field, when it cannot be kept (hours, last day, a price for learning).
    """
    series = _begin(Series(activity=activity, is_published=publish, **fields), organisers, {})
    schedule_changed(activity.site_id)
    _log_begin(series, by=by)
    return series


def _begin(series: Series, organisers: Sequence[Organisation], dates: Mapping[dt.date, str]) -> Series:
    check_series(series)
    series.full_clean(exclude=["activity", "follows", "place"])
    series.save()
    set_organisers(series, organisers)
    _put(series, dates)
    make_dates(series)
    return series


def _log_begin(series: Series, *, by: User | None) -> None:
    changes = {"first_day": [None, str(series.first_day)]}
    log_change(by=by, verb="start_series", about=series, site=series.activity.site, changes=changes)


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

    What is not in `changes` is carried over: translations too, and from `day` on the dates added or taken out. A date
    changed by hand goes with the successor when that has the same one, and stays as it was told when it has not, or when
    it is held before `day`. The old agreement's other dates from `day` on are withdrawn.
    Raises ValidationError when the day lies before the agreement's second day or in what is past, or when the
    agreement was succeeded already.
    """
    series = locked(series)
    _refuse_to_change(series, day)
    fields = {name: getattr(series, name) for name in CARRIED} | changes
    hosts = list(organisers) if organisers is not None else [host.organisation for host in series.organisers.all()]
    last = _last_before(series, day)
    lock(Occurrence.objects.filter(series=series).filter(Q(original_date__gte=day) | Q(pk__in=last)))
    told = live_dates(series, day)
    refuse_to_rewrite_history(series, [date.day for date in told if date.day >= day])
    held_before = [date.original_date for date in told if date.day < day]
    loose = dict(series.dates.filter(day__gte=day).values_list("day", "change"))

    old, series.last_day = series.last_day, day - dt.timedelta(days=1)
    series.save(update_fields=["last_day"])
    series.dates.filter(day__gte=day).delete()
    _put(series, dict.fromkeys(held_before, DateChange.ADDED))
    successor = _begin(
        Series(
            activity=series.activity, is_published=series.is_published, **fields,
            first_day=day, follows=series, reason=reason,
        ),
        hosts, loose | dict.fromkeys(held_before, DateChange.REMOVED),
    )  # fmt: skip
    copy_texts(series, successor)
    stay = carry_over([date for date in told if date.day >= day], successor)
    _put(series, dict.fromkeys(stay, DateChange.ADDED))
    make_dates(series)
    carry_needs(series, successor)
    if successor.weekday != series.weekday:
        # Calendars read there that it is the last time on that day; what is past stays as it was.
        renew(Occurrence.objects.filter(day__gte=today(series.activity.site.time_zone)), last)

    schedule_changed(series.activity.site_id)
    _log_end(series, old, by=by, reason=reason)
    _log_begin(successor, by=by)
    return successor


def _last_before(series: Series, day: dt.date) -> list[int]:
    """The key of the last date first planned before a day; none when there is none."""
    dates = Occurrence.objects.filter(series=series, original_date__lt=day)
    return list(dates.order_by("-original_date").values_list("pk", flat=True)[:1])


def _refuse_to_change(series: Series, day: dt.date) -> None:
    if hasattr(series, "followed_by"):
        raise ValidationError(_("Deze afspraak is al vervangen door een andere."))
    if day <= series.first_day:
        raise ValidationError({"first_day": _("Kies een dag na het begin van de afspraak.")})
    if series.last_day and day > series.last_day:
        raise ValidationError({"first_day": _("De afspraak is dan al gestopt.")})


def copy_texts(series: Series, successor: Series) -> None:
    """The same translations for another agreement."""
    texts = list(series.texts.all())
    for text in texts:
        text.pk, text.series = None, successor
    Text.objects.bulk_create(texts)


@transaction.atomic
def end_series(series: Series, last_day: dt.date, *, by: User | None, reason: str = "") -> Series:
    """The agreement holds until `last_day` (inclusive). Later dates become withdrawn, none is deleted.

    The day a date is held on decides, also for one that was moved or added by hand: held later it ends too, held by then
    it stays. An agreement that is prolonged loses none. Raises ValidationError when a date that is past would end, and
    for a last day on which its successor holds already.
    """
    series = locked(series)
    _refuse_to_outlast_successor(series, last_day)
    old, series.last_day = series.last_day, last_day
    check_series(series)
    series.save(update_fields=["last_day"])
    ended = _end_dates_by_hand(series, last_day) if old is None or last_day < old else []
    make_dates(series)
    schedule_changed(series.activity.site_id)
    _log_end(series, old, by=by, reason=reason, ended=ended)
    return series


def _refuse_to_outlast_successor(series: Series, last_day: dt.date) -> None:
    """Asked under the lock that whoever makes a successor takes too."""
    successor = Series.objects.filter(follows=series).first()
    if successor and last_day >= successor.first_day:
        words = {"date": day_words(successor.first_day, year=True)}
        raise ValidationError(
            {"last_day": _("Vanaf %(date)s geldt een andere afspraak. Kies een vroegere dag.") % words}
        )


def _log_end(
    series: Series, old: dt.date | None, *, by: User | None, reason: str, ended: Sequence[dt.date] = ()
) -> None:
    changes: dict[str, Any] = {"last_day": [old and str(old), str(series.last_day)]}
    if ended:
        changes["dates"] = [sorted(map(str, ended)), []]
    log_change(by=by, verb="end_series", about=series, site=series.activity.site, reason=reason, changes=changes)


def refuse_to_rewrite_history(series: Series, held: Iterable[dt.date]) -> None:
    """What was held before today happened: no agreement ends under it."""
    now = today(series.activity.site.time_zone)
    if any(day < now for day in held):
        raise ValidationError({"last_day": _("Wat voorbij is, verandert niet meer. Kies vandaag of later.")})


def _end_dates_by_hand(series: Series, last_day: dt.date) -> list[dt.date]:
    """Loose dates follow the day they are held on: days of those moved or added by hand that end with the agreement."""
    live = Occurrence.objects.filter(series=series).exclude(status=OccurrenceStatus.WITHDRAWN)
    lock(live.filter(Q(original_date__gt=last_day) | Q(day__gt=last_day)))
    refuse_to_rewrite_history(series, live.filter(day__gt=last_day).values_list("day", flat=True))
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
    series = locked(series)
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


def _put(series: Series, changes: Mapping[dt.date, str]) -> None:
    """The last word on a date counts."""
    SeriesDate.objects.filter(series=series, day__in=changes).delete()
    SeriesDate.objects.bulk_create(SeriesDate(series=series, day=day, change=change) for day, change in changes.items())


def set_organisers(series: Series, organisers: Sequence[Organisation]) -> None:
    """Who organises, in this order; it had none."""
    SeriesOrganiser.objects.bulk_create(
        SeriesOrganiser(series=series, organisation=organisation, position=position)
        for position, organisation in enumerate(organisers)
    )
