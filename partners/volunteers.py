"""Who helps: what little is kept of them, and when they are away."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.fields import ChosenField
from sites.models import Site

from .enums import Skill, Tongue
from .querysets import AwayQuerySet, VolunteerQuerySet


class Volunteer(models.Model):
    """Somebody who helps: with an account, or without one at one `site`, where the coordinator acts for them.

    Who has an account has this row from the first time they choose something; before that everything is as it is by default.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="volunteer"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="volunteers")
    name = models.CharField(_("naam"), max_length=120, blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    skills = ChosenField(_("wat je graag doet"), names=Skill.values)
    shows_first_name = models.BooleanField(_("anderen mogen mijn voornaam zien"), default=False)
    takes_calls = models.BooleanField(_("vraag mij als iemand niet kan"), default=False)
    wants_late_reminder = models.BooleanField(_("herinner me ook drie uur vooraf"), default=False)
    languages = ChosenField(_("talen waarin je mensen kan helpen"), names=Tongue.values)
    may_be_pictured = models.BooleanField(_("foto’s van mij mogen gebruikt worden"), default=False)
    # Of who has no account; the key of the others says it.
    since = models.DateField(_("helpt sinds"), null=True, blank=True)
    until = models.DateField(_("laatste dag"), null=True, blank=True)
    # Of the secret in the address of their calendar; only who has the address can read it.
    calendar_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    objects = VolunteerQuerySet.as_manager()

    # What may never enter the change log: it outlives who it is about.
    PERSONAL_FIELDS = frozenset({"name", "phone"})

    class Meta:
        verbose_name = _("vrijwilliger")
        verbose_name_plural = _("vrijwilligers")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, site__isnull=True, name="", since__isnull=True, until__isnull=True)
                | (Q(user__isnull=True, site__isnull=False, since__isnull=False) & ~Q(name="")),
                name="volunteer_has_an_account_or_a_name_at_a_site",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.name

    @property
    def skill_names(self) -> list[str]:
        return [str(Skill(code).label) for code in self.skills]

    @property
    def language_names(self) -> list[str]:
        return [str(Tongue(code).label) for code in self.languages]

    @property
    def first_name(self) -> str:
        """Of who has no name in the account nothing: an address is no name."""
        return (self.user.name if self.user else self.name).split(" ")[0]


class Away(models.Model):
    """Days on which a volunteer is not asked and not reminded. Why is nobody's business."""

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="away")
    first_day = models.DateField(_("eerste dag"))
    last_day = models.DateField(_("laatste dag"))

    objects = AwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("periode weg")
        verbose_name_plural = _("periodes weg")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="away_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}"

    def covers(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day
