"""Somebody is welcomed, step by step, and what they say yes to is written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.consents import TICKS
from partners.models import Consent, Volunteer, Welcome
from sites.models import Site
from stek.time import today


@transaction.atomic
def welcome(volunteer: Volunteer, site: Site, days: Mapping[str, dt.date | None]) -> None:
    """Step -> the day it was done, or None when it was not after all; other steps stay as they are.

    Raises ValidationError, by step, for a day to come. Not in the change log: it is about a person.
    """
    day = today(site.time_zone)
    if late := {step: _("Die dag moet nog komen.") for step, done in days.items() if done and done > day}:
        raise ValidationError(late)
    for step, done in days.items():
        if done is None:
            Welcome.objects.filter(volunteer=volunteer, site=site, step=step).delete()
        else:
            Welcome.objects.update_or_create(volunteer=volunteer, site=site, step=step, defaults={"day": done})


def record_consents(volunteer: Volunteer) -> None:
    """Write down what they say yes to since today and what no more, in the transaction of that. What did not change stays as it was given."""
    day = today()
    given = {one.what: one for one in Consent.objects.filter(volunteer=volunteer, withdrawn_on__isnull=True)}
    for name, (what, version) in TICKS.items():
        says_yes = getattr(volunteer, name)
        if says_yes and what not in given:
            Consent.objects.create(volunteer=volunteer, what=what, version=version, given_on=day)
        elif not says_yes and what in given:
            Consent.objects.filter(pk=given[what].pk).update(withdrawn_on=max(day, given[what].given_on))
