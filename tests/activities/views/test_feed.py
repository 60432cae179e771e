"""The calendar feed says exactly what pages and JSON say, to two independent readers of calendars."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import time_machine
from django.conf import settings
from icalendar import Calendar

from activities.actions.closure import close, lift
from activities.actions.occurrence import cancel, move, open_anyway, restore
from activities.actions.series import change_dates, change_from, end_series
from activities.enums import Frequency, Part
from activities.iso_week import IsoWeek
from activities.rules import horizon
from activities.schedule import week
from sites.actions import schedule_changed
from sites.models import Site
from tests.demo import K, W
from tests.factories.activities import make_activity, make_guest, make_stop, make_text
from tests.factories.sites import make_municipality, make_place, make_site
from tests.offer import date_of, offer

BRUSSELS = ZoneInfo("Europe/Brussels")
# Eight weeks back to 53 weeks on: from 29 August 2023 to 3 November 2024, with three changes of the clock.
MOMENT = dt.datetime(2023, 10, 24, 7, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2023, 8, 29), dt.date(2024, 11, 3)
ICAL_JS = "ical.js@2.2.1"


def feed(client, site, question=""):
    response = client.get(f"/{site}/agenda.ics{question}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return response.content


def events(client, site, question=""):
    """UID -> event."""
    found = Calendar.from_ical(feed(client, site, question)).walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def weeks(first, last):
    one = IsoWeek.of(first)
    while one <= IsoWeek.of(last):
        yield one
        one = one.plus(1)


def told_by_pages(site, first=FIRST, last=LAST):
    """(uid, day, begin, end, does not take place) of every date where it now stands, from the weeks' read model."""
    return {
        (f"{i.uuid}@{settings.STEK_UID_DOMAIN}", i.day, i.begin, i.end, i.is_off)
        for one in weeks(first, last)
        for i in week(site, one, "nl").items
        if i.day == i.current_day and first <= i.day <= last
    }


def local(value):
    """(day, time) in Brussels of a moment; (day, None) of a day."""
    if not isinstance(value, dt.datetime):
        return value, None
    moment = value.astimezone(BRUSSELS)
    return moment.date(), moment.time()


def told(uid, begin, end, status):
    (day, begins), (last, ends) = local(begin), local(end)
    if begins is None:
        assert last == day + dt.timedelta(days=1)
        return uid, day, None, None, status == "CANCELLED"
    assert dt.timedelta(0) < end - begin <= dt.timedelta(hours=13)
    return uid, day, begins, ends, status == "CANCELLED"


def told_by_feed(text):
    """The same, read by recurring-ical-events, year by year as a calendar program asks."""
    calendar = recurring_ical_events.of(Calendar.from_ical(text))
    found = calendar.between(FIRST - dt.timedelta(days=365), LAST + dt.timedelta(days=365))
    return [told(str(e["UID"]), e["DTSTART"].dt, e["DTEND"].dt, str(e["STATUS"])) for e in found]


@pytest.fixture
def year(db):
    """A site with everything that can happen to a date, beside another one."""
    with time_machine.travel(MOMENT, tick=False) as clock:
        site, other = make_site(slug="hier"), make_site(slug="elders")
        offer(other, "Van elders")
        eventful(site)
        site.clock = clock
        yield site


def eventful(site):
    day = dt.date.fromisoformat
    coffee = offer(site, "Koffie", weekday=3)
    offer(site, "Nacht", weekday=5, begin=dt.time(21), end=dt.time(3, 30))  # over both clock changes
    offer(site, "Zondag", weekday=6, begin=dt.time(14), end=dt.time(15, 30))
    offer(site, "Namiddag", weekday=1, begin=None, end=None, part=Part.AFTERNOON)
    offer(site, "Geen uur", frequency=Frequency.MONTHLY, weekday=2, nth=-1, begin=None, end=None)
    offer(site, "Zonder dag", weekday=None)
    soup = offer(site, "Soep", weekday=4, interval=2)
    once = offer(site, "Feest", frequency=Frequency.ONCE, weekday=None, first_day=day("2023-12-25"))
    reading = offer(site, "Lezen", weekday=1, begin=dt.time(9), end=dt.time(11))
    change_from(reading, day("2024-01-09"), by=None, weekday=0)  # another day
    change_from(offer(site, "Fiets", weekday=2), day("2024-02-07"), by=None, begin=dt.time(13), end=dt.time(14))
    end_series(offer(site, "Stopt", weekday=0), day("2024-03-01"), by=None)
    change_dates(coffee, by=None, add=[day("2023-11-21")], remove=[day("2023-11-23")])
    cancel(date_of(coffee, "2023-11-02"), by=None, note="Ziek")
    cancel(move(date_of(coffee, "2023-11-09"), by=None, day=day("2023-11-10")), by=None)
    move(date_of(coffee, "2023-11-16"), by=None, day=day("2023-11-18"), begin=dt.time(23), end=dt.time(1))
    move(date_of(coffee, "2023-12-14"), by=None, day=day("2024-01-03"), part=Part.EVENING)
    move(date_of(coffee, "2024-05-16"), by=None, day=day("2024-05-20"))  # to a closed day, Whit Monday
    open_anyway(move(date_of(coffee, "2024-03-28"), by=None, day=day("2024-04-01")), by=None)
    open_anyway(date_of(once, "2023-12-25"), by=None)
    restore(cancel(date_of(soup, str(soup.occurrences.first().original_date)), by=None), by=None)
    close(
        by=None, partnership=site.partnership, site=site, reason="Kerstvakantie",
        first_day=day("2023-12-23"), last_day=day("2024-01-07"),
    )  # fmt: skip


# --- One set in every channel


def test_feed_and_pages_tell_the_same_dates(client, year):
    pages = told_by_pages(year)
    feed_ = told_by_feed(feed(client, "hier"))

    assert len(feed_) == len(pages) > 300
    assert set(feed_) == pages
    assert sum(off for *_rest, off in pages) > 40


@pytest.mark.parametrize("site", [K, W])
def test_feed_and_pages_of_the_demonstration_tell_the_same_dates(demo, client, site):
    first, last = dt.date(2023, 8, 15), dt.date(2024, 10, 20)

    found = told_by_feed(feed(client, site))

    assert set(found) == told_by_pages(Site.objects.get(slug=site), first, last)
    assert len(found) > 100
    # No hour is known but that of the example outing.
    assert {(str(day), begin) for _uid, day, begin, _end, _off in found if begin} == (
        {("2023-10-21", dt.time(9))} if site == W else set()
    )


def test_json_and_pages_tell_the_same_lines(client, year):
    for one in weeks(FIRST, LAST):
        days = json.loads(client.get(f"/hier/week/{one}.json").content)["days"]
        in_json = [
            (day["date"], i["id"], i["begin"], i["end"], i["part"] or "", i["status"])
            for day in days
            for i in day["items"]
        ]
        on_page = [
            (
                *(str(i.day), str(i.uuid), i.begin and f"{i.begin:%H:%M}", i.end and f"{i.end:%H:%M}", i.part),
                "planned" if i.is_moved_here else i.state,
            )
            for i in week(year, one, "nl").items
        ]
        assert in_json == on_page


@pytest.fixture(scope="module")
def ical_js():
    """The folder where ical.js stands, fetched once with npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("ical.js needs node and npm")
    folder = settings.BASE_DIR / "var" / "npm"
    if not (folder / "node_modules" / "ical.js").exists():
        folder.mkdir(parents=True, exist_ok=True)
        fetch = ["npm", "install", "--silent", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), ICAL_JS]
        try:
            subprocess.run(fetch, check=True, capture_output=True, timeout=60)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip(f"npm could not fetch {ICAL_JS}")
    return folder


READER = """
import ICAL from "ical.js";
import { readFileSync } from "node:fs";
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const moment = (time) => time.isDate ? time.toString() : time.toJSDate().toISOString();
  return [event.uid, moment(event.startDate), moment(event.endDate), component.getFirstPropertyValue("status"),
          event.isRecurring(), event.summary];
})));
"""


def test_ical_js_reads_the_same_dates(client, year, ical_js):
    script = ical_js / "read.mjs"
    script.write_text(READER)

    done = subprocess.run(
        ["node", str(script)], input=feed(client, "hier"), capture_output=True, check=True, timeout=60
    )
    rows = json.loads(done.stdout)

    def value(text):
        return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)

    found = [told(uid, value(begin), value(end), status) for uid, begin, end, status, _repeats, _title in rows]
    assert sorted(map(str, found)) == sorted(map(str, told_by_pages(year)))
    assert {repeats for *_rest, repeats, _title in rows} == {False}
    assert "Feest" in {title for *_rest, title in rows}


def test_feed_reaches_eight_weeks_back_and_to_the_horizon(client, year):
    days = {local(event["DTSTART"].dt)[0] for event in events(client, "hier").values()}

    assert (min(days), max(days)) == (FIRST, LAST)
    assert horizon(dt.date(2023, 10, 24)) == LAST


def test_no_date_of_another_site(client, year):
    here, there = events(client, "hier"), events(client, "elders")

    assert here.keys() & there.keys() == set()
    assert {str(event["SUMMARY"]) for event in there.values()} == {"Van elders", "Dicht: Van elders"}


# --- One event


@pytest.fixture
def site(db):
    with time_machine.travel(MOMENT, tick=False) as clock:
        site, other = (
            make_site(slug="hier", municipality=make_municipality(name="Wuustwezel")),
            make_site(slug="elders"),
        )
        offer(other, "Van elders", weekday=3)
        site.clock = clock
        yield site


def event_of(client, occurrence, question=""):
    return events(client, "hier", question)[f"{occurrence.uuid}@{settings.STEK_UID_DOMAIN}"]


def test_known_hours_are_in_utc_on_both_sides_of_the_clock_change(client, site):
    series = offer(site, weekday=3, begin=dt.time(13), end=dt.time(16, 30))

    hours = [event_of(client, date_of(series, day)) for day in ("2023-10-26", "2023-11-02")]

    assert [event["DTSTART"].to_ical() for event in hours] == [b"20231026T110000Z", b"20231102T120000Z"]
    assert [event["DTEND"].to_ical() for event in hours] == [b"20231026T143000Z", b"20231102T153000Z"]


def test_night_ends_on_the_next_day(client, site):
    event = event_of(client, date_of(offer(site, weekday=3, begin=dt.time(20), end=dt.time(1)), "2023-11-02"))

    assert (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) == (b"20231102T190000Z", b"20231103T000000Z")


def test_unknown_hour_is_a_whole_day_with_the_part_in_its_title_and_no_hour_anywhere(client, site):
    event = event_of(
        client, date_of(offer(site, "Koffie", weekday=3, begin=None, end=None, part=Part.AFTERNOON), "2023-11-02")
    )

    assert event["SUMMARY"] == "Koffie (namiddag)"
    assert (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) == (b"20231102", b"20231103")
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert "0000" not in event.to_ical().decode().split("DTSTAMP")[0]


def test_words_of_an_event(client, site):
    series = offer(site, "Koffie", weekday=3, description="Samen, met koek; echt.\nElke week.")
    occurrence = date_of(series, "2023-11-02")
    for position, name in enumerate(["Boerenijsje", "Dorpshuis"]):
        make_stop(occurrence, place=make_place(site, name=name), position=position)
    make_guest(occurrence)

    event = event_of(client, occurrence)

    assert event["LOCATION"] == "Boerenijsje, Dorpshuis, Wuustwezel"
    assert str(event["DESCRIPTION"]).startswith("Samen, met koek; echt.\nElke week.\nGratis")
    assert event["URL"] == f"{settings.STEK_BASE_URL}/hier/activiteit/{series.activity.slug}/"
    assert event["STATUS"] == "CONFIRMED"


def test_place_in_a_municipality_that_nobody_wrote_down_stands_alone(client, site):
    there, somewhere = (make_place(site, name=name, kind="stop") for name in ("Dorpshuis", "Boerenijsje"))
    there.municipality = make_municipality(name="Essen")
    there.save()
    stopped, alone, both = (date_of(offer(site, weekday=3), "2023-11-02") for _ in range(3))
    for position, (occurrence, place) in enumerate([(stopped, there), (both, there), (both, somewhere)]):
        make_stop(occurrence, place=place, position=position)
    alone.place = somewhere
    alone.save()

    places = [event_of(client, occurrence)["LOCATION"] for occurrence in (stopped, alone, both)]

    assert places == ["Dorpshuis, Essen", "Boerenijsje", "Dorpshuis, Boerenijsje"]


def test_asked_language(client, site):
    series = offer(site, "Koffie", weekday=3)
    make_text(series, title="Café")
    occurrence = date_of(series, "2023-11-02")

    titles = {q: str(event_of(client, occurrence, q)["SUMMARY"]) for q in ("", "?taal=fr", "?taal=xx", "?taal=%00")}

    assert titles == {"": "Koffie", "?taal=fr": "Café", "?taal=xx": "Koffie", "?taal=%00": "Koffie"}


def version(event):
    return int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt


def test_uid_stays_and_rendering_again_changes_nothing(client, site):
    offer(site, weekday=3)
    before = feed(client, "hier")
    schedule_changed(site.pk)

    assert feed(client, "hier") == before


CHANGES = {
    "cancel": (lambda o: cancel(o, by=None), "CANCELLED", "Gaat niet door: Koffie"),
    "move": (lambda o: move(o, by=None, day=dt.date(2023, 11, 3)), "CONFIRMED", "Koffie"),
    "close": (
        lambda o: close(
            by=None, partnership=o.site.partnership, site=o.site, reason="Werken",
            first_day=dt.date(2023, 11, 1), last_day=dt.date(2023, 11, 4),
        ),
        "CANCELLED",
        "Dicht: Koffie",
    ),
    "close the whole partnership": (
        lambda o: close(
            by=None, partnership=o.site.partnership, site=None, reason="Vorming",
            first_day=dt.date(2023, 11, 2), last_day=dt.date(2023, 11, 2),
        ),
        "CANCELLED",
        "Dicht: Koffie",
    ),
    "end": (lambda o: end_series(o.series, dt.date(2023, 11, 1), by=None), "CANCELLED", "Gaat niet door: Koffie"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_change_raises_the_sequence_and_tells_when(client, site, change):
    act, status, summary = CHANGES[change]
    series = offer(site, "Koffie", weekday=3)
    occurrence, later = date_of(series, "2023-11-02"), date_of(series, "2023-10-26")
    before, untouched = event_of(client, occurrence), event_of(client, later)

    site.clock.move_to(MOMENT + dt.timedelta(hours=1))
    act(occurrence)
    after = event_of(client, occurrence)

    assert (after["STATUS"], after["SUMMARY"]) == (status, summary)
    assert version(after)[0] > version(before)[0]
    assert version(after)[1] == MOMENT + dt.timedelta(hours=1)
    assert version(event_of(client, later)) == version(untouched)


def test_lifting_a_closure_raises_the_sequence_again(client, site):
    occurrence = date_of(offer(site, "Koffie", weekday=3), "2023-11-02")
    closure = close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 11, 2), last_day=dt.date(2023, 11, 2),
    )  # fmt: skip
    closed = event_of(client, occurrence)
    lift(closure, by=None)
    opened = event_of(client, occurrence)

    assert (closed["STATUS"], opened["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert version(opened)[0] > version(closed)[0]


def test_new_day_withdraws_the_old_events_and_adds_new_ones(client, site):
    series = offer(site, "Koffie", weekday=3)
    before = events(client, "hier")
    change_from(series, dt.date(2023, 11, 1), by=None, weekday=4)
    after = events(client, "hier")

    assert before.keys() < after.keys()
    old = event_of(client, date_of(series, "2023-11-02"))
    assert (old["STATUS"], old["SUMMARY"], version(old)[0] > 0) == ("CANCELLED", "Gaat niet door: Koffie", True)


def test_lines_are_folded_and_end_as_the_standard_asks(client, site):
    offer(site, "Ontmoeten " * 11, weekday=3, description="é" * 500)

    text = feed(client, "hier")

    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    assert text.count(b"\n") == text.count(b"\r\n")
    assert text.endswith(b"END:VCALENDAR\r\n")


def test_calendar_without_events_is_a_calendar(client, site):
    make_site(slug="leeg")

    assert events(client, "leeg") == {}


def test_as_many_queries_for_one_date_as_for_hundreds(client, site, django_assert_num_queries):
    activity = make_activity(site)
    for number in (1, 6):
        for weekday in range(number):
            offer(site, activity=activity, weekday=weekday, last_day=None if number > 1 else dt.date(2023, 9, 5))
        schedule_changed(site.pk)
        with django_assert_num_queries(7):
            found = events(client, "hier")
    assert len(found) > 300
