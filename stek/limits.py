"""How much and how often somebody may send something. It stands in front of every form there is or will be.

Who sends is a salted hash of an address that changes with each ten minutes, kept in the cache that long and no longer. Without
Redis nobody is refused: a full house matters more than a limit. Reading is not counted here; a proxy may (docs/deployment.md).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from stek import errors
from stek.time import wall_now

READING = {"GET", "HEAD", "OPTIONS", "TRACE"}
WINDOW = 600  # seconds
# A window, for one address. Twenty people who sign in together behind one router send sixty forms; a coordinator with a week to plan,
# two hundred.
OPEN, BEHIND_THE_DOOR = 120, 1200


class Limits:
    """Middleware: a form that is too large or one too many is answered before anybody reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method in READING:
            return None
        if is_too_large(request):
            return errors.too_large(request)
        # Open for who has not signed in: `login_not_required` says so on the view.
        kind, most = ("inside", BEHIND_THE_DOOR) if getattr(view, "login_required", True) else ("open", OPEN)
        if count(kind, sender(request)) > most:
            return errors.too_often(request, seconds=WINDOW)
        return None


def is_too_large(request: HttpRequest) -> bool:
    """By what its sender says. A body without a length is not read at all: gunicorn ends it there."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    except ValueError:
        return False


def count(kind: str, who: str) -> int:
    """One more of this kind by this sender; how many that makes in this window. 0 when the cache does not say."""
    window = int(wall_now().timestamp()) // WINDOW
    key = "limit:" + salted_hmac("stek.limits", f"{kind} {window} {who}", algorithm="sha256").hexdigest()
    cache.add(key, 0, timeout=WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # not there: Redis is silent, or the window ended between the two lines
        return 0


def sender(request: HttpRequest) -> str:
    """The address a request comes from, as far as it can be known; of IPv6 the network, which one household has to itself.

    Never to be kept or logged. Behind a proxy of ours it is the last one in its header: what stands before was the sender's to write.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.STEK_BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        found = forwarded.rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return "somebody"
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return str(address)
