"""The code of an app after the one from the mail, and codes on paper."""

from __future__ import annotations

import re
import time
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import serializers
from django.core.management import CommandError, call_command
from django.test import Client

from sites.models import ChangeLog
from stek.time import wall_now
from tests.reading import read

from .conftest import sign_in

pytestmark = pytest.mark.django_db
STEP = "/account/tweede-stap/"


def shown_by_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def turn_on(client: Client) -> tuple[str, list[str]]:
    """The secret for the app, and the spare codes."""
    page = client.post(f"{STEP}aan/")
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text).group(1).replace(" ", "")
    done = client.post(f"{STEP}aan/", {"code": shown_by_app(secret)})
    return secret, spare_codes(done)


def spare_codes(page) -> list[str]:
    return [node.text for node in read(page).one("main").all("li") if re.fullmatch(r"\d{4} \d{4}", node.text)]


@pytest.fixture
def with_app(client, mira, mailoutbox):
    """Mira's device, secret and spare codes; half an hour ago, so that no code of then is still used."""
    with time_machine.travel(wall_now().timestamp() - 1800):
        sign_in(client, mira, mailoutbox)
        secret, spare = turn_on(client)
    return client, secret, spare


def test_turning_it_on_needs_the_right_code_of_the_app(client, mira, mailoutbox):
    sign_in(client, mira, mailoutbox)
    first = client.post(f"{STEP}aan/")
    wrong = client.post(f"{STEP}aan/", {"code": "000000"})

    secrets = [re.search(r'class="secret">([A-Z2-7 ]+)<', page.text).group(1) for page in (first, wrong)]
    assert secrets[0] == secrets[1]
    assert not Authenticator.objects.exists()


def test_after_the_mail_the_code_of_the_app_is_asked(with_app, mira, mailoutbox):
    _client, secret, _spare = with_app
    new = Client()

    halfway = sign_in(new, mira, mailoutbox)
    not_yet = new.get("/mijn/").status_code
    wrong = new.post(halfway["Location"], {"code": "000000"})
    right = new.post(halfway["Location"], {"code": shown_by_app(secret)})

    assert (halfway["Location"], not_yet, wrong.status_code) == ("/account/tweede-stap/code/", 302, 200)
    assert right["Location"] == "/mijn/"
    assert new.get("/mijn/").status_code == 200


def test_code_of_the_app_opens_once(with_app, mira, mailoutbox):
    _client, secret, _spare = with_app
    code = shown_by_app(secret)
    for device in (Client(), Client()):
        page = sign_in(device, mira, mailoutbox)["Location"]
        answer = device.post(page, {"code": code})

    assert answer.status_code == 200


def test_spare_code_opens_once(with_app, mira, mailoutbox):
    _client, _secret, spare = with_app
    answers = []
    for device in (Client(), Client()):
        page = sign_in(device, mira, mailoutbox)["Location"]
        answers.append(device.post(page, {"code": spare[0]}).status_code)

    assert len(spare) == 10
    assert answers == [302, 200]


def test_guessing_the_second_code_is_slow(with_app, mira, mailoutbox):
    _client, secret, _spare = with_app
    device = Client()
    page = sign_in(device, mira, mailoutbox)["Location"]
    for _ in range(5):
        device.post(page, {"code": "000000"})

    assert device.post(page, {"code": shown_by_app(secret)}).status_code == 200


def test_turning_it_off_needs_the_app_and_not_only_the_mail(with_app):
    client, secret, _spare = with_app

    refused = client.post(f"{STEP}uit/")
    page = client.get(refused["Location"]).text
    client.post(refused["Location"], {"code": shown_by_app(secret)})
    client.post(f"{STEP}uit/")

    assert refused["Location"].startswith("/account/opnieuw/")
    assert ("De code uit je app" in page, "Stuur een code naar" in page) == (True, False)
    assert not Authenticator.objects.exists()


def test_spare_codes_are_shown_to_who_asks_by_a_form(with_app):
    client, secret, spare = with_app
    client.post("/account/opnieuw/", {"code": shown_by_app(secret)})

    looked = client.get(f"{STEP}reservecodes/")
    asked = client.post(f"{STEP}reservecodes/")
    renewed = client.post(f"{STEP}reservecodes/", {"action": "renew"})

    assert looked["Location"] == STEP
    assert spare_codes(asked) == spare
    assert len(set(spare_codes(renewed)) - set(spare)) == 10
    assert "no-store" in asked["Cache-Control"]


def test_rows_hold_no_secret_in_the_clear_and_no_moment(with_app, mira, mailoutbox):
    _client, secret, spare = with_app
    device = Client()
    device.post(sign_in(device, mira, mailoutbox)["Location"], {"code": spare[0]})

    kept = serializers.serialize("json", Authenticator.objects.all())
    assert secret not in kept
    assert [row.last_used_at for row in Authenticator.objects.all()] == [None, None]
    assert {row.created_at.strftime("%H:%M:%S.%f") for row in Authenticator.objects.all()} == {"12:00:00.000000"}


def test_every_change_is_told_by_mail(client, mira, mailoutbox, django_capture_on_commit_callbacks):
    sign_in(client, mira, mailoutbox)
    with django_capture_on_commit_callbacks(execute=True):
        turn_on(client)

    assert mailoutbox[-1].to == [mira.email]
    assert "De tweede stap is aangezet" in mailoutbox[-1].body


def test_who_lost_app_and_codes_is_helped_by_a_command(with_app, mira, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("second_step_off", "Mira@example.org", stdout=StringIO())

    assert not Authenticator.objects.exists()
    assert "De tweede stap is uitgezet" in mailoutbox[-1].body
    assert ChangeLog.objects.get().verb == "second_step_off"
    with pytest.raises(CommandError):
        call_command("second_step_off", "niemand@example.org")
