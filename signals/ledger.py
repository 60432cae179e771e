"""Releases as they are kept, and as the arithmetic of disclosure knows them: rows to values and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sites.models import Partnership, Site

from . import figures
from .figures import TOGETHER, Key
from .kinds import Words
from .models import Release, ReleasedCell


def past_releases(partnership: int, kind: str) -> list[figures.Release]:
    """All of them, of every version, in the order in which they came. Two queries."""
    rows = list(Release.objects.of(partnership, kind))
    cells: dict[int, dict[Key, int | None]] = defaultdict(dict)
    for cell in ReleasedCell.objects.filter(release__in=rows):
        cells[cell.release_id][Key(cell.period, cell.theme, cell.site or None)] = cell.value
    return [_as_value(row, cells[row.pk]) for row in rows]


def _as_value(row: Release, cells: Mapping[Key, int | None]) -> figures.Release:
    sites = tuple(site["code"] for site in row.sites)
    return figures.Release(row.period, row.k, sites, groups_of(row), cells, row.version)


def groups_of(row: Release) -> dict[str, tuple[str, ...]]:
    """Code in the figures -> themes that are counted under it; the small ones together come last."""
    groups: dict[str, tuple[str, ...]] = {}
    for theme in row.themes:
        groups[theme["under"]] = (*groups.get(theme["under"], ()), theme["code"])
    return dict(sorted(groups.items(), key=lambda group: group[0] == TOGETHER))


def codes_of(sites: Sequence[Site], earlier: Iterable[Release]) -> dict[int, str]:
    """Primary key of a site -> its code in the figures: the address it had when it first stood in one, also when it has another since."""
    known = {site["id"]: site["code"] for row in earlier for site in row.sites}
    return {site.pk: known.get(site.pk, site.slug) for site in sites}


def keep(
    release: figures.Release, partnership: Partnership, *, names: Mapping[str, Words], sites: Sequence[dict[str, Any]], **more: Any
) -> Release:  # fmt: skip
    """The release as rows, for good. Within a transaction."""
    under = {theme: code for code, themes in release.groups.items() for theme in themes}
    row = Release.objects.create(
        partnership=partnership, year=release.quarter.year, quarter=release.quarter.first, version=release.version,
        k=release.k, sites=list(sites), **more,
        themes=[{"code": code, "names": names[code], "under": under[code]} for code in names],
    )  # fmt: skip
    ReleasedCell.objects.bulk_create(
        ReleasedCell(
            release=row, year=key.period.year, first=key.period.first, last=key.period.last,
            theme=key.theme, site=key.site or "", value=value,
        )
        for key, value in release.cells.items()
    )  # fmt: skip
    return row
