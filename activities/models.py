"""Activity is who it is, series is the agreement, occurrence is the fact."""

from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from sites.dated import NOT_A_FIRST_DAY, is_first_day
from sites.enums import Function, Precision
from sites.fields import ExampleFields, TextsField
from sites.models import Place, Site
from sites.slugs import refuse_capitals
from stek.time import wall_now

from .counting import Attendance as Attendance  # a model is found here, wherever it is written
from .counting import Presence as Presence
from .enums import DateChange, Frequency, Nth, OccurrenceStatus, Part, PlanStatus, PriceKind, Weekday
from .helping import Shift as Shift
from .helping import ShiftNeed as ShiftNeed
from .helping import SignUp as SignUp
from .helping import Standing as Standing
from .helping import Swap as Swap
from .ideas import Idea as Idea
from .ideas import IdeaTable as IdeaTable
from .outing import Outing as Outing
from .outing import Reservation as Reservation
from .outing import ReservationKey as ReservationKey
from .querysets import (
    ActivityQuerySet,
    ActivityTypeQuerySet,
    OccurrencePartQuerySet,
    OccurrenceQuerySet,
    PlanQuerySet,
    SeriesPartQuerySet,
    SeriesQuerySet,
    StepQuerySet,
)
from .recurrence import Rule
from .spots import Spot as Spot
from .staying import Continuation as Continuation


class ActivityType(models.Model):
    """A kind of offer, named in every language a visitor may read, with its pictogram."""

    code = models.SlugField(_("code"), unique=True)
    pictogram = models.SlugField(_("pictogram"), default="house", help_text=_("Naam van de tekening, zonder “p-”."))
    names = TextsField(_("namen"), help_text='{"nl": "…", "fr": "…", "en": "…"}')

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


class Series(models.Model):
    """What was agreed from a day on. A new price, host, day or hour is a new series that `follows` this one."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="series")
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    title = models.CharField(_("titel"), max_length=120)
    description = models.CharField(_("wat het is"), max_length=600, blank=True)
    audience = models.CharField(_("voor wie"), max_length=200, blank=True)
    with_volunteers = models.BooleanField(_("samen met vrijwilligers"), default=False)

    price_kind = models.CharField(_("prijs"), max_length=10, choices=PriceKind, default=PriceKind.ASK)
    price_cents = models.PositiveIntegerField(_("bedrag in cent"), null=True, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Leeg: het thuisadres van de plek.")
    )

    frequency = models.CharField(_("hoe vaak"), max_length=10, choices=Frequency)
    weekday = models.PositiveSmallIntegerField(_("dag"), choices=Weekday, null=True, blank=True)
    interval = models.PositiveSmallIntegerField(_("om de hoeveel weken"), default=1)
    nth = models.SmallIntegerField(_("de hoeveelste"), choices=Nth, null=True, blank=True)
    begin = models.TimeField(_("begin"), null=True, blank=True)
    end = models.TimeField(_("einde"), null=True, blank=True)
    part = models.CharField(_("deel van de dag"), max_length=10, choices=Part, blank=True)
    first_day = models.DateField(_("eerste dag"))
    first_day_precision = models.PositiveSmallIntegerField(choices=Precision, default=Precision.DAY)
    first_day_known = models.BooleanField(
        _("het begin is bekend"),
        default=True,
        help_text=_("Uit: het liep al voor de eerste dag, niemand schreef op sinds wanneer."),
    )
    last_day = models.DateField(_("laatste dag"), null=True, blank=True)

    reason = models.CharField(_("waarom het veranderde"), max_length=300, blank=True)
    reason_translations = TextsField(blank=True)
    is_published = models.BooleanField(_("zichtbaar voor iedereen"), default=False)
    is_undone = models.BooleanField(
        _("teruggedraaid"),
        default=False,
        help_text=_("Dit werd afgesproken en teruggedraaid voor het begon. Bezoekers zien het niet meer."),
    )
    shares_room = models.BooleanField(
        _("samen met iets anders in één lokaal"), default=False, help_text=_("Dan waarschuwen we niet.")
    )
    proposed_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("voorstel van"),
        help_text=_("Een werker van deze partner stelde het voor."),
    )
    example_fields = ExampleFields(_("velden die een voorbeeld zijn"), names=("hours", "place", "price"))

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="series_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=Q(first_day_precision__in=Precision.values), name="series_first_day_precision_known"
            ),
            models.CheckConstraint(
                condition=is_first_day("first_day", "first_day_precision"),
                name="series_vague_first_day_is_a_first_day",
                violation_error_message=NOT_A_FIRST_DAY,
            ),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, end__isnull=True) | Q(begin__isnull=False, end__isnull=False),
                name="series_has_both_hours_or_none",
            ),
            models.CheckConstraint(condition=Q(begin__isnull=True) | ~Q(begin=F("end")), name="series_lasts_some_time"),
            models.CheckConstraint(condition=Q(begin__isnull=True) | Q(part=""), name="series_has_hours_or_a_part"),
            models.CheckConstraint(condition=Q(interval__gte=1, interval__lte=52), name="series_interval_in_a_year"),
            models.CheckConstraint(
                condition=Q(frequency=Frequency.ONCE, weekday__isnull=True, nth__isnull=True)
                | Q(frequency=Frequency.WEEKLY, nth__isnull=True)
                | Q(frequency=Frequency.MONTHLY, weekday__isnull=True, nth__isnull=True)
                | Q(frequency=Frequency.MONTHLY, weekday__isnull=False, nth__isnull=False, nth__in=Nth.values),
                name="series_rule_is_whole",
            ),
            models.CheckConstraint(condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="series_weekday_known"),
            models.CheckConstraint(
                condition=Q(price_kind=PriceKind.FIXED, price_cents__isnull=False)
                | (~Q(price_kind=PriceKind.FIXED) & Q(price_cents__isnull=True)),
                name="series_amount_with_fixed_price_only",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="series_does_not_follow_itself"
            ),
            models.CheckConstraint(
                condition=Q(is_undone=False) | Q(follows__isnull=True, is_published=True),
                name="series_undone_was_told_and_follows_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.first_day:%Y-%m-%d})"

    @property
    def rule(self) -> Rule:
        """The agreement in dates only. Reads `dates`: prefetch them in a loop. What was undone gives none."""
        if self.is_undone:
            return Rule(frequency=Frequency.WEEKLY, first_day=self.first_day)
        changes = list(self.dates.all())
        return Rule(
            frequency=self.frequency,
            first_day=self.first_day,
            last_day=self.last_day,
            weekday=self.weekday,
            interval=self.interval,
            nth=self.nth,
            added=frozenset(change.day for change in changes if change.change == DateChange.ADDED),
            removed=frozenset(change.day for change in changes if change.change == DateChange.REMOVED),
        )

    @property
    def rrule(self) -> str:
        """RFC 5545 RRULE, empty for something that happens once or has no day yet."""
        return self.rule.rrule


class SeriesDate(models.Model):
    """A date put into a series, or taken out of it, by hand."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="dates")
    day = models.DateField(_("dag"))
    change = models.CharField(_("wat"), max_length=10, choices=DateChange)

    objects = SeriesPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("losse datum")
        verbose_name_plural = _("losse datums")
        constraints = [models.UniqueConstraint(fields=["series", "day"], name="series_date_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.get_change_display()}"


class SeriesOrganiser(models.Model):
    series = models.ForeignKey(Series, models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="series_organised")
    position = models.PositiveSmallIntegerField(default=0)

    objects = SeriesPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisator")
        verbose_name_plural = _("organisatoren")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "organisation"], name="series_organiser_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.series}"


class Text(models.Model):
    """A series in another language than Dutch."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="texts")
    language = models.CharField(_("taal"), max_length=5)
    title = models.CharField(_("titel"), max_length=120)
    description = models.CharField(_("wat het is"), max_length=600, blank=True)
    audience = models.CharField(_("voor wie"), max_length=200, blank=True)

    objects = SeriesPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("vertaling")
        verbose_name_plural = _("vertalingen")
        constraints = [
            models.UniqueConstraint(fields=["series", "language"], name="text_once_per_language"),
            models.CheckConstraint(condition=~Q(language="nl"), name="text_is_not_the_source"),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"


class Occurrence(models.Model):
    """One date of a series: the fact that shifts, counts, feeds and statistics hang on. Never deleted.

    `original_date` is the slot the rule gave; `day`, `begin`, `end` and `part` are what holds, in local time;
    `begins_at` and `ends_at` are the same hours in UTC, empty when nobody knows the hour.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="occurrences")
    site = models.ForeignKey(Site, models.PROTECT, related_name="occurrences")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    original_date = models.DateField(_("eerst gepland op"))
    day = models.DateField(_("dag"))
    begin = models.TimeField(_("begin"), null=True, blank=True)
    end = models.TimeField(_("einde"), null=True, blank=True)
    part = models.CharField(_("deel van de dag"), max_length=10, choices=Part, blank=True)
    begins_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Leeg: het thuisadres van de plek.")
    )
    status = models.CharField(_("toestand"), max_length=10, choices=OccurrenceStatus, default=OccurrenceStatus.PLANNED)
    opened_anyway = models.BooleanField(_("toch open als de plek dicht is"), default=False)
    is_changed = models.BooleanField(_("met de hand veranderd"), default=False)
    note = models.CharField(_("bericht voor bezoekers"), max_length=300, blank=True)
    note_translations = TextsField(blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=wall_now, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("datum")
        verbose_name_plural = _("datums")
        ordering = ["day", "begin", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "original_date"], name="occurrence_once_per_slot"),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, end__isnull=True, begins_at__isnull=True, ends_at__isnull=True)
                | Q(
                    begin__isnull=False,
                    end__isnull=False,
                    begins_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("begins_at"),
                ),
                name="occurrence_hours_are_whole",
            ),
            models.CheckConstraint(condition=Q(begin__isnull=True) | Q(part=""), name="occurrence_has_hours_or_a_part"),
            models.CheckConstraint(condition=Q(status__in=OccurrenceStatus.values), name="occurrence_status_known"),
        ]
        indexes = [
            models.Index(fields=["site", "day"], name="occurrence_site_day"),
            models.Index(fields=["site", "original_date"], name="occurrence_site_original"),
        ]

    def __str__(self) -> str:
        return f"{self.series.title} {self.day:%Y-%m-%d}"

    @property
    def is_moved(self) -> bool:
        return self.day != self.original_date


class Stop(models.Model):
    """Where a mobile offer halts on one date, in order."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="stops")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    begin = models.TimeField(_("begin"), null=True, blank=True)
    end = models.TimeField(_("einde"), null=True, blank=True)

    objects = OccurrencePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("halte")
        verbose_name_plural = _("haltes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "place"], name="stop_once_per_occurrence"),
            models.CheckConstraint(
                condition=Q(begin__isnull=True, end__isnull=True)
                | Q(begin__isnull=False, end__isnull=False, end__gt=F("begin")),
                name="stop_hours_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)


class Guest(models.Model):
    """A service that comes along on one date."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="guests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = OccurrencePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("te gast")
        verbose_name_plural = _("te gast")
        constraints = [models.UniqueConstraint(fields=["occurrence", "organisation"], name="guest_once")]

    def __str__(self) -> str:
        return str(self.organisation)


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
