"""An organisation leaves a site on a day, or comes back: as if it never had, or after that day from today on. What it was and did stays as it stood."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction

from partners import emails
from partners.leaving import Ending, check_leaving, last_leaving, what_ends
from partners.models import Leaving, Membership, Organisation
from partners.periods import holds_on, last_of
from partners.relations import sites_showing
from sites.actions import log_change, schedule_changed
from sites.enums import Precision, RoleKind
from sites.models import Role, Site, User
from sites.told import about_to_change
from stek.time import today

from .changing import locked


@transaction.atomic
def leave(organisation: Organisation, site: Site, *, on: dt.date, by: User | None, reason: str = "") -> Leaving:
    """End the engagement on a local day, its last: access, seats and names on later pages end with it.

    Saying it twice changes nothing. Raises ValidationError, by field, for a day before yesterday, for one on which it does
    not work here, and when it is leaving already. Yesterday means "from now on": days that were keep who worked then.
    """
    organisation = locked(organisation)
    already = last_leaving(organisation, site)
    if already and already.last_day == on:
        return already
    check_leaving(organisation, site, on)
    # One that did not hold: it works here beyond that day all the same.
    Leaving.objects.filter(organisation=organisation, site=site, last_day=on).delete()
    ending = what_ends(organisation, site, on)
    leaving = Leaving(organisation=organisation, site=site, last_day=on, reason=reason)
    leaving.full_clean(exclude=["organisation", "site"])
    about_to_change([organisation])
    _end(ending, leaving)
    leaving.save()
    schedule_changed(site.pk)
    changes = {
        "last_day": [None, str(on)],
        "organisation": [organisation.name_on(on), None],
        "ended": [None, _counts(ending)],
    }
    log_change(by=by, verb="leave", about=leaving, site=site, changes=changes, reason=reason)
    _write_to_workers(leaving, ending)
    return leaving


def _end(ending: Ending, leaving: Leaving) -> None:
    """Give every row its last day, and write down what it was before."""
    plain: list[Any] = [*ending.engagements, *ending.seats, *ending.memberships]
    for row, day in [*((row, leaving.last_day) for row in plain), *ending.roles]:
        leaving.ended.append([row._meta.label, row.pk, row.until and str(row.until), str(day)])
        row.until = day
        row.save(update_fields=["until"])
    leaving.removed = json.loads(serializers.serialize("json", ending.removed))
    # Roles stand behind memberships: what is removed first is put back last.
    for row in reversed(ending.removed):
        row.delete()


def _counts(ending: Ending) -> dict[str, int]:
    return {
        "engagements": len(ending.engagements),
        "seats": len(ending.seats),
        "memberships": len(ending.memberships),
        "roles": len(ending.roles),
        "not_begun": len(ending.removed),
    }


def _write_to_workers(leaving: Leaving, ending: Ending) -> None:
    """Who has a last day now, knows it from us, each in their own language."""
    users = {role.user: day for role, day in ending.roles}
    users |= {row.user: leaving.last_day for row in ending.removed if isinstance(row, Role) and row.user not in users}
    for user, day in users.items():
        if user.is_active:
            emails.leaving(leaving, to=user, last_day=day)


@transaction.atomic
def come_back(organisation: Organisation, site: Site, *, by: User | None) -> bool:
    """Undo the last leaving: exactly what it ended goes on, and nothing that had ended before. False when there is none.

    What somebody gave another last day meanwhile, or ended themself, keeps that day. When the last day is past, all begins
    anew today: days that were keep who worked then.
    """
    organisation = locked(organisation)
    leaving = last_leaving(organisation, site)
    if leaving is None:
        return False
    about_to_change([organisation])
    leaving = Leaving.objects.select_for_update(of=("self",)).get(pk=leaving.pk)
    day = today(site.time_zone)
    for label, pk, before, after in leaving.ended:
        row = apps.get_model(label)._default_manager.filter(pk=pk, until=after).first()
        if row and not (isinstance(row, Role) and row.kind == RoleKind.PARTNER_WORKER):
            _go_on(row, _day(before), day)
    for entry in leaving.removed:
        _put_back(entry, day)
    _keys_go_on(leaving, day)
    changes = {
        "last_day": [str(leaving.last_day), None],
        "organisation": [None, organisation.name_on(leaving.last_day)],
    }
    log_change(by=by, verb="come_back", about=leaving, site=site, changes=changes)
    leaving.delete()
    for pk in sites_showing(organisation):
        schedule_changed(pk)
    return True


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _go_on(row: Any, until: dt.date | None, day: dt.date) -> None:
    """Until a later day, or without an end. A row that is over on `day` stays as it is; a new one begins then."""
    if last_of(row) >= day:
        row.until = until
        row.save(update_fields=["until"])
        return
    if until and until < day:
        return
    beside = next((one for one in _same(row) if holds_on(one, day)), None)
    if beside is None:
        row.pk, row.since, row.until = None, day, until
        row._state.adding = True
        if hasattr(row, "since_precision"):
            row.since_precision = Precision.DAY
        row.save()
    elif isinstance(beside, Role) and (until or dt.date.max) > last_of(beside):
        beside.until = until
        beside.save(update_fields=["until"])


def _same(row: models.Model) -> models.QuerySet:
    """Rows of the same two or three, whatever their days."""
    names = [one.attname for one in row._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    if isinstance(row, Role):
        names.append("kind")
    return type(row)._default_manager.filter(**{name: getattr(row, name) for name in names})


def _keys_go_on(leaving: Leaving, day: dt.date) -> None:
    """A worker's key that a leaving shortened lasts as long as any work at the site does, and no longer than it once would.

    Another organisation may be leaving as well: which of the two wrote down the key depends on who said so first.
    """
    ended: dict[int, list[list[str | None]]] = {}
    for one in Leaving.objects.filter(site=leaving.site_id):
        for label, pk, *days in one.ended:
            if label == Role._meta.label:
                ended.setdefault(pk, []).append(days)
    here = Membership.objects.filter(site=leaving.site_id)
    users = here.filter(organisation=leaving.organisation_id).values("user")
    roles = Role.objects.filter(kind=RoleKind.PARTNER_WORKER, site=leaving.site_id, user__in=users, pk__in=ended)
    for role in roles.filter(until__gte=leaving.last_day).order_by("pk"):
        if str(role.until) not in {after for _before, after in ended[role.pk]}:
            continue
        once = max(_day(before) or dt.date.max for before, _after in ended[role.pk])
        last = min(once, max(last_of(one) for one in here.filter(user=role.user_id)))
        if last > last_of(role):
            _go_on(role, None if last == dt.date.max else last, day)


def _put_back(entry: dict, day: dt.date) -> None:
    """A row that had not begun, unless it would be over by now, or its person or what else it hangs on is gone."""
    (kept,) = serializers.deserialize("json", json.dumps([entry]))
    row: Any = kept.object
    if last_of(row) < day:
        return
    if row.since < day:
        row.since = day
        if hasattr(row, "since_precision"):
            row.since_precision = Precision.DAY
    relations = [one for one in row._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    needed = [(one.related_model, key) for one in relations if (key := getattr(row, one.attname)) is not None]
    if all(model._default_manager.filter(pk=key).exists() for model, key in needed):
        with suppress(IntegrityError), transaction.atomic():  # somebody gave the same anew meanwhile
            kept.save()
