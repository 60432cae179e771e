"""What differs between a row and what somebody wants it to be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from sites.models import User


def take_over(row: models.Model, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Put the values into the row, unsaved; {"field": [old, new]} of those that differ, as the log writes them.

    What somebody fills in is no example any more.
    """
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    changes = {name: [as_logged(getattr(row, name)), as_logged(value)] for name, value in differing.items()}
    for name, value in differing.items():
        setattr(row, name, value)
    if hasattr(row, "example_fields"):
        row.example_fields = [name for name in row.example_fields if name not in differing]
    return changes


def begun(values: dict[str, Any]) -> dict[str, list[Any]]:
    """The changes of a row that is new: what was filled in."""
    return {name: [None, as_logged(value)] for name, value in values.items() if value not in ("", None)}


def gone(values: dict[str, Any]) -> dict[str, list[Any]]:
    """The changes of a row that goes: what stood there."""
    return {name: [as_logged(value), None] for name, value in values.items() if value not in ("", None)}


def as_logged(value: Any) -> Any:
    """A value as JSON keeps it: days as 2023-10-09, another row by its name, a person by key only."""
    if isinstance(value, User):
        return value.pk
    if isinstance(value, bool | int | list | dict) or value is None:
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
