"""Reading the environment: every variable the project knows, typed values, and refusals that name what is wrong.

A refusal is a ``ConfigurationError`` whose message is for the person who starts the service. It never repeats a value: an address
may hold a password.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

COMMON_NAMES = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS")
OWN_NAMES = (
    "STEK_ENV",
    "STEK_DEBUG",
    "STEK_DEMO",
    "STEK_CLOCK",
    "STEK_BASE_URL",
    "STEK_UID_DOMAIN",
    "STEK_FROM_EMAIL",
    "STEK_BEHIND_PROXY",
    "STEK_VAR",
    "STEK_STATIC",
    "STEK_ERASURES",
    "STEK_VAPID_PRIVATE_KEY",
)
# How many keys of P-256 there are (SEC 2, 2.4.2).
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# How alike two names must be before the one is taken for a misspelling of the other: DATABASE_URI and DATABASE_URL are 0.92 alike,
# AWS_SECRET_KEY and SECRET_KEY, which have nothing to do with each other, 0.83.
ALIKE = 0.85


# Seconds; the last one is in thousandths. A database that went away without a word is noticed within a minute.
PATIENT_POSTGRES = {
    "connect_timeout": 3,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class ConfigurationError(ImproperlyConfigured):
    """The environment cannot be used as it is."""


def refuse_misspelt(environ: Mapping[str, str]) -> None:
    """Refuse an unknown ``STEK_…`` and a near miss of a common name that is not set itself."""
    for name in sorted(environ):
        if name in COMMON_NAMES or name in OWN_NAMES:
            continue
        meant = get_close_matches(name.upper(), (*COMMON_NAMES, *OWN_NAMES), n=1, cutoff=ALIKE)
        if name.upper().startswith("STEK_") or (meant and meant[0] not in environ):
            hint = f"did you mean {meant[0]}?" if meant else f"known are {', '.join(OWN_NAMES)}."
            raise ConfigurationError(f"Unknown setting {name}: {hint}")


def text(environ: Mapping[str, str], name: str, default: str = "") -> str:
    """The value without blanks around it; an empty one counts as not set, as container tools pass it."""
    return environ.get(name, "").strip() or default


def flag(environ: Mapping[str, str], name: str) -> bool:
    """Whether the variable says yes."""
    value = text(environ, name, "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ConfigurationError(f"{name} must be 1 or 0.")


def choice(environ: Mapping[str, str], name: str, options: tuple[str, ...]) -> str:
    """One of the options; the first is the default."""
    value = text(environ, name, options[0])
    if value not in options:
        raise ConfigurationError(f"{name} must be {' or '.join(options)}.")
    return value


def listing(environ: Mapping[str, str], name: str) -> list[str]:
    """The values between commas."""
    return [part.strip() for part in text(environ, name).split(",") if part.strip()]


def postgres(environ: Mapping[str, str], name: str) -> dict[str, Any] | None:
    """Django's ``DATABASES`` entry for ``postgres://user:password@host:5432/name?sslmode=require``; None when not set."""
    if not (url := text(environ, name)):
        return None
    parts = _split(name, url, ("postgres", "postgresql"), "postgres://user:password@host:5432/name")
    database = unquote(parts.path.removeprefix("/"))
    if not database or "/" in database:
        raise ConfigurationError(
            f"{name} must end in the name of one database: postgres://user:password@host:5432/name."
        )
    return {
        "ENGINE": "stek.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**PATIENT_POSTGRES, **dict(parse_qsl(parts.query))},
    }


def redis(environ: Mapping[str, str], name: str) -> str | None:
    """The address of a Redis database, checked; None when not set."""
    if not (url := text(environ, name)):
        return None
    parts = _split(name, url, ("redis", "rediss"), "redis://:password@host:6379/0")
    database = parts.path.removeprefix("/")
    if not parts.hostname or (database and not database.isdecimal()):
        raise ConfigurationError(f"{name} must look like redis://:password@host:6379/0.")
    return url


def mailer(environ: Mapping[str, str], name: str, default: str) -> dict[str, Any]:
    """Django's ``MAILERS`` entry for ``smtp://``, ``smtp+tls://`` (STARTTLS), ``smtps://`` (TLS from the start) or ``file:///folder``."""
    example = "smtp+tls://user:password@host:587"
    parts = _split(name, text(environ, name, default), ("smtp", "smtp+tls", "smtps", "file"), example)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": unquote(parts.path)},
        }
    if not parts.hostname:
        raise ConfigurationError(f"{name} must name a host: {example}.")
    return {
        "BACKEND": "stek.outbox.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,  # seconds; a mail server that does not answer must not hold a worker
        },
    }


def web_address(environ: Mapping[str, str], name: str, default: str) -> str:
    """An ``http(s)://host[:port]`` without a path and without a slash at the end."""
    url = text(environ, name, default)
    parts = _split(name, url, ("http", "https"), "https://stek.example")
    if not parts.hostname or parts.username or parts.path.strip("/") or parts.query:
        raise ConfigurationError(f"{name} must be scheme and host only: https://stek.example.")
    return url.rstrip("/")


def push_key(environ: Mapping[str, str], name: str) -> str:
    """A private key of P-256, 32 bytes in the base64 of the web; empty when not set."""
    key = text(environ, name).rstrip("=")
    if key and not (
        re.fullmatch(r"[\w-]{43}", key, re.ASCII) and 0 < int.from_bytes(urlsafe_b64decode(key + "=")) < P256_ORDER
    ):
        raise ConfigurationError(f"{name} is not a key: make one with `manage.py push_key`.")
    return key


def refuse_weak_secret(secret: str) -> None:
    """What ``check --deploy`` asks of a secret, but at the start: long, varied, and not a published default."""
    if not secret:
        raise ConfigurationError("SECRET_KEY is missing: set 50 random characters or more.")
    if len(secret) < 50 or len(set(secret)) < 5 or "insecure" in secret.lower():
        raise ConfigurationError("SECRET_KEY is a default or too easy to guess: set 50 random characters or more.")


def _split(name: str, url: str, schemes: tuple[str, ...], example: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number shows only when it is read
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in schemes or "://" not in url:
        # "from None": the chained error would print the address.
        raise ConfigurationError(f"{name} is not an address that can be used; it must look like {example}.") from None
    return parts
