"""What every change leaves behind: a line in the change log, and channels that render anew."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F

from sites.loggable import loggable
from sites.models import ChangeLog, Partnership, Site, User


def log_change(
    *,
    by: User | None,
    verb: str,
    about: models.Model,
    site: Site | None,
    changes: dict[str, Any],
    reason: str = "",
    partnership: Partnership | None = None,
) -> ChangeLog:
    """Write down who changed what; `by=None` is the system itself. `changes` is {"field": [old, new]}.

    `partnership` for what concerns all its sites; with a site it is left out, since the others have no part in it.
    Words that may not be in the log are left out here, whoever calls (`sites.loggable`).
    """
    return ChangeLog.objects.create(
        by=by,
        site=site,
        partnership=None if site else partnership,
        verb=verb,
        about_model=about._meta.label_lower,
        about_id=str(about.pk),
        changes=loggable(about, changes),
        reason=reason,
    )


def schedule_changed(site_id: int) -> None:
    """Make every channel of a site render anew. Call it in the transaction of the change itself."""
    Site.objects.filter(pk=site_id).update(schedule_version=F("schedule_version") + 1)
