"""A code by mail: getting in, and being refused."""

from __future__ import annotations

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session as DjangosOwn
from django.test import Client

from sites.models import Session, User
from stek.time import wall_now
from tests.factories.sites import make_user
from tests.reading import read

from .conftest import ask_for_code, code_in, errors, sign_in

pytestmark = pytest.mark.django_db


def told(client: Client, path: str = "/account/aanmelden/") -> list[str]:
    """The messages on a page."""
    return [node.text for node in read(client.get(path)).all("div") if "told" in node.attributes.get("class", "")]


def is_in(client: Client) -> bool:
    return client.get("/account/gegevens/").status_code == 200


def test_code_from_the_mail_opens_the_door(client, mira, mailoutbox):
    asked = ask_for_code(client, "Mira@Example.org")
    answer = client.post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert (asked.status_code, asked["Location"]) == (302, "/account/code/")
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/")
    assert client.get("/mijn/").status_code == 200
    assert [letter.to for letter in mailoutbox] == [["mira@example.org"]]


@pytest.mark.parametrize("spelling", ["{0}{1}", "{0}-{1}", " {0} {1} ", "{0}.{1}"])
def test_code_may_be_typed_in_many_ways(client, mira, mailoutbox, spelling):
    ask_for_code(client, mira.email)
    digits = code_in(mailoutbox[0]).split()

    answer = client.post("/account/code/", {"code": spelling.format(*digits)})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("prefix", "subject", "home"),
    [
        ("", "is je code voor STEK", "/mijn/"),
        ("/fr", "est votre code pour STEK", "/fr/mijn/"),
        ("/en", "is your code", "/en/mijn/"),
    ],
)
def test_letter_and_next_page_speak_the_language_of_the_page(client, mira, mailoutbox, prefix, subject, home):
    client.post(f"{prefix}/account/aanmelden/", {"email": mira.email})
    answer = client.post(f"{prefix}/account/code/", {"code": code_in(mailoutbox[0])})

    assert subject in mailoutbox[0].subject
    assert answer["Location"] == home


def test_letter_is_plain_and_says_how_long_the_code_works(client, mira, mailoutbox):
    ask_for_code(client, mira.email)

    letter = mailoutbox[0]
    assert "15 minuten" in letter.body
    assert mira.name not in letter.body


def test_wrong_code_is_refused_and_the_right_one_still_works(client, mira, mailoutbox):
    ask_for_code(client, mira.email)

    wrong = client.post("/account/code/", {"code": "0000 0000"})
    right = client.post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert errors(wrong) == ["Die code klopt niet. Kijk nog eens in de mail: de nieuwste code telt."]
    assert right.status_code == 302
    assert is_in(client)


def test_three_wrong_codes_and_the_code_is_gone(client, mira, mailoutbox):
    ask_for_code(client, mira.email)

    answers = [client.post("/account/code/", {"code": "0000 0000"}) for _ in range(3)]
    late = client.post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert told(client) == ["Dat was drie keer een verkeerde code. Vraag een nieuwe."]
    assert (late.status_code, late["Location"]) == (302, "/account/aanmelden/")
    assert not is_in(client)


def test_tries_are_counted_outside_the_session_too(client, mira, mailoutbox):
    """Many forms at once each read a session that has counted nothing yet."""
    ask_for_code(client, mira.email)
    kept = Session.objects.values("session_data").get()
    for _ in range(3):
        client.post("/account/code/", {"code": "0000 0000"})
        Session.objects.update(**kept)

    answer = client.post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert errors(answer) == ["Dat was te vaak na elkaar. Wacht een kwartier en probeer het dan opnieuw."]


def test_code_is_too_old_after_a_quarter_of_an_hour(client, mira, mailoutbox):
    ask_for_code(client, mira.email)

    with time_machine.travel(wall_now().timestamp() + 15 * 60 + 5):
        answer = client.post("/account/code/", {"code": code_in(mailoutbox[0])})
        assert told(client) == ["Die code is te oud. Vraag een nieuwe."]

    assert (answer.status_code, answer["Location"]) == (302, "/account/aanmelden/")


def test_code_that_is_sent_again_replaces_the_first_and_gets_its_own_quarter(client, mira, mailoutbox):
    ask_for_code(client, mira.email)
    with time_machine.travel(wall_now().timestamp() + 14 * 60):
        client.post("/account/code/", {"action": "resend"})
    first, second = (code_in(letter) for letter in mailoutbox)

    with time_machine.travel(wall_now().timestamp() + 20 * 60):
        old = client.post("/account/code/", {"code": first})
        new = client.post("/account/code/", {"code": second})

    assert (old.status_code, new.status_code) == (200, 302)


def test_code_is_sent_again_three_times_at_most(client, mira, mailoutbox):
    ask_for_code(client, mira.email)

    for _ in range(5):
        client.post("/account/code/", {"action": "resend"})

    assert len(mailoutbox) == 1 + 3
    assert "Stuur een nieuwe code" not in client.get("/account/code/").text


def test_account_that_is_closed_before_the_code_comes_does_not_open(client, mira, mailoutbox):
    ask_for_code(client, mira.email)
    User.objects.filter(pk=mira.pk).update(is_active=False)

    answer = client.post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert answer["Location"] == "/account/aanmelden/"
    assert told(client) == ["Die code klopt niet. Kijk nog eens in de mail: de nieuwste code telt."]
    assert not is_in(client)


def test_code_opens_only_where_it_was_asked_for(client, mira, mailoutbox):
    ask_for_code(client, mira.email)

    answer = Client().post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert answer["Location"] == "/account/aanmelden/"


@pytest.mark.parametrize("next_url", ["/mijn/?week=1", "/fr/beheer/"])
def test_afterwards_one_is_where_one_wanted_to_be(client, mira, mailoutbox, next_url):
    asked = client.post("/account/aanmelden/", {"email": mira.email, "next": next_url})
    answer = client.post(asked["Location"], {"code": code_in(mailoutbox[0])})

    assert answer["Location"] == next_url


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elders.example/",
        "//elders.example/",
        "/\\elders.example",
        "javascript:alert(1)",
        "http://testserver/mijn/",
    ],
)
def test_another_website_is_never_next(client, mira, mailoutbox, elsewhere):
    asked = client.post("/account/aanmelden/", {"email": mira.email, "next": elsewhere})
    answer = client.post("/account/code/?next=" + elsewhere, {"code": code_in(mailoutbox[0])})

    assert (asked["Location"], answer["Location"]) == ("/account/code/", "/mijn/")
    assert elsewhere not in Client().get("/account/aanmelden/", {"next": elsewhere}).text


def test_who_is_in_needs_no_door(client, mira, mailoutbox):
    sign_in(client, mira, mailoutbox)

    assert [client.get(path)["Location"] for path in ("/account/aanmelden/", "/account/code/")] == ["/mijn/", "/mijn/"]


def test_who_has_no_key_today_comes_in_and_finds_the_way_out(client, mailoutbox):
    answer = sign_in(client, make_user(email="samira@example.org"), mailoutbox)

    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "/account/afmelden/" in page.text


def test_signing_out_asks_first_and_ends_the_session(client, mira, mailoutbox):
    sign_in(client, mira, mailoutbox)

    assert (client.get("/account/afmelden/").status_code, is_in(client)) == (200, True)
    client.post("/account/afmelden/")

    assert told(client) == ["Je bent afgemeld. Tot de volgende keer!"]
    assert not is_in(client)
    assert not Session.objects.filter(user=mira).exists()


@pytest.mark.parametrize(
    "word",
    ["signup", "login", "login/code", "password/reset", "password/change", "password/set", "email", "confirm-email",
     "inactive", "reauthenticate", "2fa", "signup/passkey"],
)  # fmt: skip
def test_there_is_no_address_for_signing_up_or_for_passwords(client, mira, mailoutbox, word):
    assert client.get(f"/account/{word}/").status_code == 404
    sign_in(client, mira, mailoutbox)
    assert client.get(f"/account/{word}/").status_code == 404


def test_password_opens_nothing(client, mira):
    mira.set_password("geheim-geheim")
    mira.save()

    assert client.login(username=mira.email, email=mira.email, password="geheim-geheim") is False


def test_address_stands_in_one_place(client, mira, mailoutbox):
    sign_in(client, mira, mailoutbox)

    assert EmailAddress.objects.count() == 0
    assert DjangosOwn.objects.count() == 0


def test_pages_where_a_code_is_typed_are_kept_nowhere(client, mira):
    ask_for_code(client, mira.email)

    for path in ("/account/aanmelden/", "/account/code/"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"


def test_no_code_is_ever_logged(client, mira, mailoutbox, caplog):
    caplog.set_level("DEBUG")
    ask_for_code(client, mira.email)
    client.post("/account/code/", {"code": "1234 5678"})
    client.post("/account/code/", {"code": code_in(mailoutbox[0])})

    assert [word for word in ("1234", *code_in(mailoutbox[0]).split(), "mira") if word in caplog.text] == []


def test_mail_server_that_does_not_answer_costs_a_line_and_no_page(client, mira, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError(mira.email)

    monkeypatch.setattr("sites.accounts.letters.send_at_once", refuse)

    assert ask_for_code(client, mira.email).status_code == 302
    assert [record.getMessage() for record in caplog.records] == [
        "A letter was not sent: sites/sign_in_code (ConnectionRefusedError)"
    ]


def test_cookie_of_who_is_not_in_yet_lives_an_hour(client, mira):
    response = ask_for_code(client, mira.email)

    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 3600
