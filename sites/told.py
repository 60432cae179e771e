"""Who else must know that a row changes: the rooms above say so at start-up, since this one has never heard of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

type Listener = Callable[[Sequence[Any]], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have `listener` called by `about_to_change`, in the transaction of the change."""
    if listener not in _listeners:
        _listeners.append(listener)


def about_to_change(rows: Sequence[Any]) -> None:
    """A row as it is and as it will be, or the only one of the two there is.

    Call it before the row is saved or deleted: who listens locks dates, and dates are locked before their site.
    """
    for listener in _listeners:
        listener(rows)
