"""Take one message that is due, send it, write down what became of it; then the next. Any number of workers may do so at once.

A row is `claimed` while nothing of it can have left, and `sending` from just before the mail server gets it. Who dies in the first
state loses nothing: the row waits again. Who dies in the second leaves a row of which nobody knows, and it says so.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
import time
from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMessage, mailers
from django.db import IntegrityError, transaction

from stek.time import now, wall_now

from . import beside
from .actions import settled
from .enums import Night, Reason, State
from .kinds import Kind
from .letters import compose
from .models import Delivery, Stop
from .outcomes import SENT, Outcome, outcome_of
from .rules import TRIES, is_night, must_wait, next_morning, pause_after, zone_of

logger = logging.getLogger(__name__)

# Longer than one letter can take when every step of it takes as long as it may; who is silent that long is dead.
LEASE = dt.timedelta(minutes=5)
# Seconds one round may take: the only worker of an embedded installation has other work too.
ROUND = 20


def send_due(*, at: dt.datetime | None = None, seconds: float = ROUND) -> Counter[State]:
    """Send what is due, the oldest first, until nothing is or the time is up. How many ended in which state.

    A mail server that cannot be reached ends the round: what is true for one letter is true for all of them, and the one that was
    tried `WAITING` is the only one that pays with a pause. `at` is domain time, now unless a test says otherwise.
    """
    recover()
    told: Counter[State] = Counter()
    end = time.monotonic() + seconds
    with Post() as post:
        while time.monotonic() < end and (row := claim(at or now())):
            outcome = send_one(row, post, at or now())
            told[outcome.state] += 1
            if outcome == SENT and told[State.SENT] == 1:
                _server_is_back()
            if outcome.reason == Reason.UNREACHABLE:
                break
    beside.send(at or now())
    return told


def claim(moment: dt.datetime) -> Delivery | None:
    """The oldest message that is due, for nobody else from now on. None when there is none."""
    with transaction.atomic():
        # PostgreSQL hands each worker another row; SQLite has one writer at a time.
        free = Delivery.objects.due(moment).order_by("due_at", "pk").select_for_update(skip_locked=True)
        pk = free.values_list("pk", flat=True).first()
        taken = {"state": State.CLAIMED, "claim": uuid4(), "lease_until": wall_now() + LEASE}
        if pk is None or not Delivery.objects.filter(pk=pk, state=State.WAITING).update(**taken):
            return None
        return Delivery.objects.select_related("user", "site").get(pk=pk)


def send_one(row: Delivery, post: Post, moment: dt.datetime) -> Outcome:
    """One message that was claimed, to its end or back to where it waits."""
    kind = row.sort
    if kind is None:
        return _settle(row, Outcome(State.FAILED, Reason.BROKEN))
    if reason := why_not(row, kind, moment):
        return _settle(row, Outcome(State.DROPPED, reason))
    if must_wait(kind, moment=moment, zone=zone_of(row.site), begins_at=row.begins_at):
        return _back(row, Outcome(State.WAITING), due_at=next_morning(moment, zone_of(row.site)))
    try:
        letter = compose(row)
    except Exception as error:  # one letter that cannot be written must not hold up the others
        logger.error("A letter could not be written: %s (%s)", row.kind, type(error).__name__)  # noqa: TRY400 (its trace may hold a name)
        return _settle(row, Outcome(State.FAILED, Reason.BROKEN))
    if letter is None:
        return _settle(row, Outcome(State.DROPPED, Reason.UNTRUE))
    beside.write(row, letter.path, moment)
    return _hand_over(row, letter.message, post)


def why_not(row: Delivery, kind: Kind, moment: dt.datetime) -> Reason:
    """Why a message that is due is not sent at all; `NONE` when it is."""
    if row.begins_at and row.begins_at <= moment:
        return Reason.TOO_LATE
    if kind.night == Night.DROP and is_night(moment, zone_of(row.site)):
        return Reason.AT_NIGHT
    if row.user and not row.user.is_active:
        return Reason.CLOSED
    if kind.may_stop and row.user and Stop.objects.of(row.user.pk).filter(kind=kind.name).exists():
        return Reason.STOPPED
    return Reason.NONE


def _hand_over(row: Delivery, message: EmailMessage, post: Post) -> Outcome:
    try:
        post.open()
    except OSError as error:
        return _again(row, outcome_of(error))
    mine = Delivery.objects.filter(pk=row.pk, claim=row.claim, state=State.CLAIMED)
    if not mine.update(state=State.SENDING, lease_until=wall_now() + LEASE):
        return Outcome(State.CLAIMED)  # we were so slow that somebody else took it, or it was forgotten
    try:
        post.send(message)
    except Exception as error:  # whatever it is, it is written down
        outcome = outcome_of(error)
        return _again(row, outcome) if outcome.state == State.WAITING else _settle(row, outcome)
    return _settle(row, SENT)


def _settle(row: Delivery, outcome: Outcome) -> Outcome:
    """Write down the end. Whoever claimed the row meanwhile knows better; who only gave us up for dead does not."""
    _of(row).update(**settled(outcome.state, outcome.reason, outcome.answer))
    return outcome


def _again(row: Delivery, outcome: Outcome) -> Outcome:
    """A try that failed: once more after a pause, or never again."""
    tries = row.tries + 1
    if tries >= TRIES:
        return _settle(row, Outcome(State.FAILED, Reason.GIVEN_UP, outcome.answer))
    return _back(row, outcome, tries=tries, retry_at=wall_now() + pause_after(tries))


def _back(row: Delivery, outcome: Outcome, **changes: Any) -> Outcome:
    """It waits again, unless a newer one about the same does."""
    waits = {"state": State.WAITING, "reason": outcome.reason, "answer": outcome.answer}
    if row.period or not Delivery.objects.waiting().beside(row).exists():
        with suppress(IntegrityError), transaction.atomic():  # a newer one may come between these two lines
            _of(row).update(**waits, claim=None, lease_until=None, **changes)
            return outcome
    return _settle(row, Outcome(State.DROPPED, Reason.NEWER))


def _of(row: Delivery) -> Any:
    """The row as long as it is ours, by the claim we took it with."""
    return Delivery.objects.filter(pk=row.pk, claim=row.claim)


def recover() -> None:
    """What a worker took and did not finish: it waits again if nothing of it can have left, else nobody knows."""
    lost = Delivery.objects.lost()
    unknown = settled(State.UNCERTAIN, Reason.INTERRUPTED)
    number = lost.filter(state=State.SENDING).update(**unknown)
    if number:
        logger.warning("%d messages may or may not have been sent: a worker stopped in the middle.", number)
    for row in lost.filter(state=State.CLAIMED):
        _back(row, Outcome(State.WAITING))


def _server_is_back() -> None:
    """What waited only for the mail server need not wait on."""
    Delivery.objects.waiting().filter(reason=Reason.UNREACHABLE).update(retry_at=wall_now())


class Post:
    """One connection to the mail server for many letters, opened when the first one needs it."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._is_used = False

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Raises OSError when nobody answers."""
        if self._connection is None:
            connection = mailers.default
            connection.open()
            self._connection, self._is_used = connection, False

    def send(self, message: EmailMessage) -> None:
        """Raises what the server refuses it with. A connection that was closed between two letters is opened anew, once."""
        try:
            self._send(message)
        except OSError as error:
            was_used = self._is_used
            self.close()
            if not (was_used and _is_hung_up(error)):
                raise
            self.open()
            self._send(message)

    def _send(self, message: EmailMessage) -> None:
        self._connection.send_messages([message])
        self._is_used = True

    def close(self) -> None:
        """Whatever the server says to that changes nothing for the letters it took."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.close()


def _is_hung_up(error: OSError) -> bool:
    """Whether the server had enough of this connection; nothing of the letter was taken then."""
    return isinstance(error, smtplib.SMTPServerDisconnected) or outcome_of(error).answer == 421
