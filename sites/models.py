"""The network: its places, when they are shut, what they became, and who changed what."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from stek.time import refuse_unknown_zone, wall_now

from .dated import NOT_A_FIRST_DAY, is_first_day
from .enums import Precision, SiteKind, SiteStatus
from .fields import ChosenField, ExampleFields, TextsField
from .people import Erasure as Erasure  # a model is found here, wherever it is written
from .people import Role as Role
from .people import User as User
from .people import UserManager as UserManager
from .places import HomeAddress as HomeAddress
from .places import Place as Place
from .querysets import (
    ChangeLogQuerySet,
    ClosureQuerySet,
    MilestoneQuerySet,
    MunicipalityQuerySet,
    OldSlugQuerySet,
    PartnershipQuerySet,
    ShortLinkQuerySet,
    SiteCheckQuerySet,
    SiteQuerySet,
)
from .sessions import Session as Session
from .slugs import refuse_capitals, refuse_reserved

OTHER_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def first_languages() -> list[str]:
    return ["fr", "en"]


class Municipality(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    inhabitants = models.PositiveIntegerField(_("inwoners"), null=True, blank=True)
    density = models.PositiveIntegerField(_("inwoners per km²"), null=True, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """The cooperation itself: one steering group over one or more sites."""

    slug = models.SlugField(_("adres"), unique=True, validators=[refuse_capitals])
    name = models.CharField(_("naam"), max_length=120)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("samenwerkingsverband")
        verbose_name_plural = _("samenwerkingsverbanden")
        constraints = [models.CheckConstraint(condition=Q(slug=Lower("slug")), name="partnership_slug_lower_case")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """One STEK: a place where a partnership opens its door."""

    slug = models.SlugField(_("adres"), unique=True, max_length=60, validators=[refuse_reserved, refuse_capitals])
    name = models.CharField(_("naam"), max_length=120)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="sites")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="sites")
    kind = models.CharField(_("soort plek"), max_length=20, choices=SiteKind)
    status = models.CharField(_("toestand"), max_length=20, choices=SiteStatus, default=SiteStatus.STARTING)
    time_zone = models.CharField(
        _("tijdzone"), max_length=40, default="Europe/Brussels", validators=[refuse_unknown_zone]
    )
    closed_on_holidays = models.BooleanField(_("dicht op feestdagen"), default=True)
    holiday_switches = models.JSONField(default=list, blank=True, editable=False)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("Van de plek of een organisatie, nooit van een persoon.")
    )
    languages = ChosenField(
        _("talen van je teksten"),
        names=[code for code, _name in OTHER_LANGUAGES],
        called=OTHER_LANGUAGES,
        default=first_languages,
    )
    schedule_version = models.PositiveIntegerField(default=1, editable=False)
    example_fields = ExampleFields(_("velden die een voorbeeld zijn"), names=("contact",))

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("plek")
        verbose_name_plural = _("plekken")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="site_slug_not_empty"),
            models.CheckConstraint(condition=Q(slug=Lower("slug")), name="site_slug_lower_case"),
            models.CheckConstraint(condition=Q(kind__in=SiteKind.values), name="site_kind_known"),
            models.CheckConstraint(condition=Q(status__in=SiteStatus.values), name="site_status_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def text_languages(self) -> list[tuple[str, str]]:
        """(code, own name) of the languages, besides Dutch, in which what is written here is written too."""
        return [(code, name) for code, name in OTHER_LANGUAGES if code in self.languages]

    def closes_on_a_holiday(self, day: dt.date) -> bool:
        """Whether the site shuts when `day` is a public holiday. `holiday_switches` are the days (2023-10-09) from
        which the answer was the other one: what is past stays as it was."""
        switched_since = sum(day.isoformat() < switch for switch in self.holiday_switches)
        return self.closed_on_holidays != bool(switched_since % 2)

    def clean(self) -> None:
        """An address that once was another site's still leads there: nobody else may take it."""
        if OldSlug.objects.filter(slug=self.slug).exclude(site=self.pk).exists():
            raise ValidationError({"slug": _("Dit adres is al van een andere plek. Kies een ander.")})


class OldSlug(models.Model):
    """An address that once was printed. It leads to the site for ever."""

    slug = models.SlugField(unique=True, max_length=60, validators=[refuse_capitals])
    site = models.ForeignKey(Site, models.CASCADE, related_name="old_slugs")

    objects = OldSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("vroeger adres")
        verbose_name_plural = _("vroegere adressen")
        constraints = [models.CheckConstraint(condition=Q(slug=Lower("slug")), name="old_slug_lower_case")]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """An address of today leads to its own site: nothing printed long ago may claim it."""
        if Site.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": _("Dit adres is al van een andere plek. Kies een ander.")})


class ShortLink(models.Model):
    """The address behind a printed code: one page of a site in one language, for ever, wherever that page goes to live.

    `kind` says which page (`sites.short_links`), `number` which one of its kind: 0 where there is only one.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    site = models.ForeignKey(Site, models.CASCADE, related_name="short_links")
    kind = models.CharField(_("bladzijde"), max_length=20)
    number = models.PositiveIntegerField(_("nummer"), default=0)
    language = models.CharField(_("taal"), max_length=5)

    objects = ShortLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("korte link")
        verbose_name_plural = _("korte links")
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "number", "language"], name="short_link_once_per_page"),
            models.CheckConstraint(condition=Q(code=Lower("code")) & ~Q(code=""), name="short_link_code_lower_case"),
        ]

    def __str__(self) -> str:
        return self.code


class Closure(models.Model):
    """Days on which the door stays shut, at one site or at all sites of a partnership. Public holidays are
    computed (`sites.holidays`), not stored."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="closures")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="closures")
    first_day = models.DateField(_("eerste dag"))
    last_day = models.DateField(_("laatste dag"), help_text=_("Deze dag telt mee."))
    reason = models.CharField(_("reden"), max_length=200)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("sluiting")
        verbose_name_plural = _("sluitingen")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}: {self.reason}"

    def covers(self, site: Site) -> bool:
        """One site, or without a site every one of the partnership."""
        return self.site_id == site.pk if self.site_id else self.partnership_id == site.partnership_id


class Milestone(models.Model):
    """A key moment. `day` is the first day of what is known; `precision` says how much of it is."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="milestones")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="milestones")
    day = models.DateField(_("dag"), help_text=_("De eerste dag, bv. 1 juni voor “zomer”."))
    precision = models.PositiveSmallIntegerField(_("hoe precies"), choices=Precision, default=Precision.DAY)
    position = models.PositiveSmallIntegerField(_("volgorde op één dag"), default=0)
    text = models.CharField(_("wat"), max_length=300)
    translations = TextsField(_("vertalingen"), blank=True, help_text='{"fr": "…", "en": "…"}')
    correction_note = models.CharField(_("verbetering"), max_length=300, blank=True)
    correction_translations = TextsField(_("vertalingen van de verbetering"), blank=True)
    needs_check = models.BooleanField(_("nog na te kijken"), default=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("sleutelmoment")
        verbose_name_plural = _("sleutelmomenten")
        constraints = [
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="milestone_precision_known"),
            models.CheckConstraint(
                condition=is_first_day("day", "precision"),
                name="milestone_vague_day_is_a_first_day",
                violation_error_message=NOT_A_FIRST_DAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.text}"


class SiteCheck(models.Model):
    """How reachable, affordable and useful a site is, as its people see it on one day. Earlier ones stay."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="checks")
    day = models.DateField(_("dag"))
    answers = models.JSONField(_("antwoorden"), default=dict)
    actions = models.TextField(_("wat we gaan doen"), max_length=1000, blank=True)

    objects = SiteCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("nazicht")
        verbose_name_plural = _("nazichten")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="site_check_once_per_day"),
            models.CheckConstraint(condition=~Q(answers={}), name="site_check_has_answers"),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.day:%Y-%m-%d}"


class ChangeLog(models.Model):
    """Who or what changed something, written by actions in the same transaction. Never text of signals.

    With a partnership and no site: what changed at all its sites.
    """

    at = models.DateTimeField(default=wall_now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+")
    partnership = models.ForeignKey(Partnership, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=60)
    about_model = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    changes = models.JSONField(default=dict, help_text='{"field": [old, new]}')
    reason = models.CharField(max_length=300, blank=True)

    objects = ChangeLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging")
        verbose_name_plural = _("wijzigingen")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about_model", "about_id"], name="changelog_about")]

    def __str__(self) -> str:
        return f"{self.verb} {self.about_model} {self.about_id}"


def first_day_ever() -> dt.date:
    """What "since always" is stored as, for names whose beginning nobody knows."""
    return dt.date(1900, 1, 1)
