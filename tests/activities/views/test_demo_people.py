"""`/demo/`: looking through the eyes of example people, in the demonstration only."""

from __future__ import annotations

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings

from activities.demo.people import EXAMPLES
from sites.models import Role, User
from tests.demo import TEN_OCTOBER, K, W, demonstration
from tests.reading import read


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False), override_settings(ROOT_URLCONF="stek.demo_urls", STEK_DEMO=True):
        yield


def become(word: str, site: str = "") -> Client:
    client = Client()
    response = client.post(f"/demo/als/{word}/{site}/" if site else f"/demo/als/{word}/")
    assert (response.status_code, response["Location"]) == (302, "/mijn/")
    return client


def test_page_offers_everyone_once_and_home_leads_to_it():
    page = read(Client().get("/demo/"))

    assert sorted(button.text for button in page.all("button")) == sorted(f"Kijk als {one.name}" for one in EXAMPLES)
    assert read(Client().get("/")).links()["Kijk mee als iemand anders"] == "/demo/"


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: f"{one.word}-{one.site}")
def test_each_of_them_is_who_the_page_says(one):
    client = become(one.word, one.site)

    assert read(client.get("/mijn/")).one("h1").text == f"Dag {one.name}"
    user = User.objects.get(email=one.email)
    assert [role.kind for role in user.active_roles] == [one.kind]


def test_the_desk_of_each_site_opens_for_its_own_coordinator_only():
    desks = {
        site: {at: become("coordinator", site).get(f"/beheer/{at}/").status_code for at in (K, W)} for site in (K, W)
    }

    assert desks == {K: {K: 200, W: 404}, W: {K: 404, W: 200}}


def test_worker_sees_the_next_dates_of_the_own_organisation_there():
    page = read(become("partner", W).get("/mijn/"))

    assert [one.text for one in page.all("h2")][:4] == [
        "Te tellen",
        "Nog niet verstuurd",
        "Iets gehoord dat misloopt?",
        "CAW Antwerpen in ’t Kattegat",
    ]
    lists = [one for one in page.all("ul") if one.attributes.get("class") == "dates"]
    dates = [item.text for one in lists for item in one.all("li") if "Koffie en Formulieren" in item.text]
    assert dates[0] == "donderdag 12 oktober namiddag Koffie en Formulieren"
    assert len(dates) == 4


def test_without_a_key_anymore_no_dates_of_the_organisation():
    client = become("partner", W)
    Role.objects.filter(user__email=f"partner.{W}@voorbeeld.example").update(until="2023-10-09")

    page = read(client.get("/mijn/"))

    assert "Koffie en Formulieren" not in page.text
    assert "Je hebt nu geen sleutel." in page.text


@pytest.mark.parametrize("path", ["als/koning/", f"als/koning/{W}/", "als/coordinator/nergens/"])
def test_nobody_else_is_there(path):
    client = Client()

    assert client.post(f"/demo/{path}").status_code == 404
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_looking_at_the_address_signs_nobody_in():
    assert Client().get("/demo/als/coordinator/").status_code == 405


@override_settings(ROOT_URLCONF="stek.urls", STEK_DEMO=False)
def test_a_normal_installation_has_no_such_address():
    for path in ("/demo/", "/demo/als/coordinator/", f"/demo/als/coordinator/{W}/", "/fr/demo/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code in {404, 405}
    assert "Kijk mee" not in Client().get("/").content.decode()
