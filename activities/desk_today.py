"""The top of a site's desk: what asks for attention, and what is on today."""

from __future__ import annotations

from typing import Any

from sites.models import Site
from stek.pages import current_language
from stek.time import today

from .iso_week import IsoWeek
from .problems import problems
from .schedule import week
from .words import day_words


def desk_today(site: Site) -> dict[str, Any]:
    """The block of the desk, in the reader's language."""
    day = today(site.time_zone)
    this_week = week(site, IsoWeek.of(day), current_language())
    now = next(one for one in this_week.days if one.is_today)
    return {
        "problems": problems(site),
        "day": day_words(day),
        "closed": now.closed,
        "items": now.items,
        "slug": site.slug,
    }
