"""An organisation leaves a site on a day, or comes back as if it never had. What it was and did stays as it stood."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction

from partners.leaving import Ending, check_leaving, last_leaving, what_ends
from partners.models import Leaving, Organisation
from partners.relations import sites_showing
from sites.actions import log_change, schedule_changed
from sites.models import Role, Site, User
from sites.told import about_to_change
from stek import outbox

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
    name = leaving.organisation.name_on(leaving.last_day)
    for user, day in users.items():
        if user.is_active and user.email:
            context = {"organisation": name, "site": leaving.site.name, "last_day": day, "name": user.name}
            outbox.send("partners/leaving", to=user.email, language=user.language, context=context)


@transaction.atomic
def come_back(organisation: Organisation, site: Site, *, by: User | None) -> bool:
    """Undo the last leaving: exactly what it ended goes on, and nothing that had ended before. False when there is none.

    What somebody gave another last day meanwhile keeps that day.
    """
    organisation = locked(organisation)
    leaving = last_leaving(organisation, site)
    if leaving is None:
        return False
    about_to_change([organisation])
    for label, pk, before, after in leaving.ended:
        rows = apps.get_model(label)._default_manager.filter(pk=pk, until=after)
        rows.update(until=before)
    for entry in leaving.removed:
        _put_back(entry)
    changes = {
        "last_day": [str(leaving.last_day), None],
        "organisation": [None, organisation.name_on(leaving.last_day)],
    }
    log_change(by=by, verb="come_back", about=leaving, site=site, changes=changes)
    leaving.delete()
    for pk in sites_showing(organisation):
        schedule_changed(pk)
    return True


def _put_back(entry: dict) -> None:
    """A row that had not begun, unless its person or what else it hangs on is gone."""
    (kept,) = serializers.deserialize("json", json.dumps([entry]))
    row: models.Model = kept.object
    relations = [one for one in row._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    needed = [(one.related_model, key) for one in relations if (key := getattr(row, one.attname)) is not None]
    if all(model._default_manager.filter(pk=key).exists() for model, key in needed):
        with suppress(IntegrityError), transaction.atomic():  # somebody gave the same anew meanwhile
            kept.save()
