"""Registering without an account: the activity page says how many places are left, the form takes names, a code opens one's own page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.actions.occurrence import cancel
from activities.actions.outings import change_places
from activities.codes import shown
from activities.models import Outing, Reservation, ReservationKey
from activities.views.joining import CODES, FORMS, LETTERS
from stek.form_key import LATE, SOON, new_key
from stek.limits import WINDOW
from stek.outbox.models import Delivery
from tests.desk import errors, filled
from tests.factories.activities import make_text
from tests.factories.sites import make_old_slug, make_site
from tests.offer import offer
from tests.outings import fill_in, group, join_path, outing_at, standing_of
from tests.reading import cards, json_ld, read

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

COOKIE = "stek-form"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="De Plek")


@pytest.fixture
def outing(site):
    return outing_at(site)


def page_of(outing, prefix="") -> str:
    return f"{prefix}/hier/activiteit/{outing.occurrence.series.activity.slug}/"


def main_of(response) -> str:
    return " ".join(read(response).one("main").text.replace("\xa0", " ").split())


# --- The pages everybody reads


def test_activity_page_says_how_many_places_are_left_and_when_it_is_full(outing):
    client, path = Client(), page_of(outing)
    first = client.get(path)
    assert "Nog 10 van 10 plaatsen vrij. Schrijf me in" in main_of(first)
    assert "Nodig, want het aantal plaatsen is beperkt." in main_of(first)

    group(outing, 6)
    group(outing, 3)
    assert "Nog 1 van 10 plaatsen vrij." in main_of(client.get(path))
    group(outing, 2)
    assert "De laatste plaats is voor wie al wacht. Je kan op de wachtlijst. Er wachten 2 mensen." in main_of(
        client.get(path)
    )
    change_places(outing, by=None, places=11)
    group(outing, 1)
    last = main_of(client.get(path))
    assert "Volzet. Je kan op de wachtlijst. Er wacht 1 mens. Zet me op de wachtlijst" in last


def test_kept_page_is_answered_with_304_until_somebody_registers(outing):
    client, path = Client(), page_of(outing)
    tag = client.get(path)["ETag"]

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) == 1
    group(outing, 1)

    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.cookies) == (200, {})


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2023-10-12T17:59", "Er zijn 10 plaatsen. Inschrijven kan vanaf donderdag 12 oktober om 18.00 uur."),
        ("2023-10-12T18:00", "Nog 10 van 10 plaatsen vrij. Inschrijven kan tot donderdag 19 oktober om 12.30 uur."),
        ("2023-10-19T12:30", "Inschrijven kan niet meer."),
    ],
)
def test_kept_pages_turn_at_the_moment_itself(site, clock, moment, words):
    zone = dt.timezone(dt.timedelta(hours=2))
    opens, closes = dt.datetime(2023, 10, 12, 18, tzinfo=zone), dt.datetime(2023, 10, 19, 12, 30, tzinfo=zone)
    outing = outing_at(site, opens_at=opens, closes_at=closes)
    at = dt.datetime.fromisoformat(f"{moment}+02:00")
    for before in (at - dt.timedelta(seconds=30), at):
        clock.move_to(before, tick=False)
        told, week = main_of(Client().get(page_of(outing))), main_of(Client().get("/hier/week/2023-W42/"))

    assert words in told
    assert words.split(". ")[0] in week


def test_week_page_and_search_engines_tell_it_too(outing):
    group(outing, 4)

    page = read(Client().get("/hier/week/2023-W42/"))

    (card,) = cards(page)
    assert "Nog 6 van 10 plaatsen vrij." in card.text
    (event,) = json_ld(page)["@graph"]
    assert (event["maximumAttendeeCapacity"], event["remainingAttendeeCapacity"]) == (10, 6)


def test_what_needs_no_name_says_so_as_before(site):
    series = offer(site, first_day=dt.date(2023, 10, 16))

    page = main_of(Client().get(f"/hier/activiteit/{series.activity.slug}/"))

    assert "Niet nodig. Kom zomaar binnen." in page
    assert "plaatsen" not in page


def test_date_that_is_off_offers_no_form(outing):
    cancel(outing.occurrence, by=None, note="Te nat")

    assert "Schrijf me in" not in main_of(Client().get(page_of(outing)))
    closed = Client().get(join_path(outing))
    assert "Dit gaat niet door, dus je kan je niet inschrijven." in main_of(closed)
    assert (closed.cookies, read(closed).all("form")) == ({}, [])
    assert Client().post(join_path(outing), {}).status_code == 409


# --- The form


def test_form_sets_its_own_cookie_only_and_is_kept_by_nobody(outing):
    response = Client().get(join_path(outing))

    assert list(response.cookies) == [COOKIE]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"
    assert read(response).all("script") == []


def test_name_and_number_are_enough(outing, clock):
    client = Client()

    response = client.post(join_path(outing), fill_in(client, outing, clock))

    assert response.status_code == 302
    mine = Reservation.objects.get()
    assert (mine.nickname, mine.people, mine.contact, mine.state, mine.language) == ("Lien", 2, "", "going", "nl")
    own = client.get(response["Location"])
    assert "Je gaat mee" in main_of(own)
    assert "2 mensen · Lien" in main_of(own)
    assert ReservationKey.objects.get().hash not in own.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0470 12 34 56", "+32470123456"), ("0470/12.34.56", "+32470123456"), ("+32 (0)3 123 45 67", "+3231234567"),
        ("03 123 45 67", "+3231234567"), ("0031 6 12345678", "+31612345678"), ("Lien@Voorbeeld.Example ", "lien@voorbeeld.example"),
    ],
)  # fmt: skip
def test_contact_is_a_number_or_a_mailbox(outing, clock, typed, kept):
    client = Client()

    client.post(join_path(outing), fill_in(client, outing, clock, contact=typed))

    assert Reservation.objects.get().contact == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("contact", "bel mijn zus"), ("contact", "lien@"), ("contact", "12"), ("contact", "85.07.30-033.28"), ("contact", "Dorpsstraat 12"),
        ("contact", "0470 12 34 56 of 03 123 45 67"), ("contact", "lien@voorbeeld.example, jos@voorbeeld.example"),
        ("nickname", ""), ("nickname", "   "), ("nickname", "x" * 41), ("nickname", "Lien 0470 12 34 56"), ("nickname", "lien@voorbeeld.example"),
        ("nickname", "85.07.30-033.28"), ("nickname", "Lien, Dorpsstraat 12"), ("nickname", "BE68 5390 0754 7034"),
        ("people", "0"), ("people", "7"), ("people", "-1"), ("people", "twee"), ("people", ""), ("nickname", "Li\x00en"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(outing, clock, field, typed):
    client = Client()
    sent = fill_in(client, outing, clock, contact="0470 12 34 57") | {field: typed}

    response = client.post(join_path(outing), sent)

    assert list(errors(response)) == [field]
    assert Reservation.objects.count() == 0
    again = filled(read(response))
    if "\x00" not in typed:
        assert {name: again[name] for name in ("nickname", "contact")} == {
            name: sent[name] for name in ("nickname", "contact")
        }


@pytest.mark.parametrize(
    "name", ["Fatima", "El Amrani", "oma Bea", "mama van Jef", "Ahmet Yılmaz", "محمد", "Олена", "Jan & Mieke"]
)
def test_whatever_somebody_is_called_is_welcome_and_nobody_is_asked_whether_it_is_a_person(outing, clock, name):
    client = Client()

    assert client.post(join_path(outing), fill_in(client, outing, clock, nickname=name)).status_code == 302
    assert Reservation.objects.get().nickname == name


def test_group_that_does_not_fit_chooses_and_keeps_what_was_typed(outing, clock):
    group(outing, 6)
    client = Client()
    sent = fill_in(client, outing, clock, people=5, contact="0470 12 34 56")

    response = client.post(join_path(outing), sent)
    words = "Er zijn nog 4 plaatsen vrij. Kom met minder, of ga samen op de wachtlijst."
    assert errors(response)["people"] == [words]
    again = client.post(join_path(outing), filled(read(response)) | {"lijst": "1"})

    assert again.status_code == 302
    assert standing_of(outing) == (6, 5, [(6, "going"), (5, "waiting")])
    own = main_of(client.get(again["Location"]))
    assert "Je staat op de wachtlijst" in own
    assert "Je bent de eerste op de lijst." in own
    assert "Er zijn nu 4 plaatsen vrij. Kom je met 4, dan gaan jullie meteen mee." in own


def test_places_taken_while_the_form_was_open_are_not_promised(outing, clock):
    client = Client()
    sent = fill_in(client, outing, clock, people=3)
    group(outing, 6)
    group(outing, 3)

    response = client.post(join_path(outing), sent)

    assert errors(response)["people"] == ["Er is nog 1 plaats vrij. Kom met minder, of ga samen op de wachtlijst."]
    assert "Nog 1 van 10 plaatsen vrij." in main_of(response)


def test_two_clicks_lead_to_one_page(outing, clock):
    client = Client()
    sent = fill_in(client, outing, clock)

    first, second = (client.post(join_path(outing), sent) for _ in range(2))

    assert (first["Location"], Reservation.objects.count()) == (second["Location"], 1)


def test_going_back_and_sending_something_else_says_that_it_was_sent(outing, clock):
    client = Client()
    sent = fill_in(client, outing, clock)
    first = client.post(join_path(outing), sent)

    response = client.post(join_path(outing), sent | {"people": "4"})

    assert errors(response)[""] == ["Met dit formulier ben je al ingeschreven."]
    assert first["Location"] in [a.attributes["href"] for a in read(response).one("main").all("a")]
    assert standing_of(outing)[0] == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"homepage": "https://koop.example"}, "Laat het veld “Laat dit leeg” leeg."),
        ({"sleutel": "verzonnen"}, "Dit formulier stond lang open. Kijk alles na en verstuur het nog eens."),
        ({"sleutel": ""}, "Dit formulier stond lang open. Kijk alles na en verstuur het nog eens."),
    ],
)
def test_program_gets_a_sentence_and_no_place(outing, clock, change, words):
    client = Client()

    response = client.post(join_path(outing), fill_in(client, outing, clock) | change)

    assert errors(response)[""] == [words]
    assert Reservation.objects.count() == 0
    if "sleutel" in change:
        assert filled(read(response))["sleutel"] not in {"", "verzonnen"}


def test_key_of_another_date_opens_nothing(site, outing, clock):
    other = outing_at(site, day=dt.date(2023, 10, 28))
    sent = fill_in(Client(), outing, clock) | {"sleutel": new_key(str(other.occurrence.uuid))}
    clock.shift(SOON + 1)

    assert Client().post(join_path(outing), sent).status_code == 200
    assert Reservation.objects.count() == 0


def test_who_is_too_quick_sends_it_once_more_and_who_is_very_late_too(outing, clock):
    client = Client()
    sent = fill_in(client, outing, clock)
    quick = sent | {"sleutel": new_key(str(outing.occurrence.uuid))}

    response = client.post(join_path(outing), quick)
    assert errors(response)[""] == ["Dat ging heel snel. Kijk alles na en verstuur het nog eens."]
    clock.shift(SOON + 1)
    assert client.post(join_path(outing), filled(read(response))).status_code == 302

    clock.shift(LATE)
    assert client.post(join_path(outing), sent).status_code == 200


def test_form_without_its_token_is_refused(outing, clock):
    client = Client(enforce_csrf_checks=True)

    assert client.post(join_path(outing), fill_in(client, outing, clock)).status_code == 403
    assert Reservation.objects.count() == 0


def test_one_address_fills_no_bus(site, clock):
    outing = outing_at(site, places=100)
    client = Client()
    sent = fill_in(client, outing, clock, nickname="")

    found = [client.post(join_path(outing), sent).status_code for _ in range(FORMS + 1)]
    clock.shift(WINDOW + 1)

    assert found == [200] * FORMS + [429]
    assert client.post(join_path(outing), fill_in(client, outing, clock)).status_code == 302


def test_link_is_mailed_to_who_asks_and_only_then(outing, clock):
    client = Client()
    client.post("/fr" + join_path(outing), fill_in(client, outing, clock, prefix="/fr", contact="a@voorbeeld.example"))
    assert Delivery.objects.count() == 0

    sent = fill_in(client, outing, clock, prefix="/fr", contact="b@voorbeeld.example", wants_letter="on")
    response = client.post("/fr" + join_path(outing), sent)

    row = Delivery.objects.get()
    assert (row.kind, row.address, row.language) == ("activities/own_place", "b@voorbeeld.example", "fr")
    assert response["Location"].startswith("/fr/hier/plaats/")
    assert Reservation.objects.latest("pk").language == "fr"
    assert mail.outbox == []


def test_link_is_not_mailed_without_a_mailbox(outing, clock):
    client = Client()

    response = client.post(
        join_path(outing), fill_in(client, outing, clock, contact="0470 12 34 56", wants_letter="on")
    )

    assert errors(response)["contact"] == ["Vul een e-mailadres in als je je link per mail wil."]


def test_nobodys_mailbox_is_filled_by_others(site, clock):
    outing = outing_at(site, places=50)
    for _ in range(LETTERS + 2):
        client = Client()
        sent = fill_in(client, outing, clock, contact="a@voorbeeld.example", wants_letter="on")
        assert client.post(join_path(outing), sent).status_code == 302

    assert Delivery.objects.count() == LETTERS


def test_another_site_another_activity_and_no_places_have_no_form(site, outing):
    other = make_site(slug="elders")
    plain = offer(site, frequency="once", weekday=None, first_day=dt.date(2023, 10, 20))
    paths = [
        join_path(outing).replace("/hier/", "/elders/"),
        f"/hier/activiteit/{plain.activity.slug}/inschrijven/{outing.occurrence.uuid}/",
        f"/hier/activiteit/{plain.activity.slug}/inschrijven/{plain.occurrences.get().uuid}/",
    ]

    assert {Client().get(path).status_code for path in paths} == {404}
    make_old_slug(site, slug="vroeger")
    moved = Client().get(join_path(outing).replace("/hier/", "/vroeger/"))
    assert (moved.status_code, moved["Location"]) == (301, join_path(outing))
    assert other


# --- One's own page


CODE = "0123456789AB"
OWN = f"/hier/plaats/{shown(CODE)}/"


def test_looking_changes_nothing_and_sending_cancels(outing):
    group(outing, 2, code=CODE)
    client = Client()

    for _ in range(2):
        assert client.get(OWN).status_code == 200
    assert standing_of(outing)[0] == 2
    done = client.post(OWN, {"do": "leave"})

    assert (done.status_code, done["Location"]) == (302, "/hier/plaats/afgezegd/")
    bye = client.get(done["Location"])
    assert "Je bent uitgeschreven" in main_of(bye)
    assert standing_of(outing) == (0, 0, [])
    gone = client.get(OWN)
    assert gone.status_code == client.post(OWN, {"do": "leave"}).status_code == 404
    assert "Deze link werkt niet (meer)" in main_of(gone)


def test_group_comes_with_fewer(outing):
    group(outing, 4, code=CODE)

    assert Client().post(OWN, {"do": "fewer", "people": "3"})["Location"] == OWN
    assert standing_of(outing)[0] == 3
    for people in ("0", "3", "9", "x", ""):
        assert Client().post(OWN, {"do": "fewer", "people": people}).status_code == 200
    assert standing_of(outing)[0] == 3


def test_sending_something_else_changes_nothing(outing):
    group(outing, 4, code=CODE)

    assert Client().post(OWN, {}).status_code == Client().post(OWN, {"do": "weg"}).status_code == 200
    assert standing_of(outing)[0] == 4


def test_once_it_has_begun_the_page_only_tells(outing, clock):
    group(outing, 4, code=CODE)
    clock.move_to("2023-10-21T09:00+02:00", tick=False)

    page = read(Client().get(OWN))
    assert "Dit is voorbij" in page.one("h1").text
    assert page.one("main").all("form") == []
    refused = Client().post(OWN, {"do": "leave"})
    assert refused.status_code == 409
    assert "Het is al begonnen." in main_of(refused)


def test_page_says_that_it_is_off_or_elsewhere_in_time(outing):
    group(outing, 4, code=CODE)
    cancel(outing.occurrence, by=None, note="De bus is stuk.")

    told = main_of(Client().get(OWN))

    assert "Dit gaat niet door" in told
    assert "De bus is stuk." in told


def test_own_page_shows_no_number_and_no_mailbox(outing):
    group(outing, 4, code=CODE, contact="geheim@voorbeeld.example")

    assert "geheim@" not in Client().get(OWN).content.decode()


def test_who_waits_reads_how_many_groups_are_before(outing):
    group(outing, 6)
    group(outing, 6)
    group(outing, 6)
    group(outing, 2, code=CODE)

    assert "2 groepen zijn voor je." in main_of(Client().get(OWN))


def test_code_from_paper_leads_to_the_own_page_of_this_site_only(site, outing):
    group(outing, 2, code=CODE)
    make_site(slug="elders")

    found = Client().post("/hier/plaats/", {"code": " o123 4567 89ab "})
    assert found["Location"] == OWN
    for path, code in (("/hier/plaats/", "FFFF-FFFF-FFFF"), ("/hier/plaats/", "x"), ("/elders/plaats/", CODE)):
        refused = Client().post(path, {"code": code})
        assert errors(refused)["code"] == ["Deze code kennen we niet (meer). Kijk elke letter na."]
    assert Client().get(OWN.replace("/hier/", "/elders/")).status_code == 404


def test_codes_are_not_tried_without_end(outing):
    client = Client()

    found = [client.post("/hier/plaats/", {"code": "FFFF-FFFF-FFFF"}).status_code for _ in range(CODES + 1)]

    assert found == [200] * CODES + [429]


# --- In other languages, and how much it costs


def test_everything_is_there_in_french(outing, clock):
    make_text(outing.occurrence.series, language="fr", title="Sortie au zoo")
    client = Client()

    assert "Places encore libres : 10 sur 10." in main_of(client.get(page_of(outing, "/fr")))
    own = client.post("/fr" + join_path(outing), fill_in(client, outing, clock, prefix="/fr"))["Location"]

    page = client.get(own)
    assert read(page).one("html").attributes["lang"] == "fr"
    assert "Sortie au zoo" in main_of(page)


def test_form_costs_as_many_queries_with_one_group_as_with_twenty(site):
    outing = outing_at(site, places=100)
    client = Client()
    client.get(join_path(outing))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(join_path(outing)).status_code == 200
        return len(queries)

    group(outing, 1)
    client.get(join_path(outing))
    one = cost()
    for _ in range(20):
        group(outing, 1)
    client.get(join_path(outing))

    assert one == cost() <= 7
    assert Outing.objects.get().taken == 21
