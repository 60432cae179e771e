"""Questions about hours and agreements. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sites.models import Closure, Site
from sites.rules import closed_days
from stek.time import clock_of

from .enums import Frequency, PriceKind
from .models import Occurrence, Series
from .recurrence import Rule, expand

# Key of a site -> its closed days, each with the reason.
type Closed = dict[int, dict[dt.date, str]]

LONGEST = dt.timedelta(hours=12)
# A year and a week: so that "the same week next year" can always be shown.
HORIZON = dt.timedelta(weeks=53)


def horizon(today: dt.date) -> dt.date:
    """The last day dates are made for: the Sunday 53 weeks after this week."""
    monday = today - dt.timedelta(days=today.weekday())
    return monday + HORIZON + dt.timedelta(days=6)


def closed_where(dates: Iterable[Occurrence], language: str = "nl") -> Closed:
    """Key of a site -> its closed days, for the sites and days of these dates, with the reason. One query, however many there are."""
    by_site: dict[Site, list[dt.date]] = {}
    for date in dates:
        by_site.setdefault(date.site, []).append(date.day)
    if not by_site:
        return {}
    first, last = min(map(min, by_site.values())), max(map(max, by_site.values()))
    partnerships = {site.partnership_id for site in by_site}
    closures = list(Closure.objects.filter(partnership__in=partnerships).touching(first, last))
    return {site.pk: closed_days(site, closures, min(days), max(days), language) for site, days in by_site.items()}


def moments(day: dt.date, begin: dt.time, end: dt.time, zone: str) -> tuple[dt.datetime, dt.datetime]:
    """Begin and end in UTC of hours in local time; an end before the begin is the next morning.

    An ambiguous local time is the first of the two. One that a clock change skips moves on by the hour skipped, as
    RFC 5545 has it: only a repeating series meets that, `check_series` refuses it for a date of its own.
    """
    local = clock_of(zone)
    last = day if end > begin else day + dt.timedelta(days=1)
    begins_at = dt.datetime.combine(day, begin, tzinfo=local).astimezone(dt.UTC)
    ends_at = dt.datetime.combine(last, end, tzinfo=local).astimezone(dt.UTC)
    if ends_at <= begins_at:
        # 2.30 to 3.30 in the night that skips an hour would end where it began: it lasts as long as it was to last.
        ends_at = begins_at + (dt.datetime.combine(last, end) - dt.datetime.combine(day, begin))
    return begins_at, ends_at


def wall_hours(begins_at: dt.datetime, ends_at: dt.datetime, zone: str) -> tuple[dt.time, dt.time]:
    """What clocks there show at these two moments: also in the night that skips the hour that was agreed."""
    local = clock_of(zone)
    return begins_at.astimezone(local).time(), ends_at.astimezone(local).time()


def exists(day: dt.date, time: dt.time, zone: str) -> bool:
    """Whether clocks show this local time on this day; in the last night of March an hour is skipped."""
    moment = dt.datetime.combine(day, time, tzinfo=clock_of(zone))
    return moment.astimezone(dt.UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)


def check_hours(day: dt.date | None, begin: dt.time | None, end: dt.time | None, zone: str) -> None:
    """Raises ValidationError, by field, for hours that cannot be kept. `day` only for a date of its own."""
    if begin is None or end is None:
        if begin is not end:
            missing = "end" if end is None else "begin"
            raise ValidationError({missing: _("Vul het begin en het einde in, of geen van beide.")})
        return
    start = dt.datetime.combine(dt.date(2000, 1, 1), begin)
    stop = dt.datetime.combine(dt.date(2000, 1, 1 if end > begin else 2), end)
    if begin == end or stop - start > LONGEST:
        raise ValidationError({"end": _("Kies een einduur na het begin, ten laatste twaalf uur later.")})
    if day is None:
        return
    for field, time, on in (("begin", begin, day), ("end", end, day if end > begin else day + dt.timedelta(days=1))):
        if not exists(on, time, zone):
            message = _("Dit uur bestaat niet op die dag: de klok gaat dan een uur vooruit. Kies een ander uur.")
            raise ValidationError({field: message})


def check_series(series: Series) -> None:
    """Raises ValidationError, by field, when an agreement cannot be kept."""
    once = series.first_day if series.frequency == Frequency.ONCE else None
    check_hours(once, series.begin, series.end, series.activity.site.time_zone)
    if series.last_day and series.last_day < series.first_day:
        raise ValidationError({"last_day": _("De laatste dag ligt voor de eerste dag.")})
    if series.frequency == Frequency.MONTHLY and series.weekday is not None and series.nth is None:
        raise ValidationError({"nth": _("Kies de hoeveelste van de maand.")})
    if series.activity.learn and series.price_kind != PriceKind.FREE:
        raise ValidationError({"price_kind": _("Leren is altijd gratis. Kies “gratis”, of laat ‘leren’ weg.")})


def wanted_dates(rule: Rule, today: dt.date) -> list[dt.date]:
    """Every date a series must have a row for, from its beginning to the horizon."""
    earliest = min(rule.added | {rule.first_day})
    return expand(rule, earliest, horizon(today))
