"""What is on today at the places somebody has a key of, for `/mijn/`."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from sites.models import Site, User
from stek.pages import current_language

from .today import today_at


def own_places(user: User) -> dict[str, Any] | None:
    """The block: places that run, of somebody's own keys and of the partnership of a key; None without any.

    A key of the whole network is of no place in particular.
    """
    places = [role.site_id for role in user.active_roles if role.site_id]
    partnerships = [role.partnership_id for role in user.active_roles if role.partnership_id]
    if not (places or partnerships):
        return None
    sites = Site.objects.filter(Q(pk__in=places) | Q(partnership__in=partnerships))
    return {"houses": today_at(sites, current_language())}
