"""Thin doors for the worker: one action each."""

from celery import shared_task


@shared_task(ignore_result=True)
def extend_horizon() -> int:
    """Every night: dates exist until the horizon again. How many were made, taken out or put back."""
    from .actions.materialise import extend_horizon as action  # noqa: PLC0415  # task leaf

    outcome = action()
    return outcome.added + outcome.withdrawn + outcome.revived
