"""Own name, language and mailbox; and a code once more before something about signing in changes."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from sites.models import ChangeLog, User
from stek.time import wall_now

from .conftest import code_in, errors, sign_in

pytestmark = pytest.mark.django_db
ADDRESS, AGAIN = "/account/gegevens/adres/", "/account/opnieuw/"


@pytest.fixture
def mira_in(client, mira, mailoutbox) -> Client:
    sign_in(client, mira, mailoutbox)
    mailoutbox.clear()
    return client


def later(minutes: int = 16):
    return time_machine.travel(wall_now().timestamp() + minutes * 60)


def test_name_and_language_are_changed_and_the_log_holds_no_name(mira_in, mira):
    mira_in.post("/account/gegevens/", {"name": "Mira van hiernaast", "language": "fr"})

    mira.refresh_from_db()
    assert (mira.name, mira.language) == ("Mira van hiernaast", "fr")
    change = ChangeLog.objects.get()
    assert (change.by, change.changes) == (mira, {"name": [None, None], "language": ["nl", "fr"]})


def test_nothing_changed_is_nothing_logged(mira_in, mira):
    mira_in.post("/account/gegevens/", {"name": mira.name, "language": mira.language})

    assert not ChangeLog.objects.exists()


def test_language_that_we_do_not_have_is_refused(mira_in, mira):
    response = mira_in.post("/account/gegevens/", {"name": "Mira", "language": "xx"})

    assert response.status_code == 200
    assert "language" in response.context["form"].errors


def test_new_mailbox_counts_once_its_code_is_typed(mira_in, mira, mailoutbox):
    other = Client()
    other.force_login(mira)

    mira_in.post(ADDRESS, {"email": "Nieuw@Example.org"})
    before = User.objects.get(pk=mira.pk).email
    answer = mira_in.post(f"{ADDRESS}code/", {"code": code_in(mailoutbox[0])})

    mira.refresh_from_db()
    assert (before, mira.email) == ("mira@example.org", "nieuw@example.org")
    assert answer["Location"] == "/account/gegevens/"
    assert mailoutbox[0].to == ["nieuw@example.org"]
    assert (mira_in.get("/mijn/").status_code, other.get("/mijn/").status_code) == (200, 302)
    assert ChangeLog.objects.get().changes == {"email": [None, None]}


def test_former_mailbox_is_told(mira_in, mailoutbox, django_capture_on_commit_callbacks):
    mira_in.post(ADDRESS, {"email": "nieuw@example.org"})
    with django_capture_on_commit_callbacks(execute=True):
        mira_in.post(f"{ADDRESS}code/", {"code": code_in(mailoutbox[0])})

    assert mailoutbox[1].to == ["mira@example.org"]
    assert "Je codes gaan voortaan naar een ander e-mailadres." in mailoutbox[1].body
    assert "nieuw@example.org" not in mailoutbox[1].body


def test_address_of_somebody_else_gets_no_mail_and_looks_the_same(mira_in, jef, mailoutbox):
    free = mira_in.post(ADDRESS, {"email": "vrij@example.org"}, follow=True)
    taken = mira_in.post(ADDRESS, {"email": jef.email}, follow=True)

    assert [letter.to for letter in mailoutbox] == [["vrij@example.org"]]
    assert free.redirect_chain == taken.redirect_chain
    assert errors(mira_in.post(f"{ADDRESS}code/", {"code": ""})) == ["Dit veld is verplicht."]


def test_mailbox_is_not_changed_by_a_wrong_or_old_code(mira_in, mira, mailoutbox):
    mira_in.post(ADDRESS, {"email": "nieuw@example.org"})

    wrong = [mira_in.post(f"{ADDRESS}code/", {"code": "1111 1111"}).status_code for _ in range(3)]
    late = mira_in.post(f"{ADDRESS}code/", {"code": code_in(mailoutbox[0])})

    assert wrong == [200, 200, 302]
    assert late["Location"] == ADDRESS
    assert User.objects.get(pk=mira.pk).email == "mira@example.org"


@pytest.mark.parametrize(
    "path",
    [ADDRESS, f"{ADDRESS}code/", "/account/sleutels/nieuw/", "/account/sleutels/nieuw/vraag/", "/account/sleutels/1/",
     "/account/tweede-stap/aan/", "/account/tweede-stap/uit/", "/account/tweede-stap/reservecodes/"],
)  # fmt: skip
def test_changing_how_one_signs_in_asks_for_a_code_after_a_quarter_of_an_hour(mira_in, path):
    with later():
        answers = (mira_in.get(path), mira_in.post(path))

    assert [answer["Location"] for answer in answers] == [f"{AGAIN}?next={path.replace('/', '%2F')}"] * 2


def test_code_once_more_opens_what_was_asked_for(mira_in, mira, mailoutbox):
    with later():
        page = f"{AGAIN}?next={ADDRESS}"
        assert "mira@example.org" in mira_in.get(page).text
        mira_in.post(page, {"action": "send"})
        wrong = mira_in.post(page, {"code": "1111 1111"})
        right = mira_in.post(page, {"code": code_in(mailoutbox[0])})
        opened = mira_in.get(ADDRESS)

    assert errors(wrong) == ["Die code klopt niet. Kijk nog eens in de mail: de nieuwste code telt."]
    assert right["Location"] == ADDRESS
    assert opened.status_code == 200


def test_code_once_more_is_gone_after_three_wrong_ones(mira_in, mailoutbox):
    with later():
        mira_in.post(AGAIN, {"action": "send"})
        for _ in range(3):
            mira_in.post(AGAIN, {"code": "1111 1111"})
        mira_in.post(AGAIN, {"code": code_in(mailoutbox[0])})

        assert mira_in.get(ADDRESS).status_code == 302


def test_code_once_more_never_leads_to_another_website(mira_in, mailoutbox):
    with later():
        page = f"{AGAIN}?next=https://elders.example/"
        mira_in.post(page, {"action": "send"})
        answer = mira_in.post(page, {"code": code_in(mailoutbox[0])})

    assert answer["Location"] == "/account/gegevens/"
