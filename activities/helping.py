"""Help that an agreement asks for, and who gives it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.enums import Skill
from partners.models import Volunteer
from sites.fields import TextsField

from .enums import SignUpState
from .querysets import NeedPartQuerySet, SeriesPartQuerySet, ShiftPartQuerySet, ShiftQuerySet, SwapQuerySet


class ShiftNeed(models.Model):
    """Help that an agreement asks for on each of its dates, or on one `occurrence` only: what to do, and by how many.

    It begins `before` the activity and ends `after` it, in minutes; or at hours of its own, where nobody knows those of the activity.
    """

    series = models.ForeignKey("activities.Series", models.CASCADE, related_name="needs")
    occurrence = models.ForeignKey(
        "activities.Occurrence",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Leeg: op elke datum."),
    )
    task = models.CharField(_("wat er te doen is"), max_length=120)
    task_translations = TextsField(blank=True)
    skill = models.CharField(_("voor wie graag"), max_length=20, choices=Skill, blank=True)
    minimum = models.PositiveSmallIntegerField(_("hoeveel er minstens nodig zijn"), default=1)
    maximum = models.PositiveSmallIntegerField(_("hoeveel er hoogstens kunnen"), default=2)
    before = models.SmallIntegerField(_("minuten vroeger beginnen"), default=0)
    after = models.SmallIntegerField(_("minuten later eindigen"), default=0)
    begin = models.TimeField(
        _("begin van de beurt"), null=True, blank=True, help_text=_("Alleen als de activiteit zelf geen uur heeft.")
    )
    end = models.TimeField(_("einde van de beurt"), null=True, blank=True)
    until = models.DateField(_("laatste dag"), null=True, blank=True)

    objects = SeriesPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__gte=1, maximum__gte=F("minimum"), maximum__lte=50), name="need_bounds_in_order"
            ),
            models.CheckConstraint(
                condition=Q(before__range=(-240, 240), after__range=(-240, 240)), name="need_close_to_its_activity"
            ),
            models.CheckConstraint(condition=~Q(task=""), name="need_says_what_to_do"),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, end__isnull=True)
                | Q(begin__isnull=False, end__isnull=False, end__gt=F("begin"), before=0, after=0),
                name="need_hours_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.task


class Shift(models.Model):
    """A need on one date. It follows that date wherever it goes; whether it takes place is not kept here."""

    need = models.ForeignKey(ShiftNeed, models.CASCADE, related_name="shifts")
    occurrence = models.ForeignKey("activities.Occurrence", models.CASCADE, related_name="shifts")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("beurt")
        verbose_name_plural = _("beurten")
        constraints = [models.UniqueConstraint(fields=["need", "occurrence"], name="shift_once_per_date")]

    def __str__(self) -> str:
        return f"{self.need} {self.occurrence.day:%Y-%m-%d}"


class SignUp(models.Model):
    """A place in a shift. Who hands it back has no row: nothing says that they were there, or why not.

    Empty `volunteer`: somebody who was forgotten since; their hours count for the site.
    """

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="sign_ups")
    volunteer = models.ForeignKey(Volunteer, models.SET_NULL, null=True, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=SignUpState, default=SignUpState.TAKEN)

    objects = ShiftPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats in een beurt")
        verbose_name_plural = _("plaatsen in beurten")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["shift", "volunteer"], name="sign_up_once"),
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id}: {self.volunteer_id} {self.state}"


class Swap(models.Model):
    """A place that somebody offers to who can take it, or in exchange for theirs in the `wanted` shift. Agreed, withdrawn or handed
    back, it is no row any more."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.OneToOneField(SignUp, models.CASCADE, related_name="swap")
    wanted = models.ForeignKey(Shift, models.CASCADE, null=True, blank=True, related_name="+")

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruil")
        verbose_name_plural = _("ruilen")

    def __str__(self) -> str:
        return f"{self.place_id} ↔ {self.wanted_id}"


class Standing(models.Model):
    """A standing place: "elke dinsdag ik". Each new date of the need takes them along; one date is handed back like any other."""

    need = models.ForeignKey(ShiftNeed, models.CASCADE, related_name="standing")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="standing")

    objects = NeedPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("vaste plaats")
        verbose_name_plural = _("vaste plaatsen")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["need", "volunteer"], name="standing_once")]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.volunteer_id}"
