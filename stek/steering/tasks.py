"""Thin doors for the worker: one action each."""

from celery import shared_task


@shared_task(ignore_result=True)
def send_digests() -> int:
    """Every morning: letters about the last quarter whose day has come. How many were written."""
    from .actions.digests import send_due as action  # noqa: PLC0415  # task leaf

    return action()
