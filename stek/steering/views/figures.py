"""`/stuurgroep/cijfers/`: one page a period, all places together or one of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sites.inside import KeyRequest, inside, opened_by
from sites.models import Partnership
from sites.rights import Right
from stek.steering.enums import PeriodKind
from stek.steering.page import live, page
from stek.steering.periods import Period, last_closed
from stek.steering.querysets import partnerships_read_by
from stek.time import today


@opened_by(Right.READ_DASHBOARD)
def start(request: KeyRequest) -> HttpResponse:
    """The last quarter that is over; who reads of several partnerships chooses one."""
    found = list(partnerships_read_by(request.user))
    period = last_closed(today(), PeriodKind.QUARTER)
    if len(found) == 1:
        return HttpResponseRedirect(reverse("steering:figures", args=[found[0].slug, str(period)]))
    return inside(request, "steering/choose.html", {"partnerships": found, "period": str(period)})


@opened_by(Right.READ_DASHBOARD)
def figures(request: KeyRequest, partnership: str, period: str) -> HttpResponse:
    """`?plek=kattegat` for one place."""
    row, when = asked_for(request, partnership, period)
    told = live(row, when, today(), scope_of(request, row))
    return inside(request, "steering/figures.html", {"page": page(told, row, today()), "partnership": row})


def asked_for(request: KeyRequest, partnership: str, period: str) -> tuple[Partnership, Period]:
    """What an address names: nothing of others, and no period that is still to begin."""
    row = get_object_or_404(partnerships_read_by(request.user), slug=partnership)
    found = Period.parse(period)
    if found is None or found.first > today():
        raise Http404
    return row, found


def scope_of(request: KeyRequest, partnership: Partnership) -> str:
    """The address of a place of the partnership; an unknown one is not there."""
    slug = request.GET.get("plek", "")
    if slug and not partnership.sites.filter(slug=slug).exists():
        raise Http404
    return slug
