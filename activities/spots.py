"""Where papers hang: a spot in words, which paper it is for, and which version of it hangs there [OUT-03]."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.models import ChangeLog, Site

from .enums import PaperKind
from .querysets import SpotQuerySet

TWICE = _("Deze plaats staat al op de lijst, voor hetzelfde blad in dezelfde taal.")


class Spot(models.Model):
    """A wall, a counter, a window. `version` is what stood on the paper that hangs there (`activities.versions`); nothing hangs
    there as long as it has no day."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="spots")
    where = models.CharField(_("waar hangt het"), max_length=120)
    paper = models.CharField(_("wat hangt er"), max_length=10, choices=PaperKind, default=PaperKind.OFFER)
    activity = models.ForeignKey(
        "activities.Activity", models.CASCADE, null=True, blank=True, related_name="spots", verbose_name=_("activiteit")
    )
    language = models.CharField(_("taal"), max_length=5, default=settings.LANGUAGE_CODE)
    hung_on = models.DateField(_("opgehangen op"), null=True, blank=True)
    version = models.CharField(_("versie"), max_length=40, blank=True)

    objects = SpotQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats van een affiche")
        verbose_name_plural = _("plaatsen van affiches")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "where", "paper", "language"], condition=Q(activity__isnull=True), name="spot_once_per_paper", violation_error_message=TWICE
            ),
            models.UniqueConstraint(
                fields=["site", "where", "activity", "language"], condition=Q(activity__isnull=False), name="spot_once_per_poster", violation_error_message=TWICE
            ),
            models.CheckConstraint(condition=Q(paper__in=PaperKind.values), name="spot_paper_known"),
            models.CheckConstraint(
                condition=Q(paper=PaperKind.POSTER, activity__isnull=False)
                | (~Q(paper=PaperKind.POSTER) & Q(activity__isnull=True)),
                name="spot_poster_is_of_an_activity",
            ),
            models.CheckConstraint(
                condition=Q(hung_on__isnull=True, version="") | (Q(hung_on__isnull=False) & ~Q(version="")),
                name="spot_hangs_with_its_version",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.where


def was_given_up(site: Site, number: int) -> bool:
    """Whether a spot with this key was on the list of this site."""
    gone = ChangeLog.objects.filter(about_model=Spot._meta.label_lower, about_id=str(number))
    return gone.filter(site=site, verb="give_up_spot").exists()
