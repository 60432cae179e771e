"""Send what is due to push services. To send twice does no harm: both have one tag, and the second takes the place of the first."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections import Counter
from http.client import HTTPException

from cryptography.fernet import InvalidToken
from django.utils.translation import override

from stek.outbox.enums import Reason, State
from stek.outbox.kinds import Kind
from stek.outbox.letters import known_language
from stek.outbox.rules import pause_after
from stek.outbox.sending import why_not
from stek.time import now, wall_now

from . import wire
from .actions import address_in
from .encryption import encrypt
from .models import Push
from .vapid import authorization, is_offered

logger = logging.getLogger(__name__)

# Longer than one request can take.
LEASE = dt.timedelta(minutes=1)
# Seconds of a round: letters are waiting too.
ROUND = 10
# Bytes, for all of them alike: the longest words and the longest path fit.
LENGTH = 512
GONE = (404, 410)
MAY_HEAL = {408, 425, 429, *range(500, 600)}


def send_due(at: dt.datetime | None = None) -> Counter[str]:
    """Send what is due until nothing is or the time is up. How many ended how: sent, gone, again, over. `at` is domain time."""
    told: Counter[str] = Counter()
    end = time.monotonic() + ROUND
    while is_offered() and time.monotonic() < end and (row := claim()):
        told[send_one(row, at or now())] += 1
    if told:
        logger.info("pushes: %s", ", ".join(f"{number} {word}" for word, number in sorted(told.items())))
    return told


def claim() -> Push | None:
    """One that is due, for nobody else for a minute. None when there is none."""
    for row in Push.objects.due().order_by("pk").select_related("delivery__user", "delivery__site", "subscription")[:5]:
        mine = Push.objects.filter(pk=row.pk, is_over=False, retry_at=row.retry_at)
        if mine.update(retry_at=wall_now() + LEASE):
            return row
    return None


def send_one(row: Push, moment: dt.datetime) -> str:
    delivery, kind = row.delivery, row.delivery.sort
    lasts = row.until - moment
    is_true = (
        kind and kind.screen and delivery.state != State.DROPPED and why_not(delivery, kind, moment) == Reason.NONE
    )
    if not is_true or lasts <= dt.timedelta(0):
        return _over(row)
    assert kind
    try:
        answer = _send(row, kind, lasts)
    except (OSError, HTTPException):
        return _again(row, lasts)
    except (wire.NotPublic, ValueError, InvalidToken) as error:
        logger.error("A push could not be sent (%s).", type(error).__name__)  # noqa: TRY400 (its trace may hold an address)
        return _over(row)
    if 200 <= answer.status < 300:
        return _over(row, "sent")
    if answer.status in GONE:
        row.subscription.delete()
        return "gone"
    if answer.status in MAY_HEAL:
        return _again(row, lasts, answer.retry_after)
    # Our key, our clock or our words: about us, and not about the device.
    logger.error("A push service refuses what we send: %d.", answer.status)
    return _over(row)


def words_of(row: Push, kind: Kind) -> dict[str, str]:
    """All that is sent. `tag` is a random number of the message: a phone shows it once."""
    language = known_language(row.delivery.user.language if row.delivery.user else "")
    with override(language):
        text = str(kind.screen.words) if kind.screen else ""
    return {"text": text, "path": row.path, "tag": row.delivery.uuid.hex, "lang": language}


def _send(row: Push, kind: Kind, lasts: dt.timedelta) -> wire.Answer:
    address = address_in(row.subscription)
    plain = json.dumps(words_of(row, kind), ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "TTL": str(int(lasts.total_seconds())),
        "Urgency": "high" if kind.screen and kind.screen.is_urgent else "normal",
        "Topic": row.delivery.uuid.hex,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Authorization": authorization(address.endpoint),
    }
    body = encrypt(plain, p256dh=address.p256dh, auth=address.auth, length=LENGTH)
    return wire.post(address.endpoint, headers=headers, body=body)


def _over(row: Push, word: str = "over") -> str:
    Push.objects.filter(pk=row.pk).update(is_over=True, path="")
    return word


def _again(row: Push, lasts: dt.timedelta, seconds: int = 0) -> str:
    """After a pause, or not at all when it would be worth nothing by then."""
    pause = max(pause_after(row.tries + 1), dt.timedelta(seconds=seconds))
    if pause >= lasts:
        return _over(row)
    Push.objects.filter(pk=row.pk).update(tries=row.tries + 1, retry_at=wall_now() + pause)
    return "again"
