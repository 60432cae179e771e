"""Somebody's keys become fewer or shorter: rooms in which they count hear of it, and say beforehand what else that ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sites.models import Role

# Told whose they are, by key of the account.
Listener = Callable[[int], None]

# Says in whole sentences what else ends with a key after a last day.
Foreteller = Callable[[Role, dt.date], list[str]]

_listeners: list[Listener] = []
_foretellers: list[Foreteller] = []


def on_keys_changed(listener: Listener) -> None:
    """For `AppConfig.ready` of a higher room."""
    if listener not in _listeners:
        _listeners.append(listener)


def keys_changed(user_id: int) -> None:
    """Call it in the transaction of the change, once the keys are as they will be."""
    for listener in _listeners:
        listener(user_id)


def foretell(foreteller: Foreteller) -> None:
    """For `AppConfig.ready` of a higher room."""
    if foreteller not in _foretellers:
        _foretellers.append(foreteller)


def what_else_ends(role: Role, on: dt.date) -> list[str]:
    """Whole sentences for who is about to let a key end after `on`."""
    return [sentence for foreteller in _foretellers for sentence in foreteller(role, on)]
