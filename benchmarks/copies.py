"""What one partnership has, many times over, written by the database itself: row by row it would take an hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Max, Model, SlugField, UUIDField

UUID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}


@transaction.atomic
def copy(models: Sequence[type[Model]], times: int) -> None:
    """So many copies of every row of these tables, which stand in the order in which they lean on each other.

    A copy has the keys of its original and a fixed step further for each time, and so has whatever leans on it.
    """
    steps = {model: model._base_manager.aggregate(last=Max("pk"))["last"] for model in models}
    for model in models:
        fields = model._meta.local_concrete_fields
        names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        values = ", ".join(_value(field, steps) for field in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({names}) WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < %s) "  # noqa: S608 (our own names)
                f"SELECT {values} FROM {table} CROSS JOIN copy",
                [times],
            )


def _value(field: Field[Any, Any], steps: dict[type[Model], int]) -> str:
    column = connection.ops.quote_name(field.column)
    leans_on = field.related_model if isinstance(field, ForeignKey) else field.model if field.primary_key else None
    if step := steps.get(leans_on) if leans_on else None:  # type: ignore[arg-type]
        return f"{column} + n * {step}"
    if isinstance(field, UUIDField):
        return UUID[connection.vendor]
    if isinstance(field, SlugField) and field.unique:
        return f"{column} || '-' || n"
    return column
