"""Letters about shifts: reminders, a place that came free, and that it is filled. Each is read when it leaves, and unsaid when it is not true any more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Away, Volunteer
from sites.enums import RoleKind
from sites.models import Role, User
from stek.outbox import post
from stek.outbox.enums import Night, State
from stek.outbox.kinds import AT_ONCE, Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.time import clock_of, now

from .enums import SignUpState
from .models import Shift, SignUp
from .my_shifts import Line, helper_of, line_for
from .querysets import ShiftQuerySet
from .rules import closed_where
from .shift_rules import helps_at, likes, moments_of, takes_place, why_not

REMINDER, SOON, FREE, CALL, FILLED, SWAP = (
    f"activities/shift_{name}" for name in ("reminder", "soon", "free", "call", "filled", "swap")
)
# The day before, when most people are home and nobody sleeps.
REMIND_AT = dt.time(17)
SOON_BEFORE = dt.timedelta(hours=3)
SOON_LASTS = dt.timedelta(hours=2)  # written at most a quarter of an hour late, and over before it begins
LOOK_AHEAD = dt.timedelta(hours=40)


def say() -> None:
    """For `AppConfig.ready`."""
    tomorrow, soon = (
        Screen(_("Morgen heb je een beurt.")),
        Screen(_("Straks heb je een beurt."), SOON_LASTS, is_urgent=True),
    )
    free, filled = (
        Screen(_("In een beurt is een plaats vrij.")),
        Screen(_("De beurt waarvoor we je vroegen, is ingevuld.")),
    )
    call = Screen(_("Kan jij een beurt overnemen?"), is_urgent=True)
    add_kind(Kind(REMINDER, _("morgen heb je een beurt"), _reminder, once=True, wait=AT_ONCE, screen=tomorrow))
    about = _("straks heb je een beurt")
    add_kind(Kind(SOON, about, _reminder, once=True, wait=AT_ONCE, night=Night.DROP, screen=soon))
    add_kind(Kind(FREE, _("een plaats in een beurt is vrij"), _free, wait=AT_ONCE, screen=free))
    add_kind(Kind(CALL, _("kan jij een beurt overnemen?"), _call, wait=AT_ONCE, screen=call))
    add_kind(Kind(FILLED, _("een beurt is ingevuld"), _filled, wait=AT_ONCE, screen=filled))


def remind() -> int:
    """Write the reminders whose time has come, once for each shift and its begin. How many were written.

    Also when it is late, as long as the shift is to come: a reminder of what is past helps nobody.
    """
    moment, written = now(), 0
    for place, begin in _coming_places(moment):
        user = place.volunteer.user if place.volunteer else None
        assert user is not None
        for kind in _kinds_due(place, begin, moment):
            row = post(
                kind, to=user, about=f"shift:{place.shift_id}", site=place.shift.occurrence.site,
                period=begin.isoformat(timespec="minutes"), facts={"shift": place.shift_id},
            )  # fmt: skip
            written += row is not None
    return written


def _coming_places(moment: dt.datetime) -> list[tuple[SignUp, dt.datetime]]:
    """Places of people with a mailbox, who are not away, in shifts that begin soon, with that begin."""
    shifts = Shift.objects.coming(moment).filter(occurrence__day__lte=(moment + LOOK_AHEAD).date())
    places = SignUp.objects.filter(shift__in=shifts.order_by(), state=SignUpState.TAKEN, volunteer__user__isnull=False)
    day = OuterRef("shift__occurrence__day")
    away = Away.objects.filter(volunteer=OuterRef("volunteer"), first_day__lte=day, last_day__gte=day)
    rows = places.exclude(Exists(away)).select_related(
        "volunteer__user", "shift__need", "shift__occurrence__site", "shift__occurrence__series"
    )
    closed = closed_where(place.shift.occurrence for place in rows)
    found = [(place, moments_of(place.shift)) for place in rows if takes_place(place.shift, closed)]
    return [(place, moments[0]) for place, moments in found if moments and moments[0] > moment]


def _kinds_due(place: SignUp, begin: dt.datetime, moment: dt.datetime) -> list[str]:
    local = begin.astimezone(clock_of(place.shift.occurrence.site.time_zone))
    day_before = dt.datetime.combine(local.date() - dt.timedelta(days=1), REMIND_AT, tzinfo=local.tzinfo)
    found = [REMINDER] if moment >= day_before else []
    wants_late = place.volunteer is not None and place.volunteer.wants_late_reminder
    return [*found, SOON] if wants_late and moment >= begin - SOON_BEFORE else found


def place_is_free(shift: Shift, *, by: Volunteer) -> None:
    """To who coordinates, at once, with how many are asked; and to who may take it: first those on the list, then who said that we may ask.

    Nobody is asked once it has begun.
    """
    moments = moments_of(shift)
    if moments is None or moments[0] <= now():
        return
    facts: dict[str, Any] = {"about": f"shift:{shift.pk}", "begins_at": moments[0]}
    site = shift.occurrence.site
    asked = _users_to_ask(shift, by=by)
    for coordinator in User.objects.coordinating(site):
        post(FREE, to=coordinator, site=site, facts={"shift": shift.pk, "asked": len(asked)}, **facts)
    for user in asked:
        post(CALL, to=user, site=site, facts={"shift": shift.pk}, **facts)


def tell_who_waits(shifts: ShiftQuerySet, *, is_more: bool = False) -> None:
    """To who is on the list of shifts to come in which there is place now, and to nobody else. `is_more`: because there may be more of them."""
    waiting = SignUp.objects.filter(shift__in=shifts.coming(now()).order_by(), state=SignUpState.WAITING)
    rows = waiting.filter(volunteer__user__isnull=False).select_related(
        "volunteer__user", "shift__need", "shift__occurrence__site", "shift__occurrence__series__activity"
    )
    taken = Counter(
        SignUp.objects.filter(shift__in=waiting.values("shift"), state=SignUpState.TAKEN).values_list(
            "shift", flat=True
        )
    )
    closed = closed_where(place.shift.occurrence for place in rows)
    for place in rows:
        shift, moments = place.shift, moments_of(place.shift)
        if moments is None or moments[0] <= now() or taken[shift.pk] >= shift.need.maximum:
            continue
        if place.volunteer and why_not(shift, place.volunteer, now=now(), closed=closed) is None:
            post(
                CALL, to=place.volunteer.user, about=f"shift:{shift.pk}", site=shift.occurrence.site, begins_at=moments[0],
                facts={"shift": shift.pk} | ({"is_more": True} if is_more else {}),
            )  # fmt: skip


def ask_around(shift: Shift) -> int:
    """By who coordinates, for a shift that is short: to who said that we may ask, can take it, and was not asked for it yet. How many.

    A second tap asks nobody again, and nobody is asked once it has begun.
    """
    moments = moments_of(shift)
    if moments is None or moments[0] <= now():
        return 0
    about = f"shift:{shift.pk}"
    asked = set(Delivery.objects.filter(kind=CALL, about=about).values_list("user", flat=True))
    some = [user for user in _users_to_ask(shift) if user.pk not in asked]
    for user in some:
        post(
            CALL, to=user, about=about, site=shift.occurrence.site, begins_at=moments[0],
            facts={"shift": shift.pk, "is_short": True},
        )  # fmt: skip
    return len(some)


def _users_to_ask(shift: Shift, *, by: Volunteer | None = None) -> list[User]:
    """Of `whom_to_ask` who has an account and can take it."""
    people, closed = whom_to_ask(shift, by=by), closed_where([shift.occurrence])
    return [one.user for one in people if one.user and why_not(shift, one, now=now(), closed=closed) is None]


def whom_to_ask(shift: Shift, *, by: Volunteer | None = None) -> Iterable[Volunteer]:
    """Who waits for a place, and who said that we may ask and likes what is to be done. Not who has a place, nor `by`, whose place it was."""
    site, day = shift.occurrence.site, shift.occurrence.day
    keys = Role.objects.active(day).at(site).filter(kind=RoleKind.VOLUNTEER).values("user")
    waits = Q(sign_ups__shift=shift, sign_ups__state=SignUpState.WAITING)
    has_a_place = SignUp.objects.filter(shift=shift, state=SignUpState.TAKEN).values("volunteer")
    rows = Volunteer.objects.filter(waits | Q(takes_calls=True), user__in=keys)
    rows = rows.exclude(pk=by.pk) if by else rows
    rows = rows.exclude(pk__in=has_a_place.exclude(volunteer=None)).select_related("user").distinct().order_by("pk")
    waiting = set(SignUp.objects.filter(shift=shift, state=SignUpState.WAITING).values_list("volunteer", flat=True))
    return [one for one in rows if one.pk in waiting or likes(one, shift.need.skill)]


def shift_is_filled(shift: Shift, *, by: Volunteer) -> None:
    """To who was asked and did not take it: it is filled. Who has not had the question yet hears nothing at all."""
    about = f"shift:{shift.pk}"
    asked = Delivery.objects.filter(kind__in=[CALL, SWAP], about=about, state=State.SENT, user__isnull=False).exclude(
        user=by.user_id
    )
    told = Delivery.objects.filter(kind=FILLED, about=about).values("user")
    moments = moments_of(shift)
    for user in User.objects.filter(pk__in=asked.values("user")).exclude(pk__in=told).order_by("pk"):
        facts = {"shift": shift.pk}
        post(FILLED, to=user, about=about, site=shift.occurrence.site, facts=facts, begins_at=moments and moments[0])


def _line_of(delivery: Delivery) -> Line | None:
    """The shift as it stands for the reader now; None when it is gone, off or begun."""
    row = Shift.objects.filter(pk=delivery.facts["shift"]).whole().first()
    if row is None:
        return None
    line = line_for(row, delivery.user_id)
    return None if line.state == "off" or line.is_over else line


def _context(line: Line) -> dict[str, Any]:
    return {"line": line, "path": reverse("activities:shift", args=[line.shift.uuid])}


def _reminder(delivery: Delivery) -> dict[str, Any] | None:
    line = _line_of(delivery)
    if line is None or line.state != SignUpState.TAKEN:
        return None
    moments = moments_of(line.shift)
    if moments is None or moments[0].isoformat(timespec="minutes") != delivery.period:
        return None  # it was moved since, and has a reminder of its own
    date, helper = line.shift.occurrence, helper_of(delivery.user) if delivery.user else None
    if (
        helper is None
        or not helps_at(helper, date.site, date.day)
        or Away.objects.filter(volunteer=helper.pk).on(date.day)
    ):
        return None
    return _context(line)


def _free(delivery: Delivery) -> dict[str, Any] | None:
    """To the page of who coordinates, where one can ask around. A letter from before they were counted says nothing of who was asked."""
    line = _line_of(delivery)
    if line is None or line.is_full:
        return None
    path = reverse("activities:roster_shift", args=[line.site.slug, line.shift.uuid])
    return _context(line) | {"path": path, "asked": delivery.facts.get("asked")}


def _call(delivery: Delivery) -> dict[str, Any] | None:
    line = _line_of(delivery)
    if line is None or line.is_full or line.state == SignUpState.TAKEN:
        return None
    return _context(line) | {name: delivery.facts.get(name, False) for name in ("is_short", "is_more")}


def _filled(delivery: Delivery) -> dict[str, Any] | None:
    line = _line_of(delivery)
    return _context(line) if line and line.is_full and line.state != SignUpState.TAKEN else None
