"""Somebody's keys became fewer or shorter: rooms in which they count hear of it."""

from __future__ import annotations

from collections.abc import Callable

# Told whose they are, by key of the account.
Listener = Callable[[int], None]

_listeners: list[Listener] = []


def on_keys_changed(listener: Listener) -> None:
    """For `AppConfig.ready` of a higher room."""
    if listener not in _listeners:
        _listeners.append(listener)


def keys_changed(user_id: int) -> None:
    """Call it in the transaction of the change, once the keys are as they will be."""
    for listener in _listeners:
        listener(user_id)
