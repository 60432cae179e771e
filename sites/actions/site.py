"""The facts of a site, and its beginning and end."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.enums import SiteStatus
from sites.models import Site, User
from sites.rules import has_history
from sites.seen import refuse_overtaken
from sites.told import about_to_change
from stek.time import today

from .log import log_change, schedule_changed
from .rows import begun, take_over
from .short_link import give_short_links

FACTS = ("name", "kind", "status", "closed_on_holidays", "contact", "languages")
RUNNING = frozenset({SiteStatus.STARTING, SiteStatus.ACTIVE})


@transaction.atomic
def open_site(*, by: User | None, **values: Any) -> Site:
    """A new site, "in opstart": nobody on the street sees it yet. Raises ValidationError, by field."""
    site = Site(status=SiteStatus.STARTING, **values)
    site.full_clean()
    site.save()
    give_short_links(site)
    log_change(by=by, verb="open_site", about=site, site=site, changes=begun(values))
    return site


@transaction.atomic
def change_facts(site: Site, *, by: User | None, seen: str | None = None, **values: Any) -> Site:
    """Change some of `FACTS`. What was open or shut on a holiday that is past stays so.

    Raises `Overtaken` when the site is not what was `seen`, ValidationError for a status that has a verb of its own.
    """
    about_to_change([site, _as_it_will_be(site, values)])  # before the lock: dates come before their site
    site = Site.objects.select_for_update().get(pk=site.pk)
    refuse_overtaken(site, FACTS, seen)
    if values.get("status", site.status) != site.status and not {site.status, values["status"]} <= RUNNING:
        raise ValidationError({"status": _("Stoppen en weer beginnen doe je op een eigen bladzijde.")})
    changes = take_over(site, values)
    if not changes:
        return site
    if "closed_on_holidays" in changes:
        site.holiday_switches = [*site.holiday_switches, today(site.time_zone).isoformat()]
    site.full_clean(exclude=["partnership", "municipality"])
    site.save(update_fields=[*changes, "holiday_switches", "example_fields"])
    schedule_changed(site.pk)
    log_change(by=by, verb="change_facts", about=site, site=site, changes=changes)
    return site


def _as_it_will_be(site: Site, values: dict[str, Any]) -> Site:
    after = copy(site)
    for name, value in values.items():
        setattr(after, name, value)
    return after


@transaction.atomic
def stop_site(site: Site, *, by: User | None, reason: str) -> Site:
    """The site is no longer on the street; nothing of its past is lost. Stopping twice changes nothing."""
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf kort waarom de plek stopt.")})
    return _set_status(site, SiteStatus.STOPPED, verb="stop_site", by=by, reason=reason.strip())


@transaction.atomic
def reopen_site(site: Site, *, by: User | None, status: SiteStatus = SiteStatus.ACTIVE) -> Site:
    """Take a stopped site up again: on the street at once, or (`STARTING`) first behind the door."""
    if status not in RUNNING:
        raise ValidationError({"status": _("Kies of de plek in opstart of actief is.")})
    return _set_status(site, status, verb="reopen_site", by=by)


def _set_status(site: Site, status: SiteStatus, *, verb: str, by: User | None, reason: str = "") -> Site:
    site = Site.objects.select_for_update().get(pk=site.pk)
    if (site.status == SiteStatus.STOPPED) == (status == SiteStatus.STOPPED):
        return site
    changes = take_over(site, {"status": str(status)})
    site.save(update_fields=["status"])
    schedule_changed(site.pk)
    log_change(by=by, verb=verb, about=site, site=site, changes=changes, reason=reason)
    return site


@transaction.atomic
def remove_site(site: Site, *, by: User | None) -> None:
    """Take away a site that was opened by mistake. Raises ValidationError for one with a history."""
    site = Site.objects.select_for_update().get(pk=site.pk)
    refuse_history(site)
    log_change(by=by, verb="remove_site", about=site, site=None, changes={"name": [site.name, None]})
    site.delete()


def refuse_history(site: Site) -> None:
    """Raises ValidationError for a site on which anything hangs."""
    if has_history(site):
        raise ValidationError(
            _("“%(name)s” heeft een verleden en kan niet weg. Zet de plek op gestopt: dan ziet niemand ze nog."),
            params={"name": site.name},
        )
