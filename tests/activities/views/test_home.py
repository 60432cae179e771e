"""Every STEK that runs, and what is on today."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move, open_anyway
from activities.actions.series import change_from
from activities.enums import Frequency
from sites.enums import PlaceKind, SiteStatus
from sites.models import Site
from tests.demo import K, W
from tests.factories.activities import make_text
from tests.factories.sites import make_home_address, make_municipality, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read


def houses(client, address="/"):
    """Name of a site -> its part of the page, in order."""
    response = client.get(address)
    assert response.status_code == 200
    return {h.text: h.up("section") for h in read(response).all("h2") if h.all("a")}


def test_both_places_on_10_october(demo, client):
    found = houses(client)

    assert list(found) == ["Kantine Bezemheide", "’t Kattegat"]
    assert "Vandaag open" in found["Kantine Bezemheide"].text
    assert found["Kantine Bezemheide"].links()["Ontmoetingsmoment namiddag"] == f"/{K}/activiteit/ontmoetingsmoment/"
    assert "Vandaag staat er niets vast op het programma" in found["’t Kattegat"].text
    assert "Zeker open op donderdag 12 oktober." in found["’t Kattegat"].text
    assert "dinsdag 10 oktober" in read(client.get("/")).text


def test_house_that_is_done_for_today_says_when_next(demo, client):
    demo.move_to(dt.datetime(2023, 10, 10, 16, tzinfo=dt.UTC))  # 18.00 in Brussels, after the part of the day

    bezemheide = houses(client)["Kantine Bezemheide"].text
    assert "Vandaag niet meer open" in bezemheide
    assert "Vandaag open" not in bezemheide
    assert bezemheide.count("Weer open op donderdag 12 oktober.") == 1


def test_what_goes_on_the_road_is_said_to_be_elsewhere(demo, client):
    demo.move_to(dt.datetime(2023, 5, 16, 9, tzinfo=dt.UTC))

    bezemheide = houses(client)["Kantine Bezemheide"]
    first, *_others = bezemheide.all("li")
    assert first.text == "Kantine Bezemheide op pad op een andere plek"
    assert bezemheide.text.count("op een andere plek") == 1
    assert "Vandaag open" in bezemheide.text  # for what is on in the house


def test_house_of_a_day_on_which_all_is_elsewhere_is_on_the_road(client, clock):
    here = make_site(slug="hier", name="Hier")
    make_home_address(here)
    hall = make_place(here, name="Dorpshuis", kind=PlaceKind.STOP)
    offer(here, "Zwemmen", weekday=1, place=hall)
    offer(here, "Koffie", weekday=3)

    found = houses(client)["Hier"].text
    assert ("Vandaag op pad" in found, "Vandaag open" in found, "Weer open op donderdag 12 oktober." in found) == (
        True,
        False,
        True,
    )
    clock.move_to(dt.datetime(2023, 10, 10, 9, tzinfo=dt.UTC))  # 11 o'clock: they swim
    assert "Nu open" not in houses(client)["Hier"].text
    clock.move_to(dt.datetime(2023, 10, 10, 10, tzinfo=dt.UTC))
    assert "Vandaag niet meer open" in houses(client)["Hier"].text


def test_what_is_elsewhere_says_so_and_the_house_is_open_for_the_rest(client, clock):
    here = make_site(slug="hier", name="Hier")
    make_home_address(here)
    offer(here, "Koffie", weekday=1)
    hall = make_place(here, name="Dorpshuis", kind=PlaceKind.STOP)
    offer(here, "Zwemmen", weekday=1, begin=dt.time(8), end=dt.time(18), place=hall)

    found = houses(client)["Hier"]
    assert [one.text for one in found.all("small")] == [
        "8.00 tot 18.00 uur",
        "op een andere plek",
        "10.00 tot 12.00 uur",
    ]
    clock.move_to(dt.datetime(2023, 10, 10, 11, tzinfo=dt.UTC))  # 13 o'clock: the swimmers are not back yet
    assert "Vandaag niet meer open" in houses(client)["Hier"].text
    assert "Weer open op dinsdag 17 oktober." in houses(client)["Hier"].text


def test_each_house_leads_to_its_week_in_the_same_language(demo, client):
    for prefix in ("", "/fr", "/en"):
        for node, slug in zip(houses(client, f"{prefix}/").values(), (K, W), strict=True):
            assert f"{prefix}/{slug}/" in node.links().values()
            assert all(address.startswith(f"{prefix}/{slug}/") for address in node.links().values())


def test_holiday_is_the_reason_at_both(demo, client):
    demo.move_to(dt.datetime(2023, 11, 1, 9, tzinfo=dt.UTC))

    assert ["Vandaag dicht: Allerheiligen" in node.text for node in houses(client).values()] == [True, True]


@pytest.fixture
def clock(db):
    Site.objects.update(status=SiteStatus.STARTING)  # those of the demonstration, loaded for the tests above
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def here(clock):
    return make_site(slug="hier", name="Hier", municipality=make_municipality(name="Aalst"))


@pytest.fixture
def there(clock):
    return make_site(slug="ginder", name="Ginder", municipality=make_municipality(name="Zele"))


def test_in_order_of_municipality_and_only_what_runs(client, here, there):
    for status in set(SiteStatus.values) - {SiteStatus.ACTIVE}:
        make_site(name=f"Niet {status}", status=status)

    assert list(houses(client)) == ["Hier", "Ginder"]


def test_nothing_of_one_house_stands_at_another(client, here, there):
    offer(here, "Koffie", weekday=1)
    offer(there, "Soep", weekday=1)

    assert {name: [t for t in ("Koffie", "Soep") if t in node.text] for name, node in houses(client).items()} == {
        "Hier": ["Koffie"], "Ginder": ["Soep"],
    }  # fmt: skip


def test_only_what_takes_place_today(client, here, there):
    cancel(date_of(offer(here, "Afgelast", weekday=1), "2023-10-10"), by=None)
    move(date_of(offer(here, "Weg", weekday=1), "2023-10-10"), by=None, day=dt.date(2023, 10, 12))
    move(date_of(offer(here, "Hierheen", weekday=3), "2023-10-12"), by=None, day=dt.date(2023, 10, 10))

    assert [a.split("/")[2] for a in houses(client)["Hier"].links().values() if "/activiteit/" in a] == ["activiteit"]
    assert "Hierheen" in houses(client)["Hier"].text


def test_closure_of_one_site_names_its_reason_and_when_it_opens(client, here, there):
    offer(here, "Koffie", weekday=1)
    offer(there, "Soep", weekday=1)
    close(
        by=None, partnership=here.partnership, site=here, reason="Verbouwing",
        first_day=dt.date(2023, 10, 9), last_day=dt.date(2023, 10, 20),
    )  # fmt: skip

    texts = {name: node.text for name, node in houses(client).items()}

    assert "Vandaag dicht: Verbouwing" in texts["Hier"]
    assert "Weer open op dinsdag 24 oktober." in texts["Hier"]
    assert "Koffie" not in texts["Hier"]
    assert "Soep" in texts["Ginder"]


def test_closure_of_a_whole_partnership_leaves_others_alone(client, here, there):
    for site in (here, there):
        offer(site, weekday=1)
    close(
        by=None, partnership=there.partnership, site=None, reason="Vorming",
        first_day=dt.date(2023, 10, 10), last_day=dt.date(2023, 10, 10),
    )  # fmt: skip

    assert ["Vorming" in node.text for node in houses(client).values()] == [False, True]


def test_opened_anyway_on_a_holiday(client, clock, here):
    offer(here, "Koffie", weekday=2)
    feast = offer(here, "Feest", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 11, 1))
    open_anyway(date_of(feast, "2023-11-01"), by=None)
    clock.move_to(dt.datetime(2023, 11, 1, 9, tzinfo=dt.UTC))

    text = houses(client)["Hier"].text

    assert ("Feest" in text, "Koffie" in text, "Nu open" in text) == (True, False, True)


def test_opens_again_under_the_agreement_that_follows(client, here):
    change_from(offer(here, weekday=0), dt.date(2023, 10, 11), by=None, weekday=3)

    assert "Weer open op donderdag 12 oktober." in houses(client)["Hier"].text


def test_titles_in_the_language_of_the_reader(client, here):
    make_text(offer(here, "Koffie", weekday=1), title="Café")

    assert "Café" in houses(client, "/fr/")["Hier"].text
    assert "Koffie" in houses(client, "/en/")["Hier"].text


def test_no_site_yet_says_so(client, clock):
    assert "Er is nog geen plek open." in read(client.get("/")).text


def test_as_many_queries_for_one_site_as_for_a_hundred(client, clock, django_assert_num_queries):
    for number in (1, 99):
        for index in range(number):
            offer(make_site(name=f"Plek {number}.{index}"), weekday=1, last_day=dt.date(2023, 10, 20))
        with django_assert_num_queries(5):
            found = houses(client)
    assert len(found) == 100
