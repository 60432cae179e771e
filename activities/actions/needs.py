"""What help an agreement asks for, and the shifts that come of it: one for each of its dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activities.enums import SignUpState
from activities.models import Occurrence, Series, Shift, ShiftNeed, SignUp, Standing
from activities.need_letters import telling_who_helps
from activities.shift_letters import tell_who_waits
from activities.shift_rules import Hours, moments_of, overlap, takes_place, who_helps
from partners.models import Away, Volunteer
from sites.actions import log_change
from sites.models import User
from stek.time import today

from .shifts import lock_places
from .swaps import move_swaps

DAY = dt.timedelta(days=1)
# As the constraints of the table have it.
MOST, FAR = 50, 240
CARRIED = ["task", "task_translations", "skill", "minimum", "maximum", "before", "after", "begin", "end"]


@transaction.atomic
def add_need(series: Series, *, by: User | None, occurrence: Occurrence | None = None, **fields: Any) -> ShiftNeed:
    """Ask for help on every date of an agreement, or on one. Raises ValidationError, by field, for what cannot be.

    Volunteers do not help where they are not allowed, and a shift needs an hour.
    """
    activity = series.activity
    if not activity.volunteers_allowed:
        raise ValidationError(_("Hier werken we zonder vrijwilligers."))
    if (occurrence or series).begin is None and not fields.get("begin"):
        raise ValidationError(
            {"begin": _("Zeg wanneer de beurt begint en eindigt: de activiteit zelf heeft nog geen uur.")}
        )
    need = ShiftNeed(series=series, occurrence=occurrence, **fields)
    check_need(need)
    need.save()
    make_shifts([series.pk], day=today(activity.site.time_zone))
    log_change(by=by, verb="add_need", about=series, site=activity.site, changes={"help": [None, need.task]})
    return need


def check_need(need: ShiftNeed) -> None:
    """Raises ValidationError, by field."""
    need.full_clean(exclude=["series", "occurrence"], validate_constraints=False)
    wrong = {}
    if need.minimum < 1:
        wrong["minimum"] = _("Minstens één.")
    if need.maximum < need.minimum:
        wrong["maximum"] = _("Dat is minder dan er nodig zijn.")
    if need.maximum > MOST:
        wrong["maximum"] = _("Hoogstens %(number)d.") % {"number": MOST}
    for name in ("before", "after"):
        if abs(getattr(need, name)) > FAR:
            wrong[name] = _("Hoogstens %(number)d minuten.") % {"number": FAR}
    if need.begin and need.end and need.end <= need.begin:
        wrong["end"] = _("Het einde ligt voor het begin.")
    if not wrong and _minutes_of(need) <= 0:
        wrong["after"] = _("De beurt zou eindigen voor ze begint.")
    if wrong:
        raise ValidationError(wrong)
    need.full_clean(exclude=["series", "occurrence"])


def _minutes_of(need: ShiftNeed) -> int:
    """How long it lasts by the hours that were agreed."""
    agreed = need.occurrence or need.series
    begin, end = need.begin or agreed.begin, need.end or agreed.end
    if begin is None or end is None:
        return FAR  # nobody knows, and nobody is asked to come then
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return (minutes if minutes > 0 else minutes + 24 * 60) + need.before + need.after


@transaction.atomic
def change_need(need: ShiftNeed, *, by: User | None, **fields: Any) -> ShiftNeed:
    """Another task, number or hour, for every date to come. Who has a place keeps it, also when there are fewer, and hears of other hours.

    When there may be more of them, who waits hears that there is place.
    """
    need = ShiftNeed.objects.select_for_update(of=("self",)).select_related("series__activity__site").get(pk=need.pk)
    if all(getattr(need, name) == value for name, value in fields.items()):
        return need
    old, most = need.task, need.maximum
    with telling_who_helps(need):
        for name, value in fields.items():
            setattr(need, name, value)
        check_need(need)
        need.save()
    if need.maximum > most:
        tell_who_waits(Shift.objects.filter(need=need), is_more=True)
    site = need.series.activity.site
    log_change(by=by, verb="change_need", about=need.series, site=site, changes={"help": [old, need.task]})
    return need


@transaction.atomic
def end_need(need: ShiftNeed, last_day: dt.date, *, by: User | None) -> None:
    """After `last_day` no help is asked for. Shifts that nobody took go; the others stay as what they are: called off, and who has a
    place hears of it."""
    need = ShiftNeed.objects.select_for_update(of=("self",)).select_related("series__activity__site").get(pk=need.pk)
    with telling_who_helps(need):
        ShiftNeed.objects.filter(pk=need.pk).update(until=last_day)
        Standing.objects.filter(need=need).delete()
    later = Shift.objects.filter(need=need, occurrence__day__gt=last_day)
    list(
        later.select_for_update(of=("self",)).order_by("pk")
    )  # who takes one of them right now has it, or comes too late
    later.filter(sign_ups__isnull=True).delete()
    site = need.series.activity.site
    log_change(by=by, verb="end_need", about=need.series, site=site, changes={"help": [need.task, None]})


def make_shifts(series: Iterable[int], *, day: dt.date) -> int:
    """A shift for each need on each date from a local day on that has none; who has a standing place gets it. How many were made.

    Inside the caller's transaction. Running it again makes none.
    """
    needs = list(
        ShiftNeed.objects.filter(series__in=series, until__isnull=True).prefetch_related("standing__volunteer")
    )
    if not needs:
        return 0
    dates: dict[int, list[Occurrence]] = {}
    rows = Occurrence.objects.filter(series__in={need.series_id for need in needs}).happening()
    for row in rows.filter(Q(day__gte=day) | Q(original_date__gte=day)).only("pk", "series", "day"):
        dates.setdefault(row.series_id, []).append(row)
    known = set(Shift.objects.filter(need__in=needs).values_list("need", "occurrence"))
    missing = [
        (need, date)
        for need in needs
        for date in dates.get(need.series_id, [])
        if (need.pk, date.pk) not in known and need.occurrence_id in {None, date.pk}
    ]
    made = Shift.objects.bulk_create(
        [Shift(need=need, occurrence=date) for need, date in missing], batch_size=500, ignore_conflicts=True
    )
    _seat(missing)
    return len(made)


def _seat(missing: list[tuple[ShiftNeed, Occurrence]]) -> None:
    """Give standing places their seat in new shifts, but where somebody is away, does not help that day or is somewhere else."""
    people = {one.volunteer for need, _date in missing for one in need.standing.all()}
    if not people:
        return
    rows = Shift.objects.filter(need__in={need.pk for need, _date in missing})
    shifts = {(row.need_id, row.occurrence_id): row for row in rows.select_related("need", "occurrence__site")}
    new = [shifts[need.pk, date.pk] for need, date in missing]
    helps, busy = who_helps(people), _busy(people, [shift.occurrence.day for shift in new])
    away = list(Away.objects.filter(volunteer__in=people))
    seats = []
    for (need, _date), shift in zip(missing, new, strict=True):
        site_id, day, hours = shift.occurrence.site_id, shift.occurrence.day, moments_of(shift)
        standing = [one.volunteer for one in need.standing.all() if helps(one.volunteer, site_id, day)]
        for who in standing[: need.maximum]:
            is_away = any(one.volunteer_id == who.pk and one.covers(day) for one in away)
            if not is_away and not any(overlap(hours, other) for other in busy[who.pk]):
                seats.append(SignUp(shift=shift, volunteer=who))
                busy[who.pk].append(hours)
    SignUp.objects.bulk_create(seats, ignore_conflicts=True)


def _busy(people: Iterable[Volunteer], days: Sequence[dt.date]) -> dict[int, list[Hours | None]]:
    """When each of them, by key, has a shift already around these days."""
    found: dict[int, list[Hours | None]] = defaultdict(list)
    around = min(days) - DAY, max(days) + DAY
    places = SignUp.objects.filter(volunteer__in=people, state=SignUpState.TAKEN, shift__occurrence__day__range=around)
    for one in places.select_related("shift__need", "shift__occurrence__site", "shift__occurrence__series"):
        if one.volunteer_id and takes_place(one.shift, {}):
            found[one.volunteer_id].append(moments_of(one.shift))
    return found


def copy_needs(series: Series, copy: Series) -> None:
    """What was asked on every date, again for a season that is still a draft: its shifts come with its dates, and nobody stands in them."""
    if series.activity.volunteers_allowed:
        asked = ShiftNeed.objects.filter(series=series, until__isnull=True, occurrence__isnull=True).order_by("pk")
        ShiftNeed.objects.bulk_create(_again(need, copy) for need in asked)


def _again(need: ShiftNeed, series: Series, occurrence: Occurrence | None = None) -> ShiftNeed:
    """The same for another agreement, unsaved."""
    return ShiftNeed(series=series, occurrence=occurrence, **{name: getattr(need, name) for name in CARRIED})


def carry_needs(old: Series, successor: Series) -> None:
    """What was asked for goes on under the agreement that comes in the place of another.

    Who had a place on a date that is still on the same day keeps it; nobody is put on another day than they said yes to. The
    places on the old dates stay, for when the change is undone (`give_back_needs`). What somebody asked for theirs goes along.
    """
    hold_places(old)
    twins = {date.original_date: date for date in Occurrence.objects.filter(series=successor)}
    kept: dict[ShiftNeed, ShiftNeed] = {}
    for need in ShiftNeed.objects.filter(series=old, until__isnull=True).select_related("occurrence"):
        twin = twins.get(need.occurrence.original_date) if need.occurrence else None
        if need.occurrence and not twin:
            continue
        kept[need] = _again(need, successor, twin)
        kept[need].save()
    make_shifts([successor.pk], day=successor.first_day)  # before anybody stands there: one date handed back stays so
    for need, new in kept.items():
        _keep_places(need, new)
        if old.rhythm == successor.rhythm:
            _keep_standing(need, new)
    move_swaps(old, successor)


def give_back_needs(successor: Series, old: Series) -> None:
    """The way back, when the change is undone: on each day that the old agreement has again, who has or waits for a place is who did so
    a moment ago; also when they are more than the old one asks for, as when a need changes. What is on another day stays as it was, and so
    does a task that got another name or is not asked for any more.
    """
    olds = _by_name(old)
    for name, needs in _by_name(successor).items():
        for need, again in zip(needs, olds[name], strict=False):
            shifts, known = _by_day(again), _by_day(need)
            SignUp.objects.filter(shift__in=[shifts[day] for day in shifts.keys() & known.keys()]).delete()
            _keep_places(need, again)
            if old.rhythm == successor.rhythm:
                again.standing.all().delete()
                _keep_standing(need, again)
    move_swaps(successor, old)


def _by_name(series: Series) -> dict[tuple[object, ...], list[ShiftNeed]]:
    """What is asked for, by what stays the same when it is carried; in the order in which it was first asked."""
    found: dict[tuple[object, ...], list[ShiftNeed]] = defaultdict(list)
    for need in ShiftNeed.objects.filter(series=series, until__isnull=True).select_related("occurrence").order_by("pk"):
        found[need.task, need.begin, need.occurrence and need.occurrence.original_date].append(need)
    return found


def _keep_standing(old: ShiftNeed, new: ShiftNeed) -> None:
    Standing.objects.bulk_create(
        Standing(need=new, volunteer_id=one.volunteer_id) for one in old.standing.order_by("pk")
    )


def hold_places(series: Series) -> None:
    """Who takes, swaps or gives up a place at this moment has done it, or sees what came of the date."""
    day = today(series.activity.site.time_zone)
    coming = Shift.objects.filter(need__series=series, occurrence__day__gte=day).order_by()
    people = (
        SignUp.objects.filter(shift__in=coming, volunteer__isnull=False).order_by().values_list("volunteer", flat=True)
    )
    lock_places(people, coming.values_list("pk", flat=True))


def _keep_places(old: ShiftNeed, new: ShiftNeed) -> None:
    shifts = _by_day(new)
    places = SignUp.objects.filter(shift__need=old).select_related("shift__occurrence").order_by("pk")
    SignUp.objects.bulk_create(
        [
            SignUp(shift=shifts[key], volunteer_id=one.volunteer_id, state=one.state)
            for one in places
            if (key := (one.shift.occurrence.original_date, one.shift.occurrence.day)) in shifts
        ],
        ignore_conflicts=True,
    )


def _by_day(need: ShiftNeed) -> dict[tuple[dt.date, dt.date], Shift]:
    """By the day it was first planned and the day it is."""
    shifts = need.shifts.select_related("occurrence")
    return {(shift.occurrence.original_date, shift.occurrence.day): shift for shift in shifts}
