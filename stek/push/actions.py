"""Devices are added, seen again and taken away; what is to be said on them is written. Sending itself is `stek.push.sending`."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.crypto import salted_hmac

from stek.outbox.models import Delivery
from stek.outbox.rules import zone_of
from stek.sealing import cipher
from stek.time import BRUSSELS, wall_now

from .models import Push, Subscription
from .rules import Address, address_of, pack, worth_until
from .vapid import is_offered

SEAL = "stek.push.address"
MOST = 10  # devices of one person; each costs a request for each message


@transaction.atomic
def subscribe(user: Any, *, session_key: str | None, address: Address) -> Subscription:
    """From now on this device gets words beside the mail. Asked twice it is one device; that of somebody else changes hands."""
    handle, today = handle_of(address.endpoint), _today()
    Subscription.objects.filter(handle=handle).exclude(user=user).delete()
    words = {"session_id": session_key, "sealed": _sealed(address), "seen": today}
    row, is_new = Subscription.objects.get_or_create(handle=handle, defaults={"user": user, "since": today, **words})
    if not is_new:
        Subscription.objects.filter(pk=row.pk).update(**words)
    too_many = Subscription.objects.of(user.pk).in_order().values_list("pk", flat=True)[MOST:]
    Subscription.objects.filter(pk__in=list(too_many)).delete()
    return row


@transaction.atomic
def check_in(user: Any, *, session_key: str | None, endpoint: str) -> bool:
    """Somebody who signed in is here with a device that was subscribed once. False when it is not theirs; then it is nobody's any more."""
    found = Subscription.objects.filter(handle=handle_of(endpoint))
    found.exclude(user=user).delete()
    return bool(found.filter(user=user).update(session_id=session_key, seen=_today()))


def unsubscribe(user: Any, pk: int) -> bool:
    """One's own device, by its key. False when it is not there."""
    return bool(Subscription.objects.of(user.pk).filter(pk=pk).delete()[0])


def let_go_of_sessions(session_keys: Any) -> None:
    """Before sessions go because their time is up: nobody signed out, so who asked for pushes still gets them."""
    Subscription.objects.filter(session__in=session_keys).update(session=None)


def not_seen_for(length: dt.timedelta) -> models.QuerySet[Subscription]:
    return Subscription.objects.filter(seen__lt=_today() - length)


def forget_all() -> None:
    """In a database that was put back: who turned this off since may not get it again."""
    Subscription.objects.all().delete()


@transaction.atomic
def write(delivery: Delivery, path: str, moment: dt.datetime) -> None:
    """Beside a letter that is true and due: once for each device of its reader, whatever becomes of the letter."""
    kind, user = delivery.sort, delivery.user
    if not (is_offered() and kind and kind.screen and user) or delivery.address:
        return
    until = worth_until(kind, moment=moment, zone=zone_of(delivery.site), begins_at=delivery.begins_at)
    devices = Subscription.objects.of(user.pk)
    rows = [Push(delivery=delivery, subscription=device, path=path, until=until) for device in devices]
    Push.objects.bulk_create(rows, ignore_conflicts=True)


def handle_of(endpoint: str) -> str:
    return salted_hmac("stek.push.handle", endpoint, algorithm="sha256").hexdigest()


def address_in(subscription: Subscription) -> Address:
    """Raises ValueError (InvalidToken is none) only for what we did not seal."""
    return address_of(**json.loads(cipher(SEAL).decrypt(subscription.sealed.encode())))


def _sealed(address: Address) -> str:
    words = {"endpoint": address.endpoint, "p256dh": pack(address.p256dh), "auth": pack(address.auth)}
    return cipher(SEAL).encrypt(json.dumps(words).encode()).decode()


def _today() -> dt.date:
    return wall_now().astimezone(ZoneInfo(BRUSSELS)).date()
