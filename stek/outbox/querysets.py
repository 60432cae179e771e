"""Which messages, visible to whom. Never decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F, Q

from stek.time import now, wall_now

from .enums import BY_HAND, OVER, UNDER_WAY, Reason, State

# Whose messages somebody may see besides their own. Closed until the room that knows roles says so.
Scope = Callable[[Any], Q]


def _nobody(user: Any) -> Q:
    return Q(pk__in=[])


_scope: Scope = _nobody


def show(scope: Scope) -> None:
    """For `AppConfig.ready` of the room that knows who looks after which site."""
    global _scope
    _scope = scope


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> DeliveryQuerySet:
        """Own ones, and those in the scope of who looks after a site or the network."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(Q(user=user.pk) | _scope(user))

    def at(self, site: Any) -> DeliveryQuerySet:
        return self.filter(site=site)

    def of(self, user_id: int) -> DeliveryQuerySet:
        return self.filter(user=user_id)

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state=State.WAITING)

    def due(self, moment: dt.datetime | None = None) -> DeliveryQuerySet:
        """Waiting ones whose time has come, by `moment` (domain time, now) and, after a failed try, by real time."""
        return self.waiting().filter(due_at__lte=moment or now(), retry_at__lte=wall_now())

    def overdue(self) -> DeliveryQuerySet:
        """What should have left: also between two tries, unless it is one mailbox that takes nothing."""
        return self.waiting().filter(due_at__lte=now()).exclude(reason=Reason.DEFERRED)

    def lost(self) -> DeliveryQuerySet:
        """Those a worker took and never told of again."""
        return self.filter(state__in=UNDER_WAY, lease_until__lt=wall_now())

    def uncertain(self) -> DeliveryQuerySet:
        return self.filter(state=State.UNCERTAIN)

    def to_look_at(self) -> DeliveryQuerySet:
        """Those that wait for a decision by hand."""
        return self.filter(state__in=BY_HAND)

    def over(self) -> DeliveryQuerySet:
        """Nothing happens to them any more, unless by hand."""
        return self.filter(state__in=(*OVER, *BY_HAND))

    def beside(self, delivery: Any) -> DeliveryQuerySet:
        """Other ones of the same kind, to the same recipient, about the same."""
        same = {name: getattr(delivery, name) for name in ("kind", "user_id", "address", "about", "period")}
        return self.filter(**same).exclude(pk=delivery.pk)

    def in_order(self) -> DeliveryQuerySet:
        """The newest first."""
        return self.order_by(F("pk").desc())


class StopQuerySet(models.QuerySet):
    def of(self, user_id: int) -> StopQuerySet:
        """There is no list of those of others, for an administrator neither: what somebody does not want to read is their business."""
        return self.filter(user=user_id)
