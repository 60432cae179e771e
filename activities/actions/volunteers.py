"""What is known of who helps: chosen by themselves, or kept by the coordinator for who has no mailbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.enums import SignUpState
from activities.models import Shift, SignUp, Standing
from activities.shift_rules import moments_of, who_helps
from partners.actions.welcoming import record_consents
from partners.models import Away, Volunteer
from sites.actions.erasing import free_lines
from sites.models import ChangeLog, Site
from stek import traces
from stek.personal import Somebody
from stek.time import now, today

from .shifts import free_places

DAY = dt.timedelta(days=1)
BATCH = 100  # people a transaction: whoever takes a shift meanwhile waits for one of these only


@transaction.atomic
def keep_volunteer(row: Volunteer, **fields: Any) -> Volunteer:
    """Choices of somebody, by themselves or by who acts for them. Not in the change log: they are about a person."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    record_consents(row)
    if "until" in fields:
        free_without_key([row.pk])
    return row


@transaction.atomic
def add_volunteer(site: Site, **fields: Any) -> Volunteer:
    """Somebody without an account begins to help. The same in every word once more is the same person: somebody clicked twice."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    same = Volunteer.objects.filter(site=site, **fields).first()
    return same or keep_volunteer(Volunteer(site=site), **fields)


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
    """Who has no account, with name and number, also in the change log. What they did counts on, from nobody; what was to come is free."""
    forget_volunteers([row])
    transaction.on_commit(traces.wipe_database)


def forget_volunteers(rows: Iterable[Volunteer]) -> None:
    """The same for several, but for what the files of the database keep of them: the nightly round sees to that."""
    for row in rows:
        with transaction.atomic():
            give_up_what_is_to_come(SignUp.objects.filter(volunteer=row))
            _free_the_log(row)
            row.delete()


def _free_the_log(row: Volunteer) -> None:
    """Lines of their own place and partnership: elsewhere nobody knows them, and there the name is somebody else's."""
    assert row.site is not None
    near = models.Q(site=row.site_id) | models.Q(partnership=row.site.partnership_id)
    free_lines(ChangeLog.objects.filter(near), Somebody(0, "", row.name).is_named_in)


def give_up_what_is_to_come(places: models.QuerySet[SignUp]) -> None:
    """Of somebody who is forgotten: a place that nobody will fill must not look taken. What is over stays, and counts."""
    places.filter(state=SignUpState.WAITING).delete()
    free_places(SignUp.objects.filter(pk__in=[place.pk for place in to_come(places)]))


def to_come(places: models.QuerySet[SignUp]) -> list[SignUp]:
    """Those in shifts that are not over, with their shift."""
    moment = now()
    rows = places.filter(shift__in=Shift.objects.not_before(moment))
    return [
        place
        for place in rows.select_related("volunteer", "shift__need", "shift__occurrence__site")
        if (hours := moments_of(place.shift)) is None or hours[1] > moment
    ]


def keys_changed(user_id: int) -> None:
    """Somebody's keys may have become fewer or shorter, in the transaction of that."""
    free_without_key(Volunteer.objects.filter(user=user_id).values_list("pk", flat=True))


@transaction.atomic
def free_without_key(keys: Iterable[int]) -> int:
    """Places of some volunteers on days on which they do not help at the site any more, and standing places where they do not from
    tomorrow on. How many rows went.

    Nobody gets a letter but who waits for such a place: a coordinator let the key end, and the roster shows what is free.
    """
    people = list(Volunteer.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk"))
    if not people:
        return 0
    helps = who_helps(people)
    places = [
        place.pk
        for place in to_come(SignUp.objects.filter(volunteer__in=people))
        if place.volunteer and not helps(place.volunteer, place.shift.occurrence.site_id, place.shift.occurrence.day)
    ]
    standing = [
        one.pk
        for one in Standing.objects.filter(volunteer__in=people).select_related(
            "volunteer", "need__series__activity__site"
        )
        if (site := one.need.series.activity.site) and not helps(one.volunteer, site.pk, today(site.time_zone) + DAY)
    ]
    free_places(SignUp.objects.filter(pk__in=places))
    Standing.objects.filter(pk__in=standing).delete()
    return len(places) + len(standing)


def free_without_keys() -> int:
    """Each night, of everybody with something to come: a key ends by itself too, and a date may move beyond its end. How many rows went."""
    holds = models.Q(sign_ups__shift__in=Shift.objects.not_before(now())) | models.Q(standing__isnull=False)
    people = Volunteer.objects.filter(holds).distinct().order_by("pk").values_list("pk", flat=True)
    return sum(free_without_key(some) for some in batched(list(people), BATCH))
