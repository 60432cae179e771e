"""`/mijn/beurten/…/ruilen/` and `/mijn/ruilen/`: two volunteers swap, without anybody in between."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.shifts import Refused, volunteer_of
from activities.actions.swaps import agree, offer_swap, withdraw_swap
from activities.models import Shift, Swap
from activities.my_shifts import helper_of, line_for, open_lines
from activities.my_swaps import swap_choices, swap_line
from activities.shift_forms import SwapForm
from activities.swap_rules import closed_of, why_not_agree
from sites.inside import KeyRequest, inside, opened_by
from sites.rights import Right
from sites.views.answering import CONFLICT, sent
from stek.time import now


@opened_by(Right.OWN_DATA)
def offer(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """Offer one's place: for nothing, or for a place in a shift of somebody else."""
    row = get_object_or_404(Shift.objects.visible_to(request.user).whole(), uuid=shift)
    line, here = line_for(row, request.user.pk), reverse("activities:shift", args=[shift])
    if line.state != "taken" or line.is_over:
        return HttpResponseRedirect(here)
    form = SwapForm(sent(request), lines=swap_choices(row, request.user, helper_of(request.user)))
    if request.method == "POST" and form.is_valid():
        try:
            offer_swap(row, volunteer_of(request.user), wanted=form.shifts.get(form.cleaned_data["wanted"]))
        except Refused as refused:
            form.add_error("wanted", refused.refusal.words)
        else:
            messages.success(request, _("We vragen het. Tot iemand ja zegt, blijft deze beurt van jou."))
            return HttpResponseRedirect(here)
    return inside(request, "activities/swap_offer.html", {"line": line, "form": form, "back": here})


@opened_by(Right.OWN_DATA)
def withdraw(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """Keep it after all."""
    row = get_object_or_404(Shift.objects.visible_to(request.user), uuid=shift)
    if request.method == "POST":
        if withdraw_swap(row, volunteer_of(request.user)):
            messages.success(request, _("Je vraagt geen ruil meer. Deze beurt blijft van jou."))
        else:
            messages.info(request, _("Er was geen ruil meer om te stoppen."))
    return HttpResponseRedirect(reverse("activities:shift", args=[shift]))


def _found(request: KeyRequest, key: uuid.UUID) -> Swap | None:
    return Swap.objects.visible_to(request.user).whole().filter(uuid=key).first()


@opened_by(Right.OWN_DATA)
def swap(request: KeyRequest, swap: uuid.UUID) -> HttpResponse:
    """What is offered, and one button; or why there is none. One that is over leads to what else there is."""
    found = _found(request, swap)
    if found is None:
        return _page(request, None, status=HTTPStatus.NOT_FOUND)
    if found.place.volunteer and found.place.volunteer.user_id == request.user.pk:
        return _page(request, found)
    refusal = why_not_agree(found, helper_of(request.user), now=now(), closed=closed_of(found))
    return _page(request, found, refusal.words if refusal else "")


def _page(request: KeyRequest, found: Swap | None, refusal: str = "", *, status: int = HTTPStatus.OK) -> HttpResponse:
    others = open_lines(request.user, helper_of(request.user))[:3] if refusal or found is None else []
    context = {"swap": found and swap_line(found, request.user), "refusal": refusal, "others": others}
    return inside(request, "activities/swap.html", context, status=status)


@opened_by(Right.OWN_DATA)
def agree_to_swap(request: KeyRequest, swap: uuid.UUID) -> HttpResponse:
    """Yes: the shift is theirs now."""
    found = _found(request, swap)
    if found is None:
        return _page(request, None, status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:swap", args=[swap]))
    try:
        shift = agree(found, volunteer_of(request.user))
    except Refused as refused:
        return _page(request, Swap.objects.whole().filter(pk=found.pk).first(), refused.refusal.words, status=CONFLICT)
    messages.success(request, _("Geruild: deze beurt is nu van jou. De ander krijgt bericht."))
    return HttpResponseRedirect(reverse("activities:shift", args=[shift.uuid]))
