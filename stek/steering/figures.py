"""Figures of a partnership: what was offered, who came, who was there, who helped. Reads; never decides.

Everything is added up by the database in local calendar months, of which all periods are made. `day` is a local date, so the zone
of the server plays no part, and what ends after midnight belongs to the day it began on. As many queries for one month as for ten years.
What is not over yet is not in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from activities.enums import OccurrenceStatus, SignUpState
from activities.models import Attendance, Occurrence, Presence, Shift, SignUp
from partners.models import Engagement
from sites.enums import Function
from sites.models import Closure, Partnership, Site
from sites.rules import closed_days
from stek.time import today

from .periods import Month, Period

MINUTE = dt.timedelta(minutes=1)
# Of an activity, and of a site or all of them: names of whole numbers.
OF_OFFER = (
    "held",
    "minutes",
    "without_hours",
    "cancelled",
    "shut",
    "fell",
    "people",
    "new_faces",
    "counted",
    "counted_new",
)
OF_HELP = ("help_minutes", "places", "shifts", "short", "missing")


@dataclass(frozen=True, slots=True)
class OfActivity:
    """One month of one activity."""

    site_id: int
    activity_id: int
    functions: tuple[str, ...]
    month: Month
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class OfPartner:
    """On how many days of a month an organisation was at a site."""

    site_id: int
    organisation_id: int
    month: Month
    days: int


@dataclass(frozen=True, slots=True)
class Promise:
    """How many days a month an organisation said to be at a site, in the whole months from `first` to `last`."""

    site_id: int
    organisation_id: int
    days: int
    since: dt.date
    until: dt.date

    def in_months(self, months: Iterable[Month], day: dt.date) -> int:
        """Of whole months that are over on a local day: in part of a month nobody has to be there all its days."""
        whole = [one for one in months if self.since <= one.first and _end(one) <= min(self.until, day)]
        return self.days * len(whole)


def _end(month: Month) -> dt.date:
    """Its last day."""
    return Month(month.number + 1).first - dt.timedelta(days=1)


@dataclass(slots=True)
class Figures:
    """Months of a partnership, to be added up by period and site."""

    sites: list[Site]
    day: dt.date
    offer: list[OfActivity] = field(default_factory=list)
    help: list[tuple[int, Month, dict[str, int]]] = field(default_factory=list)
    presence: list[OfPartner] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    is_example: bool = False

    def numbers(self, period: Period, site: Site | None = None) -> dict[str, int]:
        """All figures of a period, of one site or of all of them together."""
        months = set(period.months)
        found = dict.fromkeys([*OF_OFFER, *OF_HELP], 0)
        for code in Function.values:
            found |= {f"held_{code}": 0, f"minutes_{code}": 0}
        for row in self.offer:
            if row.month in months and (site is None or row.site_id == site.pk):
                for name, number in row.numbers.items():
                    found[name] += number
                for code in row.functions:
                    found[f"held_{code}"] += row.numbers["held"]
                    found[f"minutes_{code}"] += row.numbers["minutes"]
        for key, month, numbers in self.help:
            if month in months and (site is None or key == site.pk):
                for name, number in numbers.items():
                    found[name] += number
        return found

    def by_activity(self, period: Period) -> dict[int, dict[str, int]]:
        """Key of an activity -> its figures of a period, of those that have any."""
        months = set(period.months)
        found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OF_OFFER, 0))
        for row in self.offer:
            if row.month in months:
                for name, number in row.numbers.items():
                    found[row.activity_id][name] += number
        return dict(found)

    def days_there(self, period: Period) -> dict[tuple[int, int], int]:
        """(organisation, site) -> on how many days of a period it was there."""
        months = set(period.months)
        found: dict[tuple[int, int], int] = defaultdict(int)
        for row in self.presence:
            if row.month in months:
                found[row.organisation_id, row.site_id] += row.days
        return dict(found)

    def promised(self, period: Period) -> dict[tuple[int, int], int]:
        """(organisation, site) -> how many days it said to be there in the whole months of a period that are over; only who said so."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        yesterday = self.day - dt.timedelta(days=1)
        for row in self.promises:
            if row.since < period.end and row.until >= period.first:
                found[row.organisation_id, row.site_id] += row.in_months(period.months, yesterday)
        return dict(found)

    def people_in(self, months: Sequence[Month], site: Site) -> list[int | None]:
        """People counted at a site in each of these months; None where nothing was counted."""
        counted: dict[Month, int] = defaultdict(int)
        people: dict[Month, int] = defaultdict(int)
        for row in self.offer:
            if row.site_id == site.pk:
                counted[row.month] += row.numbers["counted"]
                people[row.month] += row.numbers["people"]
        return [people[one] if counted[one] else None for one in months]


def read(partnership: Partnership, first: dt.date, end: dt.date) -> Figures:
    """From `first` up to and without `end`, both first days of months. Eight queries."""
    sites = list(Site.objects.filter(partnership=partnership).select_related("partnership").order_by("name"))
    day = today()
    found = Figures(sites=sites, day=day)
    end_of_facts = min(end, day)
    if not sites or first >= end_of_facts:
        return found
    rows = Occurrence.objects.filter(site__in=sites, day__gte=first, day__lt=end_of_facts)
    closed = _closed(sites, partnership, first, end_of_facts)
    found.offer = list(_offer(rows, closed))
    found.is_example = _shows_examples(rows)
    found.help = [*_help_given(rows, closed), *_help_asked(rows, closed)]
    found.presence = list(_presence(rows, closed))
    found.promises = list(_promises(sites, first, end))
    return found


def _closed(sites: list[Site], partnership: Partnership, first: dt.date, end: dt.date) -> Q:
    """Of dates: that the door was shut on that day, and they were not opened anyway. One query."""
    last = end - dt.timedelta(days=1)
    closures = list(Closure.objects.filter(partnership=partnership).touching(first, last))
    shut = Q(pk__in=[])
    for site in sites:
        if days := closed_days(site, closures, first, last):
            shut |= Q(site=site, day__in=list(days))
    return shut & Q(opened_anyway=False)


def _offer(rows: QuerySet[Occurrence], closed: Q) -> Iterable[OfActivity]:
    """What was agreed, month by month and activity by activity. One query.

    Held: planned, not shut, and nobody said that it did not go on. A date that was withdrawn is none: another one took its place.
    """
    held = Q(state="held")
    counted = held & Q(attendance__people__isnull=False)
    long = ExpressionWrapper(F("ends_at") - F("begins_at"), output_field=DurationField())
    agreed = rows.agreed().exclude(status=OccurrenceStatus.WITHDRAWN)  # type: ignore[attr-defined]
    functions = [f"series__activity__{code}" for code in Function.values]
    months = agreed.annotate(month=TruncMonth("day"), state=_state(closed)).order_by()
    for row in months.values("site", "series__activity", *functions, "month").annotate(
        held=Count("pk", filter=held),
        long=Sum(long, filter=held),
        without_hours=Count("pk", filter=held & Q(begins_at__isnull=True)),
        cancelled=Count("pk", filter=Q(state="cancelled")),
        shut=Count("pk", filter=Q(state="shut")),
        fell=Count("pk", filter=Q(state="fell")),
        people=Coalesce(Sum("attendance__people", filter=held), 0),
        new_faces=Coalesce(Sum("attendance__new_faces", filter=held), 0),
        counted=Count("pk", filter=counted),
        counted_new=Count("pk", filter=counted & Q(attendance__new_faces__isnull=False)),
    ):
        numbers = {name: row[name] for name in OF_OFFER if name != "minutes"}
        numbers["minutes"] = _minutes(row["long"])
        serves = tuple(code for code in Function.values if row[f"series__activity__{code}"])
        yield OfActivity(row["site"], row["series__activity"], serves, Month.of(row["month"]), numbers)


def _state(closed: Q) -> Case:
    """In one word what became of a date: the first that is true."""
    return Case(
        When(status=OccurrenceStatus.CANCELLED, then=Value("cancelled")),
        When(closed, then=Value("shut")),
        When(attendance__took_place=False, then=Value("fell")),
        default=Value("held"),
    )


def _minutes(long: dt.timedelta | None) -> int:
    return round(long / MINUTE) if long else 0


def _shows_examples(rows: QuerySet[Occurrence]) -> bool:
    return Attendance.objects.filter(occurrence__in=rows, is_example=True).exists()


def _shifts(rows: QuerySet[Occurrence], closed: Q) -> QuerySet[Shift]:
    """Shifts of dates that took place, as the page of hours has them, with their `month` and whether somebody knows how `long`."""
    asked = Q(need__until__isnull=True) | Q(need__until__gte=F("occurrence__day"))
    known = Q(need__begin__isnull=False) | Q(occurrence__begins_at__isnull=False)
    return Shift.objects.filter(asked, known, occurrence__in=_took_place(rows, closed))


def _took_place(rows: QuerySet[Occurrence], closed: Q) -> QuerySet[Occurrence]:
    return rows.agreed().filter(status=OccurrenceStatus.PLANNED).exclude(closed)  # type: ignore[attr-defined]


def _help_given(rows: QuerySet[Occurrence], closed: Q) -> Iterable[tuple[int, Month, dict[str, int]]]:
    """Minutes of everybody who had a place. One query, in groups of one length, since a database adds up no hours of the clock."""
    places = SignUp.objects.filter(shift__in=_shifts(rows, closed), state=SignUpState.TAKEN).order_by()
    day = "shift__occurrence__"
    own = ["shift__need__begin", "shift__need__end", "shift__need__before", "shift__need__after"]
    of_date = ExpressionWrapper(F(f"{day}ends_at") - F(f"{day}begins_at"), output_field=DurationField())
    groups = places.annotate(month=TruncMonth(f"{day}day")).values(f"{day}site", "month", *own)
    for row in groups.annotate(number=Count("pk"), long=Sum(of_date)):
        begin, end, before, after = (row[name] for name in own)
        if begin is not None:
            minutes = row["number"] * _between(begin, end)
        else:
            minutes = _minutes(row["long"]) + row["number"] * (before + after)
        yield row[f"{day}site"], Month.of(row["month"]), {"help_minutes": minutes, "places": row["number"]}


def _between(begin: dt.time, end: dt.time) -> int:
    return (end.hour - begin.hour) * 60 + end.minute - begin.minute


def _help_asked(rows: QuerySet[Occurrence], closed: Q) -> Iterable[tuple[int, Month, dict[str, int]]]:
    """How many shifts, how many of them had fewer people than were needed at least, and how many people that were. One query."""
    places = SignUp.objects.filter(shift=OuterRef("pk"), state=SignUpState.TAKEN).order_by().values("shift")
    taken = Coalesce(Subquery(places.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
    rows_of = _shifts(rows, closed).annotate(month=TruncMonth("occurrence__day"), taken=taken).order_by()
    short = Q(taken__lt=F("need__minimum"))
    missing = Sum(F("need__minimum") - F("taken"), filter=short)
    for row in rows_of.values("occurrence__site", "month").annotate(
        shifts=Count("pk"), short=Count("pk", filter=short), missing=Coalesce(missing, 0)
    ):
        numbers = {name: row[name] for name in ("shifts", "short", "missing")}
        yield row["occurrence__site"], Month.of(row["month"]), numbers


def _presence(rows: QuerySet[Occurrence], closed: Q) -> Iterable[OfPartner]:
    """Two activities on one day are one day. One query."""
    day = "attendance__occurrence__"
    there = Presence.objects.filter(attendance__occurrence__in=_took_place(rows, closed), attendance__took_place=True)
    groups = there.annotate(month=TruncMonth(f"{day}day")).order_by().values(f"{day}site", "organisation", "month")
    for row in groups.annotate(days=Count(f"{day}day", distinct=True)):
        yield OfPartner(row[f"{day}site"], row["organisation"], Month.of(row["month"]), row["days"])


def _promises(sites: list[Site], first: dt.date, end: dt.date) -> Iterable[Promise]:
    """One query."""
    open_until = Q(until__isnull=True) | Q(until__gte=first)
    rows = Engagement.objects.filter(open_until, site__in=sites, days_a_month__isnull=False)
    for row in rows.exclude(since__gte=end).order_by("pk"):
        assert row.days_a_month is not None
        until = row.until or dt.date.max
        yield Promise(row.site_id, row.organisation_id, row.days_a_month, row.since or dt.date.min, until)
