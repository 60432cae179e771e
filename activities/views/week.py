"""This week at a site, and any other week as the schedule then was."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.bounds import OutOfBounds, WeekBounds, within_bounds
from activities.cards import choice_items, list_item
from activities.enums import Frequency
from activities.house import move_words, town_of
from activities.iso_week import IsoWeek
from activities.json_ld import events_json_ld
from activities.lines import Day, Item, Week
from activities.opening import opening
from activities.schedule import week
from activities.wanted import EVERYTHING, Wanted, choices, narrowed, wanted
from activities.words import day_words, frequency_words, run_words, week_words
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import current_language, error_page, in_language, render_page
from stek.time import today


@site_page
def this_week(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/`: is it open, what is on today, where, does it cost anything."""

    want = _wanted(request)

    def render(whole: Site) -> tuple[str, dt.datetime]:
        return week_page(whole, IsoWeek.of(today(site.zone)), f"/{site.slug}/", want)

    return published(request, site, "week:now", render, keep=not want)


@site_page
def any_week(request: HttpRequest, site: PublicSite, iso: IsoWeek) -> HttpResponse:
    """`/<site>/week/2023-W41/`; a week before the first agreement or after the horizon is a 404 with a way back."""

    want = _wanted(request)

    def render(whole: Site) -> tuple[str, dt.datetime]:
        return week_page(whole, iso, f"/{site.slug}/week/{iso}/", want)

    try:
        return published(request, site, f"week:{iso}", render, keep=not want)
    except OutOfBounds as outside:
        return _no_such_week(request, site, iso, outside.bounds)


def week_page(site: Site, iso: IsoWeek, path: str, want: Wanted) -> tuple[str, dt.datetime]:
    """The body of a week page in the active language, and until when it is true. Raises OutOfBounds."""
    bounds = within_bounds(site, iso)
    shown = week(site, iso, current_language())
    listed = narrowed(shown, want)
    place = shown.home.place if shown.home else None
    here = escape(reverse("activities:this_week", args=[site.slug]))
    address, offered = escape(in_language(path, current_language())), choices(shown, want)
    context = {
        "site": site,
        "week": shown,
        "week_words": week_words(iso),
        "groups": group_days(listed, here),
        "undated": undated_groups(listed, here),
        "want": want,
        "address": address,
        "choices": choice_items(offered, address),
        "chosen": choice_items([one for one in offered if one.is_chosen], address),
        "found": found_words(listed) if want else "",
        "ways": [(place, town_of(place, site), "")] if place and place.is_described else [],
        "opening": opening(shown) if shown.is_now else None,
        "today_words": day_words(shown.today),
        "previous": iso.plus(-1) if bounds.first < iso else None,
        "next": iso.plus(1) if iso < bounds.last else None,
        "moves": [(move_words(home), home) for home in shown.moves],
        "json_ld": events_json_ld(shown),
        "here": here,
        "agenda": reverse("data:agenda", args=[site.slug]),
        "flyer": reverse("data:week_flyer", args=[site.slug, iso]),
        "has_examples": any(item.example for item in [*shown.items, *shown.undated]),
    }
    return render_page("activities/week.html", path + want.query, context), shown.until


def _wanted(request: HttpRequest) -> Wanted:
    if not request.META.get("QUERY_STRING"):
        return EVERYTHING
    try:
        return wanted(request.GET)
    except TooManyFieldsSent:
        return EVERYTHING  # nobody who looks for something asks a thousand things


def found_words(listed: Week) -> str:
    number = sum(len(day.items) for day in listed.days) + len(listed.undated)
    words = ngettext(
        "%(number)d activiteit past bij wat je koos.", "%(number)d activiteiten passen bij wat je koos.", number
    )
    return words % {"number": number} if number else _("Deze week past er niets bij wat je koos.")


def group_days(shown: Week, here: str) -> list[tuple[Day, Day | None, str, SafeString]]:
    """Days as they stand under each other: (day, last day of a run of empty ones, name, its lines). Today always has its own."""
    groups: list[tuple[Day, Day | None, str, SafeString]] = []
    for day in shown.days:
        first = groups[-1][0] if groups else None
        if first and _is_empty(first) and _is_empty(day):
            groups[-1] = (first, day, run_words(first.date, day.date), SafeString())
        else:
            groups.append((day, None, day.name, _lines(day.items, shown.language, here)))
    return groups


def _lines(items: list[Item], language: str, here: str) -> SafeString:
    return SafeString("".join(list_item(item, language, here) for item in items))


def _is_empty(day: Day) -> bool:
    return not (day.items or day.closed or day.is_today)


def undated_groups(shown: Week, here: str) -> list[tuple[str, SafeString]]:
    """What has no known day: each week first, then what comes less often."""
    weekly = frequency_words(Frequency.WEEKLY)
    groups = [
        (_("Ook elke week"), [item for item in shown.undated if item.often == weekly]),
        (_("Ook, maar minder vaak"), [item for item in shown.undated if item.often != weekly]),
    ]
    return [(title, _lines(some, shown.language, here)) for title, some in groups if some]


def _no_such_week(request: HttpRequest, site: PublicSite, iso: IsoWeek, bounds: WeekBounds) -> HttpResponse:
    nearest = bounds.first if iso < bounds.first else bounds.last
    links = [
        (reverse("activities:week", args=[site.slug, nearest]), week_words(nearest)),
        (reverse("activities:this_week", args=[site.slug]), _("Deze week")),
    ]
    text = _("Zo ver loopt het programma niet. Dit is de dichtste week:")
    return error_page(request, 404, _("Van die week weten we niets"), text, links=links)
