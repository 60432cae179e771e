"""How somebody comes to help: they offer it, they are welcomed step by step, and they say yes to what needs a yes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from sites.fields import ChosenField
from sites.models import Site

from .enums import Consented, Skill, WelcomeStep
from .querysets import CandidateQuerySet, OfVolunteersQuerySet, WelcomeQuerySet


class Candidate(models.Model):
    """Somebody who said on the page of a site that they want to help. The row goes when they are asked, put in, or not taken on."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, related_name="candidates")
    name = models.CharField(_("voornaam"), max_length=60)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    language = models.CharField(_("taal"), max_length=5, default="nl")
    skills = ChosenField(_("wat je graag doet"), names=Skill.values)
    consent_version = models.CharField(max_length=20)
    offered_on = models.DateField(_("aangemeld op"))

    objects = CandidateQuerySet.as_manager()

    # What may never enter the change log: it outlives who it is about.
    PERSONAL_FIELDS = frozenset({"name", "email", "phone"})

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["offered_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="candidate_can_be_reached"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="candidate_email_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="candidate_has_a_name"),
            models.CheckConstraint(condition=~Q(consent_version=""), name="candidate_said_yes_to_a_text"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def skill_names(self) -> list[str]:
        return [str(Skill(code).label) for code in self.skills]

    @property
    def language_name(self) -> str:
        """In the reader's language; empty for that of the source, which everybody expects."""
        return (
            "" if self.language == settings.LANGUAGE_CODE else str(get_language_info(self.language)["name_translated"])
        )


class Welcome(models.Model):
    """A step of welcoming a volunteer at a site, and the day it was done. One that is still to do has no row."""

    volunteer = models.ForeignKey("partners.Volunteer", models.CASCADE, related_name="welcomes")
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    step = models.CharField(max_length=20, choices=WelcomeStep)
    day = models.DateField(_("dag"))

    objects = WelcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van het onthaal")
        verbose_name_plural = _("stappen van het onthaal")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "site", "step"], name="welcome_once_per_step"),
            models.CheckConstraint(condition=Q(step__in=WelcomeStep.values), name="welcome_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.step} {self.day:%Y-%m-%d}"


class Consent(models.Model):
    """What a volunteer said yes to: which version of which text, from when, until when. That it holds now stands with the volunteer."""

    volunteer = models.ForeignKey("partners.Volunteer", models.CASCADE, related_name="consents")
    what = models.CharField(max_length=20, choices=Consented)
    version = models.CharField(max_length=20)
    given_on = models.DateField(_("gegeven op"))
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)

    objects = OfVolunteersQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ["given_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "what"], condition=Q(withdrawn_on__isnull=True), name="consent_given_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(condition=Q(what__in=Consented.values), name="consent_about_something_known"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.what} {self.given_on:%Y-%m-%d}"
