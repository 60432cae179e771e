"""Who organises: an offer goes over to others from a day on, or stops when nobody does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.enums import Frequency, OccurrenceStatus
from activities.models import Occurrence, Series, SeriesOrganiser
from activities.without_organiser import organisers_left
from partners.models import Organisation
from sites.actions import log_change, schedule_changed
from sites.models import User

from .occurrence import cancel
from .series import change_from, end_series
from .touched import tell_calendars_of


@transaction.atomic
def hand_over(series: Series, *, day: dt.date, to: Sequence[Organisation], by: User | None, reason: str = "") -> Series:
    """From a local day on others organise, beside who of today's organisers is still engaged then.

    An agreement that has begun gets a successor, so that pages of before say who it was; one that has not, changes itself.
    Raises ValidationError, by field, without anybody, for who is not engaged at the site on that day, and as `change_from` does.
    """
    if not to:
        raise ValidationError({"to": _("Kies wie het overneemt.")})
    site = series.activity.site
    engaged = set(Organisation.objects.engaged_at(site, max(day, series.first_day)).values_list("pk", flat=True))
    if any(one.pk not in engaged for one in to):
        raise ValidationError({"to": _("Die organisatie werkt hier dan niet.")})
    stay = [one for one in organisers_left(series, max(day, series.first_day)) if one not in to]
    organisers = [*stay, *to]
    if day > series.first_day:
        return change_from(series, day, organisers=organisers, by=by, reason=reason)
    return _replace(series, organisers, by=by, reason=reason)


def _replace(series: Series, organisers: list[Organisation], *, by: User | None, reason: str) -> Series:
    series = Series.objects.select_for_update(of=("self",)).select_related("activity__site").get(pk=series.pk)
    old = list(series.organisers.values_list("organisation__code", flat=True))
    series.organisers.all().delete()
    SeriesOrganiser.objects.bulk_create(
        SeriesOrganiser(series=series, organisation=one, position=position) for position, one in enumerate(organisers)
    )
    tell_calendars_of([series])
    schedule_changed(series.activity.site_id)
    changes = {"organisers": [old, [one.code for one in organisers]]}
    log_change(by=by, verb="change_organisers", about=series, site=series.activity.site, changes=changes, reason=reason)
    return series


@transaction.atomic
def stop_from(series: Series, *, day: dt.date, by: User | None, note: str = "") -> None:
    """From a local day on it does not take place. Dates of an agreement that never began are called off one by one.

    Raises ValidationError, by field, as `end_series` does.
    """
    if day > series.first_day:
        end_series(series, day - dt.timedelta(days=1), by=by, reason=note)
        return
    if series.frequency != Frequency.ONCE:
        end_series(series, series.first_day, by=by, reason=note)
    for occurrence in Occurrence.objects.filter(series=series, status=OccurrenceStatus.PLANNED):
        cancel(occurrence, by=by, note=note)
