"""Which activities, agreements and dates, visible to whom. Never decides."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from partners.querysets import DeskQuerySet
from sites.querysets import SiteScopedQuerySet, coordinated_sites, is_administrator

from .enums import Frequency, OccurrenceStatus


class ActivityTypeQuerySet(models.QuerySet):
    def visible_to(self, user) -> ActivityTypeQuerySet:
        """Types belong to the whole network: everyone sees them."""
        return self


class ActivityQuerySet(SiteScopedQuerySet):
    pass


class SeriesQuerySet(SiteScopedQuerySet):
    site_path = "activity__site"

    def visible_to(self, user) -> SeriesQuerySet:
        """Published agreements of sites one may see; drafts too for its coordinator and an administrator."""
        seen = super().visible_to(user)
        if is_administrator(user):
            return seen
        return seen.filter(Q(is_published=True) | Q(activity__site__in=coordinated_sites(user)))

    def published(self) -> SeriesQuerySet:
        """What holds, held or will hold: not a draft, and not undone before it began."""
        return self.filter(is_published=True, is_undone=False)

    def told(self) -> SeriesQuerySet:
        """What visitors were ever told of: calendars must hear that what was undone is off."""
        return self.filter(is_published=True)

    def drafts(self) -> SeriesQuerySet:
        return self.filter(is_published=False)

    def on(self, first: dt.date, last: dt.date) -> SeriesQuerySet:
        """Agreements in force on at least one day of `first`..`last`, both inclusive."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=first), first_day__lte=last)

    def undated(self) -> SeriesQuerySet:
        """Repeating agreements of which nobody has said the weekday yet."""
        return self.filter(weekday__isnull=True).exclude(frequency=Frequency.ONCE)


class SeriesPartQuerySet(SiteScopedQuerySet):
    """What hangs on an agreement is as visible as the agreement."""

    site_path = "series__activity__site"

    def visible_to(self, user) -> SeriesPartQuerySet:
        from .models import Series  # noqa: PLC0415  # queryset leaf: models imports this module

        return self.filter(series__in=Series.objects.visible_to(user))


class OccurrenceQuerySet(SiteScopedQuerySet):
    def in_days(self, first: dt.date, last: dt.date) -> OccurrenceQuerySet:
        """Dates that are, or were first planned, in `first`..`last` (local, inclusive): a moved one shows twice."""
        return self.filter(Q(day__range=(first, last)) | Q(original_date__range=(first, last)))

    def happening(self) -> OccurrenceQuerySet:
        return self.filter(status=OccurrenceStatus.PLANNED)


class OccurrencePartQuerySet(SiteScopedQuerySet):
    site_path = "occurrence__site"


class StepQuerySet(DeskQuerySet):
    site_path = "activity__site"

    def open(self, now: dt.datetime) -> StepQuerySet:
        """Those that can still be undone at a domain moment."""
        return self.filter(until__gt=now, is_undone=False)


class PlanQuerySet(DeskQuerySet):
    pass
