"""No more of one kind, by the link in a letter: without signing in, without a token, and never by looking."""

from __future__ import annotations

import pytest
from django.core import mail, signing
from django.test import Client

from stek import outbox
from stek.outbox.links import SALT, stop_link
from stek.outbox.models import Stop
from stek.outbox.sending import send_due
from tests.factories.outbox import make_delivery
from tests.factories.sites import make_user
from tests.reading import read

from .conftest import NOTICE, SECURITY

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]


def path_of(link: str) -> str:
    return link.removeprefix("http://127.0.0.1:8000")


def stops() -> list[tuple]:
    return list(Stop.objects.order_by("pk").values_list("user", "kind"))


@pytest.fixture(autouse=True)
def by_day(time_machine):
    """At night no letter leaves."""
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def mira():
    make_user()
    return make_user(language="fr")


@pytest.fixture
def letter(mira):
    make_delivery(user=mira)
    send_due()
    return mail.outbox[0]


def test_the_link_stands_in_the_headers_and_under_the_text_in_the_readers_language(letter):
    link = letter.extra_headers["List-Unsubscribe"].strip("<>")

    assert link.startswith("http://127.0.0.1:8000/fr/berichten/stop/")
    assert link in letter.body
    assert len(link) < 200


def test_a_mail_program_stops_it_with_one_request_and_nothing_else(letter, mira):
    client = Client(enforce_csrf_checks=True)
    path = path_of(letter.extra_headers["List-Unsubscribe"].strip("<>"))

    for _time in range(2):
        answer = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies, stops()) == (200, {}, [(mira.pk, NOTICE)])
    assert "no-store" in answer["Cache-Control"]

    mail.outbox.clear()
    make_delivery(user=mira)
    other = make_delivery()
    send_due()
    assert [letter.to for letter in mail.outbox] == [[other.user.email]]


def test_looking_shows_a_button_and_changes_nothing(letter):
    path = path_of(letter.extra_headers["List-Unsubscribe"].strip("<>"))

    answer = Client().get(path)

    page = read(answer)
    assert (answer.status_code, answer.cookies, stops()) == (200, {}, [])
    assert [button.attributes["value"] for button in page.one("main").all("button")] == ["stop"]
    assert page.one("html").attributes["lang"] == "fr"


def test_who_changes_their_mind_gets_it_again(letter, mira):
    client, path = Client(), path_of(letter.extra_headers["List-Unsubscribe"].strip("<>"))
    stopped = client.post(path, {"do": "stop"})
    assert [button.attributes["value"] for button in read(stopped).one("main").all("button")] == ["resume"]

    client.post(path, {"do": "resume"})

    assert stops() == []


def signed(words: object, salt: str = SALT) -> str:
    return signing.Signer(salt=salt).sign_object(words)


NOT_OURS = {
    "no signature": "x",
    "a wrong signature": "x:y",
    "signed for something else": signed([1, NOTICE], salt="another"),
    "an unknown kind": signed([1, "tests/unknown"]),
    "a word": signed("x"),
    "three words": signed([1, 2, 3]),
}


@pytest.mark.parametrize("what", NOT_OURS)
def test_what_is_not_our_link_is_not_there(what, mira):
    token = NOT_OURS[what]

    for answer in (Client().get(f"/berichten/stop/{token}/"), Client().post(f"/berichten/stop/{token}/")):
        assert answer.status_code == 404
    assert stops() == []


def test_security_cannot_be_stopped(mira):
    path = path_of(stop_link(mira.pk, SECURITY))

    assert Client().post(path).status_code == 404
    assert stops() == []


def test_a_link_of_somebody_who_was_forgotten_stops_nothing_and_says_so_kindly(letter, mira):
    path = path_of(letter.extra_headers["List-Unsubscribe"].strip("<>"))
    outbox.forget(user_id=mira.pk)
    mira.delete()

    assert Client().post(path).status_code == 200
    assert stops() == []


def test_which_letters_of_today_can_be_stopped():
    from stek.outbox.kinds import kinds

    found = {kind.name: kind.may_stop for kind in kinds() if not kind.name.startswith("tests/")}

    assert found == {
        "sites/key_ends": True,
        "steering/digest": True,
        "steering/what_became": True,
        "partners/help_offered": True,
        "partners/leaving": True,
        "activities/offer_changed": True,
        "activities/days_changed": True,
        "activities/shift_call": True,
        "activities/shift_filled": True,
        "activities/shift_free": True,
        "activities/shift_reminder": True,
        "activities/shift_soon": True,
        "activities/outing_changed": False,
        "activities/own_place": False,
        "activities/place_free": False,
        "activities/shift_swap": True,
        "activities/shift_swapped": True,
        "activities/shifts_changed": True,
        "activities/week_short": True,
        "signals/after_activity": True,
        "signals/answer_late": True,
        "sites/key_from_outside": False,
        "sites/access_changed": False,
        "partners/funding_ends": True,
        "partners/meeting": True,
        "partners/meeting_soon": True,
        "partners/invitation": False,
    }
