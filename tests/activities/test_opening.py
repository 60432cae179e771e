"""Is it open now, or when next: the sentence on the wall of the house."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.html import strip_tags

from activities.actions.closure import close
from activities.actions.occurrence import Halt, cancel, go_on_the_road, move, open_anyway
from activities.enums import Frequency, Part
from activities.iso_week import IsoWeek
from activities.models import Occurrence
from activities.opening import opening
from activities.schedule import week
from sites.actions import schedule_changed
from sites.enums import PlaceKind, SiteKind
from sites.models import Site
from stek.time import today
from tests.factories.activities import make_activity, make_type
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer

pytestmark = pytest.mark.django_db

ISO_WEEKS = (IsoWeek(2023, 41), IsoWeek(2023, 42))
AFTERNOON = {"begin": None, "end": None, "part": Part.AFTERNOON}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def site():
    return make_site()


@pytest.fixture(autouse=True)
def elsewhere():
    """Another site that is open day and night: it opens no other door."""
    site = make_site()
    for weekday in range(7):
        offer(site, weekday=weekday, begin=dt.time(6), end=dt.time(18), first_day=dt.date(2023, 10, 2))


def wall(site, moment, clock):
    """The sentences at a local moment, `10 09:00` of October 2023."""
    local = dt.datetime.strptime(f"2023-10-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Europe/Brussels"))
    clock.move_to(local)
    says = opening(week(site, IsoWeek.of(today()), "nl"))
    return " ".join(strip_tags(part) for part in (says.sentence, says.hint, says.next) if part)


def is_lit(site):
    return opening(week(site, IsoWeek.of(today()), "nl")).is_lit


def test_hours_that_are_known_say_from_when_and_until_when(site, clock):
    offer(site, weekday=1, begin=dt.time(10), end=dt.time(12, 30))
    offer(site, weekday=3, begin=dt.time(14), end=dt.time(16))

    assert {moment: wall(site, moment, clock) for moment in ("10 09:59", "10 10:00", "10 12:29", "10 12:30")} == {
        "10 09:59": "Vandaag open van 10.00 tot 12.30 uur",
        "10 10:00": "Nu open, tot 12.30 uur",
        "10 12:29": "Nu open, tot 12.30 uur",
        "10 12:30": "Vandaag niet meer open Weer open op donderdag 12 oktober, 14.00 tot 16.00 uur.",
    }


def test_windows_are_lit_on_a_day_that_is_not_over(site, clock):
    offer(site, weekday=1)
    lit = []
    for moment in ("10 09:00", "10 11:00", "10 13:00", "11 11:00"):
        wall(site, moment, clock)
        lit.append(is_lit(site))

    assert lit == [True, True, False, False]


def test_two_at_once_are_open_until_the_last_ends(site, clock):
    offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    offer(site, weekday=1, begin=dt.time(11), end=dt.time(15))

    assert wall(site, "10 11:30", clock) == "Nu open, tot 15.00 uur"


def test_hours_that_touch_or_overlap_are_one_stretch(site, clock):
    for begin, end in ((8, 11), (10, 17), (11, 13), (18, 20)):
        offer(site, weekday=1, begin=dt.time(begin), end=dt.time(end))

    assert {moment: wall(site, moment, clock) for moment in ("10 07:30", "10 09:00", "10 12:00", "10 17:00")} == {
        "10 07:30": "Vandaag open van 8.00 tot 17.00 uur",
        "10 09:00": "Nu open, tot 17.00 uur",
        "10 12:00": "Nu open, tot 17.00 uur",
        "10 17:00": "Vandaag open van 18.00 tot 20.00 uur",
    }


def test_night_and_what_begins_before_it_ends_are_one_stretch(site, clock):
    offer(site, weekday=0, begin=dt.time(20), end=dt.time(1))
    offer(site, weekday=1, begin=dt.time(1), end=dt.time(3))

    assert [wall(site, moment, clock) for moment in ("09 21:00", "10 00:30")] == ["Nu open, tot 3.00 uur"] * 2


def test_between_two_it_says_when_the_next_begins(site, clock):
    offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    offer(site, weekday=1, begin=dt.time(14), end=dt.time(15))

    assert wall(site, "10 13:00", clock) == "Vandaag open van 14.00 tot 15.00 uur"


def test_unknown_hour_is_never_called_open_now_and_says_what_is_not_known(site, clock):
    offer(site, weekday=1, **AFTERNOON)

    open_today = "Vandaag open in de namiddag Het juiste uur staat hier nog niet."
    assert {moment: wall(site, moment, clock) for moment in ("10 09:00", "10 14:00", "10 17:00")} == {
        "10 09:00": open_today,
        "10 14:00": open_today,
        "10 17:00": "Vandaag niet meer open Weer open op dinsdag 17 oktober.",
    }


def test_day_without_any_hour_is_open_today_until_midnight(site, clock):
    offer(site, weekday=1, begin=None, end=None)

    open_today = "Vandaag open Het juiste uur staat hier nog niet."
    assert [wall(site, moment, clock) for moment in ("10 09:00", "10 23:59")] == [open_today, open_today]


def test_night_goes_on_after_midnight(site, clock):
    offer(site, weekday=0, begin=dt.time(20), end=dt.time(1))

    assert {moment: wall(site, moment, clock) for moment in ("09 23:00", "10 00:30", "10 01:00")} == {
        "09 23:00": "Nu open, tot 1.00 uur",
        "10 00:30": "Nu open, tot 1.00 uur",
        "10 01:00": "Vandaag dicht Weer open op maandag 16 oktober.",
    }


def test_sunday_night_goes_on_in_the_next_week(site, clock):
    offer(site, weekday=6, begin=dt.time(20), end=dt.time(2))

    assert wall(site, "16 01:00", clock) == "Nu open, tot 2.00 uur"
    assert f"{week(site, IsoWeek(2023, 42), 'nl').until:%d %H:%M}" == "16 00:00"  # UTC: two in Brussels


def test_night_that_was_cancelled_or_closed_does_not_go_on(site, clock):
    first = offer(site, weekday=6, begin=dt.time(20), end=dt.time(2))
    cancel(date_of(first, "2023-10-15"), by=None)
    close(
        by=None, partnership=site.partnership, site=site, reason="Dicht",
        first_day=dt.date(2023, 10, 22), last_day=dt.date(2023, 10, 22),
    )  # fmt: skip

    assert wall(site, "16 01:00", clock).startswith("Vandaag dicht")
    assert wall(site, "23 01:00", clock).startswith("Vandaag dicht")


def test_day_with_nothing_on_is_closed_and_says_when_next(site, clock):
    offer(site, weekday=3, **AFTERNOON)

    assert wall(site, "10 09:00", clock) == "Vandaag dicht Weer open op donderdag 12 oktober, namiddag."


def test_closed_day_says_why_and_when_next(site, clock):
    offer(site, weekday=1)
    close(
        by=None, partnership=site.partnership, site=site, reason="Verbouwing",
        first_day=dt.date(2023, 10, 9), last_day=dt.date(2023, 10, 20),
    )  # fmt: skip

    assert wall(site, "10 09:00", clock) == "Vandaag dicht: Verbouwing Weer open op dinsdag 24 oktober."


def test_what_is_opened_anyway_on_a_closed_day_is_open(site, clock):
    offer(site, weekday=2)
    brunch = offer(site, "Brunch", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 11, 1))
    open_anyway(date_of(brunch, "2023-11-01"), by=None)
    clock.move_to(dt.datetime(2023, 11, 1, 9, 30, tzinfo=dt.UTC))  # All Saints' Day

    assert strip_tags(opening(week(site, IsoWeek(2023, 44), "nl")).sentence) == "Nu open, tot 12.00 uur"


def test_cancelled_today_is_not_open_today(site, clock):
    cancel(date_of(offer(site, weekday=1), "2023-10-10"), by=None)

    assert wall(site, "10 11:00", clock) == "Vandaag dicht Weer open op dinsdag 17 oktober."


def test_moved_away_from_today_opens_on_its_new_day(site, clock):
    series = offer(site, weekday=1)
    move(date_of(series, "2023-10-10"), by=None, day=dt.date(2023, 10, 11), begin=dt.time(10), end=dt.time(12))

    assert wall(site, "10 11:00", clock) == "Vandaag dicht Weer open op woensdag 11 oktober, 10.00 tot 12.00 uur."
    assert wall(site, "11 11:00", clock) == "Nu open, tot 12.00 uur"


def _go_elsewhere(series, *days: str) -> None:
    """Along a village hall, and to another house that is not the one of the site."""
    site = series.activity.site
    hall, other = make_place(site, name="Dorpshuis", kind=PlaceKind.STOP), make_place(site, name="Bibliotheek")
    for number, day in enumerate(days):
        date = date_of(series, day)
        if number % 2:
            move(date, by=None, day=date.day, begin=date.begin, end=date.end, place=other)
        else:
            go_on_the_road(date, by=None, stops=[Halt(hall)])


ON_THE_ROAD = "Vandaag op pad Vandaag zijn we op een andere plek. Kijk hieronder."


def test_what_takes_place_elsewhere_does_not_open_the_house(site, clock):
    make_home_address(site)
    coffee = offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    offer(site, weekday=4, first_day=dt.date(2023, 10, 20), begin=dt.time(14), end=dt.time(16))
    _go_elsewhere(coffee, "2023-10-10", "2023-10-17")

    next_time = "Weer open op vrijdag 20 oktober"
    assert {
        moment: wall(site, moment, clock) for moment in ("10 09:00", "10 11:00", "10 12:00", "17 11:00", "18 11:00")
    } == {
        "10 09:00": f"{ON_THE_ROAD} {next_time}.",
        "10 11:00": f"{ON_THE_ROAD} {next_time}.",
        "10 12:00": f"Vandaag niet meer open {next_time}.",
        "17 11:00": f"{ON_THE_ROAD} {next_time}, 14.00 tot 16.00 uur.",
        "18 11:00": f"Vandaag dicht {next_time}, 14.00 tot 16.00 uur.",
    }
    clock.move_to(dt.datetime(2023, 10, 10, 9, tzinfo=dt.UTC))
    assert not is_lit(site)
    assert [item.is_away for item in week(site, IsoWeek(2023, 43), "nl").items] == [False, False]


def test_a_house_is_open_for_what_is_on_in_it_while_something_else_is_elsewhere(site, clock):
    make_home_address(site)
    _go_elsewhere(offer(site, weekday=1, begin=dt.time(9), end=dt.time(17)), "2023-10-10")
    room = make_place(site, name="Zaal 2", kind=PlaceKind.ROOM)
    offer(site, weekday=1, begin=dt.time(13), end=dt.time(14), place=room)

    assert {moment: wall(site, moment, clock) for moment in ("10 10:00", "10 13:30", "10 14:00")} == {
        "10 10:00": "Vandaag open van 13.00 tot 14.00 uur",
        "10 13:30": "Nu open, tot 14.00 uur",
        "10 14:00": "Vandaag niet meer open Weer open op dinsdag 17 oktober.",
    }


def test_night_on_the_road_leaves_the_house_shut(site, clock):
    make_home_address(site)
    _go_elsewhere(offer(site, weekday=0, begin=dt.time(20), end=dt.time(1)), "2023-10-09")

    assert wall(site, "10 00:30", clock).startswith("Vandaag dicht")


def test_a_mobile_place_is_open_where_it_stands(site, clock):
    make_home_address(site)
    Site.objects.update(kind=SiteKind.MOBILE)
    site.refresh_from_db()
    coffee = offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    _go_elsewhere(coffee, "2023-10-10")

    assert wall(site, "10 11:00", clock) == "Nu open, tot 12.00 uur"


def test_the_database_and_the_page_agree_on_what_is_elsewhere(site, clock):
    """Before and after a move: the old house is another house from then on, and no house at all is never left."""
    old, hall = make_place(site, name="Oud huis"), make_place(site, name="Dorpshuis", kind=PlaceKind.STOP)
    offer(site, "Vroeger", weekday=1, place=old)
    offer(site, "Zaal", weekday=1, place=hall)

    def away() -> dict[str, bool]:
        rows = Occurrence.objects.filter(site=site).with_away().values_list("uuid", "is_away")
        shown = {item.uuid: item.is_away for iso in ISO_WEEKS for item in week(site, iso, "nl").items}
        told = {uuid: is_away for uuid, is_away in rows if uuid in shown}
        assert told == shown
        assert told
        dates = Occurrence.objects.filter(uuid__in=told).order_by("day", "series__title")
        return {f"{date.day:%d} {date.series.title}": told[date.uuid] for date in dates}

    assert away() == {"10 Vroeger": False, "10 Zaal": True, "17 Vroeger": False, "17 Zaal": True}
    make_home_address(site, place=old)
    make_home_address(site, since=dt.date(2023, 10, 15))
    schedule_changed(site.pk)
    site.refresh_from_db()

    assert away() == {"10 Vroeger": False, "10 Zaal": True, "17 Vroeger": True, "17 Zaal": True}


@pytest.mark.parametrize(
    ("since", "kind", "stops", "is_away"),
    [
        ("2022-01-01", {}, ("Huis", "Dorpshuis"), False),
        ("2022-01-01", {}, ("Dorpshuis",), True),
        ("2023-11-01", {}, (), False),  # the first house there will be stands for the days before it too
        ("2022-01-01", {"is_elsewhere": True}, (), True),
        ("2022-01-01", {"is_elsewhere": True}, ("Huis",), False),
    ],
    ids=["begins in the house", "along a hall", "house to come", "outing", "outing in the house"],
)
def test_both_say_alike_of_each_kind_of_elsewhere(site, since, kind, stops, is_away):
    house = make_place(site, name="Huis")
    make_home_address(site, place=house, since=dt.date.fromisoformat(since))
    places = {"Huis": house, "Dorpshuis": make_place(site, name="Dorpshuis", kind=PlaceKind.STOP)}
    place = {"place": house} if since > "2023" else {}
    series = offer(site, weekday=1, activity=make_activity(site, type=make_type(**kind)), **place)
    go_on_the_road(date_of(series, "2023-10-10"), by=None, stops=[Halt(places[name]) for name in stops])

    (item,) = week(site, IsoWeek(2023, 41), "nl").items
    row = Occurrence.objects.with_away().get(uuid=item.uuid)
    assert (item.is_away, row.is_away) == (is_away, is_away)


def test_site_without_any_offer_is_closed_and_promises_nothing(site, clock):
    assert wall(site, "10 09:00", clock) == "Vandaag dicht"


def test_while_a_day_is_not_known_it_says_when_it_is_surely_open(site, clock):
    offer(site, "Naaien", weekday=None, begin=None, end=None)
    nothing = wall(site, "10 09:00", clock)
    offer(site, weekday=3, **AFTERNOON)
    part = wall(site, "10 09:00", clock)
    offer(site, weekday=2)

    assert nothing == "Vandaag staat er niets vast op het programma"
    assert part == f"{nothing} Zeker open op donderdag 12 oktober, namiddag."
    assert wall(site, "10 09:00", clock) == f"{nothing} Zeker open op woensdag 11 oktober, 10.00 tot 12.00 uur."
    assert not is_lit(site)


def test_hours_of_the_clock_change(site, clock):
    """On Sunday 29 October 2023 clocks go from 3 to 2: from 1 until 4 lasts four hours."""
    offer(site, weekday=6, begin=dt.time(1), end=dt.time(4))

    assert wall(site, "29 03:59", clock) == "Nu open, tot 4.00 uur"
    assert wall(site, "29 04:00", clock).startswith("Vandaag niet meer open")
