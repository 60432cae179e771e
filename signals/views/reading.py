"""`/signalen/`: what was accepted, for who works with it. The rights table decides, and nothing else tells that there is more."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from signals.actions.seen import also_seen, is_key, new_key
from signals.lines import as_lines, month_words, not_taken
from signals.models import Signal, Theme
from signals.querysets import SignalQuerySet, sites_read_by
from signals.rules import also_checks_people
from sites.enums import RoleKind
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Site
from sites.rights import Right, can
from stek.quiet import quiet

COOKIE, COOKIE_AGE = "stek-ook-gezien", 365 * 24 * 3600  # seconds


@opened_by(Right.READ_SIGNALS)
def signals(request: KeyRequest) -> HttpResponse:
    """One month of them, the newest first: `?maand=2023-10`, `?thema=housing`, `?plek=kattegat`."""
    sites = list(sites_read_by(request.user))
    if not sites:
        refusal = {"checks_people": also_checks_people(request.user)}
        return inside(request, "signals/not_for_you.html", refusal, status=403)
    readable = Signal.objects.visible_to(request.user).at(*sites).legible()
    site, theme = _one_of(sites, request.GET.get("plek", "")), _theme(request.GET.get("thema", ""))
    months = readable.months()
    month = _month(months, request.GET.get("maand", ""))
    narrowed = _narrowed(readable, site, theme)
    shown = narrowed.told_in(month, sites).with_told().select_related("theme", "site") if month else []
    context: dict[str, Any] = {"lines": as_lines(shown), "site": site, "theme": theme}
    context |= _choices(readable, sites, months, month)
    context |= {"not_taken": not_taken(request.user), "desks": _desks(request)}
    return inside(request, "signals/signals.html", context)


def _choices(
    readable: SignalQuerySet, sites: list[Site], months: list[dt.date], month: dt.date | None
) -> dict[str, Any]:
    """What can be chosen on the page: only what there is for who reads it."""
    return {
        "sites": sites if len(sites) > 1 else [],
        "themes": Theme.objects.in_order().filter(pk__in=readable.order_by().values("theme")),
        "month": month and month_words(month),
        "months": [{"code": f"{one:%Y-%m}", "words": month_words(one), "is_here": one == month} for one in months],
        "around": _around(months, month),
    }


@opened_by(Right.READ_SIGNALS)
def signal(request: KeyRequest, signal: str) -> HttpResponse:
    """One of them; for who may not read it there is none."""
    rows = Signal.objects.visible_to(request.user).legible().with_told().select_related("theme", "site")
    (line,) = as_lines([get_object_or_404(rows, pk=signal)])
    desk = line.row.site if can(request.user, Right.MODERATE_SIGNALS, line.row.site) else None
    return inside(request, "signals/signal.html", {"line": line, "desk": desk})


@quiet
@opened_by(Right.READ_SIGNALS)
def seen(request: KeyRequest, signal: str) -> HttpResponse:
    """“Ook gezien”: one more, of this browser. It gets a cookie by it, and by nothing else."""
    row = get_object_or_404(Signal.objects.visible_to(request.user).legible().select_related("site"), pk=signal)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("signals:signal", args=[row.pk]))
    kept = request.COOKIES.get(COOKIE, "")
    key = kept if is_key(kept) else new_key()
    is_counted = also_seen(row, key=key)
    response = inside(request, "signals/done.html", {"what": "seen" if is_counted else "seen_before", "site": row.site})
    if key != kept:
        response.set_cookie(
            COOKIE, key, max_age=COOKIE_AGE, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def _one_of(sites: list[Site], slug: str) -> Site | None:
    """The site of this address among them; another one, readable or not, is not there."""
    if not slug:
        return None
    for site in sites:
        if site.slug == slug:
            return site
    raise Http404


def _theme(code: str) -> Theme | None:
    return get_object_or_404(Theme, code=code) if code else None


def _narrowed(rows: SignalQuerySet, site: Site | None, theme: Theme | None) -> SignalQuerySet:
    if site:
        rows = rows.at(site)
    return rows.filter(theme=theme) if theme else rows


def _month(months: list[dt.date], asked: str) -> dt.date | None:
    """The one that was asked for; without asking the newest. One in which there is nothing is not there."""
    if not asked:
        return months[0] if months else None
    for month in months:
        if f"{month:%Y-%m}" == asked:
            return month
    raise Http404


def _around(months: list[dt.date], month: dt.date | None) -> list[dict]:
    """The month before and the one after among them, each with the sign that points there."""
    if month is None:
        return []
    place = months.index(month)
    sides = [("prev", months[place + 1 : place + 2]), ("next", months[max(place - 1, 0) : place])]
    return [{"icon": icon, "code": f"{one:%Y-%m}", "words": month_words(one)} for icon, some in sides for one in some]


def _desks(request: KeyRequest) -> list[dict]:
    """Where something waits for who is asking."""
    own = [role.site_id for role in request.user.active_roles if role.kind == RoleKind.COORDINATOR]
    rows = Signal.objects.visible_to(request.user).filter(site__in=own).waiting()
    waiting = rows.order_by().values_list("site", flat=True)
    numbers: dict[int, int] = {}
    for pk in waiting:
        numbers[pk] = numbers.get(pk, 0) + 1
    return [{"site": site, "number": numbers[site.pk]} for site in Site.objects.filter(pk__in=numbers).order_by("name")]
