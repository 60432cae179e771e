"""What a calendar tells of a date changes with a higher SEQUENCE and a later LAST-MODIFIED, whichever row was repaired."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from sites.enums import RoleKind
from tests.activities.views.test_repairs_show import repair
from tests.factories.activities import make_guest
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_place, make_role, make_site
from tests.offer import TUESDAY, date_of, offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site():
    """Mondays since October until 8 January, in one house and from 4 December in another, by a host."""
    site = make_site(slug="hier", name="Hier")
    make_home_address(site, place=make_place(site, name="Oud huis"))
    make_home_address(site, place=make_place(site, name="Nieuw huis"), since=dt.date(2023, 12, 4))
    days = {"first_day": dt.date(2023, 10, 2), "last_day": dt.date(2024, 1, 8)}
    offer(site, organisers=[make_organisation(name="Gastvrouw")], **days)
    other = make_site(slug="elders")
    offer(other, **days)
    return site


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_role(RoleKind.ADMINISTRATOR).user)
    return client


def told(slug="hier") -> dict[str, dict[str, str]]:
    """Day -> what the feed says of it, without its stamps; and the stamps."""
    found = {}
    for event in Calendar.from_ical(Client().get(f"/{slug}/agenda.ics").content).walk("VEVENT"):
        fields = {name: value.to_ical() for name, value in event.items() if name != "DTSTAMP"}
        stamps = {name: fields.pop(name) for name in ("SEQUENCE", "LAST-MODIFIED")}
        found[str(event["DTSTART"].dt.date())] = {"says": fields, **stamps}
    return found


def first_home(site):
    return site.home_addresses.earliest("since")


def second_home(site):
    return site.home_addresses.latest("since")


REPAIRS = {
    "holidays": (lambda site: site, {"closed_on_holidays": ""}),
    "address of the site": (lambda site: site, {"slug": "daar"}),
    "clock of the site": (lambda site: site, {"time_zone": "Europe/London"}),
    "house": (lambda site: second_home(site), {"place": lambda site: make_place(site, name="Ander huis").pk}),
    "first house": (lambda site: first_home(site), {"place": lambda site: make_place(site, name="Ander huis").pk}),
    "day of the move": (lambda site: second_home(site), {"since": "2023-11-20"}),
    "name of the house": (lambda site: second_home(site).place, {"name": "Beter huis"}),
    "municipality": (lambda site: site.municipality, {"name": "Kalmthout"}),
    "host": (
        lambda site: site.activities.get().series.get().organisers.get().organisation,
        {"names-0-name": "Gastheer"},
    ),
    "words": (lambda site: site.activities.get().series.get(), {"title": "Thee"}),
}


@pytest.mark.parametrize("name", REPAIRS)
def test_a_repair_gives_a_newer_version_of_each_date_that_says_something_else(site, admin, clock, name):
    find, changes = REPAIRS[name]
    row = find(site)
    changes = {field: value(site) if callable(value) else value for field, value in changes.items()}
    before, elsewhere = told(), told("elders")
    clock.shift(60)

    repair(admin, row, **changes)

    after = told("daar" if "slug" in changes else "hier")
    changed = {day for day in before if before[day]["says"] != after[day]["says"]}
    newer = {
        day
        for day in before
        if int(after[day]["SEQUENCE"]) > int(before[day]["SEQUENCE"])
        and after[day]["LAST-MODIFIED"] > before[day]["LAST-MODIFIED"]
    }
    assert changed
    assert changed <= newer
    if name not in {"name of the house", "clock of the site"}:
        assert newer == changed
    assert told("elders") == elsewhere


@pytest.mark.parametrize("field", ["contact", "by_bus"])
def test_a_repair_that_no_calendar_tells_of_gives_no_newer_version(site, admin, clock, field):
    before = told()
    clock.shift(60)

    repair(admin, site if field == "contact" else first_home(site).place, **{field: "Lijn 776"})

    assert told() == before


def test_a_house_that_comes_and_goes(site, admin, clock):
    before = told()
    place = make_place(site, name="Tussenin")

    admin.post(
        "/admin/sites/homeaddress/add/",
        {"site": site.pk, "place": place.pk, "since": "2023-11-13", "example_fields": "[]"},
    )
    between = told()
    added = site.home_addresses.get(place=place)
    admin.post(f"/admin/sites/homeaddress/{added.pk}/delete/", {"post": "yes"})
    after = told()

    touched = {"2023-11-13", "2023-11-20", "2023-11-27"}
    assert {day for day in before if before[day]["SEQUENCE"] != between[day]["SEQUENCE"]} == touched
    assert {day for day in before if between[day]["SEQUENCE"] != after[day]["SEQUENCE"]} == touched
    assert [after[day]["says"] for day in after] == [before[day]["says"] for day in before]


def test_a_guest_under_another_name(site, admin):
    guest = make_organisation(name="Te gast")
    date = date_of(site.activities.get().series.get(), "2023-10-16")
    make_guest(date, guest)

    repair(admin, guest, **{"names-0-name": "Anders"})

    date.refresh_from_db()
    assert date.sequence == 1


def test_ten_o_clock_stays_ten_o_clock_by_another_clock(site, admin):
    date = date_of(site.activities.get().series.get(), "2023-10-16")

    repair(admin, site, time_zone="Europe/London")

    date.refresh_from_db()
    assert (date.begin, date.begins_at) == (dt.time(10), dt.datetime(2023, 10, 16, 9, tzinfo=dt.UTC))


def test_a_place_without_a_house_goes_by_its_own_name(admin):
    site = make_site(slug="daar")
    offer(site, first_day=dt.date(2023, 10, 2))
    before = told("daar")

    repair(admin, site, name="Anders")

    after = told("daar")
    assert all(int(after[day]["SEQUENCE"]) > int(before[day]["SEQUENCE"]) for day in before)
