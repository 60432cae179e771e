"""What was agreed from a day on: when, by whom, for how much, and in which words."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from sites.dated import NOT_A_FIRST_DAY, is_first_day
from sites.enums import Precision
from sites.fields import ExampleFields, TextsField
from sites.models import Place

from .enums import DateChange, Frequency, Nth, Part, PriceKind, Weekday
from .querysets import SeriesPartQuerySet, SeriesQuerySet
from .recurrence import Rule


class Series(models.Model):
    """What was agreed from a day on. A new price, host, day or hour is a new series that `follows` this one."""

    activity = models.ForeignKey("activities.Activity", models.PROTECT, related_name="series")
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
    def rhythm(self) -> tuple[str, int | None, int | None]:
        """What two agreements share that are on the same days: how often, on which weekday, which of the month."""
        return self.frequency, self.weekday, self.nth

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
