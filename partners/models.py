"""Organisations, what they engaged themselves to, and the groups they sit in."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sites.dated import NOT_A_FIRST_DAY, in_force, is_first_day
from sites.enums import Precision, RoleKind
from sites.fields import ExampleFields, TextsField
from sites.models import Municipality, Partnership, Site
from stek.time import BRUSSELS

from .enums import BodyKind, OrganisationKind, Satisfaction
from .funding import Funding as Funding
from .meetings import ActionPoint as ActionPoint
from .meetings import Decision as Decision
from .meetings import Meeting as Meeting
from .meetings import Present as Present
from .querysets import (
    BodyQuerySet,
    CheckInQuerySet,
    EngagementQuerySet,
    InvitationQuerySet,
    LeavingQuerySet,
    MembershipQuerySet,
    OrganisationPartQuerySet,
    OrganisationQuerySet,
    SeatQuerySet,
)
from .services import Service as Service
from .volunteers import Away as Away
from .volunteers import Volunteer as Volunteer
from .welcoming import Candidate as Candidate  # a model is found here, wherever it is written
from .welcoming import Consent as Consent
from .welcoming import Welcome as Welcome


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
    days_a_month = models.PositiveSmallIntegerField(_("dagen per maand"), null=True, blank=True)
    is_guest = models.BooleanField(_("af en toe te gast"), default=False)
    example_fields = ExampleFields(_("velden die een voorbeeld zijn"), names=("days_a_month",))

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
            models.CheckConstraint(
                condition=Q(days_a_month__isnull=True) | Q(days_a_month__range=(1, 31)),
                name="engagement_promises_days_of_a_month",
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

    @property
    def time_zone(self) -> str:
        """Where its days begin and end."""
        return self.site.time_zone if self.site else BRUSSELS


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


class Invitation(models.Model):
    """Somebody is asked to take a key. The link in the mail holds a token; only its hash is kept. Moments are real time."""

    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=120, blank=True)
    language = models.CharField(_("taal"), max_length=5, choices=settings.STEK_DESK_LANGUAGES, default="nl")
    kind = models.CharField(_("rol"), max_length=20, choices=RoleKind)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="invitations")
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    resent_on = models.DateField(null=True, blank=True)
    resent = models.PositiveSmallIntegerField(default=0, help_text="How many times on `resent_on`.")

    objects = InvitationQuerySet.as_manager()

    # What may never enter the change log: it outlives who it is about.
    PERSONAL_FIELDS = frozenset({"email", "name"})

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_lower_case"),
            models.CheckConstraint(
                condition=Q(kind=RoleKind.STEERING, site__isnull=True, partnership__isnull=False)
                | Q(
                    kind__in=[RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER],
                    site__isnull=False,
                    partnership__isnull=True,
                ),
                name="invitation_has_the_scope_of_its_kind",
            ),
            models.CheckConstraint(
                # A worker works for one, a member of a steering group may sit there for one, others come as themselves.
                condition=Q(kind=RoleKind.PARTNER_WORKER, organisation__isnull=False)
                | Q(kind=RoleKind.STEERING)
                | Q(kind__in=[RoleKind.COORDINATOR, RoleKind.VOLUNTEER], organisation__isnull=True),
                name="invitation_names_an_organisation_as_its_kind_asks",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_not_both_accepted_and_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or self.email}"

    @property
    def where(self) -> str:
        """The name of the site or the partnership."""
        return str(self.site or self.partnership)

    @property
    def is_answered(self) -> bool:
        return bool(self.accepted_at or self.withdrawn_at)

    def is_late(self, now: dt.datetime) -> bool:
        return now >= self.expires_at


class Leaving(models.Model):
    """An organisation leaves a site after `last_day`. The row lives as long as the leaving does: undone, it goes.

    `ended` are rows that got another last day, as [model, id, last day before, last day after]; `removed` are rows that
    had not begun, whole, in Django's serialised form.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="leavings")
    site = models.ForeignKey(Site, models.CASCADE, related_name="leavings")
    last_day = models.DateField(_("laatste dag"))
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    ended = models.JSONField(default=list, editable=False)
    removed = models.JSONField(default=list, editable=False)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vertrek")
        verbose_name_plural = _("vertrekken")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "site", "last_day"], name="leaving_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} @ {self.site} {self.last_day:%Y-%m-%d}"


class CheckIn(models.Model):
    """The yearly talk with a partner: what it gains, what it gives, and what is done about it."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="check_ins")
    day = models.DateField(_("dag van het gesprek"))
    value_gained = models.CharField(_("wat ze eraan hebben"), max_length=300, blank=True)
    value_given = models.CharField(_("wat ze brengen"), max_length=300, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("hoe tevreden ze zijn"), choices=Satisfaction)
    action = models.CharField(_("wat we afspreken"), max_length=300, blank=True)
    next_due = models.DateField(_("volgend gesprek"))

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__in=Satisfaction.values), name="check_in_satisfaction_known"
            ),
            models.CheckConstraint(condition=Q(next_due__gt=F("day")), name="check_in_next_is_later"),
        ]

    def __str__(self) -> str:
        return f"{self.engagement} {self.day:%Y-%m-%d}"
