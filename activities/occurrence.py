"""What happens on one date: where, at which hours, who comes along, and what became of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from sites.fields import TextsField
from sites.models import Place, Site
from stek.time import wall_now

from .enums import OccurrenceStatus, Part
from .querysets import OccurrencePartQuerySet, OccurrenceQuerySet


class Occurrence(models.Model):
    """One date of a series: the fact that shifts, counts, feeds and statistics hang on. Never deleted.

    `original_date` is the slot the rule gave; `day`, `begin`, `end` and `part` are what holds, in local time;
    `begins_at` and `ends_at` are the same hours in UTC, empty when nobody knows the hour.
    """

    series = models.ForeignKey("activities.Series", models.PROTECT, related_name="occurrences")
    site = models.ForeignKey(Site, models.PROTECT, related_name="occurrences")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original_date = models.DateField(_("eerst gepland op"))
    day = models.DateField(_("dag"))
    begin = models.TimeField(_("begin"), null=True, blank=True)
    end = models.TimeField(_("einde"), null=True, blank=True)
    part = models.CharField(_("deel van de dag"), max_length=10, choices=Part, blank=True)
    begins_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Leeg: het thuisadres van de plek.")
    )
    status = models.CharField(_("toestand"), max_length=10, choices=OccurrenceStatus, default=OccurrenceStatus.PLANNED)
    opened_anyway = models.BooleanField(_("toch open als de plek dicht is"), default=False)
    is_changed = models.BooleanField(_("met de hand veranderd"), default=False)
    note = models.CharField(_("bericht voor bezoekers"), max_length=300, blank=True)
    note_translations = TextsField(blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=wall_now, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("datum")
        verbose_name_plural = _("datums")
        ordering = ["day", "begin", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "original_date"], name="occurrence_once_per_slot"),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, end__isnull=True, begins_at__isnull=True, ends_at__isnull=True)
                | Q(
                    begin__isnull=False,
                    end__isnull=False,
                    begins_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("begins_at"),
                ),
                name="occurrence_hours_are_whole",
            ),
            models.CheckConstraint(condition=Q(begin__isnull=True) | Q(part=""), name="occurrence_has_hours_or_a_part"),
            models.CheckConstraint(condition=Q(status__in=OccurrenceStatus.values), name="occurrence_status_known"),
        ]
        indexes = [
            models.Index(fields=["site", "day"], name="occurrence_site_day"),
            models.Index(fields=["site", "original_date"], name="occurrence_site_original"),
        ]

    def __str__(self) -> str:
        return f"{self.series.title} {self.day:%Y-%m-%d}"

    @property
    def is_moved(self) -> bool:
        return self.day != self.original_date


class Stop(models.Model):
    """Where a mobile offer halts on one date, in order."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="stops")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    begin = models.TimeField(_("begin"), null=True, blank=True)
    end = models.TimeField(_("einde"), null=True, blank=True)

    objects = OccurrencePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("halte")
        verbose_name_plural = _("haltes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "place"], name="stop_once_per_occurrence"),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, end__isnull=True)
                | Q(begin__isnull=False, end__isnull=False, end__gt=F("begin")),
                name="stop_hours_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)


class Guest(models.Model):
    """A service that comes along on one date."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="guests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = OccurrencePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("te gast")
        verbose_name_plural = _("te gast")
        constraints = [models.UniqueConstraint(fields=["occurrence", "organisation"], name="guest_once")]

    def __str__(self) -> str:
        return str(self.organisation)
