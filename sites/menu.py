"""What stands in the menu behind a key. Every room adds its own entries when it starts; the rights table decides who sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from .rights import Right, can


@dataclass(frozen=True, slots=True)
class Entry:
    """`view` is the name of an address without parameters; `position` orders the menu."""

    position: int
    name: Promise
    view: str
    right: Right
    icon: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as its reader sees it; `is_here` is the value of `aria-current`, or empty."""

    name: Promise
    url: str
    icon: str
    is_here: str


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    """For `AppConfig.ready`."""
    _entries.append(entry)
    _entries.sort(key=lambda one: one.position)


def menu(request: HttpRequest) -> list[Shown]:
    """The entries that are open to who is asking, today."""
    if not request.user.is_authenticated:
        return []
    return [_shown(entry, request.path) for entry in _entries if can(request.user, entry.right)]


def _shown(entry: Entry, path: str) -> Shown:
    url = reverse(entry.view)
    here = "page" if path == url else "true" if path.startswith(url) else ""
    return Shown(name=entry.name, url=url, icon=entry.icon, is_here=here)
