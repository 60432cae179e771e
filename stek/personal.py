"""What we keep about somebody, told by every room when it starts: so that they can take it along, and be forgotten.

A leaf: it knows that there is somebody, with a number, a mailbox and a name, and no room. `tests/test_personal.py` fails for a
foreign key to a person that nobody thought about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

# A shorter name stands in too many words that have nothing to do with it.
SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is to be forgotten, as they were when they asked."""

    id: int
    address: str
    name: str

    @property
    def words(self) -> list[str]:
        """What they would be recognised by."""
        return [word for word in (self.address, self.name) if len(word) >= SHORTEST_NAME]

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds their mailbox or their whole name, as words of their own."""
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in self.words)


@dataclass(frozen=True, slots=True)
class Exporter:
    """A part of what somebody may take along. Each row is a dict with the keys of `labels`: words, numbers, days, yes or no.

    Nothing about anybody else may stand in it. `covers` are the foreign keys it answers for, as "sites.Role.user".
    """

    code: str
    title: Promise
    labels: Mapping[str, Promise]
    rows: Callable[[Any], list[dict[str, Any]]]
    covers: tuple[str, ...] = ()
    position: int = 50


@dataclass(frozen=True, slots=True)
class Eraser:
    """Forgets what no foreign key takes along by itself. `covers` are the tables with a name or an address that it answers for.

    Called once more it does no harm. Within the transaction, before the account itself goes; `is_after` for what cannot be undone
    (files): once the transaction was kept.
    """

    code: str
    erase: Callable[[Somebody], object]
    covers: tuple[str, ...] = ()
    is_after: bool = False


@dataclass(slots=True)
class _Registry:
    exporters: dict[str, Exporter] = field(default_factory=dict)
    erasers: dict[str, Eraser] = field(default_factory=dict)
    followers: list[Callable[[str, str], object]] = field(default_factory=list)
    not_theirs: dict[str, str] = field(default_factory=dict)


_known = _Registry()


def add_exporter(exporter: Exporter) -> None:
    """For `AppConfig.ready`."""
    _known.exporters[exporter.code] = exporter


def add_eraser(eraser: Eraser) -> None:
    """For `AppConfig.ready`."""
    _known.erasers[eraser.code] = eraser


def add_follower(follow: Callable[[str, str], object]) -> None:
    """For `AppConfig.ready`: rows that know somebody by their mailbox follow them to another one. Gets the former and the new one."""
    if follow not in _known.followers:
        _known.followers.append(follow)


def not_theirs(foreign_key: str, reason: str) -> None:
    """For `AppConfig.ready`: a foreign key to a person whose rows are not taken along, and why."""
    _known.not_theirs[foreign_key] = reason


def exporters() -> list[Exporter]:
    return sorted(_known.exporters.values(), key=lambda one: (one.position, one.code))


def erasers(*, is_after: bool = False) -> list[Eraser]:
    """Those of the transaction, or those after it, as they were told: higher rooms, which start later, come first."""
    return [one for one in reversed(_known.erasers.values()) if one.is_after == is_after]


def follow(former: str, address: str) -> None:
    """Somebody has another mailbox: call it in the transaction of that change."""
    for follower in _known.followers:
        follower(former, address)


def declared() -> dict[str, str]:
    """Foreign key -> why its rows are not taken along."""
    return dict(_known.not_theirs)
