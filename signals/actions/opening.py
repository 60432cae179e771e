"""Signals leave the holding table: all of a partnership at once, shuffled, under new numbers, in a week that is over.

Only weeks that are over: who looks every day would otherwise see on which day a signal was given. So the batch of a week opens in the night
after it, whenever in that week it was told. What stays is written anew (`stirring.py`).
"""

from __future__ import annotations

from django.db import connection, transaction

from activities.iso_week import IsoWeek
from signals.models import Held, Signal, Told
from signals.rules import can_open
from signals.weeks import this_week
from sites.models import Partnership
from stek import traces
from stek.health.actions import beat

from .holding import lock
from .stirring import STIRRED, stir, stir_signals

# A random UUID (version 4), made where the row is made, as this database keeps it.
NEW_ID = {
    "postgresql": "gen_random_uuid()",
    "sqlite": (
        "lower(hex(randomblob(6))) || '4' || substr(lower(hex(randomblob(2))), 2)"
        " || substr('89ab', 1 + abs(random() % 4), 1) || substr(lower(hex(randomblob(2))), 2) || lower(hex(randomblob(6)))"
    ),
}
RIPE = "site_id IN (SELECT id FROM sites_site WHERE partnership_id = %s) AND (year, week) < (%s, %s)"


def open_waiting() -> int:
    """Every partnership whose time has come; how many signals were opened."""
    number, is_stirred = 0, False
    # By chance too: their rows lie in the order in which they are written.
    for partnership in list(Partnership.objects.order_by("?").values_list("pk", flat=True)):
        number += _open(partnership)
        is_stirred |= stir(partnership)
    is_stirred |= stir_signals()
    if number or is_stirred:
        traces.wipe([model._meta.db_table for model in (*STIRRED, Signal)], at_most=None)
    beat("opening")
    return number


@transaction.atomic
def _open(partnership: int) -> int:
    lock(partnership)
    now = this_week()
    weeks = Held.objects.filter(site__partnership=partnership).values_list("year", "week")
    if not can_open([IsoWeek(*week) for week in weeks], now):
        return 0
    told = ", ".join(connection.ops.quote_name(field.column) for field in _told())
    values = [partnership, now.year, now.number]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Signal._meta.db_table} (id, state, marks, {told})"  # noqa: S608 (names of our own columns)
            f" SELECT {NEW_ID[connection.vendor]}, 'opened', '', {told} FROM {Held._meta.db_table} WHERE {RIPE} ORDER BY random()",
            values,
        )
        number = cursor.rowcount
        cursor.execute(f"DELETE FROM {Held._meta.db_table} WHERE {RIPE}", values)  # noqa: S608 (names of our own columns)
    return number


def _told() -> list:
    return [field for field in Told._meta.concrete_fields if not field.primary_key]
