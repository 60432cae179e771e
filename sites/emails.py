"""Letters about keys, one function for each."""

from __future__ import annotations

from stek.outbox import send
from stek.retention import term

from .models import Role, User


def key_ends(role: Role) -> None:
    """To its owner: what ends, where, which day is the last one, and what becomes of an account without keys."""
    context = {"role": role, "account": term("idle_account")}
    send("sites/key_ends", to=role.user.email, language=role.user.language, context=context)


def key_from_outside(role: Role, *, to: User) -> None:
    """To a coordinator or an administrator: somebody else gave a key to what they look after.

    By name only when the reader may see who it is.
    """
    name = role.user.name if User.objects.visible_to(to).filter(pk=role.user_id).exists() else ""
    send("sites/key_from_outside", to=to.email, language=to.language, context={"role": role, "name": name})
