"""What the page of a report shows besides its sections: which other periods and places there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sites.models import OldSlug, Partnership
from sites.words import Dutch

from .corrections import corrected_tiles, corrections
from .enums import PeriodKind
from .models import Report
from .periods import Period, last_closed, offered
from .sections import by_month, sections
from .snapshot import at_addresses, snapshot, told_parts
from .telling import Json, Section, Tile, Told
from .tiles import tiles


@dataclass(frozen=True, slots=True)
class Choice:
    """A link beside others; `is_here` for the one that is shown."""

    words: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Page:
    told: Told
    tiles: list[Tile]
    sections: list[Section]
    kinds: list[Choice]
    periods: list[Choice]
    places: list[Choice]

    @property
    def query(self) -> str:
        """What an address of the same place ends in."""
        return f"&plek={self.told.scope}" if self.told.scope else ""

    @property
    def title(self) -> str:
        return capfirst(self.told.period.words)


def live(partnership: Partnership, period: Period, day: dt.date, scope: str) -> Told:
    """A report as things stand now."""
    return Told(snapshot(partnership, period), scope, is_running=period.is_running(day))


def frozen(report: Report, scope: str) -> Told:
    """A report as it was kept, under the addresses of today; a place that was not there then has none."""
    shot = at_addresses(report.figures, _moved(report.partnership))
    if scope not in shot["numbers"]:
        raise Http404
    return Told(shot, scope)


def _moved(partnership: Partnership) -> dict[str, str]:
    """Former addresses of places -> those of today."""
    return dict(OldSlug.objects.filter(site__partnership=partnership).values_list("slug", "site__slug"))


def all_sections(told: Told) -> list[Section]:
    """In the order of the page and the paper."""
    first, *rest = sections(told)
    return [first, by_month(told), *rest, *told_parts(told)]


def page(told: Told, partnership: Partnership, day: dt.date, changed: Told | None = None) -> Page:
    """`changed` is what stands there today, for a report that was frozen."""
    period = told.period
    kinds = [
        Choice(capfirst(str(kind.label)), _url(partnership, last_closed(day, kind), told.scope), kind == period.kind)
        for kind in PeriodKind
    ]
    periods = [
        Choice(
            _("%(period)s, loopt nog") % {"period": one.words} if one.is_running(day) else one.words,
            _url(partnership, one, told.scope), one == period,
        )
        for one in offered(day, period.kind)
    ]  # fmt: skip
    shown, found = tiles(told), all_sections(told)
    if changed:
        shown, found = corrected_tiles(told, changed), [corrections(told, changed), *found]
    return Page(told, shown, found, kinds, periods, _places(told.shot, partnership, period, told.scope))


def _places(shot: Json, partnership: Partnership, period: Period, scope: str) -> list[Choice]:
    sites = shot["sites"]
    if len(sites) < 2:
        return []
    together = Choice(_("samen"), _url(partnership, period, ""), scope == "")
    return [
        together,
        *(Choice(Dutch(one["name"]), _url(partnership, period, one["slug"]), scope == one["slug"]) for one in sites),
    ]


def _url(partnership: Partnership, period: Period, scope: str) -> str:
    path = reverse("steering:figures", args=[partnership.slug, str(period)])
    return f"{path}?plek={scope}" if scope else path
