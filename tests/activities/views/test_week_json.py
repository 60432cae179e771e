"""`week.json`, version 1: the week for other websites and screens."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
import time_machine
from icalendar import Calendar

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move, open_anyway
from activities.actions.series import end_series
from activities.enums import Frequency, Part
from activities.models import ActivityType
from tests.demo import K, W
from tests.factories.activities import make_activity, make_stop, make_text
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import cards, json_ld, read


def week_of(client, site="hier", week="2023-W41", question=""):
    response = client.get(f"/{site}/week/{week}.json{question}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site, other = make_site(slug="hier", name="Hier"), make_site(slug="elders")
        make_home_address(site, place=make_place(site, name="De zaal"))
        offer(other, "Van elders", weekday=3)
        yield site


def test_whole_form(client, site):
    activity = make_activity(site, slug="koffie", type=ActivityType.objects.get(code="meeting"), learn=True)
    series = offer(
        site, "Koffie", weekday=3, begin=dt.time(9, 30), end=dt.time(11), activity=activity,
        organisers=[make_organisation(name="SAAMO"), make_organisation(name="CAW")], example_fields=["price"],
    )  # fmt: skip
    offer(site, "Fietsbieb", weekday=None, activity=make_activity(site, slug="fiets", type=activity.type))
    occurrence = cancel(date_of(series, "2023-10-12"), by=None, note="Ziek.")

    empty = [{"date": f"2023-10-{day:02}", "items": []} for day in (9, 10, 11, 13, 14, 15)]
    item = {
        "id": str(occurrence.uuid),
        "activity": {
            "slug": "koffie",
            "title": "Koffie",
            "lang": "nl",
            "type": "meeting",
            "functions": ["meet", "learn"],
        },
        "begin": "09:30",
        "end": "11:00",
        "part": None,
        "place": "De zaal",
        "stops": [],
        "organisers": ["SAAMO", "CAW"],
        "guests": [],
        "price": {"kind": "free", "text": "Gratis"},
        "status": "cancelled",
        "moved_to": None,
        "moved_from": None,
        "note": "Ziek. Volgende keer: donderdag 19 oktober.",
        "example": ["price"],
    }
    bikes = {"slug": "fiets", "title": "Fietsbieb", "lang": "nl", "type": "meeting", "functions": ["meet"]}
    assert week_of(client) == {
        "version": 1,
        "site": {"slug": "hier", "name": "Hier"},
        "week": "2023-W41",
        "language": "nl",
        "days": [*empty[:3], {"date": "2023-10-12", "items": [item]}, *empty[3:]],
        "undated": [
            {"activity": bikes, "organisers": [], "price": {"kind": "free", "text": "Gratis"}, "example": []},
        ],
    }  # fmt: skip


def test_every_status_has_its_word(client, site):
    thursday = {"weekday": 3, "begin": None, "end": None}
    offer(site, "planned", **thursday)
    cancel(date_of(offer(site, "cancelled", **thursday), "2023-11-02"), by=None)
    move(date_of(offer(site, "moved", **thursday), "2023-11-02"), by=None, day=dt.date(2023, 11, 3))
    end_series(offer(site, "withdrawn", **thursday), dt.date(2023, 10, 31), by=None)
    offer(site, "closed", weekday=2)
    feast = offer(site, "opened", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 11, 1))
    open_anyway(date_of(feast, "2023-11-01"), by=None)

    items = [item for day in week_of(client, week="2023-W44")["days"] for item in day["items"]]

    assert {(item["activity"]["title"], item["status"]) for item in items if not item["moved_from"]} == {
        (word, word) for word in ("planned", "cancelled", "moved", "withdrawn", "closed", "opened")
    }


def moves(client, week="2023-W41"):
    """(day, status, moved to, moved from) of every line of a week."""
    return [
        (day["date"][-2:], item["status"], item["moved_to"], item["moved_from"])
        for day in week_of(client, week=week)["days"]
        for item in day["items"]
    ]


def test_moved_date_takes_place_on_one_day_and_each_day_names_the_other(client, site):
    move(date_of(offer(site, weekday=3), "2023-10-12"), by=None, day=dt.date(2023, 10, 13))

    assert moves(client) == [("12", "moved", "2023-10-13", None), ("13", "planned", None, "2023-10-12")]


def test_another_hour_on_the_same_day_is_planned_and_the_note_tells(client, site):
    series = offer(site, weekday=2, begin=dt.time(13), end=dt.time(16))
    later = {"begin": dt.time(15), "end": dt.time(18)}
    move(date_of(series, "2023-10-11"), by=None, day=dt.date(2023, 10, 11), note="De zaal is bezet.", **later)

    (item,) = week_of(client)["days"][2]["items"]
    assert (item["status"], item["begin"], item["moved_to"], item["moved_from"]) == ("planned", "15:00", None, None)
    assert item["note"] == "Gewoonlijk: 13.00 tot 16.00 uur. De zaal is bezet."
    assert b"Gewoonlijk: 13.00 tot 16.00 uur." in client.get("/hier/agenda.ics").content
    (card,) = cards(read(client.get("/hier/")))
    assert card.text.startswith(
        "Ander uur 15.00 tot 18.00 uur Koffie Gewoonlijk: 13.00 tot 16.00 uur. De zaal is bezet."
    )


def test_moved_date_that_is_cancelled_too_takes_place_on_neither_day(client, site):
    cancel(move(date_of(offer(site, weekday=3), "2023-10-12"), by=None, day=dt.date(2023, 10, 13)), by=None)

    assert moves(client) == [("12", "cancelled", "2023-10-13", None), ("13", "cancelled", None, "2023-10-12")]


def test_date_moved_to_a_closed_day_says_what_holds_there(client, site):
    occurrence = move(date_of(offer(site, weekday=3), "2023-11-02"), by=None, day=dt.date(2023, 11, 1))
    closed = moves(client, "2023-W44")
    notes = [item["note"] for day in week_of(client, week="2023-W44")["days"] for item in day["items"]]
    feed = Calendar.from_ical(client.get("/hier/agenda.ics").content)
    (entry,) = [e for e in feed.walk("VEVENT") if e["UID"].startswith(str(occurrence.uuid))]
    open_anyway(occurrence, by=None)

    assert closed == [("01", "closed", None, "2023-11-02"), ("02", "moved", "2023-11-01", None)]
    assert notes == [
        "Allerheiligen Volgende keer: donderdag 9 november.",
        "Het was verplaatst naar woensdag 1 november, maar dan is het dicht: Allerheiligen. "
        "Volgende keer: donderdag 9 november.",
    ]
    assert (entry["STATUS"], entry["DTSTART"].dt) == ("CANCELLED", dt.date(2023, 11, 1))
    assert moves(client, "2023-W44") == [("01", "opened", None, "2023-11-02"), closed[1]]


def test_feed_and_json_ld_tell_a_moved_date_once_and_at_the_same_hour(client, site):
    moved = date_of(offer(site, weekday=3), "2023-10-12")
    move(moved, by=None, day=dt.date(2023, 10, 13), begin=dt.time(14), end=dt.time(15))

    (line,) = [i | {"day": d["date"]} for d in week_of(client)["days"] for i in d["items"] if not i["moved_to"]]
    (event,) = json_ld(read(client.get("/hier/week/2023-W41/")))["@graph"]
    feed = Calendar.from_ical(client.get("/hier/agenda.ics").content)
    (entry,) = [e for e in feed.walk("VEVENT") if e["UID"].startswith(str(moved.uuid))]

    assert (line["day"], line["begin"], line["id"]) == ("2023-10-13", "14:00", str(moved.uuid))
    assert event["startDate"] == entry["DTSTART"].dt.isoformat() == "2023-10-13T12:00:00+00:00"
    assert entry["STATUS"] == "CONFIRMED"


def test_unknown_hour_is_null_and_its_part_a_word(client, site):
    offer(site, weekday=3, begin=None, end=None, part=Part.EVENING)
    offer(site, weekday=4, begin=None, end=None)

    items = [item for day in week_of(client)["days"] for item in day["items"]]

    assert [(i["begin"], i["end"], i["part"]) for i in items] == [(None, None, "evening"), (None, None, None)]


def test_stops_are_the_place(client, site):
    occurrence = date_of(offer(site, weekday=3), "2023-10-12")
    for position, name in enumerate(["Boerenijsje", "Dorpshuis"]):
        make_stop(occurrence, place=make_place(site, name=name), position=position)

    assert week_of(client)["days"][3]["items"][0]["place"] == "Boerenijsje, Dorpshuis"


def test_asked_language_and_what_is_not_translated(client, site):
    make_text(offer(site, "Koffie", weekday=3), title="Café")
    offer(site, "Soep", weekday=4)

    answers = {q: week_of(client, question=q) for q in ("", "?taal=fr", "?taal=ar", "?taal=it", "?taal=%C0%AF")}

    assert {q: answer["language"] for q, answer in answers.items()} == {
        "": "nl", "?taal=fr": "fr", "?taal=ar": "ar", "?taal=it": "nl", "?taal=%C0%AF": "nl",
    }  # fmt: skip
    titles = [i["activity"] for day in answers["?taal=fr"]["days"] for i in day["items"]]
    assert [(a["title"], a["lang"]) for a in titles] == [("Café", "fr"), ("Soep", "nl")]


def test_closure_stands_with_its_dates(client, site):
    offer(site, weekday=3)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 12), last_day=dt.date(2023, 10, 12),
    )  # fmt: skip

    item = week_of(client)["days"][3]["items"][0]

    assert (item["status"], item["note"]) == ("closed", "Werken Volgende keer: donderdag 19 oktober.")


@pytest.mark.parametrize("week", ["1999-W01", "2050-W01", "2023-W54"])
def test_week_outside_what_is_known_is_not_found(client, site, week):
    assert client.get(f"/hier/week/{week}.json").status_code == 404


@pytest.mark.parametrize("site", [K, W])
def test_same_lines_as_the_page_and_no_made_up_hour(demo, client, site):
    answer = week_of(client, site)
    page = cards(read(client.get(f"/{site}/week/2023-W41/")))

    dated = [item["activity"]["title"] for day in answer["days"] for item in day["items"]]
    assert sorted(dated + [item["activity"]["title"] for item in answer["undated"]]) == sorted(c.title for c in page)
    assert dated == [card.title for card in page][: len(dated)]
    assert re.findall(r"\b\d\d[:.]\d\d\b", json.dumps(answer)) == []
