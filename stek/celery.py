"""The Celery app; worker and beat are `celery -A stek worker` and `celery -A stek beat`."""

from __future__ import annotations

import logging
import os
import time
from datetime import timedelta
from typing import Any

from celery import Celery, Task
from celery.signals import (
    after_task_publish,
    beat_init,
    heartbeat_sent,
    setup_logging,
    task_postrun,
    task_prerun,
    worker_init,
    worker_ready,
)

from stek import broker
from stek.log import doing
from stek.patience import be_patient

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")

broker.use_it()
app = Celery("stek")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)
LONGEST = 300  # seconds for one statement of a task: the night's rounds write in batches that take a second


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Celery would set levels and handlers of its own; Django's are set when it loads the apps."""


@worker_init.connect
def patient(**kwargs: Any) -> None:
    """Before the pool of processes is made, which inherit it."""
    be_patient(LONGEST)


@worker_ready.connect
def catch_up(sender: Any, **kwargs: Any) -> None:
    """A worker that starts says so at once, sends what is due, and does the night's work if the machine was off that night."""
    from stek.health.models import Heartbeat  # noqa: PLC0415 (needs the loaded apps)

    app.send_task("stek.health.tasks.heartbeat")
    app.send_task("stek.outbox.tasks.deliver")
    nightly = {
        "materialisation": "activities.tasks.extend_horizon",
        "purge": "sites.tasks.purge",
        "opening": "signals.tasks.open_waiting",
        "releases": "signals.tasks.release_due",
    }
    for name, task in nightly.items():
        last = Heartbeat.objects.age(name)
        if last is None or last > timedelta(hours=24):
            app.send_task(task)


# --- One line for each task: which, how long and how many, never what about -------------------------------------------------------


@task_prerun.connect
def begin(task: Task, **kwargs: Any) -> None:
    doing.set({"task": task.name})
    task.request.begun = time.monotonic()


@task_postrun.connect
def end(task: Task, state: str, retval: Any = None, **kwargs: Any) -> None:
    facts: dict[str, Any] = {"task": task.name, "outcome": (state or "unknown").lower()}
    if begun := getattr(task.request, "begun", None):
        facts["seconds"] = round(time.monotonic() - begun, 3)
    if type(retval) is int:
        facts["count"] = retval
    logger.info("task ended", extra={"facts": facts})
    doing.set(None)


# --- Signs of life that the health check of a container reads (`manage.py alive`) -------------------------------------------------


@heartbeat_sent.connect
def worker_lives(**kwargs: Any) -> None:
    """Every two seconds, by the loop that fetches tasks, as long as it has a broker."""
    _touch("worker")


@beat_init.connect
def beat_begins(**kwargs: Any) -> None:
    """From now on each task that this process sends, at least one a minute."""
    after_task_publish.connect(beat_lives)


def beat_lives(**kwargs: Any) -> None:
    _touch("beat")


def _touch(name: str) -> None:
    from stek.health.rules import sign_of_life  # noqa: PLC0415 (needs the loaded apps)

    sign_of_life(name).touch()
