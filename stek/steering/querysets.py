"""Which partnerships' reports somebody reads, and which are prepared by them. Never decides what they may do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, QuerySet

from sites.models import Partnership, User
from sites.querysets import coordinated_sites, steered_partnerships


def partnerships_read_by(user: User) -> QuerySet[Partnership]:
    """Those in whose steering group somebody sits today, and those of the places they coordinate: there is one report for all."""
    either = Q(pk__in=steered_partnerships(user)) | Q(pk__in=partnerships_prepared_by(user))
    return Partnership.objects.filter(either).order_by("name")


def partnerships_prepared_by(user: User) -> QuerySet[Partnership]:
    """Those of which somebody coordinates a place today."""
    return Partnership.objects.filter(sites__in=coordinated_sites(user)).distinct()


class OfPartnershipQuerySet(models.QuerySet):
    def visible_to(self, user) -> OfPartnershipQuerySet:
        """Of the partnerships whose report somebody reads; an administrator reads none."""
        return self.filter(partnership__in=partnerships_read_by(user).order_by())
