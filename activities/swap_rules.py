"""May two people swap their places in shifts. Never writes."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from partners.models import Volunteer

from .enums import SignUpState
from .models import Shift, SignUp, Swap
from .rules import Closed, closed_where
from .shift_rules import Refusal, Why, moments_of, takes_place, why_not


def why_not_offer(
    shift: Shift, wanted: Shift | None, volunteer: Volunteer, *, now: dt.datetime, closed: Closed
) -> Refusal | None:
    """Why somebody cannot offer their place in a shift, be it for a place in `wanted`; None when they can."""
    if not has_a_place(shift, volunteer):
        return Refusal(Why.NOT_YOURS, _("Je hebt geen plaats in deze beurt."))
    if refusal := _is_over([shift, wanted], now=now, closed=closed):
        return refusal
    if wanted is None:
        return None
    if has_a_place(wanted, volunteer):
        return Refusal(Why.ALREADY, _("Die beurt heb je al."))
    return why_not(wanted, volunteer, now=now, closed=closed, instead_of=shift)


def why_not_agree(swap: Swap, volunteer: Volunteer, *, now: dt.datetime, closed: Closed) -> Refusal | None:
    """Why somebody cannot say yes to a swap, which is `whole`; None when they can.

    Both sides are looked at: who offers must be able to come to what they get.
    """
    offered, wanted, giver = swap.place.shift, swap.wanted, swap.place.volunteer
    if giver is None or giver == volunteer:
        return Refusal(Why.NOT_YOURS, _("Dit is je eigen vraag."))
    if refusal := _is_over([offered, wanted], now=now, closed=closed):
        return refusal
    if has_a_place(offered, volunteer):
        return Refusal(Why.ALREADY, _("Je hebt zelf al een plaats in deze beurt."))
    if wanted and not has_a_place(wanted, volunteer):
        return Refusal(Why.NOT_YOURS, _("Deze ruil vraagt een beurt die je niet hebt."))
    if wanted and (has_a_place(wanted, giver) or why_not(wanted, giver, now=now, closed=closed, instead_of=offered)):
        return Refusal(Why.OTHER, _("De ander kan jouw beurt niet meer overnemen."))
    return why_not(offered, volunteer, now=now, closed=closed, instead_of=wanted)


def closed_of(swap: Swap) -> Closed:
    """The closed days around both shifts of a swap, which is `whole`."""
    return closed_where([one.occurrence for one in (swap.place.shift, swap.wanted) if one])


def has_a_place(shift: Shift, volunteer: Volunteer) -> bool:
    """Whether somebody is in a shift; waiting for it is not."""
    if volunteer.pk is None:
        return False
    return SignUp.objects.filter(shift=shift, volunteer=volunteer, state=SignUpState.TAKEN).exists()


def _is_over(shifts: list[Shift | None], *, now: dt.datetime, closed: Closed) -> Refusal | None:
    for shift in filter(None, shifts):
        hours = moments_of(shift)
        if hours is None or not takes_place(shift, closed):
            return Refusal(Why.OFF, _("Deze beurt gaat niet door."))
        if hours[0] <= now:
            return Refusal(Why.TOO_LATE, _("De beurt is al begonnen. Ruilen kan niet meer."))
    return None
