"""`/beheer/<slug>/partners/<organisation>/`: one organisation as a site knows it, and what can be changed about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.check_ins import check_in
from partners.actions.engagements import change_engagement, change_organisation
from partners.actions.leaving import come_back
from partners.actions.names import rename, set_aliases
from partners.desk import organisation_page
from partners.desk_forms import CheckInForm, EngagementForm, OrganisationForm, RenameForm, facts_of, words_of
from partners.leaving import last_leaving
from partners.models import Engagement, Organisation
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site, User
from sites.rights import Right, can
from sites.rules import can_act_for_all
from sites.views.answering import sent, tell_left_behind
from stek.time import today

from .pages import form_page, told


def at_desk(request: KeyRequest, site: Site, pk: int) -> Organisation:
    """An organisation that has to do with this site; another one is not there."""
    # Two steps: a row that is both visible and of this desk may be so by two different relations.
    here = Organisation.objects.at_desk(site).values("pk")
    return get_object_or_404(Organisation.objects.visible_to(request.user).filter(pk__in=here).with_names(), pk=pk)


def _to_change(request: KeyRequest, site: Site, pk: int) -> Organisation:
    """The same, for who changes facts or name: a seat over this site is not enough, since other sites show them too."""
    one = at_desk(request, site, pk)
    if not (may_change(request.user, site, one)):
        raise PermissionDenied
    return one


def may_change(user: User, site: Site, organisation: Organisation) -> bool:
    """Who coordinates a site where it works, or once worked; administrators."""
    return can(user, Right.MANAGE_NETWORK) or organisation.engagements.filter(site=site).exists()


def _engagement(request: KeyRequest, site: Site, pk: int) -> Engagement:
    rows = Engagement.objects.visible_to(request.user).at(site).select_related("organisation", "site")
    return get_object_or_404(rows.prefetch_related("organisation__names"), pk=pk)


def _back(site: Site, organisation: Organisation) -> str:
    return reverse("partners:organisation", args=[site.slug, organisation.pk])


@opened_at_site_by(Right.MANAGE_PEOPLE)
def page(request: KeyRequest, site: Site, organisation: int) -> HttpResponse:
    one, day = at_desk(request, site, organisation), today(site.time_zone)
    leaving = last_leaving(one, site)
    context: dict[str, Any] = {
        "site": site,
        "partner": organisation_page(site, one, day),
        "leaving": leaving,
        "has_left": leaving and leaving.last_day < day,
        "today": day,
        "may_change": may_change(request.user, site, one),
        "changes": latest(request.user, site, ["partners.organisation"], about=one.pk),
        "may_steer": can_act_for_all(request.user, site.partnership),
    }
    return inside(request, "partners/organisation.html", context)


@opened_at_site_by(Right.MANAGE_PEOPLE)
def facts(request: KeyRequest, site: Site, organisation: int) -> HttpResponse:
    one = _to_change(request, site, organisation)
    may = can(request.user, Right.MANAGE_NETWORK)
    form = OrganisationForm(sent(request), may_set_control=may, initial=facts_of(one))

    def act(said: dict[str, Any]) -> None:
        aliases = said.pop("aliases")
        change_organisation(one, by=request.user, **said)
        set_aliases(one, aliases, by=request.user)

    if form.is_bound and form.done(act):
        return told(request, _("De gegevens zijn bewaard."), "partners:organisation", site.slug, one.pk)
    return form_page(
        request, site, form, title=_("Gegevens van %(name)s") % {"name": one.name_on(today(site.time_zone))},
        lead=_("Deze gegevens zijn dezelfde op alle plekken waar de organisatie werkt."),
        button=_("Bewaar"), back=_back(site, one),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_name(request: KeyRequest, site: Site, organisation: int) -> HttpResponse:
    one = _to_change(request, site, organisation)
    form = RenameForm(sent(request), initial={"since": today(site.time_zone)})
    if form.is_bound and form.done(lambda said: rename(one, by=request.user, **said)):
        return told(request, _("De nieuwe naam is bewaard."), "partners:organisation", site.slug, one.pk)
    return form_page(
        request, site, form, title=_("%(name)s krijgt een nieuwe naam") % {"name": one.name_on(today(site.time_zone))},
        lead=_("De oude naam blijft staan op de weken van vroeger. Je vindt de organisatie ook nog onder die naam."),
        button=_("Geef de nieuwe naam"), back=_back(site, one),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def undo_leaving(request: KeyRequest, site: Site, organisation: int) -> HttpResponse:
    """Undo, by a button on the page of the organisation: who only looks is led there."""
    one = at_desk(request, site, organisation)
    if request.method != "POST":
        return HttpResponseRedirect(_back(site, one))
    if come_back(one, site, by=request.user):
        message = _("Het vertrek is ongedaan gemaakt. Sleutels, zitjes en engagement lopen door zoals voordien.")
        return told(request, message, "partners:organisation", site.slug, one.pk)
    messages.error(request, _("Er is geen vertrek om ongedaan te maken."))
    return HttpResponseRedirect(_back(site, one))


@opened_at_site_by(Right.MANAGE_PEOPLE)
def engagement(request: KeyRequest, site: Site, engagement: int) -> HttpResponse:
    one = _engagement(request, site, engagement)
    form = EngagementForm(sent(request), site=site, initial=words_of(one, site))
    if form.is_bound and form.done(lambda said: change_engagement(one, by=request.user, **said)):
        response = told(
            request, _("Het engagement is bewaard."), "partners:organisation", site.slug, one.organisation_id
        )
        tell_left_behind(request, form)
        return response
    name = one.organisation.name_on(today(site.time_zone))
    return form_page(
        request, site, form, title=_("Engagement van %(name)s") % {"name": name}, button=_("Bewaar"),
        back=_back(site, one.organisation),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def talk(request: KeyRequest, site: Site, engagement: int) -> HttpResponse:
    """The yearly talk, begun with what the engagement says already."""
    one = _engagement(request, site, engagement)
    known = {"day": today(site.time_zone), "value_gained": one.added_value, "value_given": one.contribution}
    form = CheckInForm(sent(request), initial=known)
    if form.is_bound and form.done(lambda said: check_in(one, by=request.user, **said)):
        return told(request, _("Het gesprek is bewaard."), "partners:organisation", site.slug, one.organisation_id)
    name = one.organisation.name_on(today(site.time_zone))
    return form_page(
        request, site, form, title=_("Check-in met %(name)s") % {"name": name}, button=_("Bewaar het gesprek"),
        lead=_("Een gesprek per jaar: zo haakt niemand stil af."), back=_back(site, one.organisation),
        earlier=one.check_ins.all(),
    )  # fmt: skip
