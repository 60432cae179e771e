"""Papers to print, for everybody: `week/2023-W41.pdf`, `activiteit/koffie.pdf`, `aanbod.pdf`. No language prefix; `?taal=fr` asks for another one, `?formaat=a5` for half the size.

They are kept as the pages are: set once for each change of the schedule, language, form and day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from activities.activity_page import activity_page
from activities.bounds import within_bounds
from activities.fixed_offer import EARLIEST, LONGEST, SEASON, Season, offer_flyer
from activities.flyer import FORMATS, flyer
from activities.iso_week import IsoWeek
from activities.models import Activity
from activities.poster import poster
from activities.schedule import week
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import error_page
from stek.paper import PaperBusy, paper
from stek.time import clock_of, today

from .data import asked_language

BUSY = 5  # seconds after which it is worth asking again


def printable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that is a PDF; while too many are asked for at once, a page that says so."""

    @wraps(view)
    def paper_page(request: HttpRequest, site: PublicSite, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, site, **kwargs)
        except PaperBusy:
            text = _("Er wordt net veel afgedrukt. Probeer het over enkele seconden opnieuw.")
            response = error_page(request, 503, _("Nog even geduld"), text)
            response["Retry-After"] = str(BUSY)
        return response

    return site_page(paper_page)


@printable
def week_flyer(request: HttpRequest, site: PublicSite, iso: IsoWeek) -> HttpResponse:
    """`/<site>/week/2023-W41.pdf`: the week on one sheet, as far as the offer allows."""
    language, format = asked_language(request), _asked_format(request)

    def render(whole: Site) -> tuple[bytes, dt.datetime]:
        within_bounds(whole, iso)
        shown = week(whole, iso, language)
        return paper("flyer", flyer(shown, format), language=language), shown.until

    return _pdf(request, site, f"flyer:{iso}:{format}", render, f"{site.slug}-{iso}", language)


@printable
def activity_poster(request: HttpRequest, site: PublicSite, activity: str) -> HttpResponse:
    """`/<site>/activiteit/<slug>.pdf`: one activity, to read from across the street."""
    language, format = asked_language(request), _asked_format(request)

    def render(whole: Site) -> tuple[bytes, dt.datetime]:
        shown = activity_page(whole, activity, language)
        number = Activity.objects.filter(site=whole, slug=activity).values_list("pk", flat=True).first()
        if shown is None or number is None:
            raise Http404
        return paper("poster", poster(whole, shown, number, language, format), language=language), shown.until

    return _pdf(request, site, f"poster:{activity}:{format}", render, f"{site.slug}-{activity}", language)


@printable
def season_flyer(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/aanbod.pdf?van=2023-09-01&tot=2023-12-22`: what comes back in a season; without days, in the coming three months."""
    language, format, season = asked_language(request), _asked_format(request), _asked_season(request, site)

    def render(whole: Site) -> tuple[bytes, dt.datetime]:
        told = offer_flyer(whole, season, language, format)
        midnight = dt.datetime.combine(
            today(whole.time_zone) + dt.timedelta(days=1), dt.time(0), tzinfo=clock_of(whole.time_zone)
        )
        return paper("flyer", told, language=language), midnight.astimezone(dt.UTC)

    # Kept for who picks no days: everybody else puts a season together himself, and every mix would be a body more.
    is_usual = not {"van", "tot"} & request.GET.keys()
    return _pdf(request, site, f"offer:{format}", render, f"{site.slug}-aanbod", language, keep=is_usual)


def _asked_season(request: HttpRequest, site: PublicSite) -> Season:
    """Raises Http404 for days that are none, stand the wrong way round, or are more than a year apart."""
    usual = Season.from_today(site.zone)
    try:
        first = dt.date.fromisoformat(request.GET.get("van", str(usual.first)))
        last = dt.date.fromisoformat(request.GET.get("tot", str(max(first, usual.first) + SEASON)))
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    # The first day first: in the year 9999 no day comes after `LONGEST`.
    if not EARLIEST <= first <= usual.first + LONGEST or not first <= last <= first + LONGEST:
        raise Http404
    return Season(first, last)


def _pdf(
    request: HttpRequest, site: PublicSite, what: str, render: Callable[[Site], tuple[bytes, dt.datetime]], name: str, language: str,
    *, keep: bool = True,
) -> HttpResponse:  # fmt: skip
    response = published(request, site, what, render, content_type="application/pdf", language=language, keep=keep)
    # To look at first; who keeps it finds a name that says what it is.
    response["Content-Disposition"] = f'inline; filename="{name}-{language}.pdf"'
    return response


def _asked_format(request: HttpRequest) -> str:
    asked = request.GET.get("formaat", "")
    return asked if asked in FORMATS else FORMATS[0]
