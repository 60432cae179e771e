"""What becomes of each activity when the money stops, and who could carry it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation

from .enums import Staying
from .querysets import ContinuationQuerySet


class Continuation(models.Model):
    """What was chosen for one activity; one without a row is not yet known."""

    activity = models.OneToOneField("activities.Activity", models.CASCADE, related_name="continuation")
    what = models.CharField(_("wat blijft"), max_length=10, choices=Staying, default=Staying.UNKNOWN)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wie het kan dragen")
    )
    reviewed_on = models.DateField(_("bekeken op"))
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = ContinuationQuerySet.as_manager()

    class Meta:
        verbose_name = _("wat blijft als het geld stopt")
        verbose_name_plural = _("wat blijft als het geld stopt")
        constraints = [
            models.CheckConstraint(condition=Q(what__in=Staying.values), name="continuation_known"),
            models.CheckConstraint(
                condition=~Q(what=Staying.STOPS) | Q(organisation__isnull=True), name="continuation_carries_what_stays"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.get_what_display()}"
