"""`/<site>/activiteit/<slug>/`: what it is, for whom, what it costs, the next dates, and how to get there."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse

from activities.activity_page import activity_page
from activities.cards import function_signs
from activities.words import example_words
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import current_language, render_page


@site_page
def activity(request: HttpRequest, site: PublicSite, activity: str) -> HttpResponse:
    def render(whole: Site) -> tuple[str, dt.datetime]:
        shown = activity_page(whole, activity, current_language())
        if shown is None:
            raise Http404
        path = f"/{whole.slug}/activiteit/{activity}/"
        context = {
            "site": whole,
            "shown": shown,
            "signs": function_signs(shown.item.functions, current_language()),
            "example": example_words(shown.item.example) if shown.item.example else "",
        }
        return render_page("activities/activity.html", path, context), shown.until

    return published(request, site, f"activity:{activity}", render)
