"""Figures as everybody reads them: chosen among released cells, with the words of their day. Nothing here knows a signal.

`published` is for every page, report and dossier that shows a figure; whoever adds figures up themselves shows what was hidden.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sites.models import Partnership
from sites.words import Dutch

from .enums import Kind
from .figures import TOGETHER
from .models import Release, ReleasedCell
from .quarters import Period


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one theme, or of small ones together: `of` are their names then. None is hidden, or zero: nobody can tell.

    `by_site` has a value for each site of the page, in their order.
    """

    code: str
    name: str
    of: tuple[str, ...]
    total: int | None
    by_site: tuple[int | None, ...]

    @property
    def is_split(self) -> bool:
        return any(value is not None for value in self.by_site)


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was published of a period: the largest totals first, then what is hidden, in the order of the themes."""

    period: Period
    sites: tuple[tuple[str, str], ...]  # code, name
    rows: tuple[Row, ...]
    day: dt.date
    version: int
    is_newest: bool
    why: str
    k: int
    is_strict: bool
    is_example: bool

    def at(self, site: str) -> dict[str, int | None]:
        """Code of a theme -> its figure at one site, by the code of the site."""
        place = [code for code, _name in self.sites].index(site)
        return {row.code: row.by_site[place] for row in self.rows}


def published(
    partnership: Partnership, period: Period, kind: Kind = Kind.SIGNALS, *, version: int | None = None
) -> Figures | None:
    """What holds of a quarter, a half year or a year; of a quarter also a former `version`. None where nothing was published. Three queries."""
    releases = list(Release.objects.of(partnership.pk, kind).filter(year=period.year))
    cells = ReleasedCell.objects.filter(release__in=releases).in_period(period)
    if version:
        of_version = [row for row in releases if row.period == period and row.version == version]
        cells = cells.filter(release__in=of_version)
    newest = cells.order_by("-release").values_list("release", flat=True).first()
    if newest is None:
        return None
    release = next(row for row in releases if row.pk == newest)
    values = {
        (theme, site): value
        for theme, site, value in cells.filter(release=release).values_list("theme", "site", "value")
    }
    parts = [row for row in releases if row.period in period.quarters and row.pk <= release.pk]
    sites = {
        site["code"]: site["name"]
        for row in parts
        for site in row.sites
        if any(code == site["code"] for _t, code in values)
    }
    last = max(row.version for row in releases if row.period == release.period)
    return Figures(
        period=period, sites=tuple(sites.items()), rows=_rows(values, tuple(sites), parts, kind), day=release.day,
        version=release.version, is_newest=release.version == last, why=release.why, k=release.k,
        is_strict=release.is_strict, is_example=any(row.is_example for row in parts),
    )  # fmt: skip


def periods(partnership: Partnership, kind: Kind = Kind.SIGNALS) -> list[Period]:
    """Of which something was published, the newest first: a year before its half years, and those before their quarters."""
    cells = ReleasedCell.objects.filter(release__partnership=partnership, release__kind=kind)
    found = {Period(*codes) for codes in cells.order_by().values_list("year", "first", "last").distinct()}
    return sorted(found, key=lambda one: (one.year, one.last, -one.first), reverse=True)


def newest_versions(partnership: Partnership, kind: Kind) -> list[Release]:
    """Of every quarter the version that holds, the newest quarter first."""
    rows = {row.period: row for row in Release.objects.of(partnership.pk, kind)}
    return [rows[period] for period in sorted(rows, reverse=True)]


def kinds_of(partnership: Partnership) -> list[Kind]:
    """Of which something was published, in their order."""
    found = set(Release.objects.filter(partnership=partnership).order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in Kind if kind in found]


def versions(partnership: Partnership, quarter: Period, kind: Kind = Kind.SIGNALS) -> list[Release]:
    """Every version of a quarter, the newest first."""
    rows = Release.objects.of(partnership.pk, kind).filter(year=quarter.year, quarter=quarter.first)
    return list(rows.order_by("-version"))


def _rows(
    values: dict[tuple[str, str], int | None], sites: tuple[str, ...], parts: list[Release], kind: Kind
) -> tuple[Row, ...]:
    names: dict[str, str] = {}
    order: dict[str, int] = {}
    together: dict[str, str] = {}
    for release in parts:
        for place, theme in enumerate(release.themes):
            names[theme["code"]] = _word(theme)
            order[theme["code"]] = place
            if theme["under"] == TOGETHER:
                together[theme["code"]] = _word(theme)
    rows = [
        Row(
            code=code,
            name=together_words(kind) if code == TOGETHER else names[code],
            of=tuple(together.values()) if code == TOGETHER else (),
            total=values[code, ""],
            by_site=tuple(values.get((code, site)) for site in sites),
        )
        for code in dict.fromkeys(code for code, _site in values)
    ]
    return tuple(sorted(rows, key=lambda row: (row.code == TOGETHER, -(row.total or 0), order.get(row.code, 0))))


def together_words(kind: Kind) -> str:
    """What is too small to stand alone."""
    return _("Andere diensten samen") if kind == Kind.REFERRALS else _("Andere thema’s samen")


def _word(theme: dict) -> str:
    names = theme["names"]
    return names.get(get_language() or "nl") or Dutch(names.get("nl") or theme["code"])
