"""Dates as rows: what they say, and which there are."""

from __future__ import annotations

import datetime as dt

from activities.models import Occurrence, Series
from sites.models import Site


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def rows(series: Series) -> list[tuple]:
    """Everything a row says, keys and numbers too."""
    return list(Occurrence.objects.filter(series=series).order_by("pk").values_list())


def slots(series: Series, *, since: str = "0001-01-01") -> dict[str, str]:
    """Slot -> status, from `since` on."""
    found = Occurrence.objects.filter(series=series, original_date__gte=since).order_by("original_date")
    return {str(slot): status for slot, status in found.values_list("original_date", "status")}


def versions() -> dict[int, int]:
    return dict(Site.objects.values_list("pk", "schedule_version"))
