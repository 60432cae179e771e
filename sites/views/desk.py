"""`/beheer/`: the coordinator's desk, one for each site."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sites.blocks import desk_blocks_of, doors_of
from sites.inside import KeyRequest, inside, opened_at_site_by, opened_by
from sites.models import Site
from sites.rights import Right, can

from .mine import own_sites


@opened_by(Right.MANAGE_PEOPLE)
def desks(request: KeyRequest) -> HttpResponse:
    """Which desk; who has one desk only goes there at once."""
    sites = own_sites(request.user)
    is_network = can(request.user, Right.MANAGE_NETWORK)
    if len(sites) == 1 and not is_network:
        return HttpResponseRedirect(reverse("sites:desk", args=[sites[0].slug]))
    return inside(request, "sites/desks.html", {"sites": sites, "is_network": is_network})


@opened_at_site_by(Right.MANAGE_PEOPLE)
def desk(request: KeyRequest, site: Site) -> HttpResponse:
    """What asks for attention today, and what can be done for this site."""
    context = {"site": site, "blocks": desk_blocks_of(request.user, site), "doors": doors_of(request.user, site)}
    return inside(request, "sites/desk.html", context)
