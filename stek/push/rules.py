"""Which device may be sent to, and how long words are worth sending. Never writes."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import ipaddress
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from stek.outbox.enums import Night
from stek.outbox.kinds import Kind
from stek.outbox.rules import EVENING, is_urgent
from stek.time import clock_of

# A name with a dot in it and a last part of letters: no number, no machine of our own. No user, no other port, nothing that could
# end a line of a request.
ENDPOINT = re.compile(r"https://(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}(?::443)?/[!-~]{1,900}", re.IGNORECASE)
MAPPED = [ipaddress.ip_network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]
# RFC 8291: an uncompressed point of P-256, and sixteen bytes.
POINT, AUTH = 65, 16


@dataclass(frozen=True, slots=True)
class Address:
    """Where a browser wants its pushes, and what to encrypt them with."""

    endpoint: str
    p256dh: bytes
    auth: bytes


def address_of(*, endpoint: str, p256dh: str, auth: str) -> Address:
    """What a browser gave, checked. Raises ValueError for what is not the address of a push service."""
    if not ENDPOINT.fullmatch(endpoint):
        raise ValueError("This is no address of a push service.")
    found = Address(endpoint, unpack(p256dh), unpack(auth))
    if len(found.p256dh) != POINT or len(found.auth) != AUTH:
        raise ValueError("These keys have another length.")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), found.p256dh)  # ValueError when it is not on the curve
    return found


def unpack(text: str) -> bytes:
    """Base64 of the web, with or without its end. Raises ValueError."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars="-_", validate=True)
    except binascii.Error as error:
        raise ValueError("This is no base64.") from error


def pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def is_public(number: str) -> bool:
    """Whether an IP address is of the internet as everybody sees it: not of this machine, this house, or a way around to them."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if any(address in block for block in MAPPED):
            return False
    return address.is_global and not address.is_multicast


def worth_until(kind: Kind, *, moment: dt.datetime, zone: str, begins_at: dt.datetime | None) -> dt.datetime:
    """Until when the words of a kind are worth showing: not once it has begun, and not at night unless it is urgent."""
    assert kind.screen is not None
    ends = [moment + kind.screen.lasts]
    if begins_at:
        ends.append(begins_at)
    if kind.night == Night.WAIT and not is_urgent(begins_at, moment):
        local = moment.astimezone(clock_of(zone))
        ends.append(dt.datetime.combine(local.date(), EVENING, tzinfo=local.tzinfo))
    return min(ends)
