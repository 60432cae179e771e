"""What stands on `/mijn/` and on a site's desk. Every room adds its own when it starts; the rights table decides who sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from .models import Site, User
from .rights import Right, can

# Says what somebody sees in a block of `/mijn/`: the context of its template, or None when there is nothing to say.
Reader = Callable[[User], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of `/mijn/`."""

    position: int
    template: str
    read: Reader


@dataclass(frozen=True, slots=True)
class Door:
    """A page of a site's desk: what it is called, and in one line how things stand there now.

    `view` is the name of an address with the site's slug. `tell(site)` gives whole sentences, none when there is nothing to tell.
    """

    position: int
    name: Promise
    about: Promise
    view: str
    right: Right
    tell: Callable[[Site], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class DeskBlock:
    """A part of a site's desk, above its doors. `read` gives the context of its template, or None when there is nothing to say."""

    position: int
    template: str
    right: Right
    read: Callable[[Site], dict[str, Any] | None]


_blocks: list[Block] = []
_desk_blocks: list[DeskBlock] = []
_doors: list[Door] = []


def add_block(block: Block) -> None:
    """For `AppConfig.ready`."""
    _blocks.append(block)
    _blocks.sort(key=lambda one: one.position)


def add_desk_block(block: DeskBlock) -> None:
    """For `AppConfig.ready`."""
    _desk_blocks.append(block)
    _desk_blocks.sort(key=lambda one: one.position)


def add_door(door: Door) -> None:
    """For `AppConfig.ready`."""
    _doors.append(door)
    _doors.sort(key=lambda one: one.position)


def blocks_of(user: User) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of every block that has something to say to somebody."""
    found = [(block.template, block.read(user)) for block in _blocks]
    return [(template, context) for template, context in found if context is not None]


def desk_blocks_of(user: User, site: Site) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of every block of a site's desk that is open to somebody and has something to say."""
    found = [(block.template, block.read(site)) for block in _desk_blocks if can(user, block.right, site)]
    return [(template, context) for template, context in found if context is not None]


def doors_of(user: User, site: Site) -> list[dict[str, Any]]:
    """The pages of a site's desk that are open to somebody, each with how things stand there."""
    return [
        {"name": door.name, "about": door.about, "url": reverse(door.view, args=[site.slug]), "told": _told(door, site)}
        for door in _doors
        if can(user, door.right, site)
    ]


def _told(door: Door, site: Site) -> list[str]:
    return door.tell(site) if door.tell else []
