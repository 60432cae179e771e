"""Letters: a subject and a text in the reader's language, from `templates/emails/<letter>.subject.txt` and `.txt`."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

logger = logging.getLogger(__name__)


def send(letter: str, *, to: str, language: str, context: dict[str, Any]) -> None:
    """Write a letter now, and send it once the transaction of its cause has been kept.

    `letter` is a path without ending, `partners/invitation`. A mail server that does not answer costs the letter, not the
    change it tells of: one line in the log says which letter, never to whom.
    """
    message = write(letter, to=to, language=language, context=context)
    transaction.on_commit(partial(_send_or_say_so, letter, message))


def send_at_once(letter: str, *, to: str, language: str, context: dict[str, Any]) -> None:
    """Write and send a letter now: for sign-in codes, which are worth nothing later. Raises what the mail server raises."""
    write(letter, to=to, language=language, context=context).send()


def write(letter: str, *, to: str, language: str, context: dict[str, Any]) -> EmailMessage:
    """The letter in a language; every link in it starts with `base`, the address of this service."""
    context = {"base": settings.STEK_BASE_URL} | context
    with override(language):
        subject = render_to_string(f"emails/{letter}.subject.txt", context)
        body = render_to_string(f"emails/{letter}.txt", context)
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to], headers={"Content-Language": language})


def _send_or_say_so(letter: str, message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as error:  # smtplib's errors are among these
        # Without the traceback: a mail server's answer repeats the address.
        logger.error("A letter was not sent: %s (%s)", letter, type(error).__name__)  # noqa: TRY400
