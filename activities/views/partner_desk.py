"""`/beheer/<slug>/partners/`: who works here, what asks for attention, and what an organisation that leaves means for the offer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.organisers import hand_over, stop_from
from activities.models import Series
from activities.partner_forms import HandOverForm, LeaveForm, StopForm
from activities.without_organiser import losses, without_organiser
from partners.actions.leaving import leave
from partners.desk import partner_list
from partners.leaving import check_leaving, what_ends
from partners.models import Engagement
from partners.views.organisation import at_desk
from partners.views.pages import form_page, told
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import sent
from sites.words import date_words
from stek.time import today


def tell(site: Site) -> list[str]:
    """What the desk says of the partners: whole sentences, none when all is well."""
    orphans = len(without_organiser(site))
    late = Engagement.objects.at(site).due_on(today(site.time_zone)).count()
    sentences = [
        (
            orphans,
            ngettext("%(count)d aanbod heeft geen organisator", "%(count)d keer aanbod zonder organisator", orphans),
        ),
        (late, ngettext("%(count)d check-in is te laat", "%(count)d check-ins zijn te laat", late)),
    ]
    return [sentence % {"count": number} for number, sentence in sentences if number]


@opened_at_site_by(Right.MANAGE_PEOPLE)
def partners_desk(request: KeyRequest, site: Site) -> HttpResponse:
    day = today(site.time_zone)
    context = {"site": site, "partners": partner_list(site, day), "orphans": without_organiser(site), "today": day}
    context["changes"] = latest(
        request.user, site, [f"partners.{table}" for table in ("organisation", "engagement", "leaving", "checkin")]
    )
    return inside(request, "activities/partners_desk.html", context)


@opened_at_site_by(Right.MANAGE_PEOPLE)
def leave_page(request: KeyRequest, site: Site, organisation: int) -> HttpResponse:
    """First which day, then what stops with it, then the button that does it."""
    one, day = at_desk(request, site, organisation), today(site.time_zone)
    asked = sent(request) or (request.GET if "on" in request.GET else None)
    form = LeaveForm(asked, initial={"on": day})
    if request.method == "POST" and form.done(lambda said: leave(one, site, by=request.user, **said)):
        words = {"name": one.name_on(day), "day": date_words(form.cleaned_data["on"], _("j F Y"))}
        message = _(
            "%(name)s vertrekt: %(day)s is de laatste dag. Wie daardoor niet meer binnen kan, krijgt een bericht."
        )
        return told(request, message % words, "activities:partners_desk", site.slug)
    context: dict[str, Any] = {"site": site, "name": one.name_on(day), "organisation": one, "form": form}
    if form.is_bound and not form.errors and form.done(lambda said: check_leaving(one, site, said["on"])):
        on = form.cleaned_data["on"]
        context |= {"on": on, "ending": what_ends(one, site, on), "losses": losses(one, site, on)}
    return inside(request, "activities/leave.html", context)


def _agreement(request: KeyRequest, site: Site, pk: int) -> Series:
    return get_object_or_404(Series.objects.visible_to(request.user).at(site).select_related("activity__site"), pk=pk)


def _first_day(site: Site, series: Series):
    """The day from which nobody organises it any more; today when somebody does."""
    found = next((one.since for one in without_organiser(site) if one.series.pk == series.pk), None)
    return found or today(site.time_zone)


@opened_at_site_by(Right.MANAGE_PEOPLE)
def hand_over_page(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    series = _agreement(request, site, agreement)
    day = _first_day(site, series)
    form = HandOverForm(sent(request), site=site, day=day, initial={"day": day})
    if form.is_bound and form.done(lambda said: hand_over(series, by=request.user, **said)):
        return told(request, _("Er is weer een organisator."), "activities:partners_desk", site.slug)
    return form_page(
        request, site, form, title=_("Wie neemt “%(title)s” over?") % {"title": series.title}, button=_("Geef het door"),
        lead=_("Weken van voor die dag blijven zoals ze waren."), back=_desk(site),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def stop_page(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    series = _agreement(request, site, agreement)
    form = StopForm(sent(request), initial={"day": _first_day(site, series)})
    if form.is_bound and form.done(lambda said: stop_from(series, by=request.user, **said)):
        return told(request, _("Het aanbod stopt."), "activities:partners_desk", site.slug)
    return form_page(
        request, site, form, title=_("“%(title)s” stopt") % {"title": series.title}, button=_("Laat het stoppen"),
        lead=_("Wat al voorbij is, blijft staan. Bezoekers zien dat het niet meer doorgaat."), back=_desk(site), is_no=True,
    )  # fmt: skip


def _desk(site: Site) -> str:
    return reverse("activities:partners_desk", args=[site.slug])
