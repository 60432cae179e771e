"""Counting people who were pointed to a service. The verb gets numbers, for which organisation, and a key of a form; never a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from activities.iso_week import IsoWeek
from partners.models import Service
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
    rows = list(Pointing.objects.filter(partnership=partnership, year=quarter.year, quarter=quarter.first))
    tokens = list(_tokens(f"{partnership} {quarter.year} {quarter.first} {service} {contributor}"))
    row = next((one for one in rows if one.service == service), None)
    if row is None:
        rows.append(
            Pointing(
                partnership=partnership, year=quarter.year, quarter=quarter.first, service=service, token=tokens[0]
            )
        )
    elif not row.several and row.token not in tokens:
        row.several, row.token = True, ""
    put_anew(Pointing, rows)


def _tokens(who: str) -> Iterator[str]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac("signals.pointing", who, secret=secret, algorithm="sha256").hexdigest()


@transaction.atomic
def forget_sendings() -> int:
    """Which forms a number is made of matters until nobody can add to it any more."""
    now = this_week()
    old = Referral.objects.exclude(sendings=[]).before(now.plus(-1))
    return old.update(sendings=[])
