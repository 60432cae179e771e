"""Thin doors for the worker: one action each."""

from celery import shared_task


@shared_task(ignore_result=True)
def extend_horizon() -> int:
    """Every night: dates exist until the horizon again, and nobody stands in one without a key. How many dates were made, taken out or put back."""
    from .actions.materialise import extend_horizon as action  # noqa: PLC0415  # task leaf
    from .actions.swaps import forget_old_swaps  # noqa: PLC0415  # task leaf
    from .actions.volunteers import free_without_keys  # noqa: PLC0415  # task leaf

    outcome = action()
    free_without_keys()
    forget_old_swaps()
    return outcome.added + outcome.withdrawn + outcome.revived


@shared_task(ignore_result=True)
def remind() -> int:
    """Every quarter of an hour: reminders of shifts whose time has come. How many were written."""
    from .shift_letters import remind as action  # noqa: PLC0415  # task leaf

    return action()


@shared_task(ignore_result=True)
def preview() -> int:
    """Every quarter of an hour: on Monday morning, the letters about shifts that miss somebody. How many were written."""
    from .week_letters import preview as action  # noqa: PLC0415  # task leaf

    return action()
