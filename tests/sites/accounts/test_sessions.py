"""Where somebody is signed in, ending it, and what is not kept of it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
import zlib

import pytest
import time_machine
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.test import Client

from sites.models import Session, User
from sites.tasks import purge
from stek.time import wall_now
from tests.reading import read

from .conftest import ask_for_code, code_in, sign_in

pytestmark = pytest.mark.django_db
SESSIONS = "/account/sessies/"


@pytest.fixture
def device(mira, mailoutbox):
    """Make a device on which Mira signed in."""

    def device(**fields) -> Client:
        client = Client(headers={"User-Agent": "OudeTelefoon/1.0"}, REMOTE_ADDR="192.0.2.99")
        sign_in(client, mira, mailoutbox, **fields)
        return client

    return device


def is_in(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


def listed(client: Client) -> list[str]:
    return [node.text for node in read(client.get(SESSIONS)).one("main").all("h2")]


def handles(client: Client) -> list[str]:
    found = [
        b.attributes["value"] for b in read(client.get(SESSIONS)).all("button") if b.attributes.get("name") == "which"
    ]
    return [value for value in found if value != "others"]


def test_list_shows_own_devices_and_nobody_elses(device, jef, mailoutbox):
    here, _there = device(), device()
    sign_in(Client(), jef, mailoutbox)

    assert listed(here) == ["Dit toestel", "Een ander toestel"]
    assert Session.objects.filter(user__isnull=False).count() == 3


def test_list_tells_the_day_by_the_real_clock(device):
    with time_machine.travel(dt.datetime(2024, 3, 2, 23, 30, tzinfo=dt.UTC)):
        here = device()
        # Half past midnight in Brussels.
        assert "Aangemeld op 3 maart 2024" in read(here.get(SESSIONS)).one("main").text


def test_one_other_device_is_out_at_once(device):
    here, there, third = device(), device(), device()
    handle_of_there = Session.objects.get(session_key=there.session.session_key).handle

    here.post(SESSIONS, {"which": handle_of_there})

    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)


def test_all_others_are_out_at_once(device, jef, mailoutbox):
    here, there, third, of_jef = device(), device(), device(), Client()
    sign_in(of_jef, jef, mailoutbox)

    here.post(SESSIONS, {"which": "others"})

    assert [is_in(client) for client in (here, there, third, of_jef)] == [True, False, False, True]


def test_session_of_somebody_else_cannot_be_ended(device, jef, mailoutbox):
    here, of_jef = device(), Client()
    sign_in(of_jef, jef, mailoutbox)

    here.post(SESSIONS, {"which": Session.objects.get(user=jef).handle})

    assert is_in(of_jef)


def test_page_never_holds_what_opens_a_session(device):
    here, there = device(), device()

    page = here.get(SESSIONS).text

    assert len(handles(here)) == 1
    assert [client.session.session_key in page for client in (here, there)] == [False, False]


def test_row_holds_no_address_and_no_browser(device):
    here = device()
    # Also when something is sent that needs a code first: allauth would keep the whole request.
    with time_machine.travel(wall_now().timestamp() + 3600):
        here.post("/account/tweede-stap/aan/", {"code": "123456"})
        here.get(SESSIONS)

    row = Session.objects.get(user__isnull=False)
    kept = serializers.serialize("json", [row]) + str(row.get_decoded())
    assert "account_authentication_methods" in kept
    assert [word for word in ("192.0.2", "OudeTelefoon", "REMOTE", "HTTP_") if word in kept] == []


def test_row_tells_the_day_somebody_signed_in_and_no_moment(mira, mailoutbox):
    """Not by its end, nor by what a seal says in the clear."""
    kept = []
    for moment in ("2023-10-09T22:00:01", "2023-10-10T21:59:59"):
        with time_machine.travel(f"{moment}+00:00", tick=False):
            sign_in(Client(), mira, mailoutbox)
            row = Session.objects.get(user=mira)
            kept.append((row.since, row.expire_date, base64.urlsafe_b64decode(row.session_data)[:9]))
            Session.objects.all().delete()

    end = dt.datetime(2023, 10, 24, 22, tzinfo=dt.UTC)
    assert kept == [(dt.date(2023, 10, 10), end, b"\x80" + bytes(8))] * 2


def test_code_is_gone_from_the_row_once_it_was_used(device, mailoutbox):
    device()

    row = Session.objects.get(user__isnull=False)
    digits = [word for word in mailoutbox[-1].body.split() if word.isdigit() and len(word) == 4]
    assert len(digits) == 2
    assert [one for one in digits if one in str(row.get_decoded())] == []


def readable(row: Session) -> str:
    """All that somebody without our keys can make of a row: as it stands, and each piece of it from base64 and unpacked."""
    found = row.session_data
    for piece in re.split("[.:]", row.session_data):
        try:
            raw = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
        except binascii.Error:
            continue
        found += raw.decode(errors="replace")
        try:
            found += zlib.decompress(raw).decode()
        except (zlib.error, UnicodeDecodeError):
            continue
    return found


def test_code_for_signing_in_cannot_be_read_in_the_database(mira, mailoutbox):
    ask_for_code(Client(), mira.email)

    kept = readable(Session.objects.get())
    code = code_in(mailoutbox[-1]).replace(" ", "-")
    assert [word for word in (code, mira.email, "code", "account_login") if word in kept] == []


def test_codes_of_who_is_signed_in_cannot_be_read_either(device, mira, mailoutbox):
    here = device()
    here.post("/account/gegevens/adres/", {"email": "nieuw@example.org"})
    to_address = code_in(mailoutbox[-1])
    with time_machine.travel(wall_now() + dt.timedelta(hours=1)):
        here.get("/account/opnieuw/")
        here.post("/account/opnieuw/", {"send": "1"})
    codes = {to_address, *(code_in(letter) for letter in mailoutbox)}

    row = Session.objects.get(user=mira)
    assert "accounts.address" in row.get_decoded()
    kept = readable(row)
    words = [code.replace(" ", "-") for code in codes] + [mira.email, "nieuw@example.org", "accounts.", "_auth_user"]
    assert [word for word in words if word in kept] == []


@pytest.mark.parametrize("data", ["", "é", "of a former version", "eyJhIjoxfQ:1abc:sig"])
def test_what_we_did_not_seal_is_an_empty_session(device, data):
    here = device()
    Session.objects.filter(user__isnull=False).update(session_data=data)

    assert not is_in(here)


def test_sealed_with_the_former_secret_still_opens(device, settings):
    device()
    row = Session.objects.get(user__isnull=False)
    kept = row.get_decoded()

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one for this test", [settings.SECRET_KEY]
    assert row.get_decoded() == kept
    settings.SECRET_KEY_FALLBACKS = []
    assert row.get_decoded() == {}


def test_own_device_stays_in_for_two_weeks(device):
    here = device()

    assert here.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 14 * 24 * 3600
    with time_machine.travel(wall_now() + dt.timedelta(days=13, hours=23)):
        assert is_in(here)
    with time_machine.travel(wall_now() + dt.timedelta(days=15)):  # at midnight of its last day
        assert not is_in(here)


def test_borrowed_device_is_out_after_an_hour_and_when_the_browser_closes(device):
    here = device(is_borrowed="on")

    assert here.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    with time_machine.travel(wall_now() + dt.timedelta(minutes=59)):
        assert is_in(here)
    with time_machine.travel(wall_now() + dt.timedelta(minutes=61)):
        assert not is_in(here)


def test_closed_account_is_out_in_its_open_session_too(device, mira):
    here = device()

    User.objects.filter(pk=mira.pk).update(is_active=False)

    assert not is_in(here)


def test_sessions_go_with_the_person(device, mira):
    device()

    mira.delete()

    assert not Session.objects.filter(user__isnull=False).exists()


def test_what_has_expired_goes_at_night_or_by_djangos_command(device, mira):
    device()
    ask_for_code(Client(), mira.email)

    with time_machine.travel(wall_now() + dt.timedelta(hours=2)):
        purge()
        assert [row.user for row in Session.objects.all()] == [mira]
    with time_machine.travel(wall_now() + dt.timedelta(days=15)):
        call_command("clearsessions")
        assert Session.objects.count() == 0
