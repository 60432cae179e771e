"""A form for everybody carries a key: random, signed, with its moment. It tells people from programs, and one sending from the next."""

from __future__ import annotations

import secrets

from django.core import signing

SOON = 3  # seconds: who reads a form and types a name needs longer, a program does not
LATE = 24 * 3600


class Early(Exception):
    """Sent sooner than somebody can type."""


class Stale(Exception):
    """Not ours, or from a form that stood open for more than a day."""


def new_key(about: str) -> str:
    """A random key for one form about one thing, signed and with its moment."""
    return _signer(about).sign(secrets.token_urlsafe(12))


def read_key(about: str, key: str) -> str:
    """The random part. Raises `Early` or `Stale`."""
    try:
        found = _signer(about).unsign(key, max_age=LATE)
    except signing.BadSignature as error:
        raise Stale from error
    try:
        _signer(about).unsign(key, max_age=SOON)
    except signing.SignatureExpired:
        return found
    raise Early


def _signer(about: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"stek.form_key.{about}")
