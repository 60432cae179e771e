"""Changes to the network, each in one transaction, by someone, leaving a trace."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from .models import ChangeLog, OldSlug, Partnership, Site, User
from .slugs import refuse_reserved
from .told import about_to_change


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
    """
    return ChangeLog.objects.create(
        by=by,
        site=site,
        partnership=None if site else partnership,
        verb=verb,
        about_model=about._meta.label_lower,
        about_id=str(about.pk),
        changes=changes,
        reason=reason,
    )


def schedule_changed(site_id: int) -> None:
    """Make every channel of a site render anew. Call it in the transaction of the change itself."""
    Site.objects.filter(pk=site_id).update(schedule_version=F("schedule_version") + 1)


@transaction.atomic
def rename_address(site: Site, *, slug: str, by: User | None) -> Site:
    """Give a site a new address; the old one redirects for ever, and no other site may take it.

    Raises ValidationError for a reserved word and for an address that is, or was, of another site.
    """
    if slug != site.slug:
        about_to_change([site])
    site = Site.objects.select_for_update().get(pk=site.pk)
    refuse_reserved(slug)
    taken = Site.objects.filter(slug=slug).exclude(pk=site.pk).exists()
    if taken or OldSlug.objects.filter(slug=slug).exclude(site=site).exists():
        raise ValidationError(_("Dit adres is al van een andere plek. Kies een ander."))
    if slug == site.slug:
        return site
    old, site.slug = site.slug, slug
    site.full_clean(exclude=["partnership", "municipality"])
    site.save(update_fields=["slug"])
    OldSlug.objects.filter(slug=slug).delete()
    OldSlug.objects.create(slug=old, site=site)
    schedule_changed(site.pk)
    log_change(by=by, verb="rename_address", about=site, site=site, changes={"slug": [old, slug]})
    return site
