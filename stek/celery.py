"""The Celery app; worker and beat are `celery -A stek worker` and `celery -A stek beat`."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")

app = Celery("stek")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def catch_up(sender: Any, **kwargs: Any) -> None:
    """A worker that starts says so at once, sends what is due, and does the night's work if the machine was off that night."""
    from stek.health.models import Heartbeat  # noqa: PLC0415 (needs the loaded apps)

    app.send_task("stek.health.tasks.heartbeat")
    app.send_task("stek.outbox.tasks.deliver")
    last = Heartbeat.objects.age("materialisation")
    if last is None or last > timedelta(hours=24):
        app.send_task("activities.tasks.extend_horizon")
