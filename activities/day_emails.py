"""The letter to who works on the offer when the door shuts for some days, or opens again: all their dates, at all sites, in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sites.models import Partnership, Site, User
from sites.words import Dutch
from stek.outbox import post
from stek.outbox.kinds import Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.pages import current_language
from stek.time import today

from .effects import Held, begin_of
from .emails import is_held
from .iso_week import IsoWeek
from .models import Occurrence
from .rules import closed_where
from .words import day_words, when_words

DAYS_CHANGED = "activities/days_changed"


def tell_of_days(
    dates: Sequence[Held], *, to: User, partnership: Partnership, site: Site | None, was_open: bool
) -> None:
    """What changes again before the letter leaves goes along in it; what was lifted by then is told to nobody."""
    about = f"days:{partnership.pk}"
    known = {str(held.id): was_open for held in dates}
    waiting = Delivery.objects.waiting().filter(kind=DAYS_CHANGED, user=to, about=about).first()
    if waiting:
        known |= waiting.facts["known"]  # what the reader knows is from before that one
        site = site if waiting.site_id == (site and site.pk) else None
    begins_at = begin_of(dates[0], site.time_zone) if site and len(known) == 1 else None
    post(DAYS_CHANGED, to=to, about=about, site=site, facts={"known": known}, begins_at=begins_at)


def say() -> None:
    """For `AppConfig.ready`."""
    screen = Screen(_("Er verandert iets waar je aan meewerkt."))
    add_kind(Kind(DAYS_CHANGED, _("dagen waarop een plek dicht of toch open is"), _days_changed, screen=screen))


@dataclass(frozen=True, slots=True)
class Line:
    """One date in words."""

    day: str
    when: str
    title: str
    site: str


def _days_changed(delivery: Delivery) -> dict[str, Any] | None:
    """What is shut now and was not as far as the reader knows, by reason, and what is open again; None when that is nothing."""
    known = {int(key): was_open for key, was_open in delivery.facts["known"].items()}
    rows = (
        Occurrence.objects.filter(pk__in=known).select_related("series", "site__partnership").order_by("day", "begin")
    )
    dates = [row for row in rows if is_held(row) and row.day >= today(row.site.time_zone)]
    shut = _shut(dates)
    told = [row for row in dates if known[row.pk] == (row.pk in shut)]  # was open and is shut, or the other way round
    if not told:
        return None
    gone: dict[str, list[Line]] = defaultdict(list)
    for row in told:
        if row.pk in shut:
            gone[shut[row.pk]].append(_line(row))
    site = told[0].site
    return {
        "where": Dutch(site.name if all(row.site == site for row in told) else site.partnership.name),
        "gone": sorted(gone.items()), "come": [_line(row) for row in told if row.pk not in shut],
        "path": reverse("activities:week", args=[site.slug, IsoWeek.of(told[0].day)]),
    }  # fmt: skip


def _shut(dates: Sequence[Occurrence]) -> dict[int, str]:
    """Date -> why it does not take place, of those on which the door is shut."""
    closed = closed_where(dates, current_language())
    return {
        row.pk: closed[row.site_id][row.day]
        for row in dates
        if row.day in closed[row.site_id] and not row.opened_anyway
    }


def _line(row: Occurrence) -> Line:
    when = when_words(row.begin, row.end, row.part)
    return Line(day_words(row.day, year=True), when, row.series.title, row.site.name)
