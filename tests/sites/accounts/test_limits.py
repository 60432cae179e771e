"""Nobody learns who has an account, and nobody asks for codes without end."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.cache import cache
from django.test import Client

from sites.accounts import letters
from stek.outbox import letters as letters_of_outbox
from tests.factories.sites import make_user

from .conftest import ask_for_code, errors

pytestmark = pytest.mark.django_db


def test_one_mailbox_gets_five_codes_in_a_quarter_of_an_hour(mira, mailoutbox):
    answers = [ask_for_code(Client(REMOTE_ADDR=f"192.0.2.{n}"), mira.email) for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert errors(answers[5]) == ["Dat was te vaak na elkaar. Wacht een kwartier en probeer het dan opnieuw."]
    assert len(mailoutbox) == 5


def test_one_sender_asks_twenty_times_a_minute(mira):
    answers = [ask_for_code(Client(), f"mens-{n}@example.org") for n in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [200]


def test_sender_is_no_part_of_a_key_in_the_cache(client, mira):
    client.post("/account/aanmelden/", {"email": mira.email}, REMOTE_ADDR="192.0.2.77")

    store = cache._cache  # type: ignore[attr-defined]
    keys = " ".join(store if isinstance(store, dict) else map(str, store.get_client().keys()))
    assert "request_login_code" in keys
    assert [word for word in ("192.0.2", "mira", "example.org") if word in keys] == []


@pytest.mark.parametrize("behind_proxy", [False, True])
def test_sender_behind_a_proxy_is_believed_only_where_there_is_one(settings, mira, behind_proxy):
    settings.STEK_BEHIND_PROXY = behind_proxy

    answers = [
        Client(headers={"X-Forwarded-For": f"192.0.2.{n}"}).post("/account/aanmelden/", {"email": f"m{n}@example.org"})
        for n in range(21)
    ]

    assert answers[20].status_code == (302 if behind_proxy else 200)


OF_EACH = {"Content-Length", "X-Request-ID"}  # differ from one answer to the next


def journey(email: str) -> list[tuple]:
    """All that somebody sees who asks for a code, types a wrong one three times, and asks again in between."""
    client, seen = Client(), []
    steps = [
        ("/account/aanmelden/", {"email": email}), ("/account/code/", None), ("/account/code/", {"code": "1111 1111"}),
        ("/account/code/", {"action": "resend"}), ("/account/code/", None), ("/account/code/", {"code": "1111 1111"}),
        ("/account/code/", {"code": "1111 1111"}), ("/account/aanmelden/", None),
    ]  # fmt: skip
    for path, fields in steps:
        response = client.get(path) if fields is None else client.post(path, fields)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text).replace(email, "ADDRESS")
        headers = {name: value for name, value in response.headers.items() if name not in OF_EACH}
        cookies = {name: (morsel["max-age"], morsel["path"]) for name, morsel in response.cookies.items()}
        seen.append((response.status_code, page, headers, cookies))
    return seen


@pytest.mark.time_machine("2023-10-10T09:00+02:00", tick=False)  # the headers tell the second
def test_unknown_and_closed_account_look_like_any_other(mira, mailoutbox):
    make_user(email="gesloten@example.org", is_active=False)

    known, unknown, closed = (journey(email) for email in (mira.email, "niemand@example.org", "gesloten@example.org"))

    assert unknown == known
    assert closed == known
    assert {address for letter in mailoutbox for address in letter.to} == {mira.email}


def test_answer_does_not_wait_for_the_mail_server(client, mira, monkeypatch):
    """It would, for an address that we know."""
    sending, may_go_on = Event(), Event()

    def slow(*args, **kwargs):
        sending.set()
        may_go_on.wait(10)

    with ThreadPoolExecutor(1) as background:
        monkeypatch.setattr(letters, "background", background)
        monkeypatch.setattr(letters, "send_at_once", slow)
        answer = ask_for_code(client, mira.email)
        on_its_way = sending.wait(10)
        may_go_on.set()

    assert (answer.status_code, on_its_way) == (302, True)


def test_no_code_is_right_for_an_address_that_nobody_has(client):
    ask_for_code(client, "niemand@example.org")
    client.post("/account/code/", {"action": "resend"})
    made = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"].get("code", "")

    assert client.post("/account/code/", {"code": made or "1111 1111"}).status_code == 200


def test_as_much_is_written_for_an_address_that_nobody_has_and_goes_nowhere(mira, mailoutbox, monkeypatch):
    """The time it takes would tell who has an account."""
    written = []
    monkeypatch.setattr(letters_of_outbox, "render_to_string", lambda name, context: written.append(name) or "words")

    for email in (mira.email, "niemand@example.org"):
        stranger = Client()
        ask_for_code(stranger, email)
        stranger.post("/account/code/", {"action": "resend"})

    parts = ["subject.txt", "txt", "html"]
    assert written == [f"emails/sites/sign_in_code.{part}" for part in parts] * 4
    assert [letter.to for letter in mailoutbox] == [[mira.email]] * 2
