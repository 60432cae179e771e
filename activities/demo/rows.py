"""Rows that are put in place, and left alone once somebody changed them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from sites.models import ChangeLog

from .facts import FactError


class Rows:
    """Writes what differs and nothing else, so that keys stay and a second round is quiet.

    What a person changed by hand is theirs: the file no longer overwrites it. The change log knows.
    """

    def __init__(self) -> None:
        self.changed = False
        by_hand = ChangeLog.objects.filter(by__isnull=False)
        self._by_hand = set(by_hand.values_list("about_model", "about_id"))

    def put[Row: models.Model](
        self, model: type[Row], key: Mapping[str, Any], values: Mapping[str, Any], *, about: models.Model | None = None
    ) -> Row:
        """The row of this key with these values. `about` is the row whose changes by hand count, when not this one."""
        row = model._default_manager.filter(**key).order_by("pk").first()
        if row is None:
            row = model(**key, **values)
            self._save(row)
        else:
            self.correct(row, values, about=about)
        return row

    def correct(self, row: models.Model, values: Mapping[str, Any], *, about: models.Model | None = None) -> None:
        """Give an existing row these values."""
        differing = {name for name, value in values.items() if getattr(row, name) != value}
        if not differing or self._changed_by_hand(about or row):
            return
        for name in differing:
            setattr(row, name, values[name])
        self._save(row)

    def _changed_by_hand(self, row: models.Model) -> bool:
        return (row._meta.label_lower, str(row.pk)) in self._by_hand

    def _save(self, row: models.Model) -> None:
        try:
            row.full_clean()
        except ValidationError as error:
            raise FactError(f"{row._meta.label} {row}: {error.message_dict}") from error
        row.save()
        self.changed = True
