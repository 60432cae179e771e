"""The coordinator's pages of places: how many, who comes, who waits, who is still to be called, and the list on paper."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.reservations import leave
from activities.models import Outing, Reservation
from sites.models import ChangeLog
from stek.outbox.models import Delivery
from tests.desk import at_desk, client_of, confirm, errors, form_at, words
from tests.factories.outbox import make_delivery
from tests.factories.sites import make_person, make_site
from tests.offer import date_of, offer
from tests.outings import DAY, group, outing_at, standing_of
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

LIST = "/beheer/hier/inschrijvingen/"
LEA = "lea@voorbeeld.example"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="De Plek")


@pytest.fixture
def desk(site):
    return at_desk(site)


def path_of(outing: Outing, more: str = "") -> str:
    return f"{LIST}{outing.occurrence.uuid}/{more}"


def about(mine: Reservation, more: str = "") -> str:
    return f"{LIST}groep/{mine.pk}/{more}"


def once(site, day=DAY):
    return date_of(offer(site, "Uitstap", frequency="once", weekday=None, first_day=day), day)


def test_a_date_gets_places_and_the_list_shows_it(site, desk):
    date = once(site)
    assert "Beperk de plaatsen" in words(desk.get(LIST))
    assert desk.get(f"{LIST}{date.uuid}/")["Location"] == f"{LIST}{date.uuid}/plaatsen/"

    done = desk.post(f"{LIST}{date.uuid}/plaatsen/", {"places": "20", "largest_group": "5"})

    assert done["Location"] == f"{LIST}{date.uuid}/"
    assert "0 van 20 plaatsen" in words(desk.get(LIST))
    assert "Uitstap: 0 van 20" in words(desk.get("/beheer/hier/"))
    assert ChangeLog.objects.get(verb="offer_places").changes == {"places": [None, 20], "largest_group": [None, 5]}
    assert "Plaatsen beperkt" in words(desk.get("/beheer/hier/geschiedenis/"))


def test_moments_are_those_of_the_clock_on_the_wall(site, desk):
    date = once(site)
    sent = {
        "places": "9",
        "largest_group": "5",
        "opens_on": "2023-10-12",
        "opens_hour": "9:00",
        "closes_on": "20/10/2023",
        "closes_hour": "18u00",
    }

    desk.post(f"{LIST}{date.uuid}/plaatsen/", sent)

    outing = Outing.objects.get()
    assert [moment.isoformat() for moment in (outing.opens_at, outing.closes_at)] == [
        "2023-10-12T07:00:00+00:00", "2023-10-20T16:00:00+00:00",
    ]  # fmt: skip
    again = form_at(desk, f"{LIST}{date.uuid}/plaatsen/")
    assert (again["opens_on"], again["opens_hour"], again["closes_hour"]) == ("2023-10-12", "09:00", "18:00")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"places": ""}, "places"), ({"places": "0"}, "places"), ({"places": "-3"}, "places"), ({"places": "veel"}, "places"), ({"places": "999"}, ""),
        ({"largest_group": "0"}, ""), ({"largest_group": "50"}, ""), ({"opens_on": "2023-10-12"}, "opens_hour"),
        ({"closes_hour": "18:00"}, "closes_on"), ({"opens_on": "morgen"}, "opens_on"),
        ({"opens_on": "2023-10-12", "opens_hour": "9:00", "closes_on": "2023-10-12", "closes_hour": "8:00"}, "closes_at"),
        ({"places": "1"}, "places"),
    ],
)  # fmt: skip
def test_what_cannot_be_stands_beside_its_field(site, desk, change, field):
    outing = outing_at(site)
    group(outing, 2)
    path = path_of(outing, "plaatsen/")

    response = desk.post(path, form_at(desk, path) | change)

    assert response.status_code == 200
    assert (field if field != "closes_at" else "") in errors(response)
    assert Outing.objects.get().places == 10


def test_weekly_offer_gets_no_places(site, desk):
    date = date_of(offer(site, first_day=DAY, weekday=5), DAY)

    response = desk.post(f"{LIST}{date.uuid}/plaatsen/", {"places": "9", "largest_group": "5"})

    assert errors(response)[""] == [
        "Inschrijven is er voor iets dat één keer gebeurt. Bij een vast aanbod komt iedereen zomaar binnen."
    ]


def test_two_coordinators_at_one_form_see_each_other(site, desk):
    outing = outing_at(site)
    path = path_of(outing, "plaatsen/")
    mine = form_at(desk, path) | {"places": "12"}
    desk.post(path, form_at(desk, path) | {"places": "11"})

    response = desk.post(path, mine)

    assert response.status_code == 409
    assert Outing.objects.get().places == 11


def test_limit_is_taken_away_while_nobody_is_registered(site, desk):
    outing = outing_at(site)
    mine = group(outing, 1)
    refused = desk.post(path_of(outing, "vrij/"), {})
    assert "Er zijn al mensen ingeschreven. Zeg hen eerst af." in words(refused)

    leave(mine)
    desk.get(path_of(outing, "vrij/"))
    assert Outing.objects.exists()
    assert desk.post(path_of(outing, "vrij/"), {})["Location"] == LIST
    assert not Outing.objects.exists()


def test_page_shows_everybody_in_order_and_why_places_stay_free(site, desk):
    outing = outing_at(site, places=5)
    for name, people, contact in [("Lien", 2, "+32470123456"), ("Jos", 1, ""), ("Bea", 4, LEA), ("Kaat", 1, "")]:
        group(outing, people, nickname=name, contact=contact)

    page = words(desk.get(path_of(outing)))

    shown = [page.index(name) for name in ("Lien · 2 mensen", "Jos · 1 mens", "1. Bea · 4 mensen", "2. Kaat · 1 mens")]
    assert shown == sorted(shown)
    assert "0470 12 34 56" in page
    assert "Er zijn 2 plaatsen vrij, en de eerste op de lijst is met 4 mensen." in page
    assert "Er zijn 2 plaatsen vrij, en de eerste op de lijst is met 4 mensen." in words(desk.get("/beheer/hier/"))
    assert page.count("Geef plaats") == 1


def test_somebody_is_joined_by_hand_beyond_the_size_of_the_form(site, desk):
    outing = outing_at(site, places=9, largest_group=4)

    desk.post(path_of(outing), {"nickname": "School", "people": "8", "contact": "03 123 45 67"})
    response = desk.post(path_of(outing), {"nickname": "Jos", "people": "2", "contact": ""}, follow=True)

    assert "Jos staat op de wachtlijst: 2 mensen." in read(response).text
    assert standing_of(outing) == (8, 2, [(8, "going"), (2, "waiting")])
    assert Reservation.objects.first().contact == "+3231234567"


def test_what_is_wrong_with_a_group_by_hand_stands_beside_its_field(site, desk):
    outing = outing_at(site)

    response = desk.post(path_of(outing), {"nickname": "", "people": "99", "contact": "tante Lien"})

    assert sorted(errors(response)) == ["contact", "nickname", "people"]
    assert "tante Lien" in response.content.decode()


def test_link_is_mailed_to_who_has_a_mailbox(site, desk):
    outing = outing_at(site)

    desk.post(path_of(outing), {"nickname": "Lea", "people": "2", "contact": LEA, "wants_letter": "on"})

    assert Delivery.objects.get().address == LEA


def test_calls_are_made_and_crossed_off(site, desk):
    outing = outing_at(site, places=2)
    first, second = group(outing, 2), group(outing, 2, nickname="Jos", contact="+32470123456")
    leave(first)

    page = words(desk.get(path_of(outing)))
    assert "Zeg dat er plaats is voor 2 mensen, op zaterdag 21 oktober 2023." in page
    assert "Uitstap: bel nog 1 mens die zich inschreef." in words(desk.get("/beheer/hier/"))
    assert "nog 1 te bellen" in words(desk.get(LIST))
    assert desk.get(about(second, "verteld/")).status_code == 302
    assert "Nog te bellen" in words(desk.get(path_of(outing)))
    desk.post(about(second, "verteld/"))

    assert "Nog te bellen" not in words(desk.get(path_of(outing)))


def test_letter_that_did_not_arrive_is_a_call_too(site, desk):
    outing = outing_at(site)
    mine = group(outing, 2, nickname="Lea", contact=LEA)
    make_delivery(site, state="failed", kind="activities/place_free", about=f"reservation:{mine.pk}")

    assert "Onze mail kwam niet aan." in words(desk.get(path_of(outing)))


def test_group_is_corrected_called_off_and_let_go_first(site, desk):
    outing = outing_at(site, places=4)
    one, two, three = group(outing, 3, nickname="Lien"), group(outing, 2), group(outing, 1)

    desk.post(about(three, "plaats/"))
    assert standing_of(outing) == (4, 2, [(3, "going"), (2, "waiting"), (1, "going")])
    desk.post(about(one), form_at(desk, about(one)) | {"people": "1", "nickname": "Lieve"})
    assert standing_of(outing) == (4, 0, [(1, "going"), (2, "going"), (1, "going")])
    refused = desk.post(about(two), form_at(desk, about(two)) | {"people": "3"})
    assert errors(refused)["people"] == ["Daarvoor zijn er niet genoeg plaatsen vrij."]
    desk.get(about(one, "afzeggen/"))
    assert standing_of(outing)[0] == 4
    desk.post(about(one, "afzeggen/"), {})

    assert standing_of(outing) == (3, 0, [(2, "going"), (1, "going")])


def test_paper_has_every_name_a_number_and_a_box(site, desk):
    outing = outing_at(site, places=3)
    group(outing, 3, nickname="Lien", contact="+32470123456")
    group(outing, 2, nickname="Jos")

    page = read(desk.get(path_of(outing, "lijst/")))

    rows = [[cell.text for cell in row.all("td")] for table in page.all("table") for row in table.all("tr")[1:]]
    assert rows == [["", "Lien", "3", "0470 12 34 56"], ["", "Jos", "2", ""]]


def test_names_are_gone_and_the_number_stays(site, clock):
    outing = outing_at(site)
    group(outing, 3, nickname="Lien")
    Reservation.objects.all().delete()
    clock.move_to("2023-10-28T09:00+02:00", tick=False)
    desk = at_desk(site)

    assert "De namen zijn gewist. Het aantal blijft." in words(desk.get(path_of(outing)))
    assert "3 van 10 plaatsen" in words(desk.get(LIST))


# --- Who else sees it


@pytest.mark.parametrize("kind", ["partner_worker", "volunteer"])
def test_others_with_a_key_see_numbers_and_no_name(site, kind):
    outing = outing_at(site)
    mine = group(outing, 3, nickname="Geheimpje")
    somebody = client_of(make_person(kind, site=site))

    for path in (LIST, path_of(outing), path_of(outing, "lijst/"), about(mine)):
        assert somebody.get(path).status_code == 403
    slug = outing.occurrence.series.activity.slug
    assert "Geheimpje" not in somebody.get(f"/hier/activiteit/{slug}/").content.decode()


def test_list_costs_as_many_queries_with_one_outing_as_with_nine(site, desk):
    def cost(path) -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as queries:
            desk.get(path)
        return len(queries)

    outing = outing_at(site, places=99)
    group(outing, 2)
    one = {path: cost(path) for path in (LIST, path_of(outing), path_of(outing, "lijst/"), "/beheer/hier/")}
    for number in range(8):
        group(outing_at(site, title=f"Uitstap {number}"), 2)
        group(outing, 2)

    assert {path: cost(path) for path in one} == one


# --- A date that changes


def date_path(outing, more="") -> str:
    return f"/beheer/hier/planner/datum/{outing.occurrence.uuid}/{more}"


def test_preview_says_who_registered_and_the_button_how_many_get_a_mail(site, desk):
    outing = outing_at(site)
    group(outing, 2, contact=LEA)
    group(outing, 3, contact="+32470123456")

    page = words(
        desk.post(date_path(outing, "afzeggen/"), form_at(desk, date_path(outing, "afzeggen/")) | {"note": "Te nat"})
    )

    assert "2 inschrijvingen: 5 mensen" in page
    assert "1 kan een mail krijgen. 1 heeft geen mail: die komt op je lijst om te bellen." in page
    assert "Zeg af en verwittig 1 mens" in page


@pytest.mark.parametrize(("tells", "letters", "news"), [(True, 1, ["", "date"]), (False, 0, ["", ""])])
def test_who_registered_hears_of_it_when_the_coordinator_says_so(site, desk, tells, letters, news):
    outing = outing_at(site)
    group(outing, 2, contact=LEA)
    group(outing, 3, contact="+32470123456")

    confirm(desk, date_path(outing, "afzeggen/"), form_at(desk, date_path(outing, "afzeggen/")), tells=tells)

    assert Delivery.objects.filter(kind="activities/outing_changed").count() == letters
    assert list(Reservation.objects.order_by("pk").values_list("news", flat=True)) == news


def test_only_people_to_call_are_worth_a_button_too(site, desk):
    outing = outing_at(site)
    group(outing, 3, contact="+32470123456")
    path = date_path(outing)
    preview = desk.post(path, form_at(desk, path) | {"day": "2023-10-28", "reason": "Markt"})
    assert "en zet wie je moet bellen op je lijst" in words(preview)

    confirm(desk, path, form_at(desk, path) | {"day": "2023-10-28", "reason": "Markt"}, tells=True)

    assert "Zeg dat het nu op zaterdag 28 oktober 2023 is, en kijk het uur na." in words(desk.get(path_of(outing)))


def test_days_shut_tell_who_registered(site, desk):
    outing = outing_at(site)
    group(outing, 2, contact=LEA)
    group(outing, 3, contact="+32470123456")
    path = "/beheer/hier/sluitingen/nieuw/"

    confirm(desk, path, {"first_day": "2023-10-20", "last_day": "2023-10-22", "reason": "Verbouwing"}, tells=True)

    assert Delivery.objects.get(kind="activities/outing_changed").address == LEA
    assert list(Reservation.objects.order_by("pk").values_list("news", flat=True)) == ["", "date"]
