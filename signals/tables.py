"""Every figure that was ever published, as tables for somebody who judges them from outside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sites.models import Partnership

from .enums import Kind
from .models import Release, ReleasedCell

type Json = dict[str, Any]


def released_tables() -> Iterator[Json]:
    """One table for each period of each release, of every version, in the order in which they came.

    A cell whose key names no site is the total over the sites of its table. No other total was published.
    """
    for partnership in Partnership.objects.order_by("pk"):
        for kind in Kind:
            for release in Release.objects.of(partnership.pk, kind):
                cells = ReleasedCell.objects.filter(release=release).order_by("year", "last", "-first", "pk")
                for period, some in groupby(cells, key=lambda cell: cell.period):
                    name = f"{partnership.slug} {kind} {period}, release {release.period} version {release.version}"
                    yield _table(name, list(some))


def _table(name: str, cells: list[ReleasedCell]) -> Json:
    themes = list(dict.fromkeys(cell.theme for cell in cells))
    sites = list(dict.fromkeys(cell.site for cell in cells if cell.site))
    return {
        "name": name,
        "dims": {"theme": themes, "site": sites},
        "cells": [
            {"key": {"theme": cell.theme} | ({"site": cell.site} if cell.site else {}), "value": cell.value}
            for cell in cells
        ],
    }
