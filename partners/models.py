"""Organisations, what they engaged themselves to, and the groups they sit in."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.dated import NOT_A_FIRST_DAY, in_force, is_first_day
from sites.enums import Precision
from sites.fields import TextsField
from sites.models import Municipality, Partnership, Site

from .enums import BodyKind, OrganisationKind
from .querysets import (
    BodyQuerySet,
    EngagementQuerySet,
    MembershipQuerySet,
    OrganisationPartQuerySet,
    OrganisationQuerySet,
    SeatQuerySet,
)


class Organisation(models.Model):
    """A partner, or a service that comes now and then. Its names are dated: see `name_on`."""

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("soort"), max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="members")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    has_control_function = models.BooleanField(
        _("heeft een controlefunctie"),
        default=False,
        help_text=_("Wie mensen ook controleert, leest geen signalen van anderen."),
    )
    website = models.URLField(_("website"), blank=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Van de organisatie, nooit van een persoon.")
    )
    needs_check = models.BooleanField(_("nog na te kijken"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.code

    def name_on(self, day: dt.date) -> str:
        """The name in force on a day; the first one for a day before it. Fetch with `with_names()`."""
        name = in_force(self.names.all(), day)
        return name.name if name else self.code


class OrganisationName(models.Model):
    """A name from a day on, until the next one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(_("naam"), max_length=120)
    since = models.DateField(_("vanaf"))

    objects = OrganisationPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("naam")
        verbose_name_plural = _("namen")
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["organisation", "since"], name="organisation_name_once_per_day")]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another spelling people search for."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    name = models.CharField(_("ook geschreven als"), max_length=120)

    objects = OrganisationPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("andere schrijfwijze")
        verbose_name_plural = _("andere schrijfwijzen")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class Engagement(models.Model):
    """What an organisation brings to a site and gets from it. Empty `since` = nobody wrote down when it began."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="engagements")
    site = models.ForeignKey(Site, models.PROTECT, related_name="engagements")
    since = models.DateField(_("vanaf"), null=True, blank=True)
    since_precision = models.PositiveSmallIntegerField(choices=Precision, default=Precision.DAY)
    until = models.DateField(_("laatste dag"), null=True, blank=True)
    does = models.CharField(_("wat ze hier doen"), max_length=300, blank=True)
    does_translations = TextsField(_("vertalingen"), blank=True, help_text='{"fr": "…", "en": "…"}')
    contribution = models.CharField(_("wat ze brengen"), max_length=300, blank=True)
    added_value = models.CharField(_("wat ze eraan hebben"), max_length=300, blank=True)
    is_guest = models.BooleanField(_("af en toe te gast"), default=False)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagementen")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "site", "since"], name="engagement_once_per_beginning"),
            models.UniqueConstraint(
                fields=["organisation", "site"],
                condition=Q(since__isnull=True),
                name="engagement_once_per_beginning_unknown",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="engagement_ends_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(since_precision__in=Precision.values), name="engagement_since_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | is_first_day("since", "since_precision"),
                name="engagement_vague_since_is_a_first_day",
                violation_error_message=NOT_A_FIRST_DAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} @ {self.site}"


class Body(models.Model):
    """A steering group over a partnership, or a working or participation group of one site."""

    kind = models.CharField(_("soort"), max_length=20, choices=BodyKind)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="bodies")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="bodies")
    first_met = models.DateField(_("eerste keer samen"), null=True, blank=True)
    with_volunteers = models.BooleanField(_("met vrijwilligers"), default=False)
    with_visitors = models.BooleanField(_("met bezoekers"), default=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("groep")
        verbose_name_plural = _("groepen")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=BodyKind.STEERING, site__isnull=True)
                | Q(kind__in=[BodyKind.WORKING, BodyKind.PARTICIPATION], site__isnull=False),
                name="body_has_the_scope_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.site or self.partnership}"


class Seat(models.Model):
    """An organisation in a group; empty `since` = from before anyone wrote it down."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    since = models.DateField(_("vanaf"), null=True, blank=True)
    until = models.DateField(_("laatste dag"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("zitje")
        verbose_name_plural = _("zitjes")
        constraints = [
            models.UniqueConstraint(fields=["body", "organisation", "since"], name="seat_once_per_beginning"),
            models.UniqueConstraint(
                fields=["body", "organisation"], condition=Q(since__isnull=True), name="seat_once_per_beginning_unknown"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="seat_ends_after_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.body}"


class Membership(models.Model):
    """Somebody who works for an organisation at a site. The key itself is a `sites.Role`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="memberships")
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("laatste dag"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "site", "since"], name="membership_once"),
            models.UniqueConstraint(
                fields=["user", "organisation", "since"], condition=Q(site__isnull=True), name="membership_once_unknown"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_begin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"
