"""“Ook gezien”: one more, once for each browser, of nobody."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from django.db import transaction

from signals.models import Signal

KEY = re.compile(r"[A-Za-z0-9_-]{32}")


def new_key() -> str:
    """What a browser is given to keep: by chance, so it says nothing about who uses it."""
    return secrets.token_urlsafe(24)


def is_key(text: str) -> bool:
    return bool(KEY.fullmatch(text))


@transaction.atomic
def also_seen(signal: Signal, *, key: str) -> bool:
    """Count one more; whether this browser had not said so before. Raises `Signal.DoesNotExist` for one that is gone."""
    row = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    marks, mark = set(row.marks.split()), _mark(row, key)
    if mark in marks:
        return False
    row.marks = " ".join(sorted({*marks, mark}))
    row.save(update_fields=["marks"])
    return True


def _mark(signal: Signal, key: str) -> str:
    """Differs for each signal, so that what one browser saw cannot be laid side by side without its key."""
    return hmac.new(key.encode(), signal.pk.bytes, hashlib.sha256).hexdigest()[:32]
