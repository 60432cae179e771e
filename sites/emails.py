"""Letters about keys, one function for each: which row is written, and what it says when it leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery

from .models import Partnership, Role, Site, User

KEY_ENDS, KEY_FROM_OUTSIDE = "sites/key_ends", "sites/key_from_outside"


def key_ends(role: Role) -> None:
    """To its owner: what ends, where, and which day is the last one."""
    facts = _facts(role) | {"role": role.pk, "never_was": bool(role.until and role.until < role.since)}
    post(KEY_ENDS, to=role.user, about=f"role:{role.pk}", site=role.site, facts=facts)


def key_from_outside(role: Role, *, to: User) -> None:
    """To a coordinator or an administrator: somebody else gave a key to what they look after."""
    facts = _facts(role) | {"person": role.user_id}
    post(KEY_FROM_OUTSIDE, to=to, about=f"role:{role.pk}", site=role.site, facts=facts)


def say() -> None:
    """For `AppConfig.ready`."""
    add_kind(Kind(KEY_ENDS, _("je sleutel eindigt"), _key_ends))
    # Nobody may stop hearing of it, or wait for a change of mind: a key given and taken back is told too.
    about = _("iemand kreeg een sleutel van een beheerder")
    add_kind(Kind(KEY_FROM_OUTSIDE, about, _key_from_outside, wait=AT_ONCE, may_stop=False))


def _facts(role: Role) -> dict[str, Any]:
    """What a role says, without its person: the row may be gone when the letter leaves."""
    until = str(role.until) if role.until else None
    return {"kind": role.kind, "site": role.site_id, "partnership": role.partnership_id, "until": until}


def _role(facts: dict[str, Any], user: User | None) -> Role:
    """The role as it was told, with what its site or partnership is called now."""
    until = facts["until"]
    return Role(
        user=user,
        kind=facts["kind"],
        site=Site.objects.filter(pk=facts["site"]).first(),
        partnership=Partnership.objects.filter(pk=facts["partnership"]).first(),
        until=dt.date.fromisoformat(until) if until else None,
    )


def _key_ends(delivery: Delivery) -> dict[str, Any] | None:
    facts = delivery.facts
    if not facts["never_was"] and not Role.objects.filter(pk=facts["role"], until=facts["until"]).exists():
        return None  # it goes on, or ends on another day, which has a letter of its own
    return {"role": _role(facts, delivery.user)}


def _key_from_outside(delivery: Delivery) -> dict[str, Any]:
    """By name only when the reader may see who it is."""
    person = User.objects.visible_to(delivery.user).filter(pk=delivery.facts["person"]).first()
    return {"role": _role(delivery.facts, person), "name": person.name if person else ""}
