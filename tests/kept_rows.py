"""All rows as they lie in their tables, kept to be put back: making the demonstration takes seconds, and thirty files of tests ask for it."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models

# Made again with new numbers each time a transactional test has emptied every table; nothing of ours refers to them.
OF_DJANGO = {"auth", "contenttypes"}

LARGE = 5_000  # bytes
# Table to its columns and what lies in them: what COPY gives, on SQLite rows of SQL's own spelling, so that nothing is read as a date on the way.
type Kept = dict[str, tuple[str, bytes | list[str]]]


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in OF_DJANGO]


def take() -> Kept:
    kept: Kept = {}
    with connection.cursor() as cursor:
        for model in _tables():
            fields = [field for field in model._meta.local_concrete_fields if not field.generated]
            names = [connection.ops.quote_name(field.column) for field in fields]
            columns = ", ".join(names)
            table = connection.ops.quote_name(model._meta.db_table)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as lines:
                    kept[table] = columns, b"".join(lines)
            else:
                cursor.execute(f"SELECT {" || ', ' || ".join(f'quote({name})' for name in names)} FROM {table}")
                kept[table] = columns, [row for (row,) in cursor.fetchall()]
    return kept


def put(kept: Kept) -> None:
    """In place of what there is. References are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for table in kept:
            cursor.execute(f"DELETE FROM {table}")
        for table, (columns, rows) in kept.items():
            if isinstance(rows, bytes):
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as lines:
                    lines.write(rows)
            elif rows:
                cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {', '.join(f'({row})' for row in rows)}")
        if connection.vendor == "postgresql":
            for model in _tables():
                _count_on(cursor, model)


def _count_on(cursor, model: type[models.Model]) -> None:
    """Past the rows that were put, and never back: rows of before come again when the transaction is undone, and a counter is not undone."""
    key = model._meta.pk
    if isinstance(key, models.AutoField):
        table, column = connection.ops.quote_name(model._meta.db_table), key.column
        counter = f"pg_get_serial_sequence('{table}', '{column}')"
        cursor.execute(
            f"SELECT setval({counter}, GREATEST(COALESCE(MAX({column}), 1), COALESCE(pg_sequence_last_value({counter}::regclass), 1))) FROM {table}"
        )


def count_again(kept: Kept) -> None:
    """Let PostgreSQL count the tables that are large now: its night watch may have seen them empty, and then a page takes seconds."""
    with connection.cursor() as cursor:
        for table, (_columns, rows) in kept.items():
            if isinstance(rows, bytes) and len(rows) > LARGE:
                cursor.execute(f"ANALYZE {table}")
