"""The block of `/mijn/` for who helps: the next shift large, what others want to swap, where somebody is needed, and what comes later."""

from __future__ import annotations

from typing import Any

from sites.enums import RoleKind
from sites.models import User

from .my_shifts import TAKEN, helper_of, lines_of, open_lines, with_others
from .my_swaps import open_swaps

SHOWN = 5


def my_help(user: User) -> dict[str, Any] | None:
    """`next`, `later` and `open` lines, how many more there are, and `swaps` others ask for; None for who does not help."""
    helper = helper_of(user)
    mine = lines_of(user, helper)
    if not mine and not user.has_role(RoleKind.VOLUNTEER):
        return None
    found = open_lines(user, helper)
    coming = [line for line in mine if line.state == TAKEN]
    later = [line for line in mine if line not in coming[:1]]
    return {
        "next": with_others(coming[0], user) if coming else None,
        "later": later[:SHOWN], "more_later": max(0, len(later) - SHOWN),
        "open": found[:SHOWN], "more": max(0, len(found) - SHOWN),
        "swaps": open_swaps(user, helper)[:SHOWN],
    }  # fmt: skip
