"""`/beheer/<slug>/adressen/`: places, and the line of houses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from sites.models import HomeAddress, Place, Site
from tests.desk import at_desk, errors, filled, form_at, words
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import offer
from tests.reading import read

pytestmark = pytest.mark.django_db
QUERIES = 7


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site() -> Site:
    site = make_site(slug="hier")
    make_home_address(site, place=make_place(site, name="Oud huis"), since=dt.date(2022, 1, 1))
    return site


def test_a_place_is_added_corrected_and_taken_away(site):
    client, other = at_desk(site), make_site()

    client.post("/beheer/hier/adressen/nieuw/", {"name": "Zaal", "kind": "room", "address": "Dorp", "site": other.pk})
    room = Place.objects.get(name="Zaal")
    assert (room.site, room.kind) == (site, "room")
    path = f"/beheer/hier/adressen/{room.pk}/"
    client.post(path, form_at(client, path) | {"by_bus": "Bus 435", "site": other.pk})
    room.refresh_from_db()
    assert (room.site, room.address, room.by_bus) == (site, "Dorp", "Bus 435")
    assert "met de bus: Bus 435" in words(client.get("/beheer/hier/adressen/"))
    client.post(f"{path}weg/")

    assert not Place.objects.filter(name="Zaal").exists()


def test_a_name_the_site_has_already_is_refused_beside_the_field(site):
    response = at_desk(site).post(
        "/beheer/hier/adressen/nieuw/", {"name": "Oud huis", "kind": "house", "address": "Elders"}
    )

    assert (response.status_code, errors(response)) == (
        200,
        {"name": ["Je hebt al een adres met deze naam. Kies een andere."]},
    )
    assert filled(read(response))["address"] == "Elders"


def test_a_place_in_use_stays_and_the_page_says_why(site):
    place = Place.objects.get()

    response = at_desk(site).post(f"/beheer/hier/adressen/{place.pk}/weg/")

    assert "“Oud huis” staat in het aanbod of als thuisadres" in words(response)
    assert Place.objects.get() == place


def test_two_at_one_place_lose_nothing(site):
    place = Place.objects.get()
    path = f"/beheer/hier/adressen/{place.pk}/"
    client = at_desk(site)
    typed = form_at(client, path) | {"facilities": "Geen drempel"}
    client.post(path, form_at(client, path) | {"facilities": "Aangepast toilet"})

    response = client.post(path, typed)

    assert (response.status_code, filled(read(response))["facilities"]) == (409, "Geen drempel")
    place.refresh_from_db()
    assert place.facilities == "Aangepast toilet"


def test_a_move_shows_in_the_weeks_from_then_on_and_old_weeks_stay(site):
    offer(site)
    client, house = at_desk(site), make_place(site, name="Nieuw huis")
    before = {week: Client().get(f"/hier/week/{week}/").content for week in ("2023-W09", "2024-W06")}

    client.post("/beheer/hier/adressen/thuis/nieuw/", {"place": house.pk, "since": "19/2/2024"})

    assert [str(home.since) for home in HomeAddress.objects.at(site)] == ["2022-01-01", "2024-02-19"]
    assert {week: Client().get(f"/hier/week/{week}/").content for week in before} == before
    for week in ("2024-W07", "2024-W08"):  # told the week before too
        assert "Nieuw huis" in Client().get(f"/hier/week/{week}/").content.decode()
    page = words(client.get("/beheer/hier/adressen/"))
    assert "1 januari 2022 tot en met 18 februari 2024 Oud huis nu" in page
    assert "vanaf 19 februari 2024 Nieuw huis gepland" in page


@pytest.mark.parametrize(
    ("since", "message"),
    [
        ("2024-02-19", "Op 19 februari 2024 begint al een ander adres: Nieuw huis. Kies een andere dag."),
        ("2023-10-09", "Wat voorbij is, verandert niet meer. Kies vandaag of later."),
        ("2022-01-01", "Wat voorbij is, verandert niet meer. Kies vandaag of later."),
        ("2023-02-31", "Deze dag bestaat niet. Schrijf ze zo: 31/12/2023."),
        ("volgende week", "Deze dag bestaat niet. Schrijf ze zo: 31/12/2023."),
        ("22024-02-19", "Deze dag bestaat niet. Schrijf ze zo: 31/12/2023."),
        ("0024-02-19", "Kijk het jaar na: het ligt tussen 1900 en 2100."),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_the_field_and_stays_typed(site, since, message):
    house = make_place(site, name="Nieuw huis")
    make_home_address(site, place=house, since=dt.date(2024, 2, 19))

    response = at_desk(site).post("/beheer/hier/adressen/thuis/nieuw/", {"place": house.pk, "since": since})

    assert errors(response) == {"since": [message]}
    assert (filled(read(response))["since"], filled(read(response))["place"]) == (since, str(house.pk))
    assert HomeAddress.objects.count() == 2


def test_a_wrong_day_is_told_in_the_language_of_the_page(site):
    response = at_desk(site).post("/fr/beheer/hier/adressen/thuis/nieuw/", {"since": "31/2/2024"})

    assert errors(response)["since"] == ["Ce jour n’existe pas. Écrivez-le ainsi\xa0: 31/12/2023.".replace("\xa0", " ")]


def test_only_own_houses_are_offered_and_taken(site):
    theirs, room = make_place(make_site(), name="Van hen"), make_place(site, name="Zaal", kind="room")
    client = at_desk(site)

    page = client.get("/beheer/hier/adressen/thuis/nieuw/")
    options = [option.text for option in read(page).all("option")]

    assert options == ["Kies een huis", "Oud huis"]
    for place in (theirs, room):
        response = client.post("/beheer/hier/adressen/thuis/nieuw/", {"place": place.pk, "since": "2024-02-19"})
        assert set(errors(response)) == {"place"}
    assert HomeAddress.objects.count() == 1


def test_a_move_to_come_is_corrected_or_called_off_and_one_that_was_is_only_shown(site):
    client, house = at_desk(site), make_place(site, name="Nieuw huis")
    home = make_home_address(site, place=house, since=dt.date(2024, 2, 19))
    begun = HomeAddress.objects.exclude(pk=home.pk).get()
    path = f"/beheer/hier/adressen/thuis/{home.pk}/"

    client.post(path, form_at(client, path) | {"since": "2024-03-01"})
    home.refresh_from_db()
    assert str(home.since) == "2024-03-01"
    for act in (client.get, client.post):
        assert "wat was, verandert niet meer" in words(act(f"/beheer/hier/adressen/thuis/{begun.pk}/"))
    assert client.post(f"/beheer/hier/adressen/thuis/{begun.pk}/weg/").status_code == 200
    client.post(f"{path}weg/")

    assert list(HomeAddress.objects.all()) == [begun]


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_the_same_for_one_and_for_many(site, number, django_assert_num_queries):
    client = at_desk(site)
    for at in range(number):
        make_home_address(site, since=dt.date(2022, 1, 2) + dt.timedelta(days=at))
    client.get("/beheer/hier/adressen/")

    with django_assert_num_queries(QUERIES):
        client.get("/beheer/hier/adressen/")
