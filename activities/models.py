"""Activity is who it is, series is the agreement, occurrence is the fact."""

from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sites.enums import Function
from sites.fields import TextsField
from sites.models import Site
from sites.slugs import refuse_capitals
from stek.time import wall_now

from .counting import Attendance as Attendance  # a model is found here, wherever it is written
from .counting import Presence as Presence
from .enums import PlanStatus
from .helping import Shift as Shift
from .helping import ShiftNeed as ShiftNeed
from .helping import SignUp as SignUp
from .helping import Standing as Standing
from .helping import Swap as Swap
from .ideas import Idea as Idea
from .ideas import IdeaTable as IdeaTable
from .occurrence import Guest as Guest
from .occurrence import Occurrence as Occurrence
from .occurrence import Stop as Stop
from .outing import Outing as Outing
from .outing import Reservation as Reservation
from .outing import ReservationKey as ReservationKey
from .querysets import (
    ActivityQuerySet,
    ActivityTypeQuerySet,
    PlanQuerySet,
    StepQuerySet,
)
from .series import Series as Series
from .series import SeriesDate as SeriesDate
from .series import SeriesOrganiser as SeriesOrganiser
from .series import Text as Text
from .spots import Spot as Spot
from .staying import Continuation as Continuation


class ActivityType(models.Model):
    """A kind of offer, named in every language a visitor may read, with its pictogram."""

    code = models.SlugField(_("code"), unique=True)
    pictogram = models.SlugField(_("pictogram"), default="house", help_text=_("Naam van de tekening, zonder “p-”."))
    names = TextsField(_("namen"), help_text='{"nl": "…", "fr": "…", "en": "…"}')
    is_elsewhere = models.BooleanField(
        _("op een andere plek"), default=False, help_text=_("Zoals een uitstap: het huis is er niet voor open.")
    )

    objects = ActivityTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("soort activiteit")
        verbose_name_plural = _("soorten activiteiten")
        ordering = ["code"]

    def __str__(self) -> str:
        # The admin names a row in the heading of a form it refuses, so before its shape is right.
        name = self.names.get("nl") if isinstance(self.names, dict) else None
        return name if isinstance(name, str) else self.code


class Activity(models.Model):
    """Who it is: one address for as long as it lives. What was agreed, and when, stands in its series.

    The address never changes, so there are no old ones that another activity could take.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="activities")
    slug = models.SlugField(_("adres"), max_length=80, validators=[refuse_capitals])
    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="activities")
    meet = models.BooleanField(Function.MEET.label, default=False)
    learn = models.BooleanField(Function.LEARN.label, default=False)
    politicise = models.BooleanField(Function.POLITICISE.label, default=False)
    refer = models.BooleanField(Function.REFER.label, default=False)
    volunteers_allowed = models.BooleanField(_("vrijwilligers mogen helpen"), default=True)
    no_volunteers_reason = models.CharField(
        _("waarom geen vrijwilligers"), max_length=200, blank=True, help_text=_("Alleen de opbouwwerker ziet dit.")
    )
    combined_with = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("samen met")
    )
    needs_check = models.BooleanField(_("nog na te kijken"), default=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        constraints = [
            models.UniqueConstraint(fields=["site", "slug"], name="activity_slug_once_per_site"),
            models.CheckConstraint(condition=Q(slug=Lower("slug")), name="activity_slug_lower_case"),
            models.CheckConstraint(
                condition=Q(meet=True) | Q(learn=True) | Q(politicise=True) | Q(refer=True),
                name="activity_serves_a_function",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.slug}/{self.slug}"

    @property
    def functions(self) -> list[str]:
        """Codes of the functions it serves, in the one order used everywhere."""
        return [function for function in Function.values if getattr(self, function)]


class Step(models.Model):
    """One change of the schedule as it can be undone: what stood there before, and by which fingerprint to know that nobody
    changed it since."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=30)
    since = models.DateField(_("vanaf"))
    until = models.DateTimeField(_("tot"), help_text=_("Dan begint de eerste datum die veranderde."))
    before = models.JSONField(encoder=DjangoJSONEncoder)
    after = models.CharField(max_length=40)
    was_told = models.BooleanField(default=False)
    is_undone = models.BooleanField(default=False)
    at = models.DateTimeField(default=wall_now, editable=False)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.activity}"


class Plan(models.Model):
    """Something that may come, apart from the schedule: no day, no promise."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="plans")
    title = models.CharField(_("wat"), max_length=120)
    with_whom = models.CharField(_("met wie"), max_length=200, blank=True)
    status = models.CharField(_("hoever"), max_length=10, choices=PlanStatus, default=PlanStatus.PLANNED)
    note = models.CharField(_("wat nog moet gebeuren"), max_length=300, blank=True)
    needs_check = models.BooleanField(_("nog na te kijken"), default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plannen")
        ordering = ["site", "title"]
        constraints = [
            models.UniqueConstraint(fields=["site", "title"], name="plan_once_per_site"),
            models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_known"),
        ]

    def __str__(self) -> str:
        return self.title
