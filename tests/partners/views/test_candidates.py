"""Somebody wants to help: a short form for people, not for programs; and how a coordinator answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape

from partners.actions.candidates import MOST, invite_candidate, take_on
from partners.models import Candidate, Invitation, Volunteer
from partners.views.candidates import OFFERS
from sites.actions.purging import purge
from sites.enums import RoleKind, SiteStatus
from sites.models import ChangeLog
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from stek.retention import term
from tests.desk import at_desk, errors, filled, words
from tests.factories.partners import make_candidate
from tests.factories.sites import make_old_slug, make_person, make_site
from tests.offer import TUESDAY
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

PATH, DESK = "/hier/vrijwilliger-worden/", "/beheer/hier/vrijwilligers/aanmeldingen/"
ROSA = {"name": "Rosa", "email": "rosa@voorbeeld.example", "phone": "", "skills": ["host"], "consent": "on"}


@pytest.fixture(autouse=True)
def clock(time_machine):
    cache.clear()
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site():
    make_site(slug="daar", name="Daar")
    return make_site(slug="hier", name="Hier")


def fill_in(clock, data: dict, *, after: float = 20, path: str = PATH, client: Client | None = None):
    """As a person does: look, read for some seconds, send."""
    client = client or Client()
    form = filled(read(client.get(path)))
    clock.shift(dt.timedelta(seconds=after))
    return client.post(path, form | data)


def test_offer_goes_to_the_coordinators_of_that_site_and_nobody_else(site, clock):
    here = make_person(RoleKind.COORDINATOR, site=site)
    make_person(RoleKind.VOLUNTEER, site=site)

    done = fill_in(clock, ROSA)

    row = Candidate.objects.get()
    assert (row.site, row.name, row.email, row.skills, row.language) == (site, "Rosa", ROSA["email"], ["host"], "nl")
    assert (row.offered_on, bool(row.consent_version)) == (dt.date(2023, 10, 10), True)
    assert done.status_code == 302
    assert "Dank je, Rosa" in words(Client().get(done["Location"]))
    assert [one.user for one in Delivery.objects.all()] == [here]
    clock.shift(dt.timedelta(minutes=6))
    send_due()
    (letter,) = mail.outbox
    assert letter.subject == "Iemand wil komen helpen in Hier"
    assert "Rosa" not in letter.body + letter.subject
    assert f"http://127.0.0.1:8000{DESK}" in letter.body
    assert not ChangeLog.objects.exists()


def test_page_speaks_french_and_english_and_the_language_goes_along(site, clock):
    done = fill_in(clock, ROSA, path="/fr/hier/vrijwilliger-worden/")

    assert Candidate.objects.get().language == "fr"
    assert done["Location"].startswith("/fr/hier/")
    assert "I want to help" in words(Client().get("/en/hier/vrijwilliger-worden/"))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": ""}, "email"),
        ({"email": "geen adres"}, "email"),
        ({"email": "", "phone": "0470"}, "phone"),
        ({"consent": ""}, "consent"),
        ({"skills": ["schaatsen"]}, "skills"),
        ({"phone": "0470 12 34 56, Kerkstraat 12"}, "phone"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_it_and_nothing_typed_is_lost(site, clock, data, field):
    sent = {name: value for name, value in (ROSA | data).items() if value}

    answer = fill_in(clock, sent)

    assert set(errors(answer)) == {field}
    for name in ("name", "email", "phone"):
        assert escape(sent.get(name, "")) in answer.text
    assert not Candidate.objects.exists()


def test_telephone_alone_is_enough(site, clock):
    fill_in(clock, ROSA | {"email": "", "phone": "0470 12 34 56"})

    assert Candidate.objects.get().phone == "0470 12 34 56"


# --- programs


@pytest.mark.parametrize(
    ("data", "after", "says"),
    [
        ({"website": "https://koop.example"}, 20, "We konden dit niet versturen."),
        ({}, 1, "Dat ging heel snel."),
        ({"shown": "shown:1abc:vals"}, 20, "Dit formulier stond lang open."),
        ({"shown": ""}, 20, "Dit formulier stond lang open."),
        ({}, 25 * 3600, "Dit formulier stond lang open."),
    ],
)
def test_program_is_refused_and_a_person_only_sends_it_again(site, clock, data, after, says):
    client = Client()

    refused = fill_in(clock, ROSA | data, after=after, client=client)

    assert says in words(refused)
    assert "Rosa" in refused.text
    assert not Candidate.objects.exists()
    clock.shift(dt.timedelta(seconds=5))
    again = client.post(PATH, filled(read(refused)) | {"skills": ["host"]})
    assert again.status_code == 302
    assert Candidate.objects.count() == 1


def test_one_address_sends_a_few_and_no_more_and_what_was_typed_stays(site, clock):
    for number in range(OFFERS):
        assert fill_in(clock, ROSA | {"email": f"rosa{number}@voorbeeld.example"}, after=4).status_code == 302

    refused = fill_in(clock, ROSA | {"email": "rosa9@voorbeeld.example"}, after=4)

    assert "Dat was te vaak na elkaar." in words(refused)
    assert "rosa9@voorbeeld.example" in refused.text
    assert Candidate.objects.count() == OFFERS


def test_a_site_keeps_no_more_than_it_can_answer(site, clock):
    for _number in range(MOST):
        make_candidate(site)

    assert "Er wachten al veel mensen op een antwoord." in words(fill_in(clock, ROSA))
    assert Candidate.objects.count() == MOST


def test_form_without_its_token_is_refused(site):
    assert Client(enforce_csrf_checks=True).post(PATH, ROSA).status_code == 403


def test_the_same_mailbox_twice_is_one_offer_the_newest(site, clock):
    for name in ("Rosa", "Roza"):
        fill_in(clock, ROSA | {"name": name, "email": "Rosa@Voorbeeld.example"})

    assert [(one.name, one.email) for one in Candidate.objects.all()] == [("Roza", "rosa@voorbeeld.example")]


def test_the_same_number_twice_is_one_offer_too_and_another_number_another(site, clock):
    for phone in ("0470 12 34 56", "+32 470 123 456", "0470 12 34 57"):
        fill_in(clock, ROSA | {"email": "", "phone": phone})

    assert [one.phone for one in Candidate.objects.all()] == ["0470 12 34 56", "0470 12 34 57"]


# --- taken back, forgotten by itself


def test_taken_back_by_who_sent_it(site, clock):
    client = Client()
    page = fill_in(clock, ROSA, client=client)["Location"]
    assert client.get(page.replace("/hier/", "/daar/")).status_code == 404

    client.post(page)

    assert not Candidate.objects.exists()
    assert "Hier staat niets meer" in words(client.get(page))


def test_letter_says_nothing_when_it_was_taken_back(site, clock):
    make_person(RoleKind.COORDINATOR, site=site)
    Client().post(fill_in(clock, ROSA)["Location"])
    clock.shift(dt.timedelta(minutes=6))

    send_due()

    assert mail.outbox == []


def test_gone_after_its_term(site, clock):
    make_candidate(site)
    clock.shift(term("candidate").length)
    assert purge(dry_run=True)["candidate"] == 0
    clock.shift(dt.timedelta(days=1))

    assert purge()["candidate"] == 1
    assert not Candidate.objects.exists()


def test_page_is_there_for_running_sites_and_under_old_addresses(site):
    make_old_slug(site, "vroeger")
    make_site(slug="later", status=SiteStatus.STARTING)

    assert Client().get("/vroeger/vrijwilliger-worden/")["Location"] == PATH
    assert Client().get("/later/vrijwilliger-worden/").status_code == 404
    assert PATH in Client().get("/hier/").text


# --- answered


def test_invited_with_one_button_and_the_offer_is_gone(site):
    desk, one = at_desk(site), make_candidate(site, name="Rosa", language="fr", email="rosa@voorbeeld.example")
    assert "Rosa sinds 10 oktober 2023" in words(desk.get(DESK))
    assert "1 mens wil komen helpen." in words(desk.get("/beheer/hier/"))

    desk.post(f"{DESK}{one.pk}/uitnodigen/")

    invited = Invitation.objects.get()
    assert (invited.email, invited.name, invited.kind, invited.language, invited.site) == (
        "rosa@voorbeeld.example", "Rosa", RoleKind.VOLUNTEER, "fr", site,
    )  # fmt: skip
    assert not Candidate.objects.exists()


def test_who_has_no_mailbox_is_called_and_put_in(site):
    desk, one = at_desk(site), make_candidate(site, name="Miel", email="", phone="0470 12 34 56", skills=["host"])
    assert 'href="tel:0470123456"' in desk.get(DESK).text
    refused = desk.post(f"{DESK}{one.pk}/uitnodigen/", follow=True)
    assert "Zonder e-mailadres kan je niet uitnodigen." in refused.text

    desk.post(f"{DESK}{one.pk}/erbij/")

    helper = Volunteer.objects.get()
    assert (helper.name, helper.phone, helper.skills, helper.since, helper.site) == (
        "Miel", "0470 12 34 56", ["host"], dt.date(2023, 10, 10), site,
    )  # fmt: skip
    assert not Candidate.objects.exists()


def test_two_who_answer_one_offer_at_once_answer_it_once(site):
    put_in, invited = (
        make_candidate(site, name="Miel"),
        make_candidate(site, name="Rosa", email="rosa@voorbeeld.example"),
    )
    by = make_person(RoleKind.COORDINATOR, site=site)

    assert (take_on(put_in) is None, take_on(put_in)) == (False, None)
    assert (invite_candidate(invited, by=by) is None, invite_candidate(invited, by=by)) == (False, None)
    assert [one.name for one in Volunteer.objects.all()] == ["Miel"]


def test_taken_away_after_a_question(site):
    desk, one = at_desk(site), make_candidate(site)

    desk.get(f"{DESK}{one.pk}/weg/")
    assert Candidate.objects.exists()
    desk.post(f"{DESK}{one.pk}/weg/")

    assert not Candidate.objects.exists()


def test_nobody_of_another_site_or_role_sees_who_wants_to_help(site):
    one, elsewhere = make_candidate(site, name="Rosa"), make_site(slug="ginder")
    other = at_desk(elsewhere)

    assert other.get(DESK).status_code == 404
    for end in ("uitnodigen", "erbij", "weg"):
        assert other.post(f"/beheer/ginder/vrijwilligers/aanmeldingen/{one.pk}/{end}/").status_code == 404
    assert "Rosa" not in other.get("/beheer/ginder/vrijwilligers/aanmeldingen/").text
    assert Candidate.objects.exists()
