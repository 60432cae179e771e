"""Each night what was written by day is written anew, though nothing about it changed.

PostgreSQL keeps with each row the number of the transaction that wrote it. Lines of the change log have their minute, and lie between such
numbers: who opens the database would read when the last signal came, or when somebody last saw one too. From the night on it is the night's.
"""

from __future__ import annotations

from django.db import connection, transaction

from signals.models import Contribution, Held, Pointing, Referral, Signal
from signals.shuffling import put_anew

from .holding import lock

STIRRED = (Held, Contribution, Pointing, Referral)
# Signals that share a number with this many others were opened, published or stirred with them.
FEW = 20


@transaction.atomic
def stir(partnership: int) -> bool:
    """What waits and what is counted in a partnership; whether there was any."""
    lock(partnership)
    found = (
        Held.objects.filter(site__partnership=partnership),
        Contribution.objects.filter(partnership=partnership),
        Pointing.objects.filter(partnership=partnership),
        Referral.objects.filter(site__partnership=partnership, counted_year=None),
    )
    rows = [list(of_model) for of_model in found]
    for model, of_model in zip(STIRRED, rows, strict=True):
        put_anew(model, of_model)
    return any(rows)


@transaction.atomic
def stir_signals() -> bool:
    """Signals that were changed one by one; whether there were any. They keep their numbers, by which others know them.

    One that somebody changes at this moment is left for the next night.
    """
    if connection.vendor != "postgresql":
        return False
    table = connection.ops.quote_name(Signal._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET state = state WHERE id IN (SELECT id FROM {table} WHERE xmin::text IN"  # noqa: S608 (the name of our own table)
            f" (SELECT xmin::text FROM {table} GROUP BY 1 HAVING count(*) < %s) FOR UPDATE SKIP LOCKED)",
            [FEW],
        )
        return cursor.rowcount > 0
