"""Messages: a row in the transaction of its cause, sent later by a worker, once. A leaf: it knows users, sites and no room.

`post` writes one; `forget`, `forget_about`, `over_for` and `messages_of` are for erasing, keeping no longer than needed, and giving to whom it is about.
Sign-in codes are never a row: `send_at_once`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .actions import blank, forget, forget_about, hold, messages_of, over_for, post, with_an_old_address
    from .letters import send_at_once

__all__ = [
    "blank",
    "forget",
    "forget_about",
    "hold",
    "messages_of",
    "over_for",
    "post",
    "send_at_once",
    "with_an_old_address",
]


def __getattr__(name: str) -> Any:
    """Found when asked for: an app is imported before there are models."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(".letters" if name == "send_at_once" else ".actions", __name__), name)
