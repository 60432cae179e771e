"""Which devices and which pushes. There is no list of those of others, for an administrator neither."""

from __future__ import annotations

from django.db import models

from stek.time import wall_now


class SubscriptionQuerySet(models.QuerySet):
    def of(self, user_id: int) -> SubscriptionQuerySet:
        return self.filter(user=user_id)

    def in_order(self) -> SubscriptionQuerySet:
        """The newest first."""
        return self.order_by("-since", "-pk")


class PushQuerySet(models.QuerySet):
    def due(self) -> PushQuerySet:
        """Those to send now, by real time."""
        return self.filter(is_over=False, retry_at__lte=wall_now())
