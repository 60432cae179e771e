"""From which number on a partnership shows its figures: 5, or more."""

from __future__ import annotations

from django.db import transaction

from signals.models import Threshold
from sites.actions import log_change
from sites.models import Partnership, User

from .holding import lock


@transaction.atomic
def set_threshold(partnership: Partnership, *, k: int, is_strict: bool, by: User | None) -> None:
    """From the next quarter on. What was published stays as it was."""
    lock(partnership.pk)
    row = Threshold.objects.filter(partnership=partnership).first() or Threshold(partnership=partnership)
    changes = {
        name: [old, new] for name, old, new in (("k", row.k, k), ("is_strict", row.is_strict, is_strict)) if old != new
    }
    if not changes:
        return
    row.k, row.is_strict = k, is_strict
    row.save()
    log_change(by=by, verb="set_threshold", about=row, site=None, partnership=partnership, changes=changes)
