"""What became of what was told, for who told it: on `/mijn/`, and on the page after giving a signal. Nothing in it depends on that signal."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from sites.models import Site, User

from .dossier_words import Line, lines_of
from .models import Dossier
from .querysets import sites_read_by

SHOWN = 3


def became(user: User) -> dict[str, Any] | None:
    """The block of `/mijn/`, for who has a key of a site."""
    keys = [role.site_id for role in user.active_roles if role.site_id]
    return became_at(user, list(Site.objects.filter(pk__in=keys).order_by("name"))) if keys else None


def became_at(user: User, sites: list[Site]) -> dict[str, Any] | None:
    """Of dossiers of these sites and their partnerships: every step for who reads them whole, otherwise what is published."""
    if not sites:
        return None
    rows = Dossier.objects.filter(
        Q(site__in=sites) | Q(site=None, partnership__in={site.partnership_id for site in sites})
    )
    may_open = sites_read_by(user).exists()
    whole = lines_of(rows.readable_by(user).with_steps())
    known = {line.row.pk for line in whole}
    others = lines_of(rows.published().exclude(pk__in=known).with_steps(), published_only=True)
    lines = sorted([*whole, *others], key=_newest_first)[:SHOWN]
    running = next((site for site in sites if site.status == "active"), None)
    if not lines or not (may_open or running):
        return None
    return {"lines": lines, "may_open": may_open, "site": running}


def _newest_first(line: Line) -> int:
    return -line.steps[-1].row.day.toordinal()
