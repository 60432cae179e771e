"""Devices that get words beside the mail, and what is on its way to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stek.time import wall_now

from .querysets import PushQuerySet, SubscriptionQuerySet


class Subscription(models.Model):
    """A device on which somebody asked for pushes. It goes with the session it was asked in, when that is ended by hand.

    `handle` is the same for the same address, and says nothing of it. `sealed` is the address and the keys: an address tells whose
    browser it is. Days are real ones: `since` it was asked, `seen` when its owner was last here with it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session = models.ForeignKey("sites.Session", models.CASCADE, null=True, related_name="+")
    handle = models.CharField(max_length=64)
    sealed = models.TextField()
    since = models.DateField(_("sinds"))
    seen = models.DateField(_("laatst gezien"))

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestel met meldingen")
        verbose_name_plural = _("toestellen met meldingen")
        constraints = [models.UniqueConstraint(fields=["handle"], name="push_subscription_once")]

    def __str__(self) -> str:
        return f"{self.since}"


class Push(models.Model):
    """The words of one message on one device, once. `path` is where a tap leads; `until` (domain time) is when they are worth nothing any more.

    Who sends it moves `retry_at` (real time) on first: whoever dies in between leaves it to be sent then.
    """

    delivery = models.ForeignKey("outbox.Delivery", models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=wall_now)
    is_over = models.BooleanField(default=False)

    objects = PushQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "subscription"], name="push_once"),
            models.CheckConstraint(condition=Q(is_over=False) | Q(path=""), name="push_keeps_nothing_when_over"),
        ]
        indexes = [models.Index(fields=["retry_at"], condition=Q(is_over=False), name="push_due")]

    def __str__(self) -> str:
        return f"{self.delivery_id}"
