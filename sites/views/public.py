"""Pages about a site, and about STEK itself, for everyone."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sites.finding import site_page
from sites.models import Milestone, Site
from sites.publication import PublicSite, published
from sites.words import Dutch, vague_words
from stek.pages import current_language, not_for_visitors, page, public_page, render_page
from stek.retention import find, terms
from stek.time import now, today


@site_page
def milestones(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/sleutelmomenten/`: how the place came to be, vague dates included."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        language = current_language()
        day = today(whole.time_zone)
        moments = [_moment(row, language, day) for row in Milestone.objects.at(whole).in_order()]
        body = render_page(
            "sites/milestones.html", f"/{whole.slug}/sleutelmomenten/", {"site": whole, "years": _by_year(moments)}
        )
        return body, now() + dt.timedelta(days=1)

    return published(request, site, "milestones", render)


def _by_year(moments: list[dict[str, Any]]) -> list[tuple[int, list[dict[str, Any]]]]:
    """Year -> its moments; the last one that has been is marked, since what comes after it is still to come."""
    been = [one for one in moments if not one["is_planned"]]
    if been and len(been) < len(moments):
        been[-1]["is_latest"] = True
    return [(year, list(some)) for year, some in groupby(moments, key=lambda one: one["year"])]


def _moment(row: Milestone, language: str, day: dt.date) -> dict[str, Any]:
    translated = row.translations.get(language)
    return {
        "year": row.day.year,
        "when": vague_words(row.day, row.precision),
        "text": translated or row.text,
        "language": language if translated else "nl",
        "correction": row.correction_translations.get(language) or Dutch(row.correction_note),
        "needs_check": row.needs_check,
        "is_planned": row.day > day,
    }


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """`/wat-is-een-stek/`: the four functions and the four preconditions, in plain words."""
    return page(request, "sites/about.html", {})


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """`/privacy/`: what is kept, how long and why, and what never; the table is the one the nightly purge carries out.

    It is about people who have a key, so it is there in the languages they work in; the other ones lead to those.
    """
    told_in = dict(settings.STEK_DESK_LANGUAGES)
    context = {
        "terms": terms() if current_language() in told_in else [],
        "told_in": told_in,
        "places": find("reservation"),
    }
    return page(request, "sites/privacy.html", context)


@not_for_visitors
@public_page
def data_formats(request: HttpRequest) -> HttpResponse:
    """`/gegevens/`: the feed and the JSON, documented."""
    return page(request, "sites/data_formats.html", {"sites": Site.objects.public()})
