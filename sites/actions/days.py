"""Where or whether a site is open changed on some days: calendars hear of it, every channel renders anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from .log import schedule_changed

# Told which sites, from and until which day (inclusive; None is without end).
Listener = Callable[[Sequence[int], dt.date, dt.date | None], None]

_listeners: list[Listener] = []


def on_days_changed(listener: Listener) -> None:
    """For `AppConfig.ready` of a higher room, which knows what happens on those days."""
    _listeners.append(listener)


def days_changed(site_ids: Sequence[int], first: dt.date, last: dt.date | None = None) -> None:
    """Call it in the transaction of the change itself, without the lock of a site.

    All dates before any site, the order everyone takes them in: two would wait for each other otherwise.
    """
    for listener in _listeners:
        listener(site_ids, first, last)
    for site_id in sorted(site_ids):
        schedule_changed(site_id)
