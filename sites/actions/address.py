"""The address of a site, which is printed on posters."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sites.models import OldSlug, Site, User
from sites.slugs import refuse_reserved
from sites.told import about_to_change

from .log import log_change, schedule_changed


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
        raise _taken()
    if slug == site.slug:
        return site
    old, site.slug = site.slug, slug
    site.full_clean(exclude=["partnership", "municipality"])
    try:
        with transaction.atomic():
            site.save(update_fields=["slug"])
    except IntegrityError as twice:  # another place took it this moment
        raise _taken() from twice
    OldSlug.objects.filter(slug=slug).delete()
    OldSlug.objects.create(slug=old, site=site)
    schedule_changed(site.pk)
    log_change(by=by, verb="rename_address", about=site, site=site, changes={"slug": [old, slug]})
    return site


def _taken() -> ValidationError:
    return ValidationError(_("Dit adres is al van een andere plek. Kies een ander."))
