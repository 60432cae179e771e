"""What a week tells: hours, places, people and prices, the house, and for how long it is true."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel
from activities.enums import Part, PriceKind
from activities.iso_week import IsoWeek
from activities.schedule import dates, week
from tests.factories.activities import (
    make_activity,
    make_guest,
    make_occurrence,
    make_organiser,
    make_series,
    make_stop,
    make_text,
)
from tests.factories.partners import make_organisation
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.weeks import make_busy_site, only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def site():
    return make_site(slug="hier")


@pytest.fixture(autouse=True)
def elsewhere():
    return make_busy_site()


def test_unknown_hour_is_a_part_of_the_day_and_sorts_before_the_hours_of_that_part(site):
    fields = [
        ("Om tien", {"begin": dt.time(10), "end": dt.time(11)}),
        ("Om twee", {"begin": dt.time(14), "end": dt.time(15)}),
        ("Namiddag", {"begin": None, "end": None, "part": Part.AFTERNOON}),
        ("Avond", {"begin": None, "end": None, "part": Part.EVENING}),
        ("Geen idee", {"begin": None, "end": None}),
    ]
    for title, hours in fields:
        offer(site, title, **hours)

    items = week(site, IsoWeek(2023, 41), "nl").items

    assert [(item.title, item.begins_at) for item in items if not item.begin] == [
        ("Geen idee", None), ("Namiddag", None), ("Avond", None),
    ]  # fmt: skip
    assert [item.title for item in items] == ["Geen idee", "Om tien", "Namiddag", "Om twee", "Avond"]
    assert [item.hours for item in items if not item.begin] == ["", "namiddag", "avond"]


def test_stops_and_guests_are_told(site):
    series = offer(site, weekday=3)
    occurrence = date_of(series, "2023-10-12")
    for position, name in enumerate(["Boerenijsje", "Dorpshuis"]):
        make_stop(occurrence, place=make_place(site, name=name), position=position)
    make_guest(occurrence, make_organisation(name="Mutualiteit"))

    assert only(site, 41).extra == "In Boerenijsje en Dorpshuis. Te gast: Mutualiteit."
    assert only(site, 42).extra == ""


@pytest.mark.parametrize(
    ("kind", "cents", "words"),
    [
        (PriceKind.FREE, None, "Gratis"),
        (PriceKind.FIXED, 250, "€ 2,50"),
        (PriceKind.FIXED, 300, "€ 3"),
        (PriceKind.GOODS, None, "Je betaalt wat je koopt"),
        (PriceKind.ASK, None, "Vraag de prijs ter plaatse"),
    ],
)
def test_price_is_always_told(site, kind, cents, words):
    offer(site, price_kind=kind, price_cents=cents)

    assert only(site, 41).meta == words


def test_text_in_the_language_of_the_reader_and_else_in_dutch(site):
    make_text(offer(site, "Koffie en Formulieren", description="Samen invullen."), language="fr", title="Café")
    offer(site, "Soep", weekday=1)

    told = [(item.title, item.language) for item in week(site, IsoWeek(2023, 41), "fr").items]

    assert told == [("Café", "fr"), ("Soep", "nl")]


def test_undated_agreement_stands_apart_and_has_no_date(site):
    offer(site, "Fietsbieb", weekday=None, begin=None, end=None)

    shown_week = week(site, IsoWeek(2023, 41), "nl")

    assert shown_week.items == []
    assert [(item.title, item.often, item.day, item.uuid) for item in shown_week.undated] == [
        ("Fietsbieb", "elke week", None, None)
    ]


def test_unpublished_agreement_shows_nowhere(site):
    offer(site, "Geheim", weekday=None, publish=False)
    offer(site, "Ook geheim", publish=False)

    seen = week(site, IsoWeek(2023, 41), "nl")

    assert (seen.items, seen.undated) == ([], [])


# --- The house


def test_move_of_the_house_is_told_for_eight_weeks_and_not_before(site, clock):
    make_home_address(site, place=make_place(site, name="Oude kantine"), since=dt.date(2023, 1, 1))
    make_home_address(site, place=make_place(site, name="Nieuwe zaal"), since=dt.date(2023, 10, 11))
    offer(site, weekday=3)

    told = {}
    for day in (dt.date(2023, 10, 10), dt.date(2023, 10, 11), dt.date(2023, 12, 6), dt.date(2023, 12, 7)):
        clock.move_to(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC))
        seen = week(site, IsoWeek.of(day), "nl")
        told[f"{day:%d/%m}"] = (seen.home.place.name, seen.moved_from and seen.moved_from.name)

    assert told == {
        "10/10": ("Oude kantine", None),
        "11/10": ("Nieuwe zaal", "Oude kantine"),
        "06/12": ("Nieuwe zaal", "Oude kantine"),
        "07/12": ("Nieuwe zaal", None),
    }


def test_each_date_is_in_the_house_of_its_day(site):
    make_home_address(site, place=make_place(site, name="Oude kantine"), since=dt.date(2023, 1, 1))
    make_home_address(site, place=make_place(site, name="Nieuwe zaal"), since=dt.date(2023, 10, 11))
    for weekday in (0, 3):
        offer(site, weekday=weekday)

    assert [item.place for item in week(site, IsoWeek(2023, 41), "nl").items] == ["Oude kantine", "Nieuwe zaal"]


# --- Calendars


def test_week_53_has_its_seven_days(site, clock):
    offer(site, weekday=4, first_day=dt.date(2020, 1, 3))
    clock.move_to(dt.datetime(2020, 12, 29, 9, tzinfo=dt.UTC))

    shown_week = week(site, IsoWeek(2020, 53), "nl")

    assert [str(day.date) for day in shown_week.days] == [
        "2020-12-28", "2020-12-29", "2020-12-30", "2020-12-31", "2021-01-01", "2021-01-02", "2021-01-03",
    ]  # fmt: skip
    assert [(str(item.day), item.state) for item in shown_week.items] == [("2021-01-01", "closed")]


def test_hours_stay_the_same_over_both_clock_changes(site):
    offer(site, weekday=6, begin=dt.time(10), end=dt.time(12), first_day=dt.date(2023, 3, 5))

    hours = {
        str(item.day): (f"{item.begin:%H:%M}", f"{item.begins_at:%H:%M}")
        for item in dates(site, dt.date(2023, 3, 19), dt.date(2023, 3, 26), "nl")
        + dates(site, dt.date(2023, 10, 22), dt.date(2023, 10, 29), "nl")
    }

    assert hours == {
        "2023-03-19": ("10:00", "09:00"), "2023-03-26": ("10:00", "08:00"),
        "2023-10-22": ("10:00", "08:00"), "2023-10-29": ("10:00", "09:00"),
    }  # fmt: skip


# --- How long it is true


def test_a_week_is_true_until_the_next_begin_or_end_today(site, clock):
    offer(site, weekday=1, begin=dt.time(10), end=dt.time(12))
    offer(site, weekday=2, begin=dt.time(9, 30), end=dt.time(10))
    seen = []

    for hour in ("07:00", "08:00", "10:00", "21:59"):
        clock.move_to(dt.datetime.fromisoformat(f"2023-10-10T{hour}+00:00"))
        seen.append(f"{week(site, IsoWeek(2023, 41), 'nl').until:%d %H:%M}")

    assert seen == ["10 08:00", "10 10:00", "10 22:00", "10 22:00"]  # UTC: ten, twelve and midnight in Brussels


def test_a_week_with_a_part_of_the_day_is_true_until_that_begins_and_ends(site, clock):
    offer(site, weekday=1, begin=None, end=None, part=Part.AFTERNOON)
    seen = []

    for hour in ("07:00", "10:00", "15:00"):
        clock.move_to(dt.datetime.fromisoformat(f"2023-10-10T{hour}+00:00"))
        seen.append(f"{week(site, IsoWeek(2023, 41), 'nl').until:%d %H:%M}")

    assert seen == ["10 10:00", "10 15:00", "10 22:00"]


# --- Queries


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("number", [5, 500])
def test_week_takes_as_many_queries_for_5_as_for_500_dates(site, number, language, django_assert_num_queries):
    fill(site, number)

    with django_assert_num_queries(6):
        items = week(site, IsoWeek(2023, 41), language).items

    assert len(items) == number


def fill(site, number):
    """So many dates on five days of week 41, some of them with everything a date can have."""
    make_home_address(site)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 12), last_day=dt.date(2023, 10, 12),
    )  # fmt: skip
    activity, organiser = make_activity(site), make_organisation()
    for weekday in range(5):
        series = [make_series(activity, title=f"Nummer {index}", weekday=weekday) for index in range(number // 5)]
        day = dt.date(2023, 10, 9) + dt.timedelta(days=weekday)
        for one in series:
            make_organiser(one, organiser)
            make_text(one, title=f"Numéro {one.pk}")
            make_stop(occurrence := make_occurrence(one, day))
            make_guest(occurrence, organiser)
        cancel(occurrence, by=None, note="Ziek")
