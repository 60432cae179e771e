"""How many people were there: numbers and organisations, never a name."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation

from .querysets import AttendancePartQuerySet, AttendanceQuerySet

# More is a slip of the thumb: the largest of these houses is a canteen.
MOST = 999


class Attendance(models.Model):
    """What was counted on one date. "Ging niet door" is a fact of its own and not a zero; an empty number was not counted.

    `people` are visitors, without workers and volunteers; `new_faces` are some of them. `sendings` are fingerprints of the forms that
    were kept, so that one that is sent again, from a telephone without connection, is kept once.
    """

    occurrence = models.OneToOneField("activities.Occurrence", models.PROTECT, related_name="attendance")
    took_place = models.BooleanField(_("ging door"), default=True)
    people = models.PositiveSmallIntegerField(_("mensen"), null=True, blank=True)
    new_faces = models.PositiveSmallIntegerField(_("voor het eerst"), null=True, blank=True)
    volunteers = models.PositiveSmallIntegerField(_("vrijwilligers"), null=True, blank=True)
    note = models.CharField(_("opmerking"), max_length=300, blank=True)
    sendings = models.JSONField(default=list, editable=False)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellingen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(took_place=True, people__isnull=False)
                | Q(took_place=False, people__isnull=True, new_faces__isnull=True, volunteers__isnull=True),
                name="attendance_numbers_of_what_took_place",
            ),
            models.CheckConstraint(
                condition=Q(new_faces__isnull=True) | Q(people__gte=F("new_faces")),
                name="attendance_new_faces_are_people",
            ),
            models.CheckConstraint(
                condition=(Q(people__isnull=True) | Q(people__lte=MOST))
                & (Q(volunteers__isnull=True) | Q(volunteers__lte=MOST)),
                name="attendance_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence}: {self.people}"


class Presence(models.Model):
    """An organisation that was there on a date that was counted."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="presences")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = AttendancePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezige organisatie")
        verbose_name_plural = _("aanwezige organisaties")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["attendance", "organisation"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.attendance_id}"
