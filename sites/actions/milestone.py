"""Key moments, as exactly as they are known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.models import Milestone, Site, User
from sites.seen import refuse_overtaken
from sites.words import first_of

from .log import log_change, schedule_changed
from .rows import begun, take_over

MILESTONE_FIELDS = ("day", "precision", "text", "translations", "correction_note", "correction_translations")


@transaction.atomic
def add_milestone(
    site: Site, *, by: User | None, day: dt.date, precision: int, text: str, translations: dict[str, str] | None = None
) -> Milestone:
    """A key moment of one site. `day` is any day of the month, season or year that is meant. The same once more is the one that is there."""
    same = {"day": first_of(day, precision), "precision": precision, "text": text, "translations": translations or {}}
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)  # of two at once the second sees the first
    if there := Milestone.objects.filter(site=site, **same).first():
        return there
    milestone = Milestone(site=site, partnership=site.partnership, translations=translations or {})
    values = {"day": first_of(day, precision), "precision": precision, "text": text}
    for name, value in values.items():
        setattr(milestone, name, value)
    milestone.full_clean(exclude=["site", "partnership"])
    milestone.save()
    schedule_changed(site.pk)
    log_change(by=by, verb="add_milestone", about=milestone, site=site, changes=begun(values))
    return milestone


@transaction.atomic
def change_milestone(milestone: Milestone, *, by: User | None, seen: str | None = None, **values: Any) -> Milestone:
    """Correct a key moment; a note says to visitors what was corrected.

    Raises `Overtaken` when it is not what was `seen`, ValidationError for one of the whole partnership without a site to tell.
    """
    milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    refuse_overtaken(milestone, MILESTONE_FIELDS, seen)
    precision = values.get("precision", milestone.precision)
    values["day"] = first_of(values.get("day", milestone.day), precision)
    changes = take_over(milestone, values)
    if not changes:
        return milestone
    milestone.full_clean(exclude=["site", "partnership"])
    milestone.save(update_fields=list(changes))
    for site in _sites_of(milestone):
        schedule_changed(site.pk)
        log_change(by=by, verb="change_milestone", about=milestone, site=site, changes=changes)
    return milestone


def _sites_of(milestone: Milestone) -> list[Site]:
    sites = [milestone.site] if milestone.site else list(milestone.partnership.sites.order_by("pk"))
    if not sites:
        raise ValidationError(_("Dit sleutelmoment hoort bij geen enkele plek."))
    return sites
