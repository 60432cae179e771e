"""What this room keeps for a while only (`stek.retention`)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stek.retention import Purger, add_purger
from stek.time import now

from .models import Step


def say() -> None:
    """For `AppConfig.ready`."""
    add_purger(Purger("step", _too_late_to_undo))


def _too_late_to_undo(length: dt.timedelta) -> Any:
    """Of which the first date began that long ago, undone or not."""
    return Step.objects.filter(until__lt=now() - length)
