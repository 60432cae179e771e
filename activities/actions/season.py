"""A season at once: a partner's dates, and plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from activities.enums import Frequency
from activities.importing import Wanted
from activities.models import Activity, ActivityType, Plan, Series
from partners.models import Organisation
from sites.actions import log_change
from sites.models import Site, User
from sites.seen import refuse_overtaken

from .offers import begin_offer
from .series import start_series

PLANNED_FIELDS = ("title", "with_whom", "status", "note")


@transaction.atomic
def import_dates(
    site: Site, *, by: User | None, wanted: Sequence[Wanted], type: ActivityType, functions: Sequence[str],
    organisers: Sequence[Organisation], price_kind: str,
) -> list[Series]:  # fmt: skip
    """One agreement for each date, those of one title under one activity; all of them or none. A date that is there already
    (same title, day and hours) is left as it is. Raises ValidationError, by field, when one cannot be kept."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)  # the same lines sent twice: the second finds them
    begun: dict[str, Activity] = {}
    made = []
    for one in sorted(wanted, key=lambda date: (date.day, date.begin is None, date.begin)):
        agreed: dict[str, Any] = {
            "title": one.title, "first_day": one.day, "begin": one.begin, "end": one.end, "frequency": Frequency.ONCE,
            "price_kind": price_kind,
        }  # fmt: skip
        if Series.objects.at(site).filter(is_undone=False, **agreed).exists():
            continue
        activity = begun.get(one.title) or _known(site, one.title)
        if activity:
            made.append(start_series(activity, by=by, organisers=organisers, **agreed))
        else:
            made.append(
                begin_offer(site, by=by, type=type, functions=functions, organisers=organisers, publish=True, **agreed)
            )
        begun[one.title] = made[-1].activity
    return made


def _known(site: Site, title: str) -> Activity | None:
    return Activity.objects.at(site).filter(series__title=title, series__is_published=True).order_by("pk").first()


@transaction.atomic
def keep_plan(plan: Plan, *, by: User | None, seen: str | None = None, **fields: Any) -> Plan:
    """Write down a plan, or what became of it. Raises `Overtaken` when somebody else changed it meanwhile."""
    is_new = plan.pk is None
    if not is_new:
        plan = Plan.objects.select_for_update(of=("self",)).select_related("site").get(pk=plan.pk)
        refuse_overtaken(plan, PLANNED_FIELDS, seen)
    old = {name: getattr(plan, name) for name in fields}
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.full_clean(exclude=["site"])
    plan.save()
    changes = {
        name: [None if is_new else old[name], value] for name, value in fields.items() if is_new or value != old[name]
    }
    log_change(by=by, verb="keep_plan", about=plan, site=plan.site, changes=changes)
    return plan
