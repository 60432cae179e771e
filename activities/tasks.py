"""Thin doors for the worker: one action each."""

from celery import shared_task


@shared_task(ignore_result=True)
def extend_horizon() -> None:
    """Every night: dates exist until the horizon again."""
    from .actions.materialise import extend_horizon as action  # noqa: PLC0415  # task leaf

    action()
