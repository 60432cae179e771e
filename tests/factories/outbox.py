"""Rows of the outbox, as they are; `stek.outbox.post` is how they come about."""

from __future__ import annotations

from itertools import count

from sites.models import Site, User
from stek.outbox.models import Delivery, Stop

from .sites import make_user

_number = count(1)


def make_delivery(site: Site | None = None, *, user: User | None = None, **fields) -> Delivery:
    """A message of a kind that tells nothing, to somebody new, that waits and is due."""
    if user is None and "address" not in fields:
        user = make_user()
    plain = {"kind": "tests/notice", "about": f"thing:{next(_number)}"}
    return Delivery.objects.create(site=site, user=user, **plain | fields)


def make_stop(*, user: User | None = None, **fields) -> Stop:
    return Stop.objects.create(user=user or make_user(), **{"kind": "tests/notice"} | fields)
