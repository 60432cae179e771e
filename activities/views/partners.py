"""`/<site>/partners/`: who works here and what each does."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse

from activities.partners_page import partners_page
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import current_language, render_page
from stek.time import now


@site_page
def partners(request: HttpRequest, site: PublicSite) -> HttpResponse:
    def render(whole: Site) -> tuple[str, dt.datetime]:
        context = {"site": whole, "partners": partners_page(whole, current_language())}
        return render_page("activities/partners.html", f"/{whole.slug}/partners/", context), now() + dt.timedelta(
            days=1
        )

    return published(request, site, "partners", render)
