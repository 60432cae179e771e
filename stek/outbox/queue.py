"""Telling a worker that something waits. A word, no more: what is to be done is rows, and beat asks every minute anyway.

So it may be lost, and it never costs a request anything: it is said in the background, by one thread, and what the broker makes of it is
one line in the log.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from celery import current_app
from django.conf import settings

from stek.time import now

logger = logging.getLogger(__name__)

QUIET = 60  # seconds between two lines in the log about a broker that does not answer

_background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox")
_asked = threading.Event()  # somebody is about to tell a worker, and has not begun to
_quiet_until = 0.0  # in seconds of time.monotonic()


def written(due_at: dt.datetime) -> None:
    """A message was written. One that waits for its time is found by beat."""
    if due_at <= now():
        wake()


def wake() -> None:
    """Have a worker send what is due. Whoever asks while another is about to has been heard too."""
    if not _asked.is_set():
        _asked.set()
        _background.submit(_tell)


def _tell() -> None:
    _asked.clear()
    try:
        current_app.send_task("stek.outbox.tasks.deliver", expires=settings.OUTBOX_SWEEP.total_seconds())
    except Exception as error:  # a broker has many ways to fail, and none of them is a reason to fail with it
        _say_once(error)


def _say_once(error: Exception) -> None:
    global _quiet_until
    moment = time.monotonic()
    if moment >= _quiet_until:
        _quiet_until = moment + QUIET
        # The kind of error only: its text may hold the address.
        logger.warning("The queue does not answer (%s); messages wait for the next minute.", type(error).__name__)
