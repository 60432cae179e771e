"""Passkeys, as far as a browser is not needed; `tests/journeys/test_signing_in.py` has a device that answers."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from .conftest import sign_in

pytestmark = pytest.mark.django_db
KEYS = "/account/sleutels/"
NONSENSE = [
    "", "nonsense", "null", "[]", "{}", '{"id": 1}',
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}),
    json.dumps({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key",
        "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"},
    }),
]  # fmt: skip


@pytest.fixture
def passkey(mira, jef):
    """One row each; nothing reads the credential here."""
    rows = [
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": f"gsm van {user}"})
        for user in (mira, jef)
    ]
    return rows[0]


def test_question_is_the_same_for_everyone_and_asks_the_device_to_look_who_it_is():
    question = Client().post(f"{KEYS}aanmelden/vraag/").json()["publicKey"]

    assert question["userVerification"] == "required"
    assert question["allowCredentials"] == [] if "allowCredentials" in question else True
    assert len(question["challenge"]) > 20


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_of_a_stranger_is_refused(credential):
    client = Client()
    client.post(f"{KEYS}aanmelden/vraag/")

    answer = client.post(f"{KEYS}aanmelden/", {"credential": credential})

    assert (answer.status_code, answer["Location"]) == (302, "/account/aanmelden/")
    assert "Dat lukte niet." in client.get("/account/aanmelden/").text


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_of_who_is_in_is_no_passkey(client, mira, mailoutbox, credential):
    sign_in(client, mira, mailoutbox)
    client.post(f"{KEYS}nieuw/vraag/")

    answer = client.post(f"{KEYS}nieuw/", {"name": "gsm", "credential": credential})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_question_is_asked_twenty_times_a_minute():
    statuses = [Client().post(f"{KEYS}aanmelden/vraag/").status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]


def test_own_passkeys_are_listed_renamed_and_removed(client, mira, passkey, mailoutbox):
    sign_in(client, mira, mailoutbox)

    page = client.get(KEYS).text
    assert ("gsm van Mira" in page, "gsm van Jef" in page) == (True, False)
    client.post(f"{KEYS}{passkey.pk}/", {"name": "Oude gsm"})
    assert "Oude gsm" in client.get(KEYS).text
    client.post(f"{KEYS}{passkey.pk}/", {"action": "remove"})
    assert [row.user.name for row in Authenticator.objects.all()] == ["Jef"]


def test_passkey_of_somebody_else_is_not_there(client, jef, passkey, mailoutbox):
    sign_in(client, jef, mailoutbox)

    assert client.get(f"{KEYS}{passkey.pk}/").status_code == 404
    assert client.post(f"{KEYS}{passkey.pk}/", {"action": "remove"}).status_code == 404
    assert Authenticator.objects.count() == 2


def test_who_has_a_passkey_still_gets_in_by_mail_alone(client, mira, passkey, mailoutbox):
    assert sign_in(client, mira, mailoutbox)["Location"] == "/mijn/"
