"""What is known of who helps: chosen by themselves, or kept by the coordinator for who has no mailbox."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.enums import SignUpState
from activities.models import Shift, SignUp
from activities.shift_rules import moments_of
from partners.models import Away, Volunteer
from stek.time import now


@transaction.atomic
def keep_volunteer(row: Volunteer, **fields: Any) -> Volunteer:
    """Choices of somebody, by themselves or by who acts for them. Not in the change log: they are about a person."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def go_away(volunteer: Volunteer, *, first_day: Any, last_day: Any) -> Away:
    """Days on which somebody is not asked. Raises ValidationError, by field, when they end before they begin."""
    if last_day < first_day:
        raise ValidationError({"last_day": _("De laatste dag ligt voor de eerste dag.")})
    return Away.objects.get_or_create(volunteer=volunteer, first_day=first_day, last_day=last_day)[0]


def come_back(volunteer: Volunteer, key: int) -> None:
    """Such days are no more. Nothing for those of somebody else."""
    Away.objects.filter(volunteer=volunteer, pk=key).delete()


@transaction.atomic
def forget_volunteer(row: Volunteer) -> None:
    """Who has no account, with name and number. What they did counts on, from nobody; what was to come is free."""
    give_up_what_is_to_come(SignUp.objects.filter(volunteer=row))
    row.delete()


def give_up_what_is_to_come(places: models.QuerySet[SignUp]) -> None:
    """Of somebody who is forgotten: a place that nobody will fill must not look taken. What is over stays, and counts."""
    places.filter(state=SignUpState.WAITING).delete()
    coming = places.filter(shift__in=Shift.objects.not_before(now())).select_related(
        "shift__need", "shift__occurrence__site"
    )
    over = [place.pk for place in coming if (hours := moments_of(place.shift)) and hours[1] <= now()]
    coming.exclude(pk__in=over).delete()
