"""The schedule for machines: feeds and `week/2023-W41.json`. No language prefix; `?taal=fr` asks for another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from activities.bounds import within_bounds
from activities.feed import activity_feed, organisation_feed, site_feed
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
    return _feed(request, site, "ics", site_feed)


@site_page
def activity_agenda(request: HttpRequest, site: PublicSite, activity: str) -> HttpResponse:
    """`/<site>/activiteit/<slug>/agenda.ics`."""
    return _feed(request, site, f"ics:activity:{activity}", lambda whole, taal: activity_feed(whole, activity, taal))


@site_page
def organisation_agenda(request: HttpRequest, site: PublicSite, organiser: str) -> HttpResponse:
    """`/<site>/partners/<code>/agenda.ics`, what an organisation organises at a place."""
    return _feed(request, site, f"ics:host:{organiser}", lambda whole, taal: organisation_feed(whole, organiser, taal))


def _feed(request: HttpRequest, site: PublicSite, what: str, feed: Callable[[Site, str], bytes | None]) -> HttpResponse:
    language = asked_language(request)

    def render(whole: Site) -> tuple[bytes, dt.datetime]:
        calendar = feed(whole, language)
        if calendar is None:
            raise Http404
        return calendar, now() + dt.timedelta(days=1)

    return published(request, site, what, render, content_type="text/calendar; charset=utf-8", language=language)


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
    """That of `?taal=`; Dutch when it names none of ours."""
    asked = request.GET.get("taal", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
