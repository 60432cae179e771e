"""Names that are no person: places, houses, organisations, activities. The guard leaves them alone.

Higher rooms say at start-up what they know (`add_names`). Asked anew each time, in as many queries as there are lists, since a name given a
minute ago must not be held against who writes it; and only when the guard found something at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .models import Municipality, Partnership, Place, Site

_lists: list[Callable[[], Iterable[str]]] = []


def add_names(names: Callable[[], Iterable[str]]) -> None:
    _lists.append(names)


def allowed_names() -> frozenset[str]:
    """Of all sites: people write about the neighbours too."""
    return frozenset(name for names in _lists for name in names() if name)


def own_names() -> Iterable[str]:
    for model in (Municipality, Partnership, Site):
        yield from model._default_manager.values_list("name", flat=True)
    for pair in Place.objects.values_list("name", "address"):
        yield from pair
