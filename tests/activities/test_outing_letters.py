"""Letters to who registered and left a mailbox: their link, a place that came free, a date that changed. And what is left of them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client

from activities import outing_letters
from activities.actions.occurrence import cancel, move, restore
from activities.actions.reservations import correct_reservation, leave, let_go_first
from activities.effects import Changed, held_of
from activities.models import Reservation
from activities.outing_touch import tell_of_dates
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from stek.time import now
from tests.dutch import sentences_left
from tests.factories.activities import make_text
from tests.factories.sites import make_closure, make_site
from tests.outings import group, outing_at

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

LEA = "lea@voorbeeld.example"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="De Plek")


def post_leaves() -> list:
    """What is due within an hour is sent; all letters so far."""
    send_due(at=now() + dt.timedelta(hours=1))
    return mail.outbox


def link(letter) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(\S+/plaats/\S+/)", letter.body)[1]


def test_link_in_the_letter_opens_the_own_page_and_the_row_keeps_neither_address_nor_code(site):
    mine = group(outing_at(site), 2, contact=LEA)

    outing_letters.own_place(mine)

    (letter,) = post_leaves()
    assert (letter.to, letter.subject) == ([LEA], "Je gaat mee: Uitstap, zaterdag 21 oktober 2023")
    assert "9.00 tot 17.00 uur" in letter.body
    assert mine.nickname not in letter.body
    assert Client().get(link(letter)).status_code == 200
    (row,) = Delivery.objects.all()
    assert (row.state, row.address, row.secret, row.facts) == ("sent", "", "", {})


def test_letter_somebody_asked_for_leaves_at_night_too_the_others_wait_until_morning(site, clock):
    clock.move_to("2023-10-10T23:00+02:00", tick=False)
    outing = outing_at(site, places=2)
    first, second = group(outing, 2, contact="een@voorbeeld.example"), group(outing, 2, contact=LEA)

    outing_letters.own_place(second)
    leave(first)

    rows = {row.kind.partition("_")[2]: row for row in Delivery.objects.all()}
    assert rows["place"].due_at == now()
    assert rows["free"].due_at.isoformat() == "2023-10-11T06:00:00+00:00"


def test_who_moves_up_hears_it_in_their_language_with_a_link_and_what_they_wrote_down_stays_good(site):
    outing = outing_at(site, places=2)
    make_text(outing.occurrence.series, language="fr", title="Sortie")
    first = group(outing, 2)
    group(outing, 2, contact=LEA, language="fr", code="ABCDEFGHJKMN")

    leave(first)

    (letter,) = post_leaves()
    assert letter.extra_headers.get("Content-Language", letter.extra_headers) == "fr"
    assert "Sortie" in letter.subject
    assert link(letter).startswith("/fr/hier/plaats/")
    assert Client().get(link(letter)).status_code == Client().get("/hier/plaats/ABCD-EFGH-JKMN/").status_code == 200


@pytest.mark.parametrize("language", ["ar", "uk"])
def test_every_letter_about_a_place_is_in_the_language_somebody_registered_in(site, language):
    """No sentence of ours in Dutch is left in one: their link, a place that came free, a date that moved, one that is off."""
    outing = outing_at(site, places=2)
    first = group(outing, 2)
    second = group(outing, 2, contact=LEA, language=language, code="ABCDEFGHJKMN")
    outing_letters.own_place(second)
    leave(first)
    post_leaves()
    changed(outing, lambda: move(outing.occurrence, by=None, day=dt.date(2023, 10, 22)))
    post_leaves()
    changed(outing, lambda: cancel(outing.occurrence, by=None))
    post_leaves()

    assert len(mail.outbox) == 4
    assert {letter.extra_headers["Content-Language"] for letter in mail.outbox} == {language}
    assert [left for letter in mail.outbox if (left := sentences_left(f"{letter.subject}\n{letter.body}"))] == []


def test_who_is_let_go_first_hears_it_too(site):
    outing = outing_at(site, places=3)
    group(outing, 2)
    group(outing, 3)
    small = group(outing, 1, contact=LEA)

    let_go_first(small)

    assert [letter.subject for letter in post_leaves()] == ["Je hebt een plaats: Uitstap, zaterdag 21 oktober 2023"]


@pytest.mark.parametrize("undoes", ["leaves", "is off", "is shut", "has begun"])
def test_letter_about_a_place_is_not_sent_when_it_is_not_true_any_more(site, clock, undoes):
    outing = outing_at(site, places=2)
    first, second = group(outing, 2), group(outing, 2, contact=LEA)
    leave(first)

    if undoes == "leaves":
        second.refresh_from_db()
        leave(second)
    if undoes == "is off":
        cancel(outing.occurrence, by=None)
    if undoes == "is shut":
        make_closure(site, first_day=outing.occurrence.day, last_day=outing.occurrence.day)
    if undoes == "has begun":
        clock.move_to("2023-10-21T09:00+02:00", tick=False)

    assert post_leaves() == []
    assert not Delivery.objects.exclude(address="", secret="").exists()


def test_another_mailbox_takes_back_what_waits_for_the_old_one(site):
    outing = outing_at(site, places=2)
    first, second = group(outing, 2), group(outing, 2, contact=LEA)
    leave(first)

    second.refresh_from_db()
    correct_reservation(second, people=2, nickname="Lea", contact="anders@voorbeeld.example")

    assert not Delivery.objects.exists()


# --- The date changes


def changed(outing, do) -> None:
    """Done, and told to who registered."""
    was = held_of(outing.occurrence) if outing.occurrence.status == "planned" else None
    do()
    outing.occurrence.refresh_from_db()
    tell_of_dates([(outing, Changed(was, held_of(outing.occurrence)))])


def test_everybody_with_a_mailbox_hears_that_it_moves_and_the_others_are_on_the_list_to_call(site):
    outing = outing_at(site, places=4)
    group(outing, 2, contact=LEA)
    group(outing, 2, contact="+32470123456")
    group(outing, 2, contact="wacht@voorbeeld.example")

    changed(
        outing, lambda: move(outing.occurrence, by=None, day=dt.date(2023, 10, 28), begin=dt.time(10), end=dt.time(16))
    )

    assert [(letter.to, letter.subject) for letter in post_leaves()] == [
        ([LEA], "Uitstap verandert"), (["wacht@voorbeeld.example"], "Uitstap verandert"),
    ]  # fmt: skip
    moved = "- zaterdag 21 oktober 2023, 9.00 tot 17.00 uur → zaterdag 28 oktober 2023, 10.00 tot 16.00 uur"
    assert all(moved in letter.body for letter in mail.outbox)
    assert "Je houdt je plaatsen." in mail.outbox[0].body
    assert "Je staat nog op de wachtlijst." in mail.outbox[1].body
    assert list(Reservation.objects.order_by("pk").values_list("news", flat=True)) == ["", "date", ""]


def test_letter_says_that_it_is_off_and_why_without_a_link(site):
    outing = outing_at(site)
    group(outing, 2, contact=LEA)

    changed(outing, lambda: cancel(outing.occurrence, by=None, note="De bus is stuk."))

    (letter,) = post_leaves()
    assert letter.subject == "Uitstap gaat niet door"
    assert "De bus is stuk." in letter.body
    assert "/plaats/" not in letter.body


def test_what_is_taken_back_before_the_letter_leaves_is_told_to_nobody(site):
    outing = outing_at(site)
    group(outing, 2, contact=LEA)

    changed(outing, lambda: cancel(outing.occurrence, by=None))
    changed(outing, lambda: restore(outing.occurrence, by=None))

    assert post_leaves() == []
    assert Delivery.objects.get().state == "dropped"


def test_it_goes_on_after_all(site):
    outing = outing_at(site)
    group(outing, 2, contact=LEA)

    changed(outing, lambda: cancel(outing.occurrence, by=None))
    post_leaves()
    changed(outing, lambda: restore(outing.occurrence, by=None))

    assert [letter.subject for letter in post_leaves()] == ["Uitstap gaat niet door", "Uitstap verandert"]
    assert "Dit gaat toch door:\n- zaterdag 21 oktober 2023" in mail.outbox[1].body


def test_who_is_to_hear_of_a_place_keeps_that_news(site):
    outing = outing_at(site, places=2)
    first = group(outing, 2)
    group(outing, 2)
    leave(first)

    changed(outing, lambda: cancel(outing.occurrence, by=None))

    assert Reservation.objects.get().news == "place"
