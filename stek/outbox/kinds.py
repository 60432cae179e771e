"""Kinds of messages, as data. Every room says when it starts which ones it sends; the outbox knows none by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from .enums import Night

if TYPE_CHECKING:
    from .models import Delivery

# So that five changes in a row are one letter.
FOLD = dt.timedelta(minutes=5)
AT_ONCE = dt.timedelta(0)

# What stands in the letter, read when it leaves and in the language of its reader; None when it is no longer true.
Reader = Callable[["Delivery"], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a telephone shows beside the mail, locked too: words without a place, a name or a task. `lasts`: how long they are worth showing."""

    words: Promise
    lasts: dt.timedelta = dt.timedelta(hours=4)
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the path of its templates, `sites/key_ends`. `about` says in a few words what it tells, on pages.

    `once`: ever, for each (recipient, about, period). Otherwise it is a notice: while one waits, the next one about the same takes
    its place, and it waits `wait` for that. `may_stop`: its reader can say not to want any more of it.
    `screen`: it is also shown on telephones of who asked for that; None: never.
    """

    name: str
    about: Promise
    read: Reader
    once: bool = False
    wait: dt.timedelta = FOLD
    night: Night = Night.WAIT
    may_stop: bool = True
    screen: Screen | None = None


_kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """For `AppConfig.ready`."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    """None for one that no room sends any more."""
    return _kinds.get(name)


def kinds() -> list[Kind]:
    return list(_kinds.values())


def may_stop() -> list[Kind]:
    """Kinds somebody can say no to."""
    return [kind for kind in _kinds.values() if kind.may_stop]
