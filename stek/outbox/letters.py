"""Letters: a subject and a text in the reader's language, from `templates/emails/<letter>.subject.txt` and `.txt`; and where there is
an `.html`, the same once more for who reads it with headings and a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.shortcuts import resolve_url
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import override

from .links import stop_link
from .models import Delivery


@dataclass(frozen=True, slots=True)
class Letter:
    """`path` is where it leads, in the language of its reader."""

    message: EmailMultiAlternatives
    path: str


def send_at_once(letter: str, *, to: str, language: str, context: dict[str, Any]) -> None:
    """Write and send a letter now, without a row: for sign-in codes, which are worth nothing later. Raises what the mail server raises."""
    write(letter, to=to, language=language, context=context).send()


def write(letter: str, *, to: str, language: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The letter in a language; every link in it starts with `base`, the address of this service."""
    with override(language):
        return _write(letter, to, language, context)


def compose(delivery: Delivery) -> Letter | None:
    """The letter as it is true now, in the language of its reader. None when it is not true any more."""
    kind, user = delivery.sort, delivery.user
    assert kind is not None
    language = known_language(user.language if user else delivery.language)
    with override(language):
        context = kind.read(delivery)
        if context is None:
            return None
        link = stop_link(user.pk, kind.name) if kind.may_stop and user else ""
        message = _write(kind.name, delivery.mailbox, language, {"stop_link": link} | context)
        path = context.get("path") or resolve_url(settings.LOGIN_REDIRECT_URL)
    message.extra_headers["Message-ID"] = f"<{delivery.uuid}@{settings.STEK_UID_DOMAIN}>"
    if link:
        # RFC 8058: the reader's own program asks, without a page in between.
        message.extra_headers["List-Unsubscribe"] = f"<{link}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Letter(message, path)


def known_language(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _write(letter: str, to: str, language: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    context = {"base": settings.STEK_BASE_URL} | context
    subject = render_to_string(f"emails/{letter}.subject.txt", context)
    body = render_to_string(f"emails/{letter}.txt", context).strip()
    if context.get("stop_link"):
        body += "\n\n" + render_to_string("emails/outbox/stop.txt", context).strip()
    # Auto-Submitted: so that who is on holiday does not answer us.
    headers = {"Content-Language": language, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(" ".join(subject.split()), body + "\n", to=[to], headers=headers)
    if page := _page(letter, context):
        message.attach_alternative(page, "text/html")
    for name, content, kind in context.get("attachments", ()):
        message.attach(name, content, kind)
    return message


def _page(letter: str, context: dict[str, Any]) -> str:
    try:
        return render_to_string(f"emails/{letter}.html", context)
    except TemplateDoesNotExist:
        return ""
