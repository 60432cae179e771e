"""What is done at night without anybody asking."""

import logging

from celery import shared_task

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def purge() -> None:
    """Take away what is over (`stek.retention`)."""
    from .actions.purging import purge as action  # noqa: PLC0415  # task leaf

    counts = action()
    logger.info("purged: %s", ", ".join(f"{number} {code}" for code, number in counts.items()))
