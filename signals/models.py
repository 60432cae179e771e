"""Signals: what hurts, without who said it. No column of this file leads to a person, or to a time finer than a week."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from activities.iso_week import IsoWeek
from sites.fields import TextsField
from sites.models import Partnership, Site
from sites.words import Dutch

from .dossier import Dossier as Dossier  # a model is found here, wherever it is written
from .dossier import DossierFigure as DossierFigure
from .dossier import DossierSentence as DossierSentence
from .dossier import DossierStep as DossierStep
from .enums import Barrier, Kind, Reason, State
from .figures import MINIMUM
from .one_or_several import OneOrSeveral, constraints_of
from .quarters import LONGER, Period, quarter
from .querysets import (
    RefusedQuerySet,
    ReleasedCellQuerySet,
    ReleaseQuerySet,
    SignalQuerySet,
    ThemeQuerySet,
    ThresholdQuerySet,
)
from .referring import Pointing as Pointing
from .referring import Referral as Referral


def _longer_periods() -> Q:
    found = Q()
    for first, last in LONGER:
        found |= Q(first=first, last=last)
    return found


class Theme(models.Model):
    """An area of life: what signals are counted by. One that was merged stays, so that its history can be read."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = TextsField(_("namen"), help_text='{"nl": "…", "fr": "…", "en": "…"}')
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    is_active = models.BooleanField(_("kan gekozen worden"), default=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("samengevoegd met")
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema’s")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(is_active=False), name="merged_theme_is_not_active"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="theme_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.names.get(get_language() or "nl") or Dutch(self.names.get("nl") or self.code)

    @property
    def others(self) -> list[tuple[str, str]]:
        """(code, name) in the languages that are not the reader's."""
        return [(code, name) for code, name in sorted(self.names.items()) if code != (get_language() or "nl")]


class Told(models.Model):
    """What is kept of a signal in both tables. Readers see the month of the week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name=_("thema"))
    barrier = models.CharField(_("wat mensen tegenhield"), max_length=20, choices=Barrier, blank=True)
    text = models.CharField(_("wat er gebeurt"), max_length=600, blank=True)
    service = models.CharField(_("dienst of regel"), max_length=120, blank=True)
    idea = models.CharField(_("wat zou helpen"), max_length=300, blank=True)
    is_positive = models.BooleanField(_("loopt net goed"), default=False)
    was_asked = models.BooleanField(_("de schrijver zei dat het geen persoon is"), default=False)
    year = models.PositiveSmallIntegerField(_("ISO-jaar"))
    week = models.PositiveSmallIntegerField(_("ISO-week"))
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)  # never its words: this is shown where somebody did not ask for them

    @property
    def iso_week(self) -> IsoWeek:
        return IsoWeek(self.year, self.week)


class Held(Told):
    """A signal that waits for others before anybody reads it. Whoever wrote it has a code, of which only a hash stands here.

    All rows of a partnership are written anew, in an order of chance, each time one of them changes (`actions/holding.py`).
    """

    code_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("signaal dat nog dicht is")
        verbose_name_plural = _("signalen die nog dicht zijn")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="held_has_text"),
            models.CheckConstraint(condition=Q(week__range=(1, 53)), name="held_week_exists"),
        ]


class Signal(Told):
    """A signal that left the holding table in a batch. One that was merged into another keeps its theme, site and week, and counts."""

    state = models.CharField(_("toestand"), max_length=10, choices=State, default=State.OPENED)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="others")
    # One for each browser in which somebody said to have seen it too, sorted: which of them came first cannot be seen.
    marks = models.TextField(blank=True, default="")
    # The quarter in whose release it was counted: that of its week, or a later one when it was accepted too late for that.
    counted_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    counted_quarter = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")
        indexes = [models.Index(fields=["site", "state", "year", "week"], name="signal_by_site_and_week")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="signal_state_known"),
            models.CheckConstraint(condition=Q(week__range=(1, 53)), name="signal_week_exists"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(text="", state=State.ACCEPTED),
                name="merged_signal_is_accepted_and_has_no_text",
            ),
            models.CheckConstraint(
                condition=Q(counted_year__isnull=True, counted_quarter__isnull=True)
                | Q(
                    counted_year__isnull=False,
                    counted_quarter__isnull=False,
                    counted_quarter__range=(1, 4),
                    state=State.ACCEPTED,
                ),
                name="signal_that_is_counted_is_accepted_and_has_a_quarter",
            ),
        ]

    @property
    def seen(self) -> int:
        """How many said to have seen it too."""
        return len(self.marks.split())


class Refused(models.Model):
    """That a signal was refused, and why: all that is left of it. Shown unaddressed, and gone after a while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()
    is_example = models.BooleanField(default=False)

    objects = RefusedQuerySet.as_manager()

    class Meta:
        verbose_name = _("geweigerd signaal")
        verbose_name_plural = _("geweigerde signalen")
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="refused_reason_known"),
            models.CheckConstraint(condition=Q(week__range=(1, 53)), name="refused_week_exists"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Contribution(OneOrSeveral):
    """Whether more than one organisation spoke of a theme in a quarter."""

    theme = models.SlugField(max_length=40)

    class Meta:
        verbose_name = _("bijdrage")
        verbose_name_plural = _("bijdragen")
        constraints = constraints_of(
            "theme", once="contribution_once_per_theme_and_quarter", exists="contribution_quarter_exists",
            one="contribution_is_of_one_or_of_several",
        )  # fmt: skip


class Threshold(models.Model):
    """What a partnership asks of a figure before it is shown, when that is more than the least. Without a row: k = 5, not strict."""

    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="+")
    k = models.PositiveSmallIntegerField(_("kleinste getal dat getoond wordt"), default=MINIMUM)
    is_strict = models.BooleanField(_("alleen tonen wat op elke plek groot genoeg is"), default=False)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("drempel van cijfers")
        verbose_name_plural = _("drempels van cijfers")
        constraints = [models.CheckConstraint(condition=Q(k__range=(MINIMUM, 100)), name="threshold_is_5_to_100")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Release(models.Model):
    """What was published of one quarter, with the words of that day. Never changed: a next version says that it takes its place, and why.

    `themes` are {"code", "names", "under"}: the code in the figures under which each was counted. `sites` are {"code", "id", "name"}.
    Both in the order of the page.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    k = models.PositiveSmallIntegerField()
    is_strict = models.BooleanField(default=False)
    themes = models.JSONField()
    sites = models.JSONField()
    day = models.DateField(_("gepubliceerd op"))
    why = models.CharField(_("waarom"), max_length=300, blank=True)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("cijfers van een kwartaal")
        verbose_name_plural = _("cijfers van kwartalen")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "year", "quarter", "version"],
                name="release_once_per_quarter_and_version",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="release_kind_known"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="release_quarter_exists"),
            models.CheckConstraint(condition=Q(k__gte=MINIMUM), name="release_shows_nothing_below_5"),
            models.CheckConstraint(
                condition=Q(version=1, why="") | (Q(version__gt=1) & ~Q(why="")),
                name="release_that_takes_a_place_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} ({self.version})"

    @property
    def period(self) -> Period:
        return quarter(self.year, self.quarter)


class ReleasedCell(models.Model):
    """One figure of a release, of its quarter or of a half year or a year that it completed. Without a site: of the partnership.

    No value: hidden, whatever the reason. Nobody can tell which from the table either.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    year = models.PositiveSmallIntegerField()
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=100)
    site = models.CharField(max_length=60, blank=True)
    value = models.PositiveIntegerField(null=True)

    objects = ReleasedCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("cijfer")
        verbose_name_plural = _("cijfers")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "year", "first", "last", "theme", "site"], name="released_cell_once"
            ),
            models.CheckConstraint(
                condition=Q(first__range=(1, 4), last=F("first")) | _longer_periods(), name="released_cell_has_a_period"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=MINIMUM), name="released_cell_is_hidden_or_5_at_least"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.theme} {self.site}".strip()

    @property
    def period(self) -> Period:
        return Period(self.year, self.first, self.last)
