"""The nightly round of taking away what is over."""

from __future__ import annotations

from sites import erasures
from stek import retention, traces
from stek.health.actions import beat


def purge(*, dry_run: bool = False) -> dict[str, int]:
    """Code of the table -> how many rows or files. A dry run says the same numbers and touches nothing."""
    counts = retention.purge(dry_run=dry_run)
    if not dry_run:
        erasures.catch_up_or_say_so()
        traces.wipe_database()
        beat("purge")
    return counts
