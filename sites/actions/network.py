"""New municipalities and partnerships. A new site is `sites.actions.site.open_site`."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sites.models import Municipality, Partnership, User

from .log import log_change
from .rows import begun


@transaction.atomic
def add_municipality(*, by: User | None, **values: Any) -> Municipality:
    """Raises ValidationError, by field."""
    municipality = Municipality(**values)
    municipality.full_clean()
    municipality.save()
    log_change(by=by, verb="add_municipality", about=municipality, site=None, changes=begun(values))
    return municipality


@transaction.atomic
def add_partnership(*, by: User | None, **values: Any) -> Partnership:
    """Raises ValidationError, by field."""
    partnership = Partnership(**values)
    partnership.full_clean()
    partnership.save()
    log_change(by=by, verb="add_partnership", about=partnership, site=None, changes=begun(values))
    return partnership
