"""How many people were pointed to which service: a number a week, and nothing of who was pointed or who pointed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.iso_week import IsoWeek
from partners.models import Service
from sites.models import Site

from .one_or_several import OneOrSeveral, constraints_of
from .querysets import ReferralQuerySet

MOST = 99


class Referral(models.Model):
    """Of one service at one site in one ISO week. `sendings` are hashes of the forms it was made of, until the week after it is over.

    `counted_…` is the quarter it was published in; it counts in no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(_("aantal"))
    sendings = models.JSONField(default=list, editable=False)
    counted_year = models.PositiveSmallIntegerField(null=True, editable=False)
    counted_quarter = models.PositiveSmallIntegerField(null=True, editable=False)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("doorverwijzing")
        verbose_name_plural = _("doorverwijzingen")
        constraints = [
            models.UniqueConstraint(fields=["site", "service", "year", "week"], name="referral_once_per_week"),
            models.CheckConstraint(condition=Q(number__gt=0), name="referral_is_of_somebody"),
            models.CheckConstraint(condition=Q(week__range=(1, 53)), name="referral_week_exists"),
            models.CheckConstraint(
                condition=Q(counted_year__isnull=True, counted_quarter__isnull=True)
                | Q(counted_year__isnull=False, counted_quarter__isnull=False, counted_quarter__range=(1, 4)),
                name="referral_counts_in_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def iso_week(self) -> IsoWeek:
        return IsoWeek(self.year, self.week)


class Pointing(OneOrSeveral):
    """Whether more than one organisation pointed to a service in a quarter."""

    service = models.SlugField(max_length=40)

    class Meta:
        verbose_name = _("wie verwees")
        verbose_name_plural = _("wie verwees")
        constraints = constraints_of(
            "service", once="pointing_once_per_service_and_quarter", exists="pointing_quarter_exists",
            one="pointing_is_by_one_or_by_several",
        )  # fmt: skip
