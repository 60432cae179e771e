"""The code that opens somebody's own reservation: short enough to write down, too long to guess, and nowhere kept."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

# Crockford's 32: no letters that are read as another one. Twelve of them are 60 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
LOOKS_LIKE = str.maketrans("OIL", "011")
SHAPE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")

SALT = "activities.reservation"


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_of(key: str) -> str:
    """The code for the key of a form: the same form, sent twice, leads to the same reservation."""
    number = int.from_bytes(salted_hmac(f"{SALT}.code", key, algorithm="sha256").digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def shown(code: str) -> str:
    """“K7QF-3M9P-TZ4W”."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read_code(text: str) -> str:
    """What somebody typed as a code; empty when it cannot be one."""
    code = re.sub(r"[\s.–-]", "", text[:100]).upper().translate(LOOKS_LIKE)
    return code if SHAPE.fullmatch(code) else ""


def hash_of_code(code: str) -> str:
    """All that is kept of it. Keyed, so that who holds the table alone cannot try codes."""
    return _hash(code, settings.SECRET_KEY)


def hashes_of_code(code: str) -> list[str]:
    """Those under which it may be kept: `SECRET_KEY` may have changed since."""
    return [_hash(code, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _hash(code: str, secret: str | bytes) -> str:
    return salted_hmac(SALT, code, secret=secret, algorithm="sha256").hexdigest()
