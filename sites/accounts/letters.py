"""Letters about signing in."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sites.models import User
from stek.outbox import post, send_at_once
from stek.outbox.enums import Night
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.pages import current_language

logger = logging.getLogger(__name__)

ACCESS_CHANGED = "sites/access_changed"

# In the background: an answer that waited for the mail server would tell which addresses have an account.
background = ThreadPoolExecutor(max_workers=2, thread_name_prefix="letters")


def send_code(letter: str, *, to: str, code: str) -> None:
    """Send a code in the language of the page that asked for it, without waiting for the mail server."""
    context = {"code": code.replace("-", " "), "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60}
    background.submit(_send_or_say_so, letter, to, current_language(), context)


def _send_or_say_so(letter: str, to: str, language: str, context: dict) -> None:
    try:
        send_at_once(letter, to=to, language=language, context=context)
    except OSError as error:  # smtplib's errors are among these
        # Without the traceback: a mail server's answer repeats the address.
        logger.error("A letter was not sent: %s (%s)", letter, type(error).__name__)  # noqa: TRY400


def tell_of_change(user: User, what: str, *, to: str = "") -> None:
    """Tell somebody that the way they sign in has changed: who did not do it themselves should know at once, also at night.

    `what` is one of the words in the letter's template. It goes to the address of this moment, or to `to`, their former one: whoever
    changes an address must not get what was meant for its owner.
    """
    post(ACCESS_CHANGED, to=user, address=to or user.email, about=what, facts={"what": what})


def say() -> None:
    """For `AppConfig.ready`."""
    about = _("er is iets veranderd aan hoe je aanmeldt")
    add_kind(Kind(ACCESS_CHANGED, about, lambda row: row.facts, wait=AT_ONCE, night=Night.SEND, may_stop=False))
