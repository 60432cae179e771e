"""The schedule for machines: `agenda.ics` and `week/2023-W41.json`. No language prefix; `?taal=fr` asks for another."""

from __future__ import annotations

import datetime as dt
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from activities.bounds import within_bounds
from activities.feed import site_feed
from activities.iso_week import IsoWeek
from activities.schedule import week
from activities.week_json import week_json
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.time import now


@site_page
def agenda(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/agenda.ics`."""
    language = asked_language(request)

    def render(whole: Site) -> tuple[bytes, dt.datetime]:
        return site_feed(whole, language), now() + dt.timedelta(days=1)

    return published(request, site, "ics", render, content_type="text/calendar; charset=utf-8", language=language)


@site_page
def week_data(request: HttpRequest, site: PublicSite, iso: IsoWeek) -> HttpResponse:
    """`/<site>/week/2023-W41.json`, readable from any website."""
    language = asked_language(request)

    def render(whole: Site) -> tuple[str, dt.datetime]:
        within_bounds(whole, iso)
        shown = week(whole, iso, language)
        with override(language):
            return json.dumps(week_json(shown), ensure_ascii=False, indent=1), shown.until

    response = published(request, site, f"json:{iso}", render, content_type="application/json", language=language)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("taal", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
