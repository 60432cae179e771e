"""Whether what counts in a quarter is of one organisation or of several, as far as the figures must know it: the shape of such rows."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from .querysets import OneOrSeveralQuerySet


class OneOrSeveral(models.Model):
    """Of one thing, by its code, in one quarter: a token of the first organisation that spoke of it, or `several`.

    Plain numbers and no foreign keys: no page that lists what hangs on a partnership comes past here. The token is keyed by a secret
    that is in no database (`contributors.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.PositiveBigIntegerField()
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=64, blank=True)
    several = models.BooleanField(default=False)

    objects = OneOrSeveralQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


def constraints_of(about: str, *, once: str, exists: str, one: str) -> list[models.BaseConstraint]:
    """What holds in each of these tables, by the names it has there; `about` is the column of the code."""
    return [
        models.UniqueConstraint(fields=["partnership", "year", "quarter", about], name=once),
        models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name=exists),
        models.CheckConstraint(
            condition=Q(several=True, token="") | (Q(several=False) & ~Q(token="")),
            name=one,
        ),
    ]
