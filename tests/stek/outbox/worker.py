"""A worker in a process of its own, on the database of a test; it kills itself, as hard as that goes, at one step of its first letter.

    python -m tests.stek.outbox.worker <database> <step> celery|beat|round|write

As `celery` it is a whole Celery worker, which looks for what is due when it starts; as `round` it does one round for each line it reads.
As `beat` it asks for everything that beat asks for, each second, and says so with a line a time.
As `write` it is none, but what a web process is: it writes a message to the user of each line it reads, and says how long that took.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any

import django
from django.conf import settings

STEPS = ("before claim", "after claim", "before the server", "after acceptance", "after recording", "")

THIRD_REMINDER = "third reminder"  # of a shift, once it is written and before it is sent
THIRD_DIGEST = "third letter about a quarter"  # the same


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_at(step: str) -> None:
    from stek.outbox import sending
    from stek.outbox.sending import Post

    claim, send, settle = sending.claim, Post._send, sending._settle

    def claim_and_die(moment: Any) -> Any:
        return claim(moment) and die()

    def send_and_die(self: Any, message: Any) -> None:
        send(self, message)
        die()

    def settle_and_die(row: Any, outcome: Any) -> Any:
        settle(row, outcome)
        die()

    if step == "before claim":
        sending.claim = die
    elif step == "after claim":
        sending.claim = claim_and_die
    elif step == "before the server":
        Post._send = die
    elif step == "after acceptance":
        Post._send = send_and_die
    elif step == "after recording":
        sending._settle = settle_and_die
    elif step in {THIRD_REMINDER, THIRD_DIGEST}:
        from activities import shift_letters
        from stek.steering.actions import digests

        die_at_the_third_of(shift_letters if step == THIRD_REMINDER else digests)


def die_at_the_third_of(room: Any) -> None:
    post, written = room.post, []

    def count(*args: Any, **kwargs: Any) -> Any:
        row = post(*args, **kwargs)
        written.extend([row] if row else [])
        return row if len(written) < 3 else die()

    room.post = count


def main() -> None:
    database, step, way = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    dies_at(step)
    print("ready", flush=True)
    if way == "celery":
        from stek.celery import app

        app.worker_main(["worker", "--pool", "solo", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"])
    if way == "beat":
        beat()
    from stek.outbox.sending import send_due

    for line in sys.stdin:
        begun = time.monotonic()
        if way == "write":
            write(int(line))
        else:
            send_due()
        print(f"done {time.monotonic() - begun:.3f}", flush=True)


def beat() -> None:
    from celery.signals import after_task_publish

    from stek.celery import app

    after_task_publish.connect(lambda sender, **_: print(sender, flush=True), weak=False)
    app.conf.beat_schedule = {name: {**entry, "schedule": 1.0} for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}
    schedule = f"{settings.CELERY_BEAT_SCHEDULE_FILENAME}.{os.getpid()}"
    app.start(["--quiet", "beat", "--loglevel", "ERROR", "--schedule", schedule])


def write(user: int) -> None:
    from django.db import transaction

    from sites.accounts.letters import tell_of_change
    from sites.models import User

    with transaction.atomic():
        tell_of_change(User.objects.get(pk=user), "new_codes")


if __name__ == "__main__":
    main()
