"""Who sends a push [RFC 8292]: a key of this service, which the browser was told when somebody asked for pushes."""

from __future__ import annotations

import json
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from stek.time import wall_now

from .rules import pack, unpack

# Seconds a signature is good for; push services refuse more than a day.
GOOD = 12 * 3600


def is_offered() -> bool:
    """Whether this service has a key."""
    return bool(settings.STEK_VAPID_PRIVATE_KEY)


def public_key() -> str:
    """What a browser is told."""
    return pack(
        _key(settings.STEK_VAPID_PRIVATE_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )


def authorization(endpoint: str) -> str:
    """The header by which a push service knows us; good for one push service."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(wall_now().timestamp()) + GOOD,
        # Whom a push service may ask what is going on.
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    words = [
        pack(json.dumps(part, separators=(",", ":")).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    ]
    signed = ".".join(words)
    signature = _key(settings.STEK_VAPID_PRIVATE_KEY).sign(signed.encode(), ec.ECDSA(SHA256()))
    numbers = b"".join(number.to_bytes(32) for number in decode_dss_signature(signature))
    return f"vapid t={signed}.{pack(numbers)}, k={public_key()}"


def new_key() -> str:
    """A private key, as the setting takes it."""
    return pack(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32))


@lru_cache(maxsize=2)
def _key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unpack(text)), ec.SECP256R1())
