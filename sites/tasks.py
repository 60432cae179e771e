"""What is done at night without anybody asking."""

import logging
from importlib import import_module

from celery import shared_task
from django.conf import settings

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def clear_sessions() -> None:
    """Take away sessions that ended, the half-way ones of who never typed a code among them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    logger.info("ended sessions cleared")
