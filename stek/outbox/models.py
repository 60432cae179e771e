"""A message is a row before it is a mail. The row holds keys and days, no text: the letter is written when it leaves."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stek.time import now, wall_now

from .enums import OVER, UNDER_WAY, Reason, State
from .kinds import Kind, kind_of
from .querysets import DeliveryQuerySet, StopQuerySet

WAITS = Q(state=State.WAITING, period="")


class Delivery(models.Model):
    """One message to one person.

    `user`, or, for who has no account, `address` and `language`; with both, it goes to that address and not to the one the user has now.
    `about` is the key of what it tells of; `period` of a kind that is sent once. `facts` are keys, days and choices. `secret` is sealed.
    """

    uuid = models.UUIDField(
        default=uuid4, editable=False
    )  # in the Message-ID: who gets it twice can tell that it is one
    kind = models.CharField(_("soort"), max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(_("e-mailadres"), blank=True)
    language = models.CharField(_("taal"), max_length=5, blank=True)
    site = models.ForeignKey("sites.Site", models.SET_NULL, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=80)
    period = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    secret = models.TextField(blank=True)
    begins_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(_("toestand"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("reden"), max_length=12, choices=Reason, blank=True)
    answer = models.PositiveSmallIntegerField(null=True, blank=True)  # the number a mail server gave, never its words
    tries = models.PositiveSmallIntegerField(default=0)
    # Domain time, which people live by …
    written_at = models.DateTimeField(_("geschreven"), default=now)
    due_at = models.DateTimeField(_("op zijn vroegst"), default=now)
    settled_at = models.DateTimeField(_("afgehandeld"), null=True, blank=True)
    # … and real time, which machines do.
    retry_at = models.DateTimeField(default=wall_now)
    lease_until = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset({"address"})

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="delivery_reason_known"),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, claim__isnull=False, lease_until__isnull=False)
                | ~Q(state__in=UNDER_WAY),
                name="delivery_under_way_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(address="", secret="", facts={}),
                name="delivery_keeps_nothing_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | Q(user__isnull=False) | ~Q(address=""),
                name="delivery_waits_for_somebody",
            ),
            # An address is forgotten, so it cannot tell that somebody had it before.
            models.CheckConstraint(
                condition=Q(period="") | Q(user__isnull=False, address=""), name="delivery_once_has_an_account"
            ),
            models.UniqueConstraint(
                fields=["kind", "user", "about", "period"], condition=~Q(period=""), name="delivery_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "user", "address", "about"],
                condition=WAITS & Q(user__isnull=False),
                name="delivery_one_notice_waits_for_a_user",
            ),
            models.UniqueConstraint(
                fields=["kind", "address", "about"],
                condition=WAITS & Q(user__isnull=True),
                name="delivery_one_notice_waits_for_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state=State.WAITING), name="delivery_due"),
            models.Index(fields=["lease_until"], condition=Q(state__in=UNDER_WAY), name="delivery_under_way"),
            models.Index(fields=["site", "-id"], name="delivery_at_site"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @property
    def sort(self) -> Kind | None:
        """None when no room sends this kind any more."""
        return kind_of(self.kind)

    @property
    def mailbox(self) -> str:
        """Where it goes, as things stand now; empty once that was forgotten."""
        return self.address or (self.user.email if self.user else "")


class Stop(models.Model):
    """A kind of message that somebody does not want."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("soort"), max_length=60)

    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="stop_once")]

    def __str__(self) -> str:
        return self.kind
