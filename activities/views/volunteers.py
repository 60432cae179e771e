"""`/beheer/<slug>/vrijwilligers/`: who helps here, with a mailbox or without."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.volunteers import forget_volunteer, keep_volunteer
from activities.roster import helpers_of
from activities.shift_forms import WithoutAccountForm
from partners.models import Volunteer
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from stek.time import today


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
