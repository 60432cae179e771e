"""Everything in one file, and back: SQLite and PostgreSQL each in their own way, the same refusals, nothing half done.

A leaf: what must happen to the rows of a restored database before anybody sees it, is told by whoever keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.db import connection

from .archive import Refusal

__all__ = ["Refusal", "add_restorer", "database", "leave_out", "left_out", "restorers"]

_restorers: list[Callable[[], Any]] = []
_left_out: set[str] = set()


def add_restorer(restorer: Callable[[], Any]) -> None:
    """For `AppConfig.ready`: called once in a restored database, migrated and without who was forgotten, before it opens."""
    if restorer not in _restorers:
        _restorers.append(restorer)


def restorers() -> list[Callable[[], Any]]:
    return list(_restorers)


def leave_out(*tables: str) -> None:
    """For `AppConfig.ready`: tables whose rows are in no backup, since two backups laid side by side would tell when each came."""
    _left_out.update(tables)


def left_out() -> list[str]:
    return sorted(_left_out)


def database() -> ModuleType:
    """How the database of this service is written out and put back: `dump`, `refuse_full`, `staged`."""
    from . import postgresql, sqlite  # noqa: PLC0415  # only one of them is ever needed

    return sqlite if connection.vendor == "sqlite" else postgresql
