from celery import shared_task

from stek.health.actions import beat


@shared_task
def heartbeat() -> None:
    """Sent by beat, carried by the broker, run by a worker: when it arrives, all three are alive."""
    beat("queue")
