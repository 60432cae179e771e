"""What stands in the database and nobody may read there: a backup is worth nothing without `SECRET_KEY`."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Cipher(MultiFernet):
    """Fernet writes the second of sealing in the clear before what it sealed. Ours always says the same one."""

    def encrypt(self, msg: bytes) -> bytes:
        return self.encrypt_at_time(msg, 0)


def cipher(purpose: str) -> Cipher:
    """Each purpose has a key of its own. What an earlier `SECRET_KEY` sealed still opens while it is a fallback."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return Cipher([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
