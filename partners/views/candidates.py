"""`/<site>/vrijwilliger-worden/`: somebody wants to help; and `/beheer/<slug>/vrijwilligers/aanmeldingen/`, where that is answered."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.candidates import drop, invite_candidate, offer_help, take_on
from partners.candidate_form import CandidateForm, stamp, too_often, why_not_people
from partners.models import Candidate
from sites.finding import site_form
from sites.forms.base import add_refusal
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.confirming import confirm
from stek.limits import count, sender
from stek.pages import current_language, form_page
from stek.retention import term

# From one address in ten minutes: a family at one table, and no program.
OFFERS = 5


@site_form
def become_volunteer(request: HttpRequest, site: Site) -> HttpResponse:
    """A short form. Nobody signs in for it, and no other website is asked who is a person."""
    data = request.POST if request.method == "POST" else None
    form = CandidateForm(data)
    if form.is_valid() and (candidate := _offered(request, site, form)):
        return HttpResponseRedirect(reverse("partners:offered_help", args=[site.slug, candidate.uuid]))
    context = {"site": site, "form": form, "shown": stamp(data), "term": term("candidate")}
    return form_page(request, "partners/become_volunteer.html", context)


def _offered(request: HttpRequest, site: Site, form: CandidateForm) -> Candidate | None:
    """None with the reason above the form: what was typed stays."""
    problem = too_often() if count("candidate", sender(request)) > OFFERS else why_not_people(request.POST)
    if problem:
        form.add_error(None, problem)
        return None
    said = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "skills")}
    try:
        return offer_help(site, language=current_language(), **said)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None


@site_form
def offered_help(request: HttpRequest, site: Site, offered: uuid.UUID) -> HttpResponse:
    """Thank you, and one button to take it back; the address is known to who sent the form."""
    found = Candidate.objects.filter(site=site, uuid=offered).first()
    if request.method == "POST" and found:
        drop(found)
        return HttpResponseRedirect(request.path)
    status = 200 if found else 404
    return form_page(request, "partners/offered_help.html", {"site": site, "candidate": found}, status=status)


@opened_at_site_by(Right.MANAGE_ROSTER)
def candidates(request: KeyRequest, site: Site) -> HttpResponse:
    """Who waits for an answer, the longest first."""
    rows = Candidate.objects.visible_to(request.user).at(site)
    return inside(request, "partners/candidates.html", {"site": site, "candidates": rows, "term": term("candidate")})


def _found(request: KeyRequest, site: Site, key: int) -> Candidate:
    return get_object_or_404(Candidate.objects.visible_to(request.user).at(site).select_related("site"), pk=key)


@opened_at_site_by(Right.MANAGE_ROSTER)
def invite_page(request: KeyRequest, site: Site, candidate: int) -> HttpResponse:
    """An invitation by mail."""
    found, to = _found(request, site, candidate), reverse("partners:candidates", args=[site.slug])
    if request.method != "POST":
        return HttpResponseRedirect(to)
    try:
        invite_candidate(found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("De uitnodiging voor %(name)s vertrekt.") % {"name": found.name})
    return HttpResponseRedirect(to)


@opened_at_site_by(Right.MANAGE_ROSTER)
def take_on_page(request: KeyRequest, site: Site, candidate: int) -> HttpResponse:
    """They help from today on, without a mailbox."""
    found = _found(request, site, candidate)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("partners:candidates", args=[site.slug]))
    take_on(found)
    messages.success(request, _("%(name)s staat nu bij wie hier helpt.") % {"name": found.name})
    return HttpResponseRedirect(reverse("activities:volunteers", args=[site.slug]))


@opened_at_site_by(Right.MANAGE_ROSTER)
def drop_page(request: KeyRequest, site: Site, candidate: int) -> HttpResponse:
    """Answered otherwise: nothing is kept."""
    found = _found(request, site, candidate)
    return confirm(
        request, lambda: drop(found), told=_("De aanmelding is weg."), to=reverse("partners:candidates", args=[site.slug]),
        context={
            "site": site, "title": _("De aanmelding van %(name)s weghalen") % {"name": found.name}, "button": _("Ja, haal weg"),
            "more": [_("Zeg het eerst zelf aan wie zich aanmeldde. Dit kan je niet terugdraaien.")],
        },
    )  # fmt: skip
