"""The link in a letter by which its reader says "no more of this", without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "stek.outbox.stop"


def stop_link(user_id: int, kind: str) -> str:
    """In the active language. It works as long as `SECRET_KEY` does: letters are kept for years."""
    token = _signer().sign_object([user_id, kind])
    return settings.STEK_BASE_URL + reverse("outbox:stop", args=[token])


def read_link(token: str) -> tuple[int, str] | None:
    """Whose and which kind; None for what is not ours."""
    try:
        user_id, kind = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user_id, kind


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
