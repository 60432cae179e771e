"""What actions of this room have in common: one organisation at a time, and what changed in words for the log."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.relations import sites_showing
from sites.actions import log_change, schedule_changed
from sites.models import Site, User


def locked(organisation: Organisation) -> Organisation:
    """The organisation as it is now, for one change at a time. Raises ValidationError when it was merged meanwhile."""
    # Weaker than what a merge takes: rows that name the organisation may be made meanwhile, but not while it goes.
    found = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).first()
    if found is None:
        raise ValidationError(_("Deze organisatie is intussen samengevoegd met een andere. Zoek ze opnieuw."))
    return found


def tell_everywhere(organisation: Organisation, *, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    """Pages of every site that shows an organisation are made anew, and each site's log has a line of its own."""
    sites = Site.objects.in_bulk(sites_showing(organisation))
    for pk in sorted(sites):
        schedule_changed(pk)
    for site in sites.values() or [None]:
        log_change(by=by, verb=verb, about=organisation, site=site, changes=changes)
