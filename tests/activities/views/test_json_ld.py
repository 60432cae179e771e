"""What search engines are told: schema.org events that are true, and nothing that could end its script."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings

from activities.actions.occurrence import cancel, move
from activities.actions.series import end_series
from activities.enums import Frequency, PriceKind
from tests.demo import K, W
from tests.factories.activities import make_activity, make_stop, make_text
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_municipality, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import json_ld, read

FIELDS = {
    "@type", "name", "startDate", "endDate", "eventStatus", "location", "url", "inLanguage", "previousStartDate",
    "isAccessibleForFree", "organizer",
}  # fmt: skip
REQUIRED = {"@type", "name", "startDate", "eventStatus", "location", "url", "inLanguage"}


def events(client, address="/hier/week/2023-W41/"):
    graph = json_ld(read(client.get(address)))
    assert graph["@context"] == "https://schema.org"
    return graph["@graph"]


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site(slug="hier", municipality=make_municipality(name="Wuustwezel"))
        make_home_address(site, place=make_place(site, name="De zaal", address="Kerkstraat 1"))
        offer(make_site(slug="elders"), "Van elders", weekday=3)
        yield site


def test_whole_event(client, site):
    offer(
        site, "Koffie", weekday=3, begin=dt.time(13), end=dt.time(16, 30), activity=make_activity(site, slug="koffie"),
        organisers=[make_organisation(name="SAAMO")],
    )  # fmt: skip

    assert events(client) == [
        {
            "@type": "Event",
            "name": "Koffie",
            "startDate": "2023-10-12T11:00:00+00:00",
            "endDate": "2023-10-12T14:30:00+00:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "Place", "name": "De zaal", "address": "Kerkstraat 1"},
            "url": f"{settings.STEK_BASE_URL}/hier/activiteit/koffie/",
            "inLanguage": "nl",
            "isAccessibleForFree": True,
            "organizer": [{"@type": "Organization", "name": "SAAMO"}],
        }
    ]


def test_unknown_hour_is_a_date_without_a_time(client, site):
    offer(site, weekday=3, begin=None, end=None)

    (event,) = events(client)

    assert (event["startDate"], "endDate" in event) == ("2023-10-12", False)


def test_cancelled_closed_and_withdrawn_are_cancelled(client, site):
    cancel(date_of(offer(site, "A", weekday=3), "2023-11-02"), by=None)
    offer(site, "B", weekday=2)  # All Saints' Day
    end_series(offer(site, "C", weekday=4), dt.date(2023, 10, 31), by=None)

    found = {event["name"]: event["eventStatus"] for event in events(client, "/hier/week/2023-W44/")}

    assert found == dict.fromkeys("ABC", "https://schema.org/EventCancelled")


def test_moved_stands_once_on_its_new_day_and_tells_the_old_one(client, site):
    move(date_of(offer(site, weekday=3), "2023-10-12"), by=None, day=dt.date(2023, 10, 13))

    (event,) = events(client)

    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert (event["startDate"], event["previousStartDate"]) == ("2023-10-13", "2023-10-12")


@pytest.mark.parametrize(
    ("fields", "free"),
    [
        ({"price_kind": PriceKind.FREE}, True),
        ({"price_kind": PriceKind.FREE, "example_fields": ["price"]}, None),
        ({"price_kind": PriceKind.ASK}, None),
        ({"price_kind": PriceKind.FIXED, "price_cents": 100}, None),
    ],
)
def test_free_is_said_only_when_it_is_known(client, site, fields, free):
    offer(site, weekday=3, **fields)

    (event,) = events(client)

    assert event.get("isAccessibleForFree") is free


def test_stops_are_not_at_the_address_of_the_house(client, site):
    occurrence = date_of(offer(site, weekday=3), "2023-10-12")
    make_stop(occurrence, place=make_place(site, name="Boerenijsje"))

    (event,) = events(client)

    assert event["location"] == {"@type": "Place", "name": "Boerenijsje", "address": "Wuustwezel"}


@pytest.mark.parametrize(("town", "told"), [(None, {}), ("Essen", {"address": "Essen"})])
def test_stop_is_in_a_municipality_only_when_somebody_wrote_it_down(client, site, town, told):
    occurrence = date_of(offer(site, weekday=3), "2023-10-12")
    municipality = town and make_municipality(name=town)
    make_stop(occurrence, place=make_place(site, name="Boerenijsje", kind="stop", municipality=municipality))

    (event,) = events(client)

    assert event["location"] == {"@type": "Place", "name": "Boerenijsje"} | told


def test_in_the_language_of_the_page(client, site):
    make_text(offer(site, "Koffie", weekday=3), title="Café")

    (event,) = events(client, "/fr/hier/week/2023-W41/")

    assert (event["name"], event["inLanguage"]) == ("Café", "fr")


def test_words_cannot_end_the_script(client, site):
    title = "</script><script>alert(1)</script><!-- & -->"
    offer(site, title, weekday=3)

    response = client.get("/hier/week/2023-W41/")

    assert [event["name"] for event in events(client)] == [title]
    assert b"<script>alert" not in response.content
    assert b"<!--" not in response.content


@pytest.mark.parametrize("site", [K, W])
def test_demonstration_tells_only_known_fields_and_no_hour(demo, client, site):
    for address in (f"/{site}/", f"/{site}/week/2022-W16/", f"/fr/{site}/", f"/{site}/activiteit/ontmoetingsmoment/"):
        found = events(client, address)
        assert found
        for event in found:
            assert REQUIRED <= event.keys() <= FIELDS
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", event["startDate"])


def test_once_that_is_undated_tells_nothing(client, site):
    offer(site, weekday=None)
    offer(site, frequency=Frequency.MONTHLY, weekday=None, begin=None, end=None)

    assert events(client) == []
