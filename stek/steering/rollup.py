"""What the database adds up for a report, by month. Reads; never decides.

Everything is added up in local calendar months, of which all periods are made. `day` is a local date, so the zone of the server plays no
part, and what ends after midnight belongs to the day it began on. As many queries for one month as for ten years. What is not over yet is not in it.

Every query begins at the dates of these places and goes from there to what hangs on them. Asked the other way round, for shifts or counts whose date is among
these, a database with many partnerships reads the shifts and counts of all of them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
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
from activities.models import Occurrence, SignUp
from partners.models import Engagement
from sites.enums import Function, SiteStatus
from sites.models import ChangeLog, Closure, Partnership, Site
from sites.rules import closed_days
from stek.time import clock_of, today

from .figures import Figures, OfActivity, OfHelp, OfPartner, Promise
from .periods import Month

MINUTE = dt.timedelta(minutes=1)
# What is told of dates that took place, besides how many and how long.
OF_A_DATE = ("without_hours", "people", "new_faces", "counted", "counted_new")


def read(partnership: Partnership, first: dt.date, end: dt.date) -> Figures:
    """From `first` up to and without `end`, both first days of months. Seven queries, and one where a place stopped."""
    sites = list(Site.objects.filter(partnership=partnership).select_related("partnership").order_by("name"))
    day = today()
    found = Figures(sites=sites, day=day)
    end_of_facts = min(end, day)
    if not sites or first >= end_of_facts:
        return found
    rows = Occurrence.objects.filter(site__in=sites, day__gte=first, day__lt=end_of_facts).exclude(
        _after_the_end(sites)
    )
    closed = _closed(sites, partnership, first, end_of_facts)
    found.offer, found.is_example = _offer(rows, closed)
    took_place = rows.agreed().filter(status=OccurrenceStatus.PLANNED).exclude(closed)
    # Said twice, of the date and of what was agreed: from the few agreements of a place PostgreSQL finds its shifts without looking at all others.
    here = {"shifts__need__series__activity__site__in": sites}
    helped = took_place.exclude(attendance__took_place=False)
    found.help = _by_month([*_help_given(helped, **here), *_help_asked(helped, **here)])
    found.presence = _by_month(_presence(took_place))
    found.promises = list(_promises(sites, first, end))
    return found


def _by_month[Row](rows: Iterable[tuple[dt.date, Row]]) -> dict[Month, list[Row]]:
    found: dict[Month, list[Row]] = defaultdict(list)
    for day, row in rows:
        found[Month.of(day)].append(row)
    return dict(found)


def _after_the_end(sites: list[Site]) -> Q:
    """Of dates: after the day on which their place stopped, as the log has it. One query, none where no place stopped."""
    stopped = {site.pk: site for site in sites if site.status == SiteStatus.STOPPED}
    after = Q(pk__in=[])
    if stopped:
        rows = ChangeLog.objects.filter(verb="stop_site", site__in=stopped).order_by().values_list("site")
        for pk, at in rows.annotate(at=Max("at")):
            after |= Q(site=pk, day__gt=at.astimezone(clock_of(stopped[pk].time_zone)).date())
    return after


def _closed(sites: list[Site], partnership: Partnership, first: dt.date, end: dt.date) -> Q:
    """Of dates: that the door was shut on that day, and they were not opened anyway. One query; most places are shut on the same days."""
    last = end - dt.timedelta(days=1)
    closures = list(Closure.objects.filter(partnership=partnership).touching(first, last))
    shut_on: dict[tuple[dt.date, ...], list[Site]] = defaultdict(list)
    for site in sites:
        shut_on[tuple(sorted(closed_days(site, closures, first, last)))].append(site)
    shut = Q(pk__in=[])
    for days, some in shut_on.items():
        if days:
            shut |= Q(site__in=some, day__in=days)
    return shut & Q(opened_anyway=False)


def _offer(rows: QuerySet[Occurrence], closed: Q) -> tuple[dict[Month, list[OfActivity]], bool]:
    """What was agreed, month by month and activity by activity, and whether counts in it are examples. One query.

    Held: planned, not shut, and nobody said that it did not go on. A date that was withdrawn is none: another one took its place.
    """
    long = ExpressionWrapper(F("ends_at") - F("begins_at"), output_field=DurationField())
    agreed = rows.agreed().exclude(status=OccurrenceStatus.WITHDRAWN)  # type: ignore[attr-defined]
    functions = [f"series__activity__{code}" for code in Function.values]
    months = agreed.annotate(month=TruncMonth("day"), state=_state(closed)).order_by()
    counted = Q(attendance__people__isnull=False)
    found: list[tuple[dt.date, OfActivity]] = []
    is_example = False
    for row in months.values("site", "series__activity", *functions, "month", "state").annotate(
        number=Count("pk"),
        long=Sum(long),
        without_hours=Count("pk", filter=Q(begins_at__isnull=True)),
        people=Coalesce(Sum("attendance__people"), 0),
        new_faces=Coalesce(Sum("attendance__new_faces"), 0),
        counted=Count("pk", filter=counted),
        counted_new=Count("pk", filter=counted & Q(attendance__new_faces__isnull=False)),
        examples=Count("pk", filter=Q(attendance__is_example=True)),
    ):
        numbers = {row["state"]: row["number"]}
        if row["state"] == "held":
            numbers |= {name: row[name] for name in OF_A_DATE if row[name]} | {"minutes": _minutes(row["long"])}
        serves = tuple(code for code in Function.values if row[f"series__activity__{code}"])
        found.append((row["month"], OfActivity(row["site"], row["series__activity"], serves, numbers)))
        is_example = is_example or row["examples"] > 0
    return _by_month(found), is_example


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


def _with_shifts(took_place: QuerySet[Occurrence], **more: object) -> QuerySet[Occurrence]:
    """Dates once for each of their shifts, as the page of hours has them: that were asked for then, and of which somebody knows how long."""
    asked = Q(shifts__need__until__isnull=True) | Q(shifts__need__until__gte=F("day"))
    known = Q(shifts__need__begin__isnull=False) | Q(begins_at__isnull=False)
    return took_place.filter(asked, known, **more).annotate(month=TruncMonth("day")).order_by()


def _help_given(took_place: QuerySet[Occurrence], **here: object) -> Iterable[tuple[dt.date, OfHelp]]:
    """Minutes of everybody who had a place. One query, in groups of one length, since a database adds up no hours of the clock."""
    need = "shifts__need__"
    own = [f"{need}begin", f"{need}end", f"{need}before", f"{need}after"]
    of_date = ExpressionWrapper(F("ends_at") - F("begins_at"), output_field=DurationField())
    groups = _with_shifts(took_place, shifts__sign_ups__state=SignUpState.TAKEN, **here).values("site", "month", *own)
    for row in groups.annotate(number=Count("shifts__sign_ups"), long=Sum(of_date)):
        begin, end, before, after = (row[name] for name in own)
        if begin is not None:
            minutes = row["number"] * _between(begin, end)
        else:
            minutes = _minutes(row["long"]) + row["number"] * (before + after)
        yield row["month"], OfHelp(row["site"], {"help_minutes": minutes, "places": row["number"]})


def _between(begin: dt.time, end: dt.time) -> int:
    return (end.hour - begin.hour) * 60 + end.minute - begin.minute


def _help_asked(took_place: QuerySet[Occurrence], **here: object) -> Iterable[tuple[dt.date, OfHelp]]:
    """How many shifts, how many of them had fewer people than were needed at least, and how many people that were. One query."""
    places = SignUp.objects.filter(shift=OuterRef("shifts__pk"), state=SignUpState.TAKEN).order_by().values("shift")
    taken = Coalesce(Subquery(places.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
    lacking = F("shifts__need__minimum") - F("taken")
    rows = _with_shifts(took_place, shifts__isnull=False, **here).annotate(taken=taken)
    short = Q(taken__lt=F("shifts__need__minimum"))
    for row in rows.values("site", "month").annotate(
        asked=Count("shifts"), short=Count("shifts", filter=short), missing=Coalesce(Sum(lacking, filter=short), 0)
    ):
        numbers = {"shifts": row["asked"], "short": row["short"], "missing": row["missing"]}
        yield row["month"], OfHelp(row["site"], numbers)


def _presence(took_place: QuerySet[Occurrence]) -> Iterable[tuple[dt.date, OfPartner]]:
    """Two activities on one day are one day. One query."""
    who = "attendance__presences__organisation"
    there = took_place.filter(attendance__took_place=True, attendance__presences__isnull=False)
    groups = there.annotate(month=TruncMonth("day")).order_by().values("site", who, "month")
    for row in groups.annotate(days=Count("day", distinct=True)):
        yield row["month"], OfPartner(row["site"], row[who], row["days"])


def _promises(sites: list[Site], first: dt.date, end: dt.date) -> Iterable[Promise]:
    """One query."""
    open_until = Q(until__isnull=True) | Q(until__gte=first)
    rows = Engagement.objects.filter(open_until, site__in=sites, days_a_month__isnull=False)
    for row in rows.exclude(since__gte=end).order_by("pk"):
        assert row.days_a_month is not None
        until = row.until or dt.date.max
        yield Promise(row.site_id, row.organisation_id, row.days_a_month, row.since or dt.date.min, until)
