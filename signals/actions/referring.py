"""Counting people who were pointed to a service. The verb gets numbers, for which organisation, and a key of a form; never a person."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.iso_week import IsoWeek
from partners.models import Service
from signals.contributors import note
from signals.models import Pointing, Referral
from signals.quarters import Period
from signals.referring import MOST
from signals.rules import hash_of
from signals.shuffling import put_anew
from signals.weeks import quarter_of, this_week
from sites.models import Site

from .holding import lock

KEPT_SENDINGS = 50


@transaction.atomic
def count_referrals(
    site: Site, numbers: Mapping[Service, int], *, week: IsoWeek, contributor: str, key: str, is_example: bool = False
) -> int:
    """Add to what was counted in a week, this one or the last. How many people that were; a form that is sent twice counts once.

    Raises ValidationError for another week, and for numbers nobody means.
    """
    lock(site.partnership_id)
    now = this_week(site.time_zone)
    if week not in {now, now.plus(-1)} and not is_example:
        raise ValidationError({"week": _("Je kan tellen voor deze week en voor de vorige.")})
    if any(not 0 <= number <= MOST for number in numbers.values()):
        raise ValidationError(_("Kies een getal van 0 tot 99."))
    there = {row.service_id: row for row in Referral.objects.filter(site=site, year=week.year, week=week.number)}
    sending = hash_of(key)
    if any(sending in row.sendings for row in there.values()):
        return 0
    rows = []
    for service, number in numbers.items():
        if number:
            row = there.get(service.pk) or Referral(
                site=site, service=service, year=week.year, week=week.number, number=0, is_example=is_example
            )
            row.number += number
            row.sendings = [*row.sendings, sending][-KEPT_SENDINGS:]
            rows.append(row)
            note_pointing(contributor, partnership=site.partnership_id, quarter=quarter_of(week), service=service.code)
    put_anew(Referral, rows)
    return sum(numbers.values())


def note_pointing(contributor: str, *, partnership: int, quarter: Period, service: str) -> None:
    """As `contributors.note_contribution`: the first organisation leaves a token, a second one makes it several."""
    note(Pointing, {"service": service}, contributor, partnership=partnership, quarter=quarter, salt="signals.pointing")


@transaction.atomic
def forget_sendings() -> int:
    """Which forms a number is made of matters until nobody can add to it any more."""
    now = this_week()
    old = Referral.objects.exclude(sendings=[]).before(now.plus(-1))
    return old.update(sendings=[])
