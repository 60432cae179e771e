"""A date with a limited number of places, and who asked for some of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .enums import News, ReservationState
from .querysets import OutingQuerySet, ReservationKeyQuerySet, ReservationQuerySet

# A bus and a half; more is a festival, and nobody counts there.
MOST_PLACES = 300
LARGEST_GROUP = 20


class Outing(models.Model):
    """Places on one date. `taken` and `waiting` count people; they stay when the names are gone.

    Who changes one of them holds the lock of the date (`OutingQuerySet.for_update`), so that the sum of the groups and these
    two are always the same, and the database itself refuses one too many.
    """

    occurrence = models.OneToOneField("activities.Occurrence", models.CASCADE, related_name="outing")
    places = models.PositiveSmallIntegerField(_("hoeveel plaatsen"))
    largest_group = models.PositiveSmallIntegerField(_("hoeveel mensen hoogstens samen"), default=6)
    opens_at = models.DateTimeField(_("inschrijven vanaf"), null=True, blank=True)
    closes_at = models.DateTimeField(_("inschrijven tot"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("mensen die meegaan"), default=0, editable=False)
    waiting = models.PositiveIntegerField(_("mensen op de wachtlijst"), default=0, editable=False)
    is_example = models.BooleanField(_("voorbeeld"), default=False)

    objects = OutingQuerySet.as_manager()

    class Meta:
        verbose_name = _("inschrijving met plaatsen")
        verbose_name_plural = _("inschrijvingen met plaatsen")
        constraints = [
            models.CheckConstraint(condition=Q(places__range=(1, MOST_PLACES)), name="outing_has_places"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="outing_is_never_over"),
            models.CheckConstraint(
                condition=Q(largest_group__range=(1, LARGEST_GROUP)), name="outing_group_has_somebody"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="outing_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence}: {self.taken}/{self.places}"

    @property
    def free(self) -> int:
        """How many places nobody has; those who wait come before anybody new."""
        return self.places - self.taken


class Reservation(models.Model):
    """Some people who go along, or wait to; in order of asking, which is the order of the keys.

    A nickname and, if they want, how to reach them. Nothing says when they asked, and who cancels has no row. An empty
    nickname: somebody who was forgotten since; their places stay taken.
    """

    outing = models.ForeignKey(Outing, models.CASCADE, related_name="reservations")
    nickname = models.CharField(_("voornaam of bijnaam"), max_length=40, blank=True)
    contact = models.CharField(_("telefoon of e-mail"), max_length=120, blank=True)
    language = models.CharField(_("taal"), max_length=5, default="nl")
    people = models.PositiveSmallIntegerField(_("met hoeveel"))
    state = models.CharField(max_length=10, choices=ReservationState)
    news = models.CharField(_("nog te vertellen"), max_length=10, choices=News, blank=True)

    objects = ReservationQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset({"nickname", "contact"})

    class Meta:
        verbose_name = _("inschrijving")
        verbose_name_plural = _("inschrijvingen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="reservation_is_for_somebody"),
            models.CheckConstraint(condition=Q(state__in=ReservationState.values), name="reservation_state_known"),
            models.CheckConstraint(condition=Q(news__in=News.values), name="reservation_news_known"),
        ]

    def __str__(self) -> str:
        return f"{self.outing_id}: {self.people} {self.state}"

    @property
    def mailbox(self) -> str:
        """Where a letter can go; empty without one."""
        return self.contact if "@" in self.contact else ""

    @property
    def phone(self) -> str:
        return "" if self.mailbox else self.contact


class ReservationKey(models.Model):
    """What opens a reservation: the hash of a code on somebody's screen, paper or in a letter. Several, so that a letter can bring
    one of its own without making what was written down worthless."""

    reservation = models.ForeignKey(Reservation, models.CASCADE, related_name="keys")
    hash = models.CharField(max_length=64, unique=True)

    objects = ReservationKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("code van een inschrijving")
        verbose_name_plural = _("codes van inschrijvingen")

    def __str__(self) -> str:
        return str(self.reservation_id)
