"""Letters about swaps: to who may say yes, and to who asked once somebody did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Volunteer
from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.time import now

from .enums import SignUpState
from .models import Shift, SignUp, Swap
from .my_shifts import helper_of, line_for
from .shift_letters import SWAP, whom_to_ask
from .shift_rules import moments_of
from .swap_rules import closed_of, why_not_agree

SWAPPED = "activities/shift_swapped"


def say() -> None:
    """For `AppConfig.ready`."""
    asked, swapped = Screen(_("Iemand wil een beurt ruilen."), is_urgent=True), Screen(_("Je beurt is geruild."))
    add_kind(Kind(SWAP, _("iemand wil een beurt ruilen"), _asked, screen=asked))
    add_kind(Kind(SWAPPED, _("je beurt is geruild"), _swapped, wait=AT_ONCE, screen=swapped))


def swap_is_asked(swap: Swap) -> None:
    """To everybody who can say yes to it, which is `whole`; whose place it is stands in no letter."""
    shift, giver = swap.place.shift, swap.place.volunteer
    moments = moments_of(shift)
    assert giver is not None
    assert moments is not None
    closed = closed_of(swap)
    for volunteer in _candidates(swap, giver):
        if volunteer.user and why_not_agree(swap, volunteer, now=now(), closed=closed) is None:
            post(
                SWAP, to=volunteer.user, about=f"shift:{shift.pk}", site=shift.occurrence.site,
                facts={"swap": str(swap.uuid)}, begins_at=moments[0],
            )  # fmt: skip


def _candidates(swap: Swap, giver: Volunteer) -> Iterable[Volunteer]:
    if swap.wanted is None:
        return whom_to_ask(swap.place.shift, by=giver)
    places = SignUp.objects.filter(shift=swap.wanted, state=SignUpState.TAKEN, volunteer__user__isnull=False)
    return [
        one.volunteer for one in places.select_related("volunteer__user") if one.volunteer and one.volunteer != giver
    ]


def swap_is_done(swap: Swap) -> None:
    """To who offered it, before its place is another's: who said yes read so on the page."""
    shift, giver = swap.place.shift, swap.place.volunteer
    moments = moments_of(shift)
    if giver and giver.user_id and moments:
        facts = {"shift": shift.pk, "got": swap.wanted_id}
        post(
            SWAPPED,
            to=giver.user,
            about=f"shift:{shift.pk}",
            site=shift.occurrence.site,
            facts=facts,
            begins_at=moments[0],
        )


def _asked(delivery: Delivery) -> dict[str, Any] | None:
    """None when it was withdrawn, somebody else said yes, or the reader cannot any more."""
    swap = Swap.objects.whole().filter(uuid=delivery.facts["swap"]).first()
    if swap is None or delivery.user is None:
        return None
    if why_not_agree(swap, helper_of(delivery.user), now=now(), closed=closed_of(swap)):
        return None
    line = line_for(Shift.objects.whole().get(pk=swap.place.shift_id), delivery.user_id)
    theirs = swap.wanted and line_for(Shift.objects.whole().get(pk=swap.wanted_id), delivery.user_id)
    return {"line": line, "theirs": theirs, "path": reverse("activities:swap", args=[swap.uuid])}


def _swapped(delivery: Delivery) -> dict[str, Any] | None:
    """None when they took a place in it again since."""
    rows = {row.pk: row for row in Shift.objects.whole().filter(pk__in=filter(None, delivery.facts.values()))}
    given, got = (rows.get(delivery.facts[name]) for name in ("shift", "got"))
    line = given and line_for(given, delivery.user_id)
    if line is None or line.state == SignUpState.TAKEN:
        return None
    mine = got and line_for(got, delivery.user_id)
    return {"line": line, "mine": mine, "path": reverse("activities:own_shifts")}
