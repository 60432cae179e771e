"""`/beheer/<slug>/sluitingen/`: days on which the door stays shut. What that touches is shown before anything is saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.closure import close, lift
from activities.closing import dates_in, days_words, opens_from, sites_of
from activities.forms import ClosureForm
from activities.words import day_words
from sites.history import latest
from sites.holidays import public_holidays
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Closure, Site
from sites.rights import Right
from sites.rules import can_act_for_all, closed_days
from sites.views.answering import sent
from sites.views.confirming import confirm
from stek.pages import current_language
from stek.time import today


@opened_at_site_by(Right.MANAGE_PEOPLE)
def closures(request: KeyRequest, site: Site) -> HttpResponse:
    """Closures to come, those that are over, and the public holidays of this year and the next."""
    day = today(site.time_zone)
    rows = list(Closure.objects.visible_to(request.user).at(site).order_by("first_day", "pk"))
    for_all = can_act_for_all(request.user, site.partnership)
    shown = [
        {"row": row, "days": days_words(row), "is_over": row.last_day < day, "may_lift": bool(row.site_id) or for_all}
        for row in rows
    ]
    context = {
        "site": site,
        "coming": [one for one in shown if not one["is_over"]],
        "over": [one for one in reversed(shown) if one["is_over"]],
        "years": [(year, _holidays(site, year, rows)) for year in (day.year, day.year + 1)],
        "changes": latest(request.user, site, ["sites.closure"]),
    }
    return inside(request, "activities/closures.html", context)


def _holidays(site: Site, year: int, rows: list[Closure]) -> list[dict[str, Any]]:
    """Public holidays of a year, and whether the site is shut on them, for whatever reason."""
    shut = closed_days(site, rows, dt.date(year, 1, 1), dt.date(year, 12, 31))
    named = sorted(public_holidays(year, current_language()).items())
    return [{"day": day_words(day), "name": name, "shuts": day in shut} for day, name in named]


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_closure(request: KeyRequest, site: Site) -> HttpResponse:
    """Days and reason; then what it touches; and only then, with `zeker`, it is done."""
    form = ClosureForm(sent(request), site=site, for_all=can_act_for_all(request.user, site.partnership))
    if request.method != "POST" or "verander" in request.POST or not form.is_valid():
        return inside(request, "activities/new_closure.html", {"site": site, "form": form})
    if "zeker" not in request.POST:
        return inside(request, "activities/closure_preview.html", _preview(site, form))
    values = form.cleaned_data
    close(
        by=request.user, partnership=site.partnership, site=form.closed_site,
        first_day=values["first_day"], last_day=values["last_day"], reason=values["reason"],
    )  # fmt: skip
    messages.success(request, _("De dagen zijn dicht. Bezoekers zien het meteen."))
    return HttpResponseRedirect(reverse("activities:closures", args=[site.slug]))


def _preview(site: Site, form: ClosureForm) -> dict[str, Any]:
    values = form.cleaned_data
    sites = sites_of(site.partnership, form.closed_site)
    return {
        "site": site,
        "form": form,
        "days": days_words(Closure(first_day=values["first_day"], last_day=values["last_day"])),
        "sites": sites if form.closed_site is None else [],
        "preview": dates_in(sites, values["first_day"], values["last_day"]),
    }


@opened_at_site_by(Right.MANAGE_PEOPLE)
def lift_closure(request: KeyRequest, site: Site, closure: int) -> HttpResponse:
    """Open again. A closure of all sites is for who may close them all; one that is over stays."""
    rows = Closure.objects.visible_to(request.user).at(site).select_related("site", "partnership")
    row = get_object_or_404(rows, pk=closure)
    if row.site_id is None and not can_act_for_all(request.user, site.partnership):
        raise PermissionDenied
    preview = dates_in(
        sites_of(row.partnership, row.site), opens_from(row, today(site.time_zone)), row.last_day, without=row
    )
    number = preview.number
    return confirm(
        request, lambda: lift(row, by=request.user), told=_("De deur is weer open."),
        to=reverse("activities:closures", args=[site.slug]),
        context={
            "site": site, "title": _("Toch open?"), "button": _("Doe weer open"),
            "lead": f"{days_words(row)}: {row.reason}",
            "more": [
                ngettext("%(number)s datum gaat dan weer door.", "%(number)s datums gaan dan weer door.", number)
                % {"number": number},
                _("Wat je zelf al afgezegd had, blijft afgezegd."),
            ],
        },
    )  # fmt: skip
