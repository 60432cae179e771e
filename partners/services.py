"""The referral guide: who helps with what, and how to reach them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sites.fields import TextsField
from sites.models import Partnership

from .service_querysets import ServiceQuerySet


class Service(models.Model):
    """A line of the guide of a partnership. One that is not offered any more stays: what was counted for it keeps its name."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="services")
    organisation = models.ForeignKey("partners.Organisation", models.PROTECT, related_name="services")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("dienst"), max_length=120)
    what_for = models.CharField(_("waarvoor"), max_length=300)
    translations = TextsField(_("vertalingen"), blank=True, help_text='{"fr": "…", "en": "…"}')
    reach = models.CharField(_("hoe je er komt"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("in de wegwijzer"), default=True)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("dienst")
        verbose_name_plural = _("diensten")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="service_code_once_per_partnership"),
            models.CheckConstraint(condition=Q(code=Lower("code")) & ~Q(code=""), name="service_code_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="service_has_a_name"),
            models.CheckConstraint(condition=~Q(what_for=""), name="service_is_for_something"),
        ]

    def __str__(self) -> str:
        return self.name
