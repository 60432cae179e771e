"""This week at a site, and any other week as the schedule then was."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import current_language, error_page, in_language, render_page
from stek.time import today

from ..bounds import WeekBounds, week_bounds
from ..enums import Frequency
from ..iso_week import IsoWeek
from ..json_ld import events_json_ld
from ..opening import opening
from ..schedule import Day, Item, week
from ..words import day_words, frequency_words, week_words


@site_page
def this_week(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/`: is it open, what is on today, where, does it cost anything."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        return week_page(whole, IsoWeek.of(today(site.zone)), f"/{site.slug}/")

    return published(request, site, "week:now", render)


@site_page
def any_week(request: HttpRequest, site: PublicSite, iso: IsoWeek) -> HttpResponse:
    """`/<site>/week/2023-W41/`; a week before the first agreement or after the horizon is a 404 with a way back."""
    bounds = week_bounds(site.id, site.zone)
    if not bounds.first <= iso <= bounds.last:
        return _no_such_week(request, site, iso, bounds)

    def render(whole: Site) -> tuple[str, dt.datetime]:
        return week_page(whole, iso, f"/{site.slug}/week/{iso}/")

    return published(request, site, f"week:{iso}", render)


def week_page(site: Site, iso: IsoWeek, path: str) -> tuple[str, dt.datetime]:
    """The body of a week page in the active language, and until when it is true."""
    shown = week(site, iso, current_language())
    bounds = week_bounds(site.pk, site.time_zone)
    context = {
        "site": site,
        "week": shown,
        "week_words": week_words(iso),
        "groups": group_days(shown.days, keep=shown.today if shown.is_now else None),
        "undated": undated_groups(shown.undated),
        "opening": opening(shown) if shown.is_now else None,
        "today_words": day_words(shown.today),
        "previous": iso.plus(-1) if bounds.first < iso else None,
        "next": iso.plus(1) if iso < bounds.last else None,
        "json_ld": events_json_ld(shown),
        "base": in_language(f"/{site.slug}/activiteit/", current_language()),
        "every_week": frequency_words(Frequency.WEEKLY),
        "has_examples": any(item.example for item in [*shown.items, *shown.undated]),
    }
    return render_page("activities/week.html", path, context), shown.until


def group_days(days: list[Day], *, keep: dt.date | None) -> list[list[Day]]:
    """Days as they stand under each other: empty neighbours share one line, today always has its own."""
    groups: list[list[Day]] = []
    for day in days:
        is_empty = not day.items and not day.closed and day.date != keep
        last = groups[-1][-1] if groups else None
        if is_empty and last is not None and not last.items and not last.closed and last.date != keep:
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def undated_groups(items: list[Item]) -> list[tuple[str, list[Item]]]:
    """What has no known day: each week first, then what comes less often."""
    weekly = frequency_words(Frequency.WEEKLY)
    groups = [
        (_("Ook elke week"), [item for item in items if item.often == weekly]),
        (_("Ook, maar minder vaak"), [item for item in items if item.often != weekly]),
    ]
    return [(title, some) for title, some in groups if some]


def _no_such_week(request: HttpRequest, site: PublicSite, iso: IsoWeek, bounds: WeekBounds) -> HttpResponse:
    nearest = bounds.first if iso < bounds.first else bounds.last
    links = [
        (reverse("activities:week", args=[site.slug, nearest]), week_words(nearest)),
        (reverse("activities:this_week", args=[site.slug]), _("Deze week")),
    ]
    text = _("Zo ver loopt het programma niet. Dit is de dichtste week:")
    return error_page(request, 404, _("Van die week weten we niets"), text, links=links)
