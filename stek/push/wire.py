"""One request to a push service, whose address somebody's browser gave: only over HTTPS, only to the internet, and never for long."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from threading import Timer
from urllib.parse import urlsplit

from .rules import is_public

# Seconds: for each step, and for all of them. Who answers one byte at a time is not waited for either.
STEP, WHOLE = 5, 10


class NotPublic(Exception):
    """The name leads to an address that is not of the internet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after` is in seconds, 0 when nothing was said of it."""

    status: int
    retry_after: int = 0


def post(url: str, *, headers: Mapping[str, str], body: bytes) -> Answer:
    """Raises OSError or HTTPException when nobody answers as a web server does, NotPublic when we do not even ask."""
    parts = urlsplit(url)
    sock = _dial(parts.hostname or "", parts.port or 443)
    watch = Timer(WHOLE, _hang_up, [sock])
    watch.start()
    try:
        # Not its sister for HTTPS, which would dial by itself.
        with closing(http.client.HTTPConnection(parts.hostname or "", timeout=STEP)) as connection:
            connection.sock = _context().wrap_socket(sock, server_hostname=parts.hostname)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, dict(headers))
            answer = connection.getresponse()
            said = answer.headers.get("Retry-After", "")
            return Answer(answer.status, int(said) if said.isdecimal() else 0)
    finally:
        watch.cancel()
        sock.close()


def _dial(host: str, port: int) -> socket.socket:
    """A connection to the very address that was looked at: a second look-up could lead elsewhere."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(is_public(str(address[0])) for *_, address in found):
        raise NotPublic
    error: OSError = OSError("no address")
    for *_, address in found:
        try:
            return socket.create_connection((str(address[0]), port), timeout=STEP)
        except OSError as failed:
            error = failed
    raise error


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):  # it is over already
        sock.shutdown(socket.SHUT_RDWR)
