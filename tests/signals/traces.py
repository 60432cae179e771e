"""What is left of a signal, read where an attacker would read it: every column of every table, and the order in which rows lie."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-f])")
HASH = re.compile(r"[0-9a-f]{64}")

# Table -> its columns, each with the kind it has in the database. Written down by hand: a column that nobody thought about is not in it.
TEXT, NUMBER, YES_NO, KEY, WORDS = {"CharField", "TextField"}, {"PositiveSmallIntegerField", "PositiveIntegerField", "SmallIntegerField", "BigIntegerField", "IntegerField", "PositiveBigIntegerField", "AutoField", "BigAutoField"}, {"BooleanField"}, {"UUIDField", "CharField"}, {"JSONField", "TextField"}  # fmt: skip
TOLD = {
    "id": KEY, "site_id": NUMBER, "theme_id": NUMBER, "barrier": TEXT, "text": TEXT, "service": TEXT, "idea": TEXT,
    "is_positive": YES_NO, "was_asked": YES_NO, "year": NUMBER, "week": NUMBER, "is_example": YES_NO,
}  # fmt: skip
COLUMNS: dict[str, dict[str, set[str]]] = {
    "signals_held": TOLD | {"code_hash": TEXT},
    "signals_signal": TOLD | {
        "state": TEXT, "merged_into_id": KEY, "marks": TEXT, "counted_year": NUMBER, "counted_quarter": NUMBER,
    },
    "signals_refused": {
        "id": KEY, "site_id": NUMBER, "theme_id": NUMBER, "reason": TEXT, "year": NUMBER, "week": NUMBER, "is_example": YES_NO,
    },
    "signals_contribution": {
        "id": KEY, "partnership": NUMBER, "year": NUMBER, "quarter": NUMBER, "theme": TEXT, "token": TEXT, "several": YES_NO,
    },
    "signals_threshold": {"id": NUMBER, "partnership_id": NUMBER, "k": NUMBER, "is_strict": YES_NO},
    "signals_release": {
        "id": NUMBER, "partnership_id": NUMBER, "kind": TEXT, "year": NUMBER, "quarter": NUMBER, "version": NUMBER, "k": NUMBER,
        "is_strict": YES_NO, "themes": WORDS, "sites": WORDS, "day": {"DateField"}, "why": TEXT, "is_example": YES_NO,
    },
    "signals_releasedcell": {
        "id": NUMBER, "release_id": NUMBER, "year": NUMBER, "first": NUMBER, "last": NUMBER, "theme": TEXT, "site": TEXT, "value": NUMBER,
    },
}  # fmt: skip


# What everybody may read: how many figures there are, and which came first, is no secret.
PUBLISHED = {"signals_threshold", "signals_release", "signals_releasedcell"}


def columns() -> dict[str, dict[str, str]]:
    """Table -> column -> kind, as the database has them."""
    found = {}
    with connection.cursor() as cursor:
        for table in COLUMNS:
            described = connection.introspection.get_table_description(cursor, table)
            found[table] = {one.name: connection.introspection.get_field_type(one.type_code, one) for one in described}
    return found


def strange_columns() -> list[str]:
    """Columns that are not on the list, or of another kind than there: a time, a foreign key to somebody."""
    return [
        f"{table}.{name}: {kind}"
        for table, known in columns().items()
        for name, kind in known.items()
        if kind not in COLUMNS[table].get(name, set())
    ]


def dump() -> dict[str, list[str]]:
    """Table -> its rows as they lie there, every column of every table there is."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY {lies()}")
            found[table] = [repr(row) for row in cursor.fetchall()]
    return found


def lies() -> str:
    """What says in which order rows lie on the disk."""
    return "rowid" if connection.vendor == "sqlite" else "ctid"


def without_chance(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same, with what is drawn by chance or hashed left blank, and in an order of its own."""
    return {table: sorted(UUID.sub("*", HASH.sub("#", row)) for row in rows) for table, rows in tables.items()}


def texts_as_they_lie(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {table} ORDER BY {lies()}")
        return [text for (text,) in cursor.fetchall()]
