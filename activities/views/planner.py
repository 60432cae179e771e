"""`/beheer/<slug>/planner/`: the week as a coordinator plans it. Nothing is changed here; each block leads to where it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from activities.bounds import WeekBounds, week_bounds, within_bounds
from activities.enums import Part
from activities.iso_week import IsoWeek
from activities.lanes import hours, rows_of
from activities.planner import close_url, lay_out, new_url, open_steps
from activities.words import week_words
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site, User
from sites.rights import Right, can
from stek.pages import current_language
from stek.time import today

TOGETHER = "naast"  # in the query of an address: with the week of the other sites under it


@opened_at_site_by(Right.MANAGE_OFFER)
def planner(request: KeyRequest, site: Site) -> HttpResponse:
    """This week; with `dag` in the query, off to the week of that day."""
    this_week = IsoWeek.of(today(site.time_zone))
    if "dag" not in request.GET:
        return _page(request, site, this_week, week_bounds(site))
    bounds, day = week_bounds(site), _day(request.GET["dag"])
    if day is None:
        return _page(request, site, this_week, bounds, refusal=_("Kies een dag die bestaat."))
    iso = IsoWeek.of(day)
    if bounds.first <= iso <= bounds.last:
        return HttpResponseRedirect(_address(site, iso, together=TOGETHER in request.GET))
    if iso < bounds.first:
        return _page(request, site, bounds.first, bounds, refusal=_("Dit is de eerste week die er is."))
    return _page(request, site, bounds.last, bounds, refusal=_("Verder dan deze week plannen we nog niet."))


@opened_at_site_by(Right.MANAGE_OFFER)
def planner_week(request: KeyRequest, site: Site, iso: IsoWeek) -> HttpResponse:
    """Any week from the first agreement to the horizon."""
    return _page(request, site, iso, within_bounds(site, iso))


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def _page(request: KeyRequest, site: Site, iso: IsoWeek, bounds: WeekBounds, *, refusal: str = "") -> HttpResponse:
    others = [one for one in planned_by(request.user) if one.pk != site.pk]
    together = TOGETHER in request.GET and bool(others)
    language = current_language()
    this_week = IsoWeek.of(today(site.time_zone))
    context: dict[str, Any] = {
        "site": site,
        "iso": iso,
        "week_words": week_words(iso),
        "weeks": [lay_out(one, iso, request.user, language) for one in [site, *(others if together else [])]],
        "steps": open_steps(site, request.user),
        "sites": [(one, _address(one, iso)) for one in sorted([site, *others], key=lambda one: one.name)] if others else [],
        "together": together,
        "together_url": _address(site, iso, together=True),
        "previous": (iso.plus(-1), _address(site, iso.plus(-1), together=together)) if bounds.first < iso else None,
        "next": (iso.plus(1), _address(site, iso.plus(1), together=together)) if iso < bounds.last else None,
        "this_week_url": reverse("activities:planner", args=[site.slug]) + (f"?{TOGETHER}=1" if together else ""),
        "is_this_week": iso == this_week,
        "refusal": refusal,
        "new_url": new_url(site),
        "close_url": _close_url(site, iso),
        "parts": [(part.label, rows_of(None, None, part)) for part in Part],
        "hours": hours(),
        "spoken": _spoken(),
    }  # fmt: skip
    return inside(request, "activities/planner.html", context)


def _close_url(site: Site, iso: IsoWeek) -> str:
    """Where the days of this week that are left are shut; a week that is past asks for no day."""
    first = max(iso.monday, today(site.time_zone))
    return (
        close_url(site, first, iso.sunday) if first <= iso.sunday else reverse("activities:closures", args=[site.slug])
    )


def _spoken() -> dict[str, str]:
    """What the script says of a block that is being moved, by the name of the attribute it reads; `{…}` are its own."""
    return {
        "time": _("%(hour)d.%(minute)02d"),
        "hours": _("{begin} tot {end} uur"),
        "unknown": _("uur nog niet bekend"),
        "moved": _("{title} naar {day}, {when}."),
        "keys": _("Pijlen verplaatsen, + en − maken langer of korter. Enter gaat verder, Escape laat alles staan."),
        "stays": _("{title} blijft staan."),
        **{f"part-{part}": str(part.label) for part in Part},
    }


def planned_by(user: User) -> list[Site]:
    """The sites somebody plans for today, by name."""
    sites = Site.objects.visible_to(user).select_related("municipality", "partnership").order_by("name")
    return [site for site in sites if can(user, Right.MANAGE_OFFER, site)]


def _address(site: Site, iso: IsoWeek, *, together: bool = False) -> str:
    address = reverse("activities:planner_week", args=[site.slug, iso])
    return f"{address}?{TOGETHER}=1" if together else address
