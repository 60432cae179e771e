"""What an activity is, whichever agreement holds: its kind, what people come for, who may help, what it goes together with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.enums import PriceKind
from activities.models import Activity, Series
from sites.actions import log_change, schedule_changed
from sites.models import User
from sites.seen import refuse_overtaken

FIELDS = ("type", "meet", "learn", "politicise", "refer", "volunteers_allowed", "no_volunteers_reason", "combined_with")


@transaction.atomic
def change_activity(activity: Activity, *, by: User | None, seen: str | None = None, **fields: Any) -> Activity:
    """Give an activity other values of `FIELDS`, for its past too: it is who it is.

    Raises `Overtaken` when somebody else changed it meanwhile; ValidationError, by field, without a function, for learning that
    costs something, and for something of another site to go together with.
    """
    activity = Activity.objects.select_for_update(of=("self",)).select_related("site").get(pk=activity.pk)
    refuse_overtaken(activity, FIELDS, seen)
    old = {name: getattr(activity, name) for name in fields}
    for name, value in fields.items():
        setattr(activity, name, value)
    _check(activity)
    activity.full_clean(exclude=["site", "type", "combined_with"])
    activity.save()
    schedule_changed(activity.site_id)
    changes = {name: [_word(old[name]), _word(value)] for name, value in fields.items() if value != old[name]}
    log_change(by=by, verb="change_activity", about=activity, site=activity.site, changes=changes)
    return activity


def _check(activity: Activity) -> None:
    if not activity.functions:
        raise ValidationError({"meet": _("Kies waarvoor mensen komen.")})
    if activity.learn and Series.objects.filter(activity=activity).exclude(price_kind=PriceKind.FREE).exists():
        raise ValidationError({"learn": _("Leren is altijd gratis, en dit kost iets.")})
    if activity.combined_with and activity.combined_with.site_id != activity.site_id:
        raise ValidationError({"combined_with": _("Dit hoort niet bij deze plek.")})
    if activity.combined_with_id and activity.combined_with_id == activity.pk:
        raise ValidationError({"combined_with": _("Kies een andere activiteit.")})


def _word(value: Any) -> Any:
    return value.slug if isinstance(value, Activity) else str(value) if hasattr(value, "pk") else value
