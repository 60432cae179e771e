"""Thin doors for the worker: one action each."""

from celery import shared_task


@shared_task(ignore_result=True)
def remind() -> int:
    """Every morning: meetings that are near, and money that stops. How many letters were written."""
    from .funding_letters import warn  # noqa: PLC0415  # task leaf
    from .meeting_letters import remind as of_meetings  # noqa: PLC0415  # task leaf

    return of_meetings() + warn()
