"""What a steering group was told: the report that was frozen for its meeting, and the letters about a quarter."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.models import Partnership

from .enums import DigestState, LetterKind
from .periods import Period
from .querysets import OfPartnershipQuerySet


class Report(models.Model):
    """The figures of a period as they were on the day they were frozen. They never change; what is corrected later is shown beside them.

    `figures` is a snapshot (`stek.steering.snapshot`) in the shape of its `version`. Who froze it stands in the change log.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reports")
    period = models.CharField(_("periode"), max_length=7)
    frozen_on = models.DateField(_("vastgezet op"))
    meeting_on = models.DateField(_("voor de vergadering van"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    figures = models.JSONField(editable=False)

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")
        ordering = ["-frozen_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "period"], name="report_once_per_period"),
            models.CheckConstraint(condition=Q(period__startswith="20"), name="report_is_of_a_period"),
            models.CheckConstraint(condition=Q(version__gte=1), name="report_has_a_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership} {self.period}"

    @property
    def when(self) -> Period:
        found = Period.parse(self.period)
        assert found is not None  # a constraint says so
        return found


class Digest(models.Model):
    """The letter about a quarter, to everybody of one kind: sent, or held back. Of what happened it tells from `since` up to and
    without `until`, which is where the next one begins; to whom it went stands in the outbox."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="digests")
    kind = models.CharField(_("soort"), max_length=10, choices=LetterKind)
    period = models.CharField(_("periode"), max_length=7)
    state = models.CharField(_("toestand"), max_length=4, choices=DigestState)
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot"))

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind", "period"], name="digest_once_per_period"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="digest_ends_after_begin"),
            models.CheckConstraint(condition=Q(state__in=DigestState.values), name="digest_state_known"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="digest_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.partnership} {self.period}"
