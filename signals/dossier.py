"""Dossiers: what many told, said once and asked of who can change it. No column leads to a signal, or to a person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.models import Partnership, Site
from sites.words import Dutch

from .dossier_querysets import DossierPartQuerySet, DossierQuerySet, StepQuerySet
from .enums import Status

LONGEST = 1000  # characters: as many as the guard looks at


class Dossier(models.Model):
    """Of one site, or of all sites of a partnership when `site` is empty. Its state is that of its newest step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("titel"), max_length=120)
    problem = models.CharField(_("wat er misloopt"), max_length=LONGEST)
    causes = models.CharField(_("hoe dat komt"), max_length=LONGEST, blank=True)
    affected = models.CharField(_("wie het raakt"), max_length=LONGEST, blank=True)
    proposals = models.CharField(_("wat we voorstellen"), max_length=LONGEST, blank=True)
    addressee = models.CharField(_("aan wie"), max_length=120, blank=True)
    status = models.CharField(_("toestand"), max_length=12, choices=Status, default=Status.COLLECTED)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dossier_status_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(problem=""), name="dossier_says_what_is_wrong"),
        ]

    def __str__(self) -> str:
        return self.title


class DossierStep(models.Model):
    """What was done on a day, of whom something was asked, and what came of it. Days never run backwards along `position`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("volgorde"))
    status = models.CharField(_("toestand"), max_length=12, choices=Status)
    day = models.DateField(_("dag"))
    addressee = models.CharField(_("bij wie"), max_length=120, blank=True)
    text = models.CharField(_("wat we deden of vroegen"), max_length=600, blank=True)
    due_on = models.DateField(_("antwoord verwacht op"), null=True, blank=True)
    answer = models.CharField(_("antwoord"), max_length=600, blank=True)
    answered_on = models.DateField(_("antwoord gekregen op"), null=True, blank=True)
    effect = models.CharField(_("wat er veranderde"), max_length=600, blank=True)
    is_published = models.BooleanField(_("iedereen leest het"), default=False)
    published_on = models.DateField(_("iedereen leest het sinds"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van een dossier")
        verbose_name_plural = _("stappen van dossiers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="dossier_step_once_per_position"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dossier_step_status_known"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("day")), name="dossier_step_due_not_before_its_day"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, effect="")
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_on__gte=F("day"))),
                name="dossier_step_answer_has_a_day_not_before_it",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_on__isnull=False), name="dossier_step_published_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.get_status_display()}"


class DossierSentence(models.Model):
    """One sentence that shows what goes wrong: written anew and approved for everybody. From which signals it came is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="sentences")
    text = models.CharField(_("zin"), max_length=300)
    approved_on = models.DateField(_("goedgekeurd op"))

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("zin van een dossier")
        verbose_name_plural = _("zinnen van dossiers")
        ordering = ["pk"]  # by chance: the order in which they were written could be that of what was told
        constraints = [
            models.UniqueConstraint(fields=["dossier", "text"], name="dossier_sentence_once"),
            models.CheckConstraint(condition=~Q(text=""), name="dossier_sentence_has_text"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def quoted(self) -> str:
        """As it was written: most likely in Dutch."""
        return Dutch(self.text)


class DossierFigure(models.Model):
    """A figure that was published, chosen for a dossier. It is the frozen cell itself: when its quarter is published anew nothing changes here, and
    the page says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="figures")
    cell = models.ForeignKey("signals.ReleasedCell", models.PROTECT, related_name="+")

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cijfer van een dossier")
        verbose_name_plural = _("cijfers van dossiers")
        constraints = [models.UniqueConstraint(fields=["dossier", "cell"], name="dossier_figure_once")]

    def __str__(self) -> str:
        return str(self.cell)
