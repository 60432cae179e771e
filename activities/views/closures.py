"""`/beheer/<slug>/sluitingen/`: days on which the door stays shut. What that touches is shown before anything is saved."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from activities.actions.closure import close, lift
from activities.closing import Preview, dates_in, opens_from, sites_of
from activities.forms import ClosureForm
from activities.words import day_words, period_words
from sites.history import latest
from sites.holidays import public_holidays
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Closure, Site, User
from sites.rights import Right, can
from sites.rules import can_act_for_all, closed_days
from sites.views.answering import answer, sent
from sites.views.confirming import Nothing
from sites.views.previewing import Pages, preview_first
from stek.pages import current_language
from stek.time import today

from .stepping import others_of, tell_others, told_words


@opened_at_site_by(Right.MANAGE_PEOPLE)
def closures(request: KeyRequest, site: Site) -> HttpResponse:
    """Closures to come, those that are over, and the public holidays of this year and the next."""
    day = today(site.time_zone)
    rows = list(Closure.objects.visible_to(request.user).at(site).order_by("first_day", "pk"))
    for_all = can_act_for_all(request.user, site.partnership)
    shown = [
        {
            "row": row,
            "days": period_words(row.first_day, row.last_day),
            "is_over": row.last_day < day,
            "may_lift": bool(row.site_id) or for_all,
        }
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
    """Days and reason; then whom it touches; and only then it is done. The planner asks for days with `dag` and `tot`."""
    asked = {"first_day": _asked(request, "dag"), "last_day": _asked(request, "tot") or _asked(request, "dag")}
    for_all = can_act_for_all(request.user, site.partnership)
    form = ClosureForm(sent(request), site=site, for_all=for_all, initial=asked)
    return preview_first(
        request, form, Pages("activities/new_closure.html", "activities/closure_preview.html"),
        {"site": site, "back": _back(request, site)},
        look=lambda: _look(site, form), show=partial(_shown, request, site, form),
        do=partial(_close, request, site, form),
    )  # fmt: skip


def _asked(request: KeyRequest, name: str) -> dt.date | None:
    """A day in the query of the address; None when nobody asked for one that exists."""
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _back(request: KeyRequest, site: Site) -> str:
    """To the week of the planner one came from, or to the list of closures."""
    day = _asked(request, "dag")
    if day and can(request.user, Right.MANAGE_OFFER, site):
        return f"{reverse('activities:planner', args=[site.slug])}?dag={day}"
    return reverse("activities:closures", args=[site.slug])


def _look(site: Site, form: ClosureForm) -> Preview:
    values = form.cleaned_data
    return dates_in(sites_of(site.partnership, form.closed_site), values["first_day"], values["last_day"])


def _shown(request: KeyRequest, site: Site, form: ClosureForm, preview: Preview) -> dict[str, Any]:
    values = form.cleaned_data
    return {
        "days": period_words(values["first_day"], values["last_day"]),
        "sites": [] if form.closed_site else sites_of(site.partnership, None),
        "preview": preview,
    } | _whom_to_tell(preview, request.user)  # fmt: skip


def _whom_to_tell(preview: Preview, by: User) -> dict[str, Any]:
    number = len(preview.readers(by)) + others_of(preview.touches)
    return {"readers": number, "has_calls": bool(preview.touches)}


def _close(request: KeyRequest, site: Site, form: ClosureForm, preview: Preview) -> HttpResponse:
    values = form.cleaned_data
    is_told = request.POST["zeker"] == "bericht"
    close(
        by=request.user, partnership=site.partnership, site=form.closed_site,
        first_day=values["first_day"], last_day=values["last_day"], reason=values["reason"],
        tell=preview.readers(request.user) if is_told else {},
    )  # fmt: skip
    words = _("De dagen zijn dicht. Bezoekers zien het meteen.")
    messages.success(request, told_words(words, _tell_others(preview, request.user) if is_told else 0))
    return HttpResponseRedirect(_back(request, site))


def _tell_others(preview: Preview, by: User) -> int:
    """Who has no account; how many people hear of it, with those who have one."""
    tell_others(preview.touches)
    return len(preview.readers(by)) + others_of(preview.touches)


@opened_at_site_by(Right.MANAGE_PEOPLE)
def lift_closure(request: KeyRequest, site: Site, closure: int) -> HttpResponse:
    """Open again, save for days that are shut for another reason. A closure of all sites is for who may close them all; one that is over stays."""
    rows = Closure.objects.visible_to(request.user).at(site).select_related("site", "partnership")
    row = get_object_or_404(rows, pk=closure)
    if row.site_id is None and not can_act_for_all(request.user, site.partnership):
        raise PermissionDenied
    sites = sites_of(row.partnership, row.site)
    preview = dates_in(sites, opens_from(row, today(site.time_zone)), row.last_day, without=row)
    is_told = request.POST.get("zeker") == "bericht"
    tell = preview.readers(request.user) if is_told else {}

    def do() -> None:
        lift(row, by=request.user, tell=tell)
        if is_told:
            tell_others(preview.touches)

    words = _("De deur is weer open.")
    if preview.shut_days:
        words = _("De sluiting is opgeheven. Wat om een andere reden dicht is, blijft dicht.")
    return answer(
        request, Nothing(sent(request)), do,
        told=told_words(words, len(tell) + others_of(preview.touches) if is_told else 0), to=_back(request, site), template="activities/lift.html",
        context={
            "site": site, "days": period_words(row.first_day, row.last_day), "reason": row.reason, "sites": [] if row.site_id else sites,
            "preview": preview, **_whom_to_tell(preview, request.user),
        },
    )  # fmt: skip
