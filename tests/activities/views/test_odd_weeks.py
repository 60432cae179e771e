"""Weeks in which the calendar is odd: entered in the forms of the desk, read on page, feed and JSON, with the dates by hand."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from activities.models import Occurrence, Series
from sites.enums import RoleKind
from sites.models import Site, User
from tests.desk import client_of, confirm, errors, filled, form_at, words
from tests.factories.activities import make_type
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_home_address, make_municipality, make_person, make_place, make_site
from tests.reading import cards, read, wall
from tests.weeks import make_busy_site

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


@pytest.fixture
def site(time_machine) -> Site:
    """One house, in Wuustwezel; the clock stands at Thursday 12 October 2023, nine o'clock. Another place is busy every day."""
    time_machine.move_to("2023-10-12T09:00+02:00", tick=False)
    make_busy_site()
    site = make_site(slug="hier", name="Hier", municipality=make_municipality(name="Wuustwezel"))
    make_home_address(site, place=make_place(site, name="De oude school", kind="house"))
    site.clock = time_machine
    return site


@pytest.fixture
def desk(site) -> Client:
    return client_of(_coordinator(site))


def _coordinator(site: Site) -> User:
    return make_person(RoleKind.COORDINATOR, site=site, since=dt.date(2020, 1, 1))


def desk_on(site: Site, day: str) -> Client:
    """The same at nine o'clock of another day."""
    site.clock.move_to(dt.datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=BRUSSELS), tick=False)
    return client_of(_coordinator(site))


def begin(desk: Client, first_day: str, *, often: str, begin: str = "10:00", end: str = "12:00", **more) -> Series:
    """A new offer, by its form."""
    data = {
        "title": "Koffie", "type": str(make_type().pk), "functions": "meet", "often": often, "first_day": first_day,
        "begin": begin, "end": end, "price_kind": "free", "volunteers_allowed": "on",
    }  # fmt: skip
    confirm(desk, "/beheer/hier/planner/nieuw/", data | more, how="open")
    return Series.objects.latest("pk")


def days_on_pages(first: str, last: str) -> list[str]:
    """Days on which it takes place, as week pages say; `first` and `last` are weeks."""
    found = []
    for week in weeks(first, last):
        monday = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
        for card in cards(read(Client().get(f"/hier/week/{week}/"))):
            assert "is-off" not in card.node.attributes["class"]
            found.append(str(monday + dt.timedelta(days=WEEKDAYS.index(card.under))))
    return found


def weeks(first: str, last: str) -> list[str]:
    """2020-W52, 2020-W53, 2021-W01 …"""
    day = dt.date.fromisocalendar(int(first[:4]), int(first[6:]), 1)
    found = []
    while not found or found[-1] != last:
        year, number, _weekday = day.isocalendar()
        found.append(f"{year}-W{number:02}")
        day += dt.timedelta(weeks=1)
    return found


def days_in_json(first: str, last: str) -> list[str]:
    return [
        day["date"]
        for week in weeks(first, last)
        for day in Client().get(f"/hier/week/{week}.json").json()["days"]
        for item in day["items"]
        if item["status"] == "planned"
    ]


def _events() -> list:
    return Calendar.from_ical(Client().get("/hier/agenda.ics").content).walk("VEVENT")


def days_in_feed(until: str) -> list[str]:
    """Days on which it takes place, until a day."""
    found = [
        event["DTSTART"].dt.astimezone(BRUSSELS).date().isoformat()
        for event in _events()
        if event["STATUS"] == "CONFIRMED"
    ]
    return [day for day in found if day <= until]


# --- How often


def test_every_other_week_goes_on_over_week_53(site):
    """2020 has a week 53: with even weeks or odd ones it would skip one, or come twice."""
    begin(desk_on(site, "2020-12-01"), "2020-12-09", often="fortnightly")

    expected = ["2020-12-09", "2020-12-23", "2021-01-06", "2021-01-20", "2021-02-03"]
    assert days_on_pages("2020-W50", "2021-W05") == expected
    assert days_in_json("2020-W50", "2021-W05") == expected
    assert days_in_feed("2021-02-07") == expected


def test_every_other_week_is_on_in_week_53_of_2026(site):
    """Week 53 of 2026 is that of Monday 28 December: Wednesday the 30th is in it, two weeks before 13 January."""
    begin(desk_on(site, "2026-11-26"), "2026-12-02", often="fortnightly")

    expected = ["2026-12-02", "2026-12-16", "2026-12-30", "2027-01-13", "2027-01-27"]
    assert days_on_pages("2026-W49", "2027-W04") == expected
    assert days_in_json("2026-W53", "2026-W53") == ["2026-12-30"]
    assert days_in_json("2027-W01", "2027-W01") == []
    assert days_in_feed("2027-01-31") == expected


def test_first_tuesday_of_the_month(site, desk):
    begin(desk, "2023-11-07", often="monthly")

    expected = ["2023-11-07", "2023-12-05", "2024-01-02", "2024-02-06", "2024-03-05"]
    assert days_on_pages("2023-W45", "2024-W10") == expected
    assert days_in_json("2023-W45", "2024-W10") == expected
    assert days_in_feed("2024-03-10") == expected


def test_last_thursday_of_the_month_is_now_the_fourth_now_the_fifth(site, desk):
    begin(desk, "2023-10-26", often="last")

    expected = ["2023-10-26", "2023-11-30", "2023-12-28", "2024-01-25", "2024-02-29", "2024-03-28"]
    assert days_on_pages("2023-W43", "2024-W13") == expected
    assert days_in_json("2023-W43", "2024-W13") == expected
    assert days_in_feed("2024-03-31") == expected


# --- The clock


def hours_of(day: str, week: str) -> tuple[str, tuple[str, str], str]:
    """What page, JSON and feed say of the one date of a day."""
    (card,) = [card for card in cards(read(Client().get(f"/hier/week/{week}/")))
               if card.under == WEEKDAYS[dt.date.fromisoformat(day).weekday()]]  # fmt: skip
    (time,) = [node.text for node in card.node.all("p") if node.attributes.get("class") == "time"]
    (item,) = [
        item
        for one in Client().get(f"/hier/week/{week}.json").json()["days"]
        if one["date"] == day
        for item in one["items"]
    ]
    (event,) = [event for event in _events() if event["DTSTART"].dt.astimezone(BRUSSELS).date().isoformat() == day]
    return time, (item["begin"], item["end"]), event["DTSTART"].to_ical().decode()


def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_both_changes(site, desk):
    """The clock goes back on Sunday 29 October 2023, and forward on Sunday 31 March 2024."""
    begin(desk, "2023-10-22", often="weekly")

    said = "10.00 tot 12.00 uur", ("10:00", "12:00")
    assert hours_of("2023-10-22", "2023-W42") == (*said, "20231022T080000Z")
    assert hours_of("2023-10-29", "2023-W43") == (*said, "20231029T090000Z")
    assert hours_of("2024-03-24", "2024-W12") == (*said, "20240324T090000Z")
    assert hours_of("2024-04-07", "2024-W14") == (*said, "20240407T080000Z")


def test_an_hour_that_is_there_twice_is_the_first_one(site, desk):
    begin(desk, "2023-10-29", often="once", begin="02:30", end="05:00")

    assert hours_of("2023-10-29", "2023-W43") == ("2.30 tot 5.00 uur", ("02:30", "05:00"), "20231029T003000Z")


def test_a_date_moved_to_an_hour_that_is_there_twice_is_held_in_the_first_one(site, desk):
    series = begin(desk, "2023-10-25", often="weekly")
    path = f"/beheer/hier/planner/datum/{Occurrence.objects.get(series=series, day='2023-10-25').uuid}/"
    form = form_at(desk, path) | {"scope": "this", "day": "2023-10-29", "begin": "02:30", "end": "05:00"}

    confirm(desk, path, form)

    assert hours_of("2023-10-29", "2023-W43") == ("2.30 tot 5.00 uur", ("02:30", "05:00"), "20231029T003000Z")


NO_SUCH_HOUR = {
    "": "Dit uur bestaat niet op die dag: de klok gaat dan een uur vooruit. Kies een ander uur.",
    "/fr": "Cette heure n’existe pas ce jour-là : l’horloge avance alors d’une heure. Choisissez une autre heure.",
    "/en": "This time does not exist on that day: the clock goes forward an hour. Choose another time.",
}


@pytest.mark.parametrize("language", NO_SUCH_HOUR)
@pytest.mark.parametrize(
    ("hours", "beside"),
    [({"begin": "02:30", "end": "04:00"}, "begin"), ({"begin": "01:00", "end": "02:30"}, "end")],
    ids=["begin", "end"],
)
def test_an_hour_that_is_skipped_is_refused_beside_its_field(site, desk, language, hours, beside):
    series = begin(desk, "2023-10-25", often="weekly")
    date = f"{language}/beheer/hier/planner/datum/{Occurrence.objects.get(series=series, day='2023-10-25').uuid}/"
    new = f"{language}/beheer/hier/planner/nieuw/"
    data = {"title": "Nacht", "type": str(make_type().pk), "functions": "meet", "often": "once", "price_kind": "free"}

    asked = [
        desk.post(new, data | {"first_day": "2024-03-31"} | hours),
        desk.post(date, form_at(desk, date) | {"scope": "this", "day": "2024-03-31"} | hours),
    ]

    assert [errors(response) for response in asked] == [{beside: [NO_SUCH_HOUR[language]]}] * 2
    assert [filled(read(response))[beside] for response in asked] == [hours[beside]] * 2
    assert Series.objects.filter(activity__site=site).count() == 1


# --- Holidays


def test_easter_monday_is_shut_and_can_be_opened(site, desk):
    series = begin(desk, "2024-03-25", often="weekly", last_day="2024-04-08")
    easter = Occurrence.objects.get(series=series, day="2024-04-01")
    (shut,) = cards(read(Client().get("/hier/week/2024-W14/")))
    assert "Dicht" in shut.text
    assert "Paasmaandag" in shut.text
    assert days_in_json("2024-W13", "2024-W15") == ["2024-03-25", "2024-04-08"]
    assert days_in_feed("2024-04-30") == ["2024-03-25", "2024-04-08"]

    confirm(desk, f"/beheer/hier/planner/datum/{easter.uuid}/open/", {"note": "Brunch"})

    (opened,) = cards(read(Client().get("/hier/week/2024-W14/")))
    assert "Toch open" in opened.text
    assert "Brunch" in opened.text
    assert [
        item["status"] for day in Client().get("/hier/week/2024-W14.json").json()["days"] for item in day["items"]
    ] == ["opened"]
    assert days_in_feed("2024-04-30") == ["2024-03-25", "2024-04-01", "2024-04-08"]


def test_preview_after_opening_no_longer_says_that_the_day_is_shut(site, desk):
    series = begin(desk, "2024-03-25", often="weekly", last_day="2024-04-08")
    easter = Occurrence.objects.get(series=series, day="2024-04-01")

    preview = desk.post(f"/beheer/hier/planner/datum/{easter.uuid}/open/", {"note": "Brunch"})

    coming = read(preview).one("main").all("ul")[-1]
    assert [item.text for item in coming.all("li")] == [
        "maandag 25 maart 2024 10.00 tot 12.00 uur",
        "maandag 1 april 2024 10.00 tot 12.00 uur",
        "maandag 8 april 2024 10.00 tot 12.00 uur",
    ]


# --- A name


def test_an_organisation_has_its_old_name_in_old_weeks_and_its_new_one_in_new_weeks(site, desk):
    caw = make_organisation(name="CAW")
    make_engagement(site, organisation=caw)
    begin(desk, "2023-10-18", often="weekly", organisers=[str(caw.pk)])
    path = f"/beheer/hier/partners/{caw.pk}/naam/"

    response = desk.post(path, form_at(desk, path) | {"name": "Welzijnspunt", "since": "2023-10-23"})

    assert response.status_code == 302
    told = {}
    for week in ("2023-W42", "2023-W43"):
        (card,) = cards(read(Client().get(f"/hier/week/{week}/")))
        (item,) = [item for day in Client().get(f"/hier/week/{week}.json").json()["days"] for item in day["items"]]
        told[week] = (card.text.partition("Gratis, met ")[2].split()[0], item["organisers"])
    assert told == {"2023-W42": ("CAW", ["CAW"]), "2023-W43": ("Welzijnspunt", ["Welzijnspunt"])}
    hosts = {event["DTSTART"].dt.date().isoformat(): str(event["DESCRIPTION"]).split("\n")[1] for event in _events()}
    assert (hosts["2023-10-18"], hosts["2023-10-25"]) == ("CAW", "Welzijnspunt")


# --- A house

MOVE = "Vanaf donderdag 1 augustus zijn we in De nieuwe zaal."


def test_house_moved_on_the_first_of_august_seen_from_may_and_from_september(site):
    desk = desk_on(site, "2024-05-06")
    begin(desk, "2024-05-08", often="weekly")
    desk.post("/beheer/hier/adressen/nieuw/", {"name": "De nieuwe zaal", "kind": "house", "address": "Markt 2"})
    zaal = site.places.get(name="De nieuwe zaal")

    desk.post("/beheer/hier/adressen/thuis/nieuw/", {"place": str(zaal.pk), "since": "2024-08-01"})

    around = ["2024-W30", "2024-W31", "2024-W32"]  # Wednesdays 24 and 31 July, and 7 August
    assert [houses(week) for week in around] == [
        ("De oude school", ["De oude school"]), ("De oude school", ["De oude school"]), ("De nieuwe zaal", ["De nieuwe zaal"]),
    ]  # fmt: skip
    assert located("2024-07-31", "2024-08-07") == ["De oude school, Wuustwezel", "De nieuwe zaal, Wuustwezel"]
    assert [MOVE in wall(read(Client().get(f"/hier/week/{week}/"))) for week in ["2024-W29", *around]] == [
        False, True, True, True,
    ]  # fmt: skip
    assert houses("2024-W19") == ("De oude school", ["De oude school"])
    site.clock.move_to("2024-09-02T09:00+02:00", tick=False)
    assert [houses(week) for week in around] == [
        ("De oude school", ["De oude school"]), ("De oude school", ["De oude school"]), ("De nieuwe zaal", ["De nieuwe zaal"]),
    ]  # fmt: skip
    assert located("2024-07-31", "2024-08-07") == ["De oude school, Wuustwezel", "De nieuwe zaal, Wuustwezel"]
    assert [MOVE in wall(read(Client().get(f"/hier/week/{week}/"))) for week in around] == [False, True, False]
    assert "We zijn verhuisd naar De nieuwe zaal. Vroeger: De oude school." in words(Client().get("/hier/"))
    assert houses("2024-W36") == ("De nieuwe zaal", ["De nieuwe zaal"])


def houses(week: str) -> tuple[str, list[str]]:
    """The house on the front of a week's page, and where its dates are in JSON."""
    front = wall(read(Client().get(f"/hier/week/{week}/")))
    (named,) = [name for name in ("De oude school", "De nieuwe zaal") if f"{name}, Wuustwezel" in front]
    days = Client().get(f"/hier/week/{week}.json").json()["days"]
    return named, [item["place"] for day in days for item in day["items"]]


def located(*days: str) -> list[str]:
    """Where calendars say that these days are."""
    found = {event["DTSTART"].dt.date().isoformat(): str(event["LOCATION"]) for event in _events()}
    return [found[day] for day in days]


# --- On the road


ON_THE_ROAD = "In Nieuwmoer (10.00 tot 10.45 uur) en Achterbroek (11.15 tot 12.00 uur)."


def test_tuesday_on_the_road_with_two_stops_and_their_hours(site, desk):
    series = begin(desk, "2023-10-17", often="weekly")
    stops = {}
    for name in ("Nieuwmoer", "Achterbroek"):
        desk.post("/beheer/hier/adressen/nieuw/", {"name": name, "kind": "stop"})
        stops[name] = str(site.places.get(name=name).pk)
    path = f"/beheer/hier/planner/datum/{Occurrence.objects.get(series=series, day='2023-10-24').uuid}/op-pad/"
    form = form_at(desk, path) | {
        "stop_1": stops["Nieuwmoer"], "begin_1": "10:00", "end_1": "10:45", "stop_2": stops["Achterbroek"], "begin_2": "11:15",
        "end_2": "12:00",
    }  # fmt: skip

    confirm(desk, path, form)

    (card,) = cards(read(Client().get("/hier/week/2023-W43/")))
    assert ON_THE_ROAD in card.text
    (item,) = [item for day in Client().get("/hier/week/2023-W43.json").json()["days"] for item in day["items"]]
    assert item["place"] == "Nieuwmoer, Achterbroek"
    assert item["stops"] == [
        {"name": "Nieuwmoer", "begin": "10:00", "end": "10:45"}, {"name": "Achterbroek", "begin": "11:15", "end": "12:00"},
    ]  # fmt: skip
    (event,) = [one for one in _events() if one["DTSTART"].dt.date() == dt.date(2023, 10, 24)]
    assert ON_THE_ROAD in str(event["DESCRIPTION"])
    assert located("2023-10-17", "2023-10-24") == ["De oude school, Wuustwezel", "Nieuwmoer, Achterbroek"]
    for week in ("2023-W42", "2023-W44"):
        (card,) = cards(read(Client().get(f"/hier/week/{week}/")))
        assert "Nieuwmoer" not in card.text


@pytest.mark.parametrize(
    ("hours", "beside"),
    [
        (
            {"begin_1": "22:00", "end_1": "01:00"},
            {"end_1": ["Kies een einduur na het begin, ten laatste twaalf uur later."]},
        ),
        ({"begin_1": "10:00", "end_1": ""}, {"end_1": ["Vul het begin en het einde in, of geen van beide."]}),
        ({"begin_2": "10:00", "end_2": "11:00"}, {"stop_2": ["Kies welke halte dit is."]}),
    ],
    ids=["ends-first", "half", "no-stop"],
)
def test_hours_of_a_stop_that_cannot_be_are_told_beside_them(site, desk, hours, beside):
    series = begin(desk, "2023-10-17", often="weekly")
    stop = make_place(site, name="Nieuwmoer", kind="stop")
    path = f"/beheer/hier/planner/datum/{Occurrence.objects.get(series=series, day='2023-10-24').uuid}/op-pad/"

    response = desk.post(path, form_at(desk, path) | {"stop_1": str(stop.pk)} | hours)

    assert errors(response) == beside
    assert "Nieuwmoer" not in words(Client().get("/hier/week/2023-W43/"))


def test_hours_of_a_stop_that_are_skipped_are_told_beside_them(site, desk):
    series = begin(desk, "2024-03-31", often="once", begin="01:00", end="05:00")
    stop = make_place(site, name="Nieuwmoer", kind="stop")
    path = f"/beheer/hier/planner/datum/{Occurrence.objects.get(series=series).uuid}/op-pad/"

    response = desk.post(path, form_at(desk, path) | {"stop_1": str(stop.pk), "begin_1": "02:30", "end_1": "04:00"})

    assert errors(response) == {"begin_1": [NO_SUCH_HOUR[""]]}
