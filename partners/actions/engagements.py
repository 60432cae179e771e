"""Organisations come to a site, and what they bring and get changes."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partners.enums import CHECKING_KINDS
from partners.models import Engagement, Organisation, OrganisationName
from partners.periods import overlaps
from sites.actions import log_change, schedule_changed
from sites.actions.rows import take_over
from sites.models import Site, User, first_day_ever

from .changing import locked, tell_everywhere


@transaction.atomic
def add_organisation(*, by: User | None, site: Site | None, name: str, **fields: Any) -> Organisation:
    """A new organisation, called `name` since always. Raises ValidationError by field.

    Of a kind that also checks on people it has a control function from its first minute, whoever adds it.
    """
    fields["has_control_function"] = fields.get("has_control_function", False) or fields.get("kind") in CHECKING_KINDS
    organisation = Organisation(code=_free_code(name), **fields)
    organisation.full_clean(exclude=["parent", "municipality"])
    organisation.save()
    OrganisationName.objects.create(organisation=organisation, name=name.strip(), since=first_day_ever())
    log_change(by=by, verb="add_organisation", about=organisation, site=site, changes={"name": [None, name.strip()]})
    return organisation


def _free_code(name: str) -> str:
    base = slugify(name)[:40] or "organisatie"
    taken = set(Organisation.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for number in count(1) if (code := base if number == 1 else f"{base}-{number}") not in taken)


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: User | None, **fields: Any) -> Organisation:
    """Facts of the organisation itself, the same at every site. Raises ValidationError by field."""
    organisation = locked(organisation)
    changes = take_over(organisation, fields)
    if changes:
        organisation.full_clean(exclude=["parent", "municipality"])
        organisation.save(update_fields=list(changes))
        tell_everywhere(organisation, by=by, verb="change_organisation", changes=changes)
    return organisation


@transaction.atomic
def engage(organisation: Organisation, site: Site, *, by: User | None, **fields: Any) -> Engagement:
    """An organisation begins at a site. Raises ValidationError, by field, when it works there already in those days."""
    engagement = Engagement(organisation=locked(organisation), site=site, **fields)
    _check(engagement)
    engagement.save()
    schedule_changed(site.pk)
    since = engagement.since and str(engagement.since)
    changes = {
        "organisation": [None, engagement.organisation.name_on(engagement.since or dt.date.max)],
        "since": [None, since],
    }
    log_change(by=by, verb="engage", about=engagement, site=site, changes=changes)
    return engagement


@transaction.atomic
def change_engagement(engagement: Engagement, *, by: User | None, **fields: Any) -> Engagement:
    """Other words, another beginning, a guest or not. When it ends is a leaving's business. Raises ValidationError by field."""
    locked(engagement.organisation)
    engagement = Engagement.objects.select_related("site", "organisation").get(pk=engagement.pk)
    changes = take_over(engagement, fields)
    if changes:
        _check(engagement)
        engagement.save(update_fields=list(changes))
        schedule_changed(engagement.site_id)
        log_change(by=by, verb="change_engagement", about=engagement, site=engagement.site, changes=changes)
    return engagement


def _check(engagement: Engagement) -> None:
    engagement.full_clean(exclude=["organisation", "site"], validate_constraints=False)
    if engagement.until and engagement.since and engagement.since > engagement.until:
        raise ValidationError({"since": _("Het begin ligt na de laatste dag.")})
    others = Engagement.objects.filter(organisation=engagement.organisation, site=engagement.site)
    if any(overlaps(engagement, other) for other in others.exclude(pk=engagement.pk)):
        raise ValidationError({"since": _("Deze organisatie werkt hier dan al.")})
