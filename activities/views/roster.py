"""`/beheer/<slug>/rooster/`: who helps when; what help is asked; and who helps at all."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.needs import add_need, change_need, end_need
from activities.actions.shifts import Refused, hand_back, sign_up, volunteer_of
from activities.actions.volunteers import forget_volunteer, keep_volunteer
from activities.iso_week import IsoWeek
from activities.models import Series, Shift, ShiftNeed, SignUp
from activities.need_letters import how_many_hear
from activities.roster import helpers_of, may_ask_for_help, one_shift, roster, to_call, without_a_place
from activities.shift_forms import NeedForm, ProxyForm, WithoutAccountForm
from activities.words import week_words
from partners.models import Volunteer
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm
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
        "agreements": may_ask_for_help(site),
    }  # fmt: skip
    return inside(request, "activities/roster.html", context)


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
    return inside(
        request, "activities/roster_shift.html", {"site": site, "seated": seated, "form": form, "calls": calls}
    )


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


@opened_at_site_by(Right.MANAGE_ROSTER)
def needs(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    """What help an agreement asks for, and one more task."""
    series = _agreement(request, site, agreement)
    rows = list(ShiftNeed.objects.filter(series=series, until__isnull=True, occurrence__isnull=True))
    form = NeedForm(sent(request), has_hours=series.begin is not None)
    here = reverse("activities:needs", args=[site.slug, series.pk])
    return answer(
        request, form, lambda: add_need(series, by=request.user, **form.cleaned_data), told=_("Bewaard. Vrijwilligers zien het meteen."),
        to=here, template="activities/needs.html",
        context={
            "site": site, "series": series, "needs": rows, "title": _("Hulp bij “%(title)s”") % {"title": series.title},
            "button": _("Vraag deze hulp"), "back": reverse("activities:roster", args=[site.slug]),
        },
    )  # fmt: skip


def _agreement(request: KeyRequest, site: Site, key: int) -> Series:
    rows = Series.objects.visible_to(request.user).at(site).published().select_related("activity__site")
    return get_object_or_404(rows, pk=key)


def _need(request: KeyRequest, site: Site, key: int) -> ShiftNeed:
    rows = ShiftNeed.objects.filter(series__activity__site=site, until__isnull=True)
    return get_object_or_404(rows.select_related("series__activity__site"), pk=key)


@opened_at_site_by(Right.MANAGE_ROSTER)
def need(request: KeyRequest, site: Site, need: int) -> HttpResponse:
    """Another task, number or hour for every date to come."""
    row = _need(request, site, need)
    has_hours = row.series.begin is not None and row.begin is None
    form = NeedForm(sent(request), has_hours=has_hours, instance=row)
    return answer(
        request, form, lambda: change_need(row, by=request.user, **form.cleaned_data), told=_("Bewaard."),
        to=reverse("activities:needs", args=[site.slug, row.series_id]),
        context={"site": site, "title": row.task, "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_ROSTER)
def need_ends(request: KeyRequest, site: Site, need: int) -> HttpResponse:
    """From tomorrow no help is asked for this; first with how many people who would have come."""
    row = _need(request, site, need)
    hear = how_many_hear(row)
    more = ngettext(
        "%(number)d vrijwilliger heeft nog een plaats en krijgt bericht.",
        "%(number)d vrijwilligers hebben nog een plaats en krijgen bericht.", hear,
    )  # fmt: skip
    return confirm(
        request, lambda: end_need(row, today(site.time_zone), by=request.user),
        told=_("Vanaf morgen vragen we hiervoor geen hulp meer."),
        to=reverse("activities:needs", args=[site.slug, row.series_id]),
        context={
            "site": site, "title": _("“%(task)s” niet meer nodig?") % {"task": row.task},
            "button": _("Ja, vanaf morgen niet meer"), "more": [more % {"number": hear}] if hear else [],
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_ROSTER)
def volunteers(request: KeyRequest, site: Site) -> HttpResponse:
    """Everybody who helps here today."""
    context = {"site": site, "helpers": helpers_of(site, today(site.time_zone))}
    return inside(request, "activities/volunteers.html", context)


@opened_at_site_by(Right.MANAGE_ROSTER)
def new_volunteer(request: KeyRequest, site: Site) -> HttpResponse:
    """Somebody without a mailbox."""
    return _volunteer_page(request, site, Volunteer(site=site), title=_("Iemand zonder e-mail helpt mee"))


@opened_at_site_by(Right.MANAGE_ROSTER)
def volunteer(request: KeyRequest, site: Site, helper: int) -> HttpResponse:
    """What is known of somebody without an account."""
    row = get_object_or_404(Volunteer.objects.filter(site=site), pk=helper)
    remove = {
        "remove": reverse("activities:forget_volunteer", args=[site.slug, row.pk]),
        "remove_name": _("Vergeet deze persoon"),
    }
    return _volunteer_page(request, site, row, title=row.name, **remove)


def _volunteer_page(request: KeyRequest, site: Site, row: Volunteer, *, title: str, **more: Any) -> HttpResponse:
    form = WithoutAccountForm(sent(request), instance=row)
    return answer(
        request, form, lambda: keep_volunteer(row, **form.cleaned_data), told=_("Bewaard."),
        to=reverse("activities:volunteers", args=[site.slug]),
        context={"site": site, "title": title, "button": _("Bewaar"), **more},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_ROSTER)
def forget_volunteer_page(request: KeyRequest, site: Site, helper: int) -> HttpResponse:
    """Their name and number go; the hours the site had from them stay, from nobody."""
    row = get_object_or_404(Volunteer.objects.filter(site=site), pk=helper)
    to = reverse("activities:volunteers", args=[site.slug])
    if request.method == "POST":
        forget_volunteer(row)
        messages.success(request, _("Vergeten. De uren van de plek blijven, zonder naam."))
        return HttpResponseRedirect(to)
    context = {
        "site": site, "title": _("%(name)s vergeten") % {"name": row.name}, "button": _("Ja, vergeet"), "back": to, "is_grave": True,
        "more": [_("Naam en telefoon gaan weg, en de beurten die nog komen zijn weer vrij."), _("Dit kan je niet terugdraaien.")],
        "form": forms.Form(),
    }  # fmt: skip
    return inside(request, "sites/form.html", context)
