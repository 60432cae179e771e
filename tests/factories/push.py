"""Browsers that asked for pushes, with keys of their own; rows are made as the application makes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sites.models import User
from stek.push.actions import subscribe
from stek.push.models import Subscription
from stek.push.rules import Address, pack

from .sites import make_user

_number = count(1)
AUTH = bytes(range(16))


@dataclass
class Browser:
    """Reads what only it can read, written from RFC 8188 and 8291 apart from the code that encrypts."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = AUTH
    endpoint: str = field(default_factory=lambda: f"https://push.example.org/send/{next(_number)}")

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def address(self) -> Address:
        return Address(self.endpoint, self.point, self.auth)

    @property
    def form(self) -> dict[str, str]:
        """What its script sends."""
        return {"endpoint": self.endpoint, "p256dh": pack(self.point), "auth": pack(self.auth)}

    def plain(self, body: bytes) -> bytes:
        """With the byte that ends it and the padding after it."""
        salt, length = body[:16], body[20]
        point, record = body[21 : 21 + length], body[21 + length :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = self.key.exchange(ec.ECDH(), theirs)
        secret = HKDF(SHA256(), 32, self.auth, b"WebPush: info\0" + self.point + point).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        return AESGCM(key).decrypt(nonce, record, None)

    def read(self, body: bytes) -> dict[str, str]:
        return json.loads(self.plain(body).rstrip(b"\0").removesuffix(b"\2"))


def make_subscription(
    user: User | None = None, *, browser: Browser | None = None, session_key: str | None = None
) -> Subscription:
    return subscribe(user or make_user(), session_key=session_key, address=(browser or Browser()).address)
