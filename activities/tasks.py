"""Thin doors for the worker: one action each."""

from celery import shared_task


@shared_task(ignore_result=True)
def extend_horizon() -> int:
    """Every night: dates exist until the horizon again. How many were made, taken out or put back."""
    from .actions.materialise import extend_horizon as action  # noqa: PLC0415  # task leaf

    outcome = action()
    return outcome.added + outcome.withdrawn + outcome.revived


@shared_task(ignore_result=True)
def remind() -> int:
    """Every quarter of an hour: reminders of shifts whose time has come. How many were written."""
    from .shift_letters import remind as action  # noqa: PLC0415  # task leaf

    return action()
