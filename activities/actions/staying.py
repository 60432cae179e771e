"""Choosing what becomes of activities when the money stops."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from activities.enums import Staying
from activities.models import Activity, Continuation
from partners.models import Organisation
from sites.actions import log_change
from sites.actions.rows import take_over
from sites.models import Site, User
from stek.time import today

# What somebody chose for an activity: what becomes of it, and who could carry it.
Choice = tuple[str, Organisation | None]


@transaction.atomic
def choose_what_stays(
    site: Site, choices: Mapping[Activity, Choice], *, by: User | None, is_example: bool = False
) -> int:
    """Keep the choices for activities of a site; what did not change is left as it is. How many changed.

    What stops is carried by nobody.
    """
    Site.objects.select_for_update().get(pk=site.pk)
    there = {row.activity_id: row for row in Continuation.objects.filter(activity__in=list(choices))}
    changed = 0
    for activity, (what, organisation) in choices.items():
        row = there.get(activity.pk) or Continuation(activity=activity, reviewed_on=today(site.time_zone))
        changes = take_over(row, {"what": what, "organisation": None if what == Staying.STOPS else organisation})
        if changes:
            row.is_example = is_example
            row.reviewed_on = today(site.time_zone)
            row.save()
            log_change(by=by, verb="choose_what_stays", about=row, site=site, changes=changes)
            changed += 1
    return changed
