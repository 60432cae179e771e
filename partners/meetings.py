"""What groups do: they meet, decide, and agree who does what by when."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stek.time import today

from .enums import ActionOwner, MeetingStatus
from .meeting_querysets import ActionPointQuerySet, DecisionQuerySet, MeetingQuerySet, OfMeetingsQuerySet


class Meeting(models.Model):
    """A group comes together. Who sat in it then follows from the seats of that day; `visitors` and `volunteers` are numbers, never names."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey("partners.Body", models.PROTECT, related_name="meetings")
    day = models.DateField(_("dag"))
    begin = models.TimeField(_("begin"), null=True, blank=True)
    end = models.TimeField(_("einde"), null=True, blank=True)
    place = models.CharField(_("waar"), max_length=160, blank=True)
    theme = models.CharField(_("thema"), max_length=120, blank=True)
    agenda = models.TextField(_("agenda"), max_length=1500, blank=True)
    notes = models.TextField(_("verslag"), max_length=5000, blank=True)
    visitors = models.PositiveSmallIntegerField(_("aantal bezoekers"), null=True, blank=True)
    volunteers = models.PositiveSmallIntegerField(_("aantal vrijwilligers"), null=True, blank=True)
    status = models.CharField(_("toestand"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    reason = models.CharField(_("waarom afgezegd"), max_length=300, blank=True)
    # The day on which its people were told of it; what changes from then on is told too.
    called_on = models.DateField(_("uitgenodigd op"), null=True, blank=True)
    # For calendars: how many times day, hours or place changed since then, and when.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vergadering")
        verbose_name_plural = _("vergaderingen")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "day"], condition=Q(status=MeetingStatus.PLANNED), name="meeting_once_per_day"
            ),
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="meeting_status_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(begin__isnull=False, end__gt=F("begin")),
                name="meeting_ends_after_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.day:%Y-%m-%d}"

    @property
    def is_off(self) -> bool:
        return self.status == MeetingStatus.CANCELLED


class Present(models.Model):
    """An organisation that was there; who of it is not written down."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="present")
    organisation = models.ForeignKey("partners.Organisation", models.PROTECT, related_name="+")

    objects = OfMeetingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezige organisatie")
        verbose_name_plural = _("aanwezige organisaties")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="present_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.meeting}"


class Decision(models.Model):
    """What a group decided, in a sentence that can be found again."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    text = models.CharField(_("wat is er beslist"), max_length=300)
    written_on = models.DateField(_("opgeschreven op"), default=today, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("beslissing")
        verbose_name_plural = _("beslissingen")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_has_words")]

    def __str__(self) -> str:
        return self.text


class ActionPoint(models.Model):
    """What somebody would do by when. Its owner is an organisation or a role; it stands on each next meeting until it is done."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    text = models.CharField(_("wat"), max_length=200)
    role = models.CharField(_("wie"), max_length=20, choices=ActionOwner, blank=True)
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, blank=True, related_name="action_points"
    )
    due_on = models.DateField(_("tegen wanneer"), null=True, blank=True)
    done_on = models.DateField(_("klaar op"), null=True, blank=True)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("actiepunt")
        verbose_name_plural = _("actiepunten")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="action_point_has_words"),
            models.CheckConstraint(
                condition=Q(role__in=ActionOwner.values, organisation__isnull=True)
                | Q(role="", organisation__isnull=False),
                name="action_point_is_of_a_role_or_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, day: dt.date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < day

    def owner_on(self, day: dt.date) -> str:
        """Who does it, by the name of that day. Fetch with `whole()`."""
        return self.organisation.name_on(day) if self.organisation else str(self.get_role_display())
