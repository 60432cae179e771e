"""Thin doors for the worker."""

import logging

from celery import shared_task

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def deliver() -> None:
    """Send what is due. Twice at once, late, or for nothing: all the same."""
    from .enums import State  # noqa: PLC0415  # task leaf
    from .models import Delivery  # noqa: PLC0415  # task leaf
    from .queue import wake  # noqa: PLC0415  # task leaf
    from .sending import send_due  # noqa: PLC0415  # task leaf

    told = send_due()
    if told:
        logger.info("messages: %s", ", ".join(f"{number} {state}" for state, number in sorted(told.items())))
    # One that waits again failed: the next minute is soon enough to try the others.
    if not told[State.WAITING] and Delivery.objects.due().exists():
        wake()


@shared_task(ignore_result=True)
def blank_addresses() -> None:
    """Every night: forget to whom went what could not be sent two weeks ago, and mail in files as old as that."""
    from stek.time import wall_now  # noqa: PLC0415  # task leaf

    from . import files  # noqa: PLC0415  # task leaf
    from .actions import KEEP_ADDRESS, blank_old  # noqa: PLC0415  # task leaf

    logger.info("addresses forgotten: %d, files: %d", blank_old(), files.clear(wall_now() - KEEP_ADDRESS))
