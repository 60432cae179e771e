"""`/beheer/<slug>/geld/`: what pays for a place, until when, and that it goes on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.actions.funding import correct_funding, extend, promise
from partners.funding_forms import ExtendForm, FundingForm
from partners.funding_page import funding_lines
from partners.models import Funding
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right, can
from sites.rules import can_act_for_all
from sites.views.answering import answer, sent
from stek.time import today


@opened_at_site_by(Right.MANAGE_FUNDING)
def fundings(request: KeyRequest, site: Site) -> HttpResponse:
    rows = Funding.objects.visible_to(request.user).at(site).whole().order_by("last_day", "pk")
    for_all = can_act_for_all(request.user, site.partnership)
    lines = [(line, line.funding.site_id is not None or for_all) for line in funding_lines(rows, today(site.time_zone))]
    context = {
        "site": site, "lines": lines, "changes": latest(request.user, site, ["partners.funding"]),
        "may_see_whole": can(request.user, Right.READ_DASHBOARD, site),
    }  # fmt: skip
    return inside(request, "partners/fundings.html", context)


@opened_at_site_by(Right.MANAGE_FUNDING)
def new_funding(request: KeyRequest, site: Site) -> HttpResponse:
    form = FundingForm(sent(request), may_choose_all=can_act_for_all(request.user, site.partnership))

    def do() -> Funding:
        of = None if form.cleaned_data.get("for_all") else site
        return promise(site.partnership, by=request.user, site=of, **form.values)

    return answer(
        request, form, do, told=_("Bewaard."), to=reverse("partners:fundings", args=[site.slug]),
        context={"site": site, "title": _("Geld erbij"), "button": _("Bewaar")},
    )  # fmt: skip


def _funding(request: KeyRequest, site: Site, pk: int) -> Funding:
    """Of the site; one for all of them is for who may act for all."""
    row = get_object_or_404(Funding.objects.visible_to(request.user).at(site).whole(), pk=pk)
    if row.site_id is None and not can_act_for_all(request.user, site.partnership):
        raise PermissionDenied
    return row


@opened_at_site_by(Right.MANAGE_FUNDING)
def funding(request: KeyRequest, site: Site, funding: int) -> HttpResponse:
    row = _funding(request, site, funding)
    form = FundingForm(sent(request), instance=row)
    return answer(
        request, form, lambda: correct_funding(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=reverse("partners:fundings", args=[site.slug]),
        context={
            "site": site, "title": _("Verbeteren: %(source)s") % {"source": row.source}, "button": _("Bewaar"),
            "more": [_("Gaat het geld door? Gebruik dan ‘Verleng’: zo blijft leesbaar wat eerst beloofd was.")],
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_FUNDING)
def extend_page(request: KeyRequest, site: Site, funding: int) -> HttpResponse:
    row = _funding(request, site, funding)
    form = ExtendForm(sent(request))
    return answer(
        request, form, lambda: extend(row, by=request.user, **form.cleaned_data), told=_("Het geld is verlengd."),
        to=reverse("partners:fundings", args=[site.slug]),
        context={"site": site, "title": _("Verlengen: %(source)s") % {"source": row.source}, "button": _("Verleng")},
    )  # fmt: skip
