"""What pays for a place, from when until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.dated import NOT_A_FIRST_DAY, is_first_day
from sites.enums import Precision
from sites.models import Partnership, Site

from .funding_querysets import FundingQuerySet


class Funding(models.Model):
    """Money for one site, or for all sites of a partnership, until and including `last_day`. What nobody wrote down is empty.

    One that goes on is a new row that `follows` this one: what was promised before stays to be read.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="fundings")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="fundings")
    source = models.CharField(_("van wie het geld komt"), max_length=120)
    first_day = models.DateField(_("eerste dag"), null=True, blank=True)
    first_precision = models.PositiveSmallIntegerField(_("hoe precies"), choices=Precision, default=Precision.DAY)
    last_day = models.DateField(_("laatste dag"), null=True, blank=True)
    fte = models.DecimalField(_("voltijdse banen"), max_digits=4, decimal_places=2, null=True, blank=True)
    approved_on = models.DateField(_("goedgekeurd op"), null=True, blank=True)
    note = models.CharField(_("wat erbij hoort"), max_length=300, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = FundingQuerySet.as_manager()

    class Meta:
        verbose_name = _("geld")
        verbose_name_plural = _("geld")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="funding_has_a_source"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="funding_ends_after_begin",
            ),
            models.CheckConstraint(condition=Q(first_precision__in=Precision.values), name="funding_precision_known"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | is_first_day("first_day", "first_precision"),
                name="funding_vague_day_is_a_first_day",
                violation_error_message=NOT_A_FIRST_DAY,
            ),
            models.CheckConstraint(condition=Q(fte__isnull=True) | Q(fte__gt=0), name="funding_fte_is_something"),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="funding_does_not_follow_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.site or self.partnership})"
