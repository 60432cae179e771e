"""`/beheer/<slug>/planner/…` and `/beheer/<slug>/plannen/`: a season copied, a partner's dates, plans."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.offers import copy_season
from activities.actions.season import import_dates, keep_plan
from activities.importing import Wanted
from activities.models import Plan
from activities.season_forms import CopySeasonForm, ImportForm, PlanForm
from activities.words import day_words, hours_words
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.previewing import Pages, preview_first
from stek.time import today

from .change import planner_of


@opened_at_site_by(Right.MANAGE_OFFER)
def copy(request: KeyRequest, site: Site) -> HttpResponse:
    """Last season again, as drafts."""
    form = CopySeasonForm(sent(request), site=site)
    return answer(
        request, form,
        lambda: copy_season(
            list(form.cleaned_data["series"]), shift=dt.timedelta(weeks=form.cleaned_data["weeks"]),
            last_day=form.cleaned_data["last_day"], by=request.user,
        ),
        told=_("De ontwerpen staan klaar. Bezoekers zien ze nog niet."), to=reverse("sites:desk", args=[site.slug]),
        context={
            "site": site, "title": _("Een seizoen opnieuw"), "button": _("Maak ontwerpen"),
            "lead": _("Wat je kiest, komt terug als ontwerp. Je kijkt elk ontwerp na en zet het dan in het aanbod."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def import_page(request: KeyRequest, site: Site) -> HttpResponse:
    """A partner's dates: first what they would be, line by line, then they are there."""
    form = ImportForm(sent(request), site=site, day=today(site.time_zone))
    return preview_first(
        request, form, Pages("activities/import.html", "activities/import_preview.html"),
        {"site": site, "back": reverse("activities:planner", args=[site.slug])},
        look=lambda: form.wanted, show=lambda wanted: {"wanted": [_said(one) for one in wanted]},
        do=lambda wanted: _import(request, site, form, wanted),
    )  # fmt: skip


def _said(one: Wanted) -> dict[str, str]:
    hours = hours_words(one.begin, one.end) if one.begin and one.end else ""
    return {"day": day_words(one.day, year=True), "hours": hours, "title": one.title}


def _import(request: KeyRequest, site: Site, form: ImportForm, wanted: list[Wanted]) -> HttpResponse:
    values = form.cleaned_data
    made = import_dates(
        site, by=request.user, wanted=wanted, type=values["type"], functions=values["functions"],
        organisers=list(values["organisers"]), price_kind=values["price_kind"],
    )  # fmt: skip
    words = ngettext("%(number)d datum staat in het aanbod.", "%(number)d datums staan in het aanbod.", len(made))
    messages.success(request, words % {"number": len(made)})
    return HttpResponseRedirect(planner_of(site, wanted[0].day))


@opened_at_site_by(Right.MANAGE_OFFER)
def plans(request: KeyRequest, site: Site) -> HttpResponse:
    """What may come, apart from the schedule."""
    context = {
        "site": site, "plans": list(Plan.objects.visible_to(request.user).at(site).order_by("status", "title")),
        "changes": latest(request.user, site, ["activities.plan"]),
    }  # fmt: skip
    return inside(request, "activities/plans.html", context)


@opened_at_site_by(Right.MANAGE_OFFER)
def new_plan(request: KeyRequest, site: Site) -> HttpResponse:
    form = PlanForm(sent(request))
    return _plan_page(request, site, form, Plan(site=site), title=_("Een plan erbij"))


@opened_at_site_by(Right.MANAGE_OFFER)
def plan(request: KeyRequest, site: Site, plan: int) -> HttpResponse:
    row = get_object_or_404(Plan.objects.visible_to(request.user).at(site).select_related("site"), pk=plan)
    return _plan_page(request, site, PlanForm(sent(request), instance=row), row, title=row.title)


def _plan_page(request: KeyRequest, site: Site, form: PlanForm, row: Plan, *, title: str) -> HttpResponse:
    return answer(
        request, form, lambda: keep_plan(row, by=request.user, seen=form.cleaned_data["seen"] or None, **form.values),
        told=_("Bewaard."), to=reverse("activities:plans", args=[site.slug]),
        context={"site": site, "title": title, "button": _("Bewaar")},
    )  # fmt: skip
