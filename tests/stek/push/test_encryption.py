"""Only the browser reads it, and a push service knows from whom it is."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from stek.push.encryption import encrypt
from stek.push.rules import unpack
from stek.push.vapid import authorization, public_key
from tests.factories.push import Browser

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tl"
    "zAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_example_of_the_standard_is_encrypted_to_the_letter():
    key = ec.derive_private_key(int.from_bytes(unpack(OURS)), ec.SECP256R1())

    body = encrypt(PLAIN, p256dh=unpack(POINT), auth=unpack(AUTH), key=key, salt=unpack(SALT))

    assert body == unpack(BODY)


def test_browser_reads_it_and_another_does_not():
    browser, other = Browser(), Browser()

    body = encrypt(b"Dag", p256dh=browser.point, auth=browser.auth)

    assert browser.plain(body) == b"Dag\2"
    with pytest.raises(InvalidTag):
        other.plain(body)


def test_size_says_nothing_of_the_words_and_the_same_words_look_different_each_time():
    browser = Browser()

    bodies = [encrypt(words, p256dh=browser.point, auth=browser.auth, length=512) for words in (b"a", b"a", b"b" * 300)]

    assert {len(body) for body in bodies} == {16 + 4 + 1 + 65 + 512 + 16}
    assert bodies[0] != bodies[1]


def test_signature_is_ours_for_one_push_service_and_half_a_day(time_machine, settings):
    time_machine.move_to("2026-03-01T12:00Z", tick=False)
    settings.DEFAULT_FROM_EMAIL = "STEK <stek@stek.example>"

    scheme, words = authorization("https://push.example.org/send/1").split(" ", 1)

    token, key = (part.split("=", 1)[1] for part in words.split(", "))
    signed, signature = token.rsplit(".", 1)
    head, claims = (json.loads(unpack(part)) for part in signed.split("."))
    numbers = unpack(signature)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpack(key))
    point.verify(
        encode_dss_signature(int.from_bytes(numbers[:32]), int.from_bytes(numbers[32:])), signed.encode(), ec.ECDSA(SHA256())
    )  # fmt: skip
    assert (scheme, key) == ("vapid", public_key())
    assert head == {"typ": "JWT", "alg": "ES256"}
    assert claims == {"aud": "https://push.example.org", "exp": 1772409600, "sub": "mailto:stek@stek.example"}
    assert len(base64.urlsafe_b64decode(key + "=")) == 65
