"""Which meetings, decisions and action points, visible to whom."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from sites.models import Site

from .enums import MeetingStatus


class OfGroupsQuerySet(models.QuerySet):
    """Rows of a group (by `body_path`): for who follows its meetings, and nobody else."""

    body_path = "body"

    def visible_to(self, user):
        from .models import Body  # noqa: PLC0415  # queryset leaf: models imports this module

        if not user.is_authenticated:
            return self.none()
        return self.filter(**{f"{self.body_path}__in": Body.objects.followed_by(user).values("pk")})

    def of(self, body):
        return self.filter(**{self.body_path: body})

    def at_desk(self, site: Site):
        """Of the groups of a site, and of the steering group over it."""
        path = self.body_path
        return self.filter(
            Q(**{f"{path}__site": site})
            | Q(**{f"{path}__site__isnull": True, f"{path}__partnership": site.partnership_id})
        )


class MeetingQuerySet(OfGroupsQuerySet):
    def going_on(self) -> MeetingQuerySet:
        """Not cancelled."""
        return self.filter(status=MeetingStatus.PLANNED)

    def from_day(self, day: dt.date) -> MeetingQuerySet:
        """Of a day and after it, the first one first."""
        return self.filter(day__gte=day).order_by("day", "begin", "pk")

    def before(self, day: dt.date) -> MeetingQuerySet:
        """Those that are over, the last one first."""
        return self.filter(day__lt=day).order_by("-day", "-pk")

    def whole(self) -> MeetingQuerySet:
        return self.select_related("body__site", "body__partnership")


class OfMeetingsQuerySet(OfGroupsQuerySet):
    body_path = "meeting__body"

    def whole(self):
        return self.select_related("meeting__body__site", "meeting__body__partnership")


class DecisionQuerySet(OfMeetingsQuerySet):
    pass


class ActionPointQuerySet(OfMeetingsQuerySet):
    def open_on(self, day: dt.date) -> ActionPointQuerySet:
        """Agreed on that day or before, and not done by the end of the day before it. What is due first comes first."""
        rows = self.filter(Q(done_on__isnull=True) | Q(done_on__gte=day), meeting__day__lte=day)
        return rows.order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def still_open(self) -> ActionPointQuerySet:
        return self.filter(done_on__isnull=True).order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def late_on(self, day: dt.date) -> ActionPointQuerySet:
        return self.still_open().filter(due_on__lt=day)

    def whole(self) -> ActionPointQuerySet:
        rows = self.select_related("meeting__body__site", "meeting__body__partnership", "organisation")
        return rows.prefetch_related("organisation__names")
