"""Letters to who has a place when the hours of a task change, or when it is not asked for any more."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sites.models import User
from sites.words import Dutch
from stek.outbox import post
from stek.outbox.kinds import Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.time import clock_of, now

from .enums import SignUpState
from .models import Shift, ShiftNeed, SignUp
from .my_shifts import Line, as_lines, by_begin, task_words
from .shift_rules import Hours, moments_of
from .words import hours_words

SHIFTS_CHANGED = "activities/shifts_changed"
SHOWN = 8

# Key of a shift -> when it begins and ends, as ISO moments in UTC.
type Known = dict[str, list[str]]


@contextmanager
def telling_who_helps(need: ShiftNeed) -> Iterator[None]:
    """Around what changes a need, in its transaction: who has a place in what is to come hears of it, once, if it is still so when the letter leaves."""
    before = _places(need)
    yield
    after = _places(need)
    for user, shifts in before.items():
        known = {key: hours for key, hours in shifts.items() if after.get(user, {}).get(key) != hours}
        if known:
            _post(need, user, known)


def _post(need: ShiftNeed, user: User, known: Known) -> None:
    about = f"need:{need.pk}"
    begins_at = min(dt.datetime.fromisoformat(begin) for begin, _end in known.values())
    waiting = Delivery.objects.waiting().filter(kind=SHIFTS_CHANGED, user=user, about=about).first()
    if waiting:
        known |= waiting.facts["known"]  # what the reader knows is from before that one
    post(
        SHIFTS_CHANGED,
        to=user,
        about=about,
        site=need.series.activity.site,
        facts={"known": known},
        begins_at=begins_at,
    )


def how_many_hear(need: ShiftNeed) -> int:
    """How many would hear of it when it is not asked for any more."""
    return len(_places(need))


def _places(need: ShiftNeed) -> dict[User, Known]:
    """Who has a mailbox and a place in what is to come."""
    found: dict[User, Known] = defaultdict(dict)
    shifts = Shift.objects.filter(need=need).coming(now())
    rows = SignUp.objects.filter(shift__in=shifts.order_by(), state=SignUpState.TAKEN, volunteer__user__isnull=False)
    for place in rows.select_related("volunteer__user", "shift__need", "shift__occurrence__site"):
        moments = moments_of(place.shift)
        if place.volunteer and place.volunteer.user and moments and moments[0] > now():
            found[place.volunteer.user][str(place.shift_id)] = _packed(moments)
    return dict(found)


def _packed(moments: Hours) -> list[str]:
    return [moment.isoformat() for moment in moments]


def say() -> None:
    """For `AppConfig.ready`."""
    about = _("een beurt van je krijgt een ander uur, of is niet meer nodig")
    add_kind(Kind(SHIFTS_CHANGED, about, _shifts_changed, screen=Screen(_("Er verandert iets aan je beurten."))))


@dataclass(frozen=True, slots=True)
class Moved:
    """A shift with the hours its reader knew."""

    line: Line
    old_hours: str


def _shifts_changed(delivery: Delivery) -> dict[str, Any] | None:
    """What of their shifts is not as they knew it; None when that is nothing, or they gave them back."""
    known: Known = delivery.facts["known"]
    own = SignUp.objects.filter(
        shift__in=[int(key) for key in known], state=SignUpState.TAKEN, volunteer__user=delivery.user_id
    )
    rows = list(Shift.objects.filter(pk__in=own.values("shift")).whole())
    lines = [line for line in by_begin(as_lines(rows, {})) if line.moments and not line.is_over]
    gone = [line for line in lines if not _is_asked(line.shift)]
    moved = [
        Moved(line, _hours_of(known, line))
        for line in lines
        if line.state != "off" and line.moments and _packed(line.moments) != known[str(line.shift.pk)]
    ]
    if not gone and not moved:
        return None
    first = (gone or [moved[0].line])[0]
    return {
        "task": task_words(first.shift), "title": Dutch(first.title), "where": first.where,
        "gone": gone[:SHOWN], "more_gone": max(0, len(gone) - SHOWN),
        "moved": moved[:SHOWN], "more_moved": max(0, len(moved) - SHOWN),
        "path": reverse("activities:own_shifts"),
    }  # fmt: skip


def _is_asked(shift: Shift) -> bool:
    return shift.need.until is None or shift.occurrence.day <= shift.need.until


def _hours_of(known: Mapping[str, list[str]], line: Line) -> str:
    clock = clock_of(line.site.time_zone)
    begin, end = (dt.datetime.fromisoformat(one).astimezone(clock).time() for one in known[str(line.shift.pk)])
    return hours_words(begin, end)
