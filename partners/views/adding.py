"""`/beheer/<slug>/partners/toevoegen/`: search first, so that no organisation is made twice."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.engagements import add_organisation, engage
from partners.actions.names import set_aliases
from partners.desk_forms import EngagementForm, NewOrganisationForm
from partners.models import Engagement, Organisation
from partners.search import find
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right, can
from sites.views.answering import sent
from stek.time import today

from .pages import form_page, told

SHOWN = 20


@opened_at_site_by(Right.MANAGE_PEOPLE)
def search(request: KeyRequest, site: Site) -> HttpResponse:
    """Which organisation: one that is known, wherever it works, or a new one."""
    query, day = request.GET.get("zoek", "").strip()[:120], today(site.time_zone)
    found = find(Organisation.objects.visible_to(request.user), query, day)[:SHOWN] if query else []
    here = set(Engagement.objects.at(site).on(day).values_list("organisation", flat=True))
    context = {"site": site, "query": query, "found": [(one, one.organisation.pk in here) for one in found]}
    return inside(request, "partners/add.html", context)


@opened_at_site_by(Right.MANAGE_PEOPLE)
def existing(request: KeyRequest, site: Site) -> HttpResponse:
    """A known organisation begins here; which one stands in the address, `?organisatie=`."""
    asked = request.GET.get("organisatie", "")
    chosen = Organisation.objects.visible_to(request.user).with_names()
    organisation = chosen.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if organisation is None:
        return HttpResponseRedirect(reverse("partners:add", args=[site.slug]))
    form = EngagementForm(sent(request), site=site, initial={"since": today(site.time_zone)})
    name = organisation.name_on(today(site.time_zone))
    if form.is_bound and form.done(lambda said: engage(organisation, site, by=request.user, **said)):
        return told(
            request, _("%(name)s werkt nu mee.") % {"name": name}, "partners:organisation", site.slug, organisation.pk
        )
    return form_page(
        request, site, form, title=_("%(name)s komt erbij") % {"name": name}, button=_("Voeg toe"),
        back=reverse("partners:add", args=[site.slug]),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new(request: KeyRequest, site: Site) -> HttpResponse:
    """An organisation nobody knows yet, with what it does here, in one form."""
    may = can(request.user, Right.MANAGE_NETWORK)
    form = _NewForm(
        sent(request),
        site=site,
        may_set_control=may,
        initial={"name": request.GET.get("naam", "")[:120], "since": today(site.time_zone)},
    )
    if form.is_bound and form.done(lambda said: _add(request, site, said)):
        name = form.cleaned_data["name"]
        return told(request, _("%(name)s werkt nu mee.") % {"name": name}, "activities:partners_desk", site.slug)
    return form_page(
        request, site, form, title=_("Een nieuwe organisatie"), button=_("Voeg toe"),
        lead=_("Zoek eerst of ze al bestaat, dan staat niemand er dubbel in."),
        back=reverse("partners:add", args=[site.slug]),
    )  # fmt: skip


class _NewForm(EngagementForm, NewOrganisationForm):
    """Both at once, in the order of the first."""


OF_THE_ORGANISATION = ("name", "kind", "website", "contact", "has_control_function")


@transaction.atomic
def _add(request: KeyRequest, site: Site, said: dict) -> None:
    own = {name: said[name] for name in OF_THE_ORGANISATION if name in said}
    others = {name: value for name, value in said.items() if name not in own and name != "aliases"}
    organisation = add_organisation(by=request.user, site=site, **own)
    engage(organisation, site, by=request.user, **others)
    set_aliases(organisation, said["aliases"], by=request.user)
