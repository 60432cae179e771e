"""Several dates at once: locked first, all of them, in the order of their keys.

Everyone takes an agreement, then its dates, then the site. Two who take the same dates in another order would wait for each
other for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.db.models import F, QuerySet

from activities.models import Occurrence
from stek.time import wall_now

BATCH = 500  # keys a statement: below what any database takes


def lock(dates: QuerySet[Occurrence]) -> list[int]:
    """Their keys, in order. They are as they are until this transaction ends, whoever else wants to change them."""
    return list(dates.order_by("pk").select_for_update().values_list("pk", flat=True))


def lock_keys(keys: Iterable[int]) -> None:
    for some in batched(sorted(keys), BATCH):
        lock(Occurrence.objects.filter(pk__in=some))


def renew(dates: QuerySet[Occurrence], keys: Iterable[int], **fields: Any) -> int:
    """Change those of `dates` with these keys, which are locked; feeds see a higher SEQUENCE. How many there were."""
    return sum(
        dates.filter(pk__in=some).update(sequence=F("sequence") + 1, changed_at=wall_now(), **fields)
        for some in batched(keys, BATCH)
    )
