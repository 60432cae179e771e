"""A place as it is shown elsewhere: within another website, on a screen in its hall, in a message group, in a magazine."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

from activities.bounds import within_bounds
from activities.days_ahead import days_ahead
from activities.house import move_words
from activities.iso_week import IsoWeek
from activities.lines import Item, Week, is_over
from activities.opening import opening
from activities.schedule import week
from activities.share_text import article, message
from activities.views.data import asked_language
from activities.views.week import group_days, undated_groups
from activities.words import day_words, time_words, week_words
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import bare_path, current_language, in_language, is_unread, not_for_visitors, render_page
from stek.time import clock_of, now, today

# Everybody may frame it: it shows what is public, and nothing on it can be pressed that does anything.
FRAMED: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}
# From how many lines on they are written smaller, so that they fit on one screen.
FEW, SOME = 3, 6


@site_page
@csp_override(FRAMED)
@xframe_options_exempt
def embed(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/inbedden/`: seven days for a frame on another website. `?taal=ar` leads to `/ar/…`."""
    asked = request.GET.get("taal", "")
    if asked in dict(settings.LANGUAGES) and asked != current_language():
        return HttpResponseRedirect(in_language(bare_path(request.path), asked))

    def render(whole: Site) -> tuple[str, dt.datetime]:
        shown = days_ahead(whole, current_language())
        here = escape(reverse("activities:this_week", args=[whole.slug]))
        context = {
            "site": whole,
            "own_name": dict(settings.LANGUAGES)[current_language()],
            "opening": opening(shown),
            "groups": group_days(shown, here),
            "undated": undated_groups(shown, here),
            "moves": [move_words(home) for home in shown.moves],
            "here": here,
            "has_examples": any(item.example for item in [*shown.items, *shown.undated]),
        }
        return render_page("activities/embed.html", f"/{whole.slug}/inbedden/", context), shown.until

    return published(request, site, "embed", render)


@site_page
def screen(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/scherm/`: today, for a screen in the hall. Made anew each time, since it says what time it is."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        shown = week(whole, IsoWeek.of(today(whole.time_zone)), current_language())
        clock = shown.now.astimezone(clock_of(whole.time_zone)).time()
        items = [item for item in _of_today(shown) if not _is_over(item, shown, clock)]
        context = {
            "site": whole,
            "opening": opening(shown),
            "days": _on_screen(items, shown),
            "moves": [move_words(home) for home in shown.moves],
            "size": "few" if len(items) <= FEW else "some" if len(items) <= SOME else "many",
            "day": day_words(shown.today),
            "time": format_html('<bdi dir="ltr">{}</bdi>', time_words(clock)),
            "fresh": int((shown.until - shown.now).total_seconds()),
            "has_examples": any(item.example for item in items),
            "is_for_names": bool(items) and all(item.seats for item in items),
        }
        return render_page("activities/screen.html", f"/{whole.slug}/scherm/", context), shown.until

    return published(request, site, "screen", render, keep=False)


def _of_today(shown: Week) -> list[Item]:
    return [item for day in shown.days if day.is_today for item in day.items]


def _on_screen(items: list[Item], shown: Week) -> list[tuple[str, list[Item]]]:
    """(day in words, lines): today; with nothing left of it, the next day of the week on which there is something."""
    if items:
        return [("", items)]
    following = [day for day in shown.days if day.date > shown.today and day.open_items]
    return [(day_words(day.date), day.open_items) for day in following[:1]]


def _is_over(item: Item, shown: Week, clock: dt.time) -> bool:
    return item.takes_place and is_over(item.ends_at, item.part, shown.now, clock)


@not_for_visitors
@site_page
def share(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/delen/`: this week in words for others to spread."""
    return _shared(request, site, IsoWeek.of(today(site.zone)), "share:now")


@not_for_visitors
@site_page
def share_week(request: HttpRequest, site: PublicSite, iso: IsoWeek) -> HttpResponse:
    """`/<site>/delen/2023-W41/`; `?taal=ar` gives the words in another language."""
    return _shared(request, site, iso, f"share:{iso}")


def _shared(request: HttpRequest, site: PublicSite, iso: IsoWeek, what: str) -> HttpResponse:
    asked = asked_language(request) if "taal" in request.GET else current_language()

    def render(whole: Site) -> tuple[str, dt.datetime]:
        bounds = within_bounds(whole, iso)
        shown = week(whole, iso, asked)
        path = f"/{whole.slug}/delen/" if what == "share:now" else f"/{whole.slug}/delen/{iso}/"
        context = {
            "site": whole,
            "week_words": week_words(iso),
            "message": message(shown),
            "article": article(shown),
            "previous": iso.plus(-1) if bounds.first < iso else None,
            "next": iso.plus(1) if iso < bounds.last else None,
            **_in_each_language(asked),
        }
        return render_page("activities/share.html", path, context), shown.until

    return published(request, site, f"{what}:{asked}", render)


@not_for_visitors
@site_page
def paste(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """`/<site>/delen/website/`: the lines to paste in another website, and what they show."""
    asked = asked_language(request) if "taal" in request.GET else current_language()

    def render(whole: Site) -> tuple[str, dt.datetime]:
        embedded, whole_week = (in_language(f"/{whole.slug}/{page}", asked) for page in ("inbedden/", ""))
        context = {
            "site": whole,
            "embedded": embedded,
            "lines": frame_lines(whole, embedded, whole_week, asked),
            **_in_each_language(asked),
        }
        return render_page("activities/paste.html", f"/{whole.slug}/delen/website/", context), now() + dt.timedelta(
            days=1
        )

    return published(request, site, f"paste:{asked}", render)


def frame_lines(site: Site, embedded: str, whole_week: str, language: str) -> str:
    """HTML for who keeps another website. The frame fills the width that is left, and scrolls within its own height."""
    with override(language):
        title = _("%(name)s in %(municipality)s: wat is er te doen?") % {
            "name": site.name,
            "municipality": site.municipality.name,
        }
    base = settings.STEK_BASE_URL
    return format_html(
        '<iframe src="{}" title="{}" lang="{}" loading="lazy"\n'
        ' style="width: 100%; height: 40rem; max-height: 90vh; border: 0"></iframe>\n'
        '<p><a href="{}" lang="{}">{}</a></p>',
        base + embedded, title, language, base + whole_week, language, title,
    )  # fmt: skip


def _in_each_language(asked: str) -> dict[str, object]:
    """What both pages need to let somebody choose another language than their own."""
    names = dict(settings.LANGUAGES)
    return {"asked": asked, "asked_languages": names, "is_asked_unread": is_unread(asked)}
