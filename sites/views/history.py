"""`/beheer/<slug>/geschiedenis/`: who changed what, when and why."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from sites.history import groups, page
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right


@opened_at_site_by(Right.MANAGE_PEOPLE)
def history(request: KeyRequest, site: Site) -> HttpResponse:
    """The newest first; `?soort=` filters by kind of thing, `?voor=` goes on where the page before ended."""
    group, before = request.GET.get("soort", ""), request.GET.get("voor", "")
    if (group and group not in groups()) or (
        before and not (before.isascii() and before.isdigit() and len(before) < 19)
    ):
        raise Http404
    changes, following = page(request.user, site, group=group, before=int(before) if before else None)
    context = {
        "site": site,
        "changes": changes,
        "following": following,
        "group": group,
        "groups": groups(),
        "before": before,
    }
    return inside(request, "sites/history.html", context)
