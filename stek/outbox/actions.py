"""Messages are written, forgotten, stopped, and sent again by hand. Sending itself is `stek.outbox.sending`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from stek.sealing import cipher
from stek.time import now, wall_now

from . import queue
from .enums import BY_HAND, OVER, UNDER_WAY, Reason, State
from .kinds import Kind, kind_of
from .models import Delivery, Stop
from .rules import when_due, zone_of

SEAL = "stek.outbox.secret"


@transaction.atomic
def post(
    kind: str,
    *,
    about: str,
    to: Any = None,
    address: str = "",
    language: str = "",
    site: Any = None,
    period: str = "",
    facts: dict[str, Any] | None = None,
    secret: str = "",
    begins_at: dt.datetime | None = None,
) -> Delivery | None:
    """Write a message, in the transaction of its cause; a worker sends it. The row, or None when it was written or sent before.

    `to` is a user; `address` a mailbox, in `language`, of who has no account, or instead of the user's own. `about` is the key of
    what it tells of. `period` belongs to kinds that are sent once. `facts` are keys, days and choices: no words of people.
    `secret` is in the letter and nowhere else: it lies sealed, until it is sent. `begins_at` is when what it tells of begins.
    A notice takes the place of one that waits.
    """
    found = kind_of(kind)
    if found is None:
        raise LookupError(f"No room says that it sends {kind}.")
    if found.once != bool(period):
        raise ValueError(f"{kind} is sent once for each period, or has none.")
    moment = now()
    row = Delivery(
        kind=kind, user=to, address=address, language=language, site=site, about=about, period=period,
        facts=facts or {}, secret=sealed(secret), begins_at=begins_at, written_at=moment,
        due_at=when_due(found, moment=moment, zone=zone_of(site), begins_at=begins_at),
    )  # fmt: skip
    kept = _once(row) if found.once else _newest(row)
    if kept:
        transaction.on_commit(partial(queue.written, kept.due_at))
    return kept


def _once(row: Delivery) -> Delivery | None:
    """Nothing at all when there is one already, whatever became of it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if Delivery.objects.beside(row).exists():
            return None
        raise
    return row


def _newest(row: Delivery) -> Delivery:
    """In the place of the one that waits, if one does: it leaves when that one would have, or sooner."""
    for _try in range(3):  # a worker may take the one that waits, or somebody write one, between two looks
        waiting = Delivery.objects.waiting().beside(row).select_for_update().first()
        if waiting:
            return _renew(waiting, row)
        try:
            with transaction.atomic():
                row.save()
                return row
        except IntegrityError:
            if not Delivery.objects.waiting().beside(row).exists():
                raise
    raise IntegrityError("A notice could not be written: its place was taken three times.")


def _renew(waiting: Delivery, row: Delivery) -> Delivery:
    for name in ("language", "site", "facts", "secret", "begins_at", "written_at"):
        setattr(waiting, name, getattr(row, name))
    waiting.due_at = min(waiting.due_at, row.due_at)
    waiting.save()
    return waiting


def sealed(secret: str) -> str:
    return cipher(SEAL).encrypt(secret.encode()).decode() if secret else ""


def secret_of(delivery: Delivery) -> str:
    """What was given to `post`; empty when there was none, or it was sent, or forgotten."""
    return cipher(SEAL).decrypt(delivery.secret.encode()).decode() if delivery.secret else ""


@transaction.atomic
def send_again(delivery: Delivery) -> bool:
    """By hand, what failed or may not have come: it waits again, and leaves at once. False for any other, and without an address.

    One that waits about the same is newer: this one is dropped then.
    """
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if row.state not in BY_HAND or not row.mailbox:
        return False
    if not row.period and Delivery.objects.waiting().beside(row).exists():
        Delivery.objects.filter(pk=row.pk).update(**settled(State.DROPPED, Reason.NEWER))
        return False
    row.state, row.reason, row.answer, row.tries = State.WAITING, Reason.NONE, None, 0
    row.settled_at, row.claim, row.lease_until = None, None, None
    row.due_at, row.retry_at = min(row.due_at, now()), wall_now()
    row.save()
    transaction.on_commit(partial(queue.written, row.due_at))
    return True


def settled(state: State, reason: Reason, answer: int | None = None) -> dict[str, Any]:
    """What a row says once it is known what became of it. What was kept only for the letter goes with it."""
    changes = {"state": state, "reason": reason, "answer": answer, "settled_at": now(), "lease_until": None}
    return changes | ({"address": "", "secret": "", "facts": {}} if state in OVER else {})


def stop(user_id: int, kind: Kind) -> None:
    """No more of this kind for somebody; what waits is dropped when it would leave. Nothing for who is not there any more."""
    if kind.may_stop and get_user_model()._default_manager.filter(pk=user_id).exists():
        Stop.objects.get_or_create(user_id=user_id, kind=kind.name)


def resume(user_id: int, kind: Kind) -> None:
    Stop.objects.of(user_id).filter(kind=kind.name).delete()


def forget(user_id: int | None = None, address: str | None = None) -> int:
    """Everything about a person is gone: what waits, what was sent, what they did not want. How many rows that were.

    A letter that is on its way this very second still arrives; its row is gone all the same.
    """
    found = Q(pk__in=[])
    if user_id is not None:
        found |= Q(user=user_id)
    if address:
        found |= Q(address__iexact=address.strip())
    number = Delivery.objects.filter(found).delete()[0]
    return number + (Stop.objects.of(user_id).delete()[0] if user_id is not None else 0)


def forget_about(about: Collection[str]) -> int:
    """Everything written about things that are gone, to whomever. How many rows."""
    return Delivery.objects.filter(about__in=about).delete()[0]


def over_for(length: dt.timedelta) -> models.QuerySet[Delivery]:
    """Messages of which it is known for that long what became of them (domain time); what waits or is on its way is not among them."""
    return Delivery.objects.over().filter(settled_at__lt=now() - length)


def with_an_old_address(length: dt.timedelta) -> models.QuerySet[Delivery]:
    """Messages that failed or are uncertain for that long, and still say to whom they were to go. Of what was sent it is gone already."""
    return Delivery.objects.to_look_at().filter(settled_at__lt=now() - length).exclude(address="", secret="")


def blank(found: models.QuerySet[Delivery]) -> int:
    """Forget to whom these were to go, and their secret. How many rows."""
    return found.update(address="", secret="")


def hold() -> int:
    """In a database that was put back: nothing of it leaves again. How many rows waited or were on their way.

    What was sent after the backup was made waits in it still. Nobody can tell those apart, so a coordinator looks: uncertain ones may be sent by hand.
    """
    held = Delivery.objects.filter(state__in=(State.WAITING, *UNDER_WAY))
    return held.update(
        state=State.UNCERTAIN, reason=Reason.RESTORED, settled_at=now(), claim=None, lease_until=None
    )  # fmt: skip


def messages_of(user_id: int) -> models.QuerySet:
    """What was written to somebody, the newest first: to show or give to them."""
    return Delivery.objects.of(user_id).select_related("site").in_order()
