"""The house moves on Thursday 19 October: every channel sends people to the house of the day they come."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from icalendar import Calendar

from activities.actions.series import change_from
from tests.factories.activities import make_activity, make_guest
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_municipality, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import cards, json_ld, read, wall

OLD, NEW = ("De oude school", "Schoolstraat 1"), ("De nieuwe zaal", "Markt 2")
MOVE = "Vanaf donderdag 19 oktober zijn we in De nieuwe zaal."
MAP = "Toon op een kaart (andere website)"


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False) as clock:
        site = make_site(slug="hier", municipality=make_municipality(name="Wuustwezel"))
        for (name, address), since in ((OLD, dt.date(2022, 1, 1)), (NEW, dt.date(2023, 10, 19))):
            make_home_address(site, place=make_place(site, name=name, address=address), since=since)
        offer(site, "Woensdag", weekday=2, activity=make_activity(site, slug="woensdag"))
        offer(site, "Vrijdag", weekday=4, activity=make_activity(site, slug="vrijdag"))
        other = make_site(slug="elders")
        make_home_address(other, place=make_place(other, name="Elders"))
        offer(other, "Van elders", weekday=3)
        site.clock = clock
        yield site


def page_of(client, address):
    return read(client.get(address))


def week_of(client, address):
    """What the front says, and of each card the house it names."""
    page = page_of(client, address)
    named = {card.title: [name for name, _address in (OLD, NEW) if name in card.text] for card in cards(page)}
    front = wall(page)
    return [words for words in (*(f"{name}, Wuustwezel" for name, _a in (OLD, NEW)), MOVE) if words in front], named


def test_week_of_the_move_seen_before_is_in_the_old_house_until_then(client, site):
    assert week_of(client, "/hier/week/2023-W42/") == (
        ["De oude school, Wuustwezel", MOVE], {"Woensdag": [], "Vrijdag": ["De nieuwe zaal"]},
    )  # fmt: skip
    assert "verhuisd" not in page_of(client, "/hier/week/2023-W42/").text


def test_week_after_the_move_seen_before_says_from_when(client, site):
    assert week_of(client, "/hier/week/2023-W43/") == (
        ["De nieuwe zaal, Wuustwezel", MOVE], {"Woensdag": [], "Vrijdag": []},
    )  # fmt: skip
    assert "verhuisd" not in page_of(client, "/hier/week/2023-W43/").text


def test_week_of_the_move_on_each_side_of_it(client, site):
    site.clock.move_to(dt.datetime(2023, 10, 18, 9, tzinfo=dt.UTC))
    before = week_of(client, "/hier/")
    site.clock.move_to(dt.datetime(2023, 10, 19, 9, tzinfo=dt.UTC))
    after = week_of(client, "/hier/")

    assert before == (["De oude school, Wuustwezel", MOVE], {"Woensdag": [], "Vrijdag": ["De nieuwe zaal"]})
    assert after == (["De nieuwe zaal, Wuustwezel"], {"Woensdag": ["De oude school"], "Vrijdag": []})
    assert "We zijn verhuisd naar De nieuwe zaal. Vroeger: De oude school." in page_of(client, "/hier/").text


def test_weeks_on_each_side_are_in_the_house_they_were_in(client, site):
    site.clock.move_to(dt.datetime(2023, 11, 28, 9, tzinfo=dt.UTC))

    assert [week_of(client, f"/hier/week/2023-W{number}/")[0] for number in (41, 42, 43)] == [
        ["De oude school, Wuustwezel"], ["De oude school, Wuustwezel", MOVE], ["De nieuwe zaal, Wuustwezel"],
    ]  # fmt: skip


def addresses(client, address):
    return [
        (event["startDate"][:10], *event["location"].values()) for event in json_ld(page_of(client, address))["@graph"]
    ]


def test_search_engines_are_told_the_address_of_the_day(client, site):
    wednesday, friday = ("2023-10-18", "Place", *OLD), ("2023-10-20", "Place", *NEW)

    assert addresses(client, "/hier/week/2023-W42/") == [wednesday, friday]
    assert addresses(client, "/hier/activiteit/woensdag/") == [
        ("2023-10-11", "Place", *OLD), wednesday, ("2023-10-25", "Place", *NEW), ("2023-11-01", "Place", *NEW),
    ]  # fmt: skip


def test_json_and_feed_name_the_house_of_the_day(client, site):
    days = json.loads(client.get("/hier/week/2023-W42.json").content)["days"]
    feed = Calendar.from_ical(client.get("/hier/agenda.ics").content).walk("VEVENT")
    located = {event["DTSTART"].dt.date().isoformat(): event["LOCATION"] for event in feed}

    assert [item["place"] for day in days for item in day["items"]] == [OLD[0], NEW[0]]
    assert (located["2023-10-18"], located["2023-10-20"]) == (
        "De oude school, Wuustwezel",
        "De nieuwe zaal, Wuustwezel",
    )


def reach(client, slug):
    """The dates of an activity with the house each names, and all that stands under how to get there."""
    main = page_of(client, f"/hier/activiteit/{slug}/").one("main")
    dates = [item.text.split(" uur ")[-1] for item in main.one("ul").all("li")]
    return dates, main.text.partition("Hoe geraak ik er? ")[2].rstrip()


def test_activity_tells_where_each_date_is_and_from_when(client, site):
    dates, there = reach(client, "woensdag")

    assert dates[1].endswith("12.00 uur")
    assert dates[2] == "In De nieuwe zaal."
    assert there == (f"De oude school, Wuustwezel Schoolstraat 1 {MAP} {MOVE} De nieuwe zaal, Wuustwezel Markt 2 {MAP}")


def test_activity_with_all_its_dates_after_the_move_is_in_the_new_house_only(client, site):
    site.clock.move_to(dt.datetime(2023, 10, 18, 22, 30, tzinfo=dt.UTC))
    late = reach(client, "vrijdag")
    site.clock.move_to(dt.datetime(2023, 10, 14, 9, tzinfo=dt.UTC))

    assert late[1] == f"De nieuwe zaal, Wuustwezel Markt 2 {MAP}"
    dates, there = reach(client, "vrijdag")
    assert dates[0] == "In De nieuwe zaal."
    assert there == f"{MOVE} De nieuwe zaal, Wuustwezel Markt 2 {MAP}"


def test_activity_in_a_place_of_its_own_does_not_move_until_it_comes_home(client, site):
    church = make_place(site, name="De kerk", address="Kerkplein 3")
    series = offer(site, weekday=0, place=church, activity=make_activity(site, slug="maandag"))
    make_guest(date_of(series, "2023-10-16"), make_organisation(name="De dokter"))
    alone = reach(client, "maandag")
    change_from(series, dt.date(2023, 10, 30), by=None, place=None)

    assert alone[1] == f"De kerk, Wuustwezel Kerkplein 3 {MAP}"
    assert alone[0][0] == "In De kerk. Te gast: De dokter."
    dates, there = reach(client, "maandag")
    assert dates[1:3] == ["In De kerk.", "In De nieuwe zaal."]
    assert there == f"De kerk, Wuustwezel Kerkplein 3 {MAP} {MOVE} De nieuwe zaal, Wuustwezel Markt 2 {MAP}"
