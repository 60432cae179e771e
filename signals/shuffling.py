"""Rows in an order of chance: neither the rows, nor the pages they lie on, nor the number of a transaction tells which came first."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable

from django.db import models


def put_anew(model: type[models.Model], rows: Iterable[models.Model], *, without: Iterable[models.Model] = ()) -> None:
    """Take these rows out and put them back at once, each under a new number. `without` only goes. Within a transaction, under a lock.

    An UPDATE or one INSERT more would leave the newest row at the end of the table, where a dump shows it last.
    """
    rows = list(rows)
    model._default_manager.filter(pk__in=[row.pk for row in (*rows, *without)]).delete()
    for row in rows:
        row.pk = uuid.uuid4()
    secrets.SystemRandom().shuffle(rows)
    model._default_manager.bulk_create(rows)
