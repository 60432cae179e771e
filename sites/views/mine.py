"""`/mijn/`: the home of everyone with a key."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sites.blocks import blocks_of
from sites.inside import KeyRequest, inside, opened_by
from sites.models import Role, Site, User
from sites.phone import pushes_of
from sites.rights import Right, can


@opened_by(Right.OWN_DATA)
def mine(request: KeyRequest) -> HttpResponse:
    """What concerns who is asking, in blocks of every room."""
    context = {"blocks": blocks_of(request.user), **pushes_of(request)}
    return inside(request, "sites/mine.html", context, keep=True)


def keys(user: User) -> dict[str, Any] | None:
    """The block that says what somebody's roles are, where, and until when."""
    roles = list(Role.objects.of(user).select_related("site", "partnership").order_by("site__name", "kind"))
    return {"keys": [_key(user, role) for role in roles]}


def _key(user: User, role: Role) -> dict[str, Any]:
    desk = role.site if role.site and can(user, Right.MANAGE_PEOPLE, role.site) else None
    return {"name": role.get_kind_display(), "where": role.site or role.partnership, "until": role.until, "desk": desk}


def own_sites(user: User) -> list[Site]:
    """The sites whose desk is open to somebody today, by name."""
    return [
        site
        for site in Site.objects.visible_to(user).select_related("municipality")
        if can(user, Right.MANAGE_PEOPLE, site)
    ]
