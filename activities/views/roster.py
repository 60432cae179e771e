"""`/beheer/<slug>/rooster/`: who helps when; what help is asked; and who helps at all."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.shifts import Refused, hand_back, sign_up, volunteer_of
from activities.iso_week import IsoWeek
from activities.models import Shift, SignUp
from activities.my_shifts import share_words
from activities.roster import may_ask_for_help, one_shift, roster, to_call, without_a_place
from activities.shift_forms import ProxyForm
from activities.shift_letters import ask_around
from activities.words import week_words
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import sent
from stek.time import today


@opened_at_site_by(Right.MANAGE_ROSTER)
def roster_now(request: KeyRequest, site: Site) -> HttpResponse:
    """This week."""
    return _week(request, site, IsoWeek.of(today(site.time_zone)))


@opened_at_site_by(Right.MANAGE_ROSTER)
def roster_week(request: KeyRequest, site: Site, iso: IsoWeek) -> HttpResponse:
    """Any week."""
    return _week(request, site, iso)


def _week(request: KeyRequest, site: Site, iso: IsoWeek) -> HttpResponse:
    before, after = (reverse("activities:roster_week", args=[site.slug, iso.plus(weeks)]) for weeks in (-1, 1))
    context = {
        "site": site, "days": roster(site, iso), "week": week_words(iso), "previous": before, "next": after,
        "agreements": may_ask_for_help(site), "sheet": reverse("activities:roster_sheet", args=[site.slug, iso]),
    }  # fmt: skip
    return inside(request, "activities/roster.html", context)


@opened_at_site_by(Right.MANAGE_ROSTER)
def roster_sheet(request: KeyRequest, site: Site, iso: IsoWeek) -> HttpResponse:
    """A week to print, with a line to write on for each place that is still free."""
    back = reverse("activities:roster_week", args=[site.slug, iso])
    context = {"site": site, "days": roster(site, iso), "week": week_words(iso), "back": back}
    return inside(request, "activities/roster_sheet.html", context)


def _found(request: KeyRequest, site: Site, key: uuid.UUID) -> Shift:
    rows = Shift.objects.visible_to(request.user).filter(occurrence__site=site).whole()
    return get_object_or_404(rows, uuid=key)


@opened_at_site_by(Right.MANAGE_ROSTER)
def roster_shift(request: KeyRequest, site: Site, shift: uuid.UUID) -> HttpResponse:
    """One shift: who is there, who could be called, and somebody put in for who has no telephone."""
    row = _found(request, site, shift)
    seated = one_shift(row)
    form = ProxyForm(sent(request), helpers=without_a_place(seated))
    if request.method == "POST" and form.is_valid():
        chosen = form.helpers[form.cleaned_data["volunteer"]]
        try:
            sign_up(row, volunteer_of(chosen.user) if chosen.user else chosen)
        except Refused as refused:
            form.add_error("volunteer", refused.refusal.words)
        else:
            messages.success(request, _("%(name)s staat erbij.") % {"name": chosen})
            return HttpResponseRedirect(request.path)
    calls = to_call(form.helpers.values())
    context = {"site": site, "seated": seated, "form": form, "calls": calls, "share": share_words(seated.line)}
    return inside(request, "activities/roster_shift.html", context)


@opened_at_site_by(Right.MANAGE_ROSTER)
def ask_for_help(request: KeyRequest, site: Site, shift: uuid.UUID) -> HttpResponse:
    """One tap: who said that we may ask is asked by mail. Then the page with whom else one can call."""
    row = _found(request, site, shift)
    if request.method == "POST":
        if number := ask_around(row):
            told = ngettext("We vragen het aan %(number)d mens.", "We vragen het aan %(number)d mensen.", number)
            messages.success(request, told % {"number": number})
        else:
            messages.info(request, _("Wie gevraagd mag worden, is al gevraagd of kan dan niet."))
    return HttpResponseRedirect(reverse("activities:roster_shift", args=[site.slug, shift]))


@opened_at_site_by(Right.MANAGE_ROSTER)
def take_off(request: KeyRequest, site: Site, taken: int) -> HttpResponse:
    """Somebody cannot come and said so to the coordinator. No reason."""
    rows = SignUp.objects.filter(shift__occurrence__site=site, volunteer__isnull=False)
    place = get_object_or_404(
        rows.select_related("shift__need", "shift__occurrence__site", "volunteer__user"), pk=taken
    )
    to = reverse("activities:roster_shift", args=[site.slug, place.shift.uuid])
    if request.method != "POST" or place.volunteer is None:
        return HttpResponseRedirect(to)
    try:
        hand_back(place.shift, place.volunteer)
    except Refused as refused:
        messages.error(request, refused.refusal.words)
    else:
        messages.success(request, _("%(name)s staat er niet meer bij. De plaats is vrij.") % {"name": place.volunteer})
    return HttpResponseRedirect(to)
