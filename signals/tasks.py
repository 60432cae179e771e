"""Thin doors for the worker: one action each, and no argument that could name anything."""

from celery import shared_task


@shared_task(ignore_result=True)
def open_waiting() -> int:
    """Every night: what waited with others for a week that is over leaves the holding table. How many."""
    from .actions.opening import open_waiting as action  # noqa: PLC0415  # task leaf
    from .actions.referring import forget_sendings  # noqa: PLC0415  # task leaf

    forget_sendings()
    return action()
