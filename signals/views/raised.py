"""`/<site>/aangekaart/`: what a partnership asked of whom, and what came of it; the steps that were published, for everybody."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse

from signals.dossier_words import lines_of
from signals.models import Dossier
from sites.finding import site_page
from sites.models import Site
from sites.publication import PublicSite, published
from stek.pages import render_page
from stek.time import now


@site_page
def raised(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """The same at every site of the partnership, what is still open first."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        rows = Dossier.objects.filter(partnership=whole.partnership_id).published().with_steps()
        found = lines_of(rows.prefetch_related("sentences"), published_only=True)
        is_over = {"solved", "refused"}
        lines = sorted(found, key=lambda line: line.steps[-1].row.status in is_over)
        context = {"site": whole, "lines": lines, "has_examples": any(line.row.is_example for line in lines)}
        body = render_page("signals/raised.html", f"/{whole.slug}/aangekaart/", context)
        return body, now() + dt.timedelta(days=1)

    return published(request, site, "raised", render)
