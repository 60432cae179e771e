"""Swaps as volunteers read them: what others offer and they may take, and what their own place could be swapped for.

As many queries for one as for a hundred.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Volunteer
from sites.models import User
from stek.time import now

from .enums import SignUpState
from .models import Shift, SignUp, Swap
from .my_shifts import Line, as_lines, by_begin, line_for, open_lines
from .shift_rules import likes, moments_of, overlap, who_helps

TAKEN = SignUpState.TAKEN
# What somebody might swap for lies near: weeks later one's own plans are not known yet.
NEAR = dt.timedelta(weeks=5)
CHOICES = 12


@dataclass(frozen=True, slots=True)
class SwapLine:
    """One swap in words: `line` is the shift that is offered, `wanted` the one that is asked for it, if any."""

    swap: Swap
    line: Line
    wanted: Line | None
    is_own: bool = False

    @property
    def url(self) -> str:
        return reverse("activities:swap", args=[self.swap.uuid])


def swap_line(swap: Swap, user: User) -> SwapLine:
    """`swap` is `whole`."""
    rows = {row.pk: row for row in Shift.objects.whole().filter(pk__in=_shifts_of([swap]))}
    wanted = line_for(rows[swap.wanted_id], user.pk) if swap.wanted_id else None
    is_own = swap.place.volunteer is not None and swap.place.volunteer.user_id == user.pk
    return SwapLine(swap, line_for(rows[swap.place.shift_id], user.pk), wanted, is_own)


def own_swap(shift: Shift, user: User) -> SwapLine | None:
    """What somebody asks for their place in a shift, if they do."""
    swap = Swap.objects.whole().filter(place__shift=shift, place__volunteer__user=user.pk).first()
    return swap_line(swap, user) if swap else None


def open_swaps(user: User, helper: Volunteer) -> list[SwapLine]:
    """What others offer and somebody may say yes to, as far as can be seen from this side, by begin."""
    own = SignUp.objects.filter(volunteer__user=user.pk, state=TAKEN).values("shift")
    coming = Shift.objects.filter(pk__in=own).coming(now()).select_related("need", "occurrence__site")
    mine = {shift.pk: shift for shift in coming}
    swaps = Swap.objects.visible_to(user).exclude(place__volunteer__user=user.pk).whole()
    found = [swap for swap in swaps if _is_for(swap, helper, mine)]
    rows = {row.pk: row for row in Shift.objects.whole().filter(pk__in=_shifts_of(found))} if found else {}
    lines = {line.shift.pk: line for line in as_lines(rows.values(), dict.fromkeys(mine, TAKEN))}
    helps, away = who_helps([helper]), list(helper.away.all()) if helper.pk else []
    free = []
    for swap in found:
        line, wanted = lines[swap.place.shift_id], lines[swap.wanted_id] if swap.wanted_id else None
        date, busy = line.shift.occurrence, [moments_of(one) for key, one in mine.items() if key != swap.wanted_id]
        is_on = all(one.state != "off" and one.moments and not one.is_over for one in (line, wanted) if one)
        can = helps(helper, date.site_id, date.day) and not any(one.covers(date.day) for one in away)
        if is_on and can and not any(overlap(line.moments, other) for other in busy):
            free.append(SwapLine(swap, line, wanted))
    order = {line.shift.pk: place for place, line in enumerate(by_begin(one.line for one in free))}
    return sorted(free, key=lambda one: order[one.line.shift.pk])


def _is_for(swap: Swap, helper: Volunteer, mine: dict[int, Shift]) -> bool:
    """Of what they like, or for a shift that they have; and they are not in it yet."""
    asked = swap.wanted_id in mine if swap.wanted_id else likes(helper, swap.place.shift.need.skill)
    return asked and swap.place.shift_id not in mine


def _shifts_of(swaps: list[Swap]) -> set[int]:
    return {key for swap in swaps for key in (swap.place.shift_id, swap.wanted_id) if key}


def swap_choices(shift: Shift, user: User, helper: Volunteer) -> list[Line]:
    """Shifts near this one in which somebody with a mailbox has a place, and which `helper` could do instead, by begin."""
    day = shift.occurrence.day
    lines = open_lines(user, helper, instead_of=shift)
    near = [line for line in lines if abs(line.shift.occurrence.day - day) <= NEAR and not line.is_over]
    people = SignUp.objects.filter(
        shift__in=[line.shift.pk for line in near], state=TAKEN, volunteer__user__isnull=False
    )
    with_somebody = set(people.values_list("shift", flat=True))
    return by_begin(line for line in near if line.shift.pk in with_somebody)[:CHOICES]


def choice_words(line: Line) -> str:
    """“donderdag 19 oktober, 13.00 tot 16.00 uur: Onthaal, Kantine Bezemheide”."""
    words = {"day": line.day, "hours": line.plain_hours, "task": line.task, "place": line.site.name}
    return _("%(day)s, %(hours)s: %(task)s, %(place)s") % words
