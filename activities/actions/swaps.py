"""Two volunteers swap: one offers a place, the other takes it, for a place of theirs or for nothing. Nobody else has to agree."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activities import shift_letters, swap_letters
from activities.enums import SignUpState
from activities.models import Series, Shift, SignUp, Swap
from activities.querysets import since
from activities.rules import closed_where
from activities.shift_rules import Refusal, Why
from activities.swap_rules import closed_of, why_not_agree, why_not_offer
from partners.models import Volunteer
from stek.time import now

from .shifts import Refused, lock_places


@transaction.atomic
def offer_swap(shift: Shift, volunteer: Volunteer, *, wanted: Shift | None = None) -> Swap:
    """Offer one's place in a shift: to who can take it, or to who has one in `wanted` and gives that for it. They are asked by mail.

    It stays one's own until somebody says yes. Once more asks something else, or the same. Raises Refused.
    """
    lock_places([volunteer.pk], [shift.pk])
    shifts = [shift, *([wanted] if wanted else [])]
    closed = closed_where([one.occurrence for one in shifts])
    if refusal := why_not_offer(shift, wanted, volunteer, now=now(), closed=closed):
        raise Refused(refusal)
    place = SignUp.objects.get(shift=shift, volunteer=volunteer)
    swap = Swap.objects.filter(place=place).first()
    if swap and swap.wanted_id == (wanted and wanted.pk):
        return swap
    Swap.objects.filter(place=place).delete()
    swap = Swap.objects.create(place=place, wanted=wanted)
    swap_letters.swap_is_asked(Swap.objects.whole().get(pk=swap.pk))
    return swap


@transaction.atomic
def withdraw_swap(shift: Shift, volunteer: Volunteer) -> bool:
    """Keep one's place after all. False when nothing was asked, or somebody said yes already."""
    lock_places([volunteer.pk], [shift.pk])
    return bool(Swap.objects.filter(place__shift=shift, place__volunteer=volunteer).delete()[0])


@transaction.atomic
def agree(swap: Swap, volunteer: Volunteer) -> Shift:
    """Say yes: each comes to the place of the other, in one step. The shift that is theirs now. Raises Refused.

    Both people are locked before both shifts, each in the order of their keys, so that two who agree with each other at once wait
    for each other and never for ever.
    """
    giver = swap.place.volunteer_id
    lock_places(
        [key for key in (giver, volunteer.pk) if key], [key for key in (swap.place.shift_id, swap.wanted_id) if key]
    )
    found = Swap.objects.whole().filter(pk=swap.pk, place__volunteer=giver, place__state=SignUpState.TAKEN).first()
    if found is None:
        raise Refused(Refusal(Why.GONE, _("Iemand was je voor, of het is niet meer nodig.")))
    offered, wanted = found.place.shift, found.wanted
    if refusal := why_not_agree(found, volunteer, now=now(), closed=closed_of(found)):
        raise Refused(refusal)
    places = [(offered, found.place.volunteer, volunteer)]
    places += [(wanted, volunteer, found.place.volunteer)] if wanted else []
    for shift, old, new in places:
        _hand_over(shift, old, new)
    swap_letters.swap_is_done(found)
    shift_letters.shift_is_filled(offered, by=volunteer)
    return offered


def _hand_over(shift: Shift, old: Volunteer | None, new: Volunteer | None) -> None:
    """The place itself stays what it is; whatever its old owner asked for it is over, and so is the waiting of the new one."""
    place = SignUp.objects.get(shift=shift, volunteer=old)
    Swap.objects.filter(place=place).delete()
    SignUp.objects.filter(shift=shift, volunteer=new, state=SignUpState.WAITING).delete()
    SignUp.objects.filter(pk=place.pk).update(volunteer=new)


def move_swaps(old: Series, new: Series) -> None:
    """To the same shifts under another agreement, inside the caller's transaction. A link in a letter stays what it is.

    What has no such shift there stays where it is, for when the change is undone.
    """
    shifts = {
        _slot(one): one for one in Shift.objects.filter(need__series=new).select_related("need", "occurrence__series")
    }
    places = {(one.shift_id, one.volunteer_id): one for one in SignUp.objects.filter(shift__in=shifts.values())}
    swaps = Swap.objects.filter(Q(place__shift__need__series=old) | Q(wanted__need__series=old)).whole()
    for swap in list(swaps):
        twin, place = shifts.get(_slot(swap.place.shift)), swap.place
        swap.place = (twin and places.get((twin.pk, place.volunteer_id))) or place
        swap.wanted = swap.wanted and (shifts.get(_slot(swap.wanted)) or swap.wanted)
        swap.save(update_fields=["place", "wanted"])


def _slot(shift: Shift) -> tuple[object, ...]:
    """What a shift has in common with its twin under the agreement before or after it."""
    need, date = shift.need, shift.occurrence
    return date.series.activity_id, date.original_date, date.day, need.task, need.begin


def forget_old_swaps() -> int:
    """Each night: what nobody agreed to before it began. How many."""
    past = Swap.objects.filter(place__shift__occurrence__day__lt=since(now()))
    return past.delete()[0]
