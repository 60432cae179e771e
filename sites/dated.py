"""What holds from a day on, until the next of its kind: addresses and names. No gap or overlap can exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol


class Dated(Protocol):
    @property
    def since(self) -> dt.date: ...


def in_force[D: Dated](values: Iterable[D], day: dt.date) -> D | None:
    """The value that holds on a day; the first one for a day before it, so that a page is never without."""
    ordered = sorted(values, key=lambda value: value.since)
    current = [value for value in ordered if value.since <= day]
    return current[-1] if current else next(iter(ordered), None)
