"""The read model of every channel: which dates stand in a week, in which state, with which words."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move, open_anyway
from activities.actions.series import change_from, end_series
from activities.enums import Frequency, Part, PriceKind
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
from tests.factories.partners import make_organisation, make_organisation_name
from tests.factories.sites import make_home_address, make_place, make_site
from tests.offer import TUESDAY, date_of, offer

pytestmark = pytest.mark.django_db

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def site():
    return make_site(slug="hier")


@pytest.fixture(autouse=True)
def elsewhere():
    """Another site with an offer on every day that is looked at: none of it may ever show."""
    site = make_site(slug="elders")
    for weekday in range(7):
        offer(site, "Van elders", weekday=weekday, first_day=dt.date(2023, 10, 2), last_day=dt.date(2023, 11, 30))
    return site


def shown(site, number, *, year=2023, language="nl"):
    """(day, title, state, badge, lines) of a week's lines, in order."""
    lines = week(site, IsoWeek(year, number), language).items
    return [(DAYS[i.day.weekday()], i.title, i.state, i.badge, i.lines) for i in lines]


def only(site, number, *, language="nl", **year):
    (item,) = week(site, IsoWeek(year.get("year", 2023), number), language).items
    return item


# --- States


def test_planned_date_has_no_badge(site):
    offer(site)

    assert shown(site, 41) == [("mon", "Koffie", "planned", "", [])]


def test_cancelled_date_stays_with_its_note_and_the_next_time(site):
    series = offer(site, weekday=3)

    cancel(date_of(series, "2023-10-12"), by=None, note="Lies is ziek.")

    lines = ["Lies is ziek.", "Volgende keer: donderdag 19 oktober."]
    assert shown(site, 41) == [("thu", "Koffie", "cancelled", "Gaat niet door", lines)]
    assert shown(site, 42) == [("thu", "Koffie", "planned", "", [])]


def test_next_time_skips_what_is_closed_and_what_is_cancelled(site):
    series = offer(site, weekday=3)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 10, 19), last_day=dt.date(2023, 10, 19),
    )  # fmt: skip
    for day in ("2023-10-12", "2023-10-26"):
        cancel(date_of(series, day), by=None)

    assert only(site, 41).lines == ["Volgende keer: donderdag 2 november."]
    assert only(site, 42).lines == ["Werken", "Volgende keer: donderdag 2 november."]


def test_next_time_may_be_the_same_week(site):
    series = offer(site, weekday=1, first_day=dt.date(2023, 10, 3))
    other = offer(site, "Soep", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2023, 10, 13))
    move(date_of(series, "2023-10-17"), by=None, day=dt.date(2023, 10, 13))
    cancel(date_of(series, "2023-10-10"), by=None)

    assert [line[0:2] for line in shown(site, 41)] == [("tue", "Koffie"), ("fri", "Koffie"), ("fri", "Soep")]
    assert week(site, IsoWeek(2023, 41), "nl").items[0].lines == ["Volgende keer: vrijdag 13 oktober."]
    assert other.occurrences.count() == 1


def test_next_time_comes_after_the_cancelled_day_when_there_is_one_before_it(site):
    series = offer(site, weekday=3)
    move(date_of(series, "2023-10-05"), by=None, day=dt.date(2023, 10, 11))
    cancel(date_of(series, "2023-10-12"), by=None)

    item = next(i for i in week(site, IsoWeek(2023, 41), "nl").items if i.state == "cancelled")

    assert item.lines == ["Volgende keer: donderdag 19 oktober."]


def test_next_time_may_be_under_the_agreement_that_follows(site):
    series = offer(site, weekday=3)
    change_from(series, dt.date(2023, 10, 16), by=None, weekday=4, price_kind=PriceKind.ASK)
    cancel(date_of(series, "2023-10-12"), by=None)

    assert only(site, 41).lines == ["Volgende keer: vrijdag 20 oktober."]


def test_next_time_may_be_this_week_under_the_agreement_that_follows(site):
    series = offer(site, weekday=1)
    thursday = change_from(series, dt.date(2023, 10, 11), by=None, weekday=3)
    friday = change_from(thursday, dt.date(2023, 10, 17), by=None, weekday=4)
    cancel(date_of(series, "2023-10-10"), by=None)

    assert week(site, IsoWeek(2023, 41), "nl").items[0].lines == ["Volgende keer: donderdag 12 oktober."]

    cancel(date_of(thursday, "2023-10-12"), by=None)
    cancel(date_of(friday, "2023-10-20"), by=None)
    told = [item.lines for item in week(site, IsoWeek(2023, 41), "nl").items]
    assert told == [["Volgende keer: vrijdag 27 oktober."]] * 2


def test_next_time_is_not_that_of_another_agreement_of_the_activity(site):
    tuesday = offer(site, weekday=1, last_day=dt.date(2023, 10, 10))
    offer(site, weekday=3, activity=tuesday.activity)
    cancel(date_of(tuesday, "2023-10-10"), by=None)

    assert week(site, IsoWeek(2023, 41), "nl").items[0].lines == []


def test_moved_date_stands_on_both_days_and_takes_place_on_one(site):
    series = offer(site, weekday=3)

    move(date_of(series, "2023-10-12"), by=None, day=dt.date(2023, 10, 13), part=Part.EVENING, note="Zelfde zaal.")

    items = week(site, IsoWeek(2023, 41), "nl").items
    assert shown(site, 41) == [
        ("thu", "Koffie", "moved", "Verplaatst", ["Deze keer op vrijdag 13 oktober.", "Zelfde zaal."]),
        ("fri", "Koffie", "moved", "Andere dag", ["Deze keer niet op donderdag 12 oktober.", "Zelfde zaal."]),
    ]
    assert [item.takes_place for item in items] == [False, True]
    assert {item.uuid for item in items} == {date_of(series, "2023-10-12").uuid}


def test_date_moved_to_another_week_stands_in_both(site):
    series = offer(site, weekday=3)

    move(date_of(series, "2023-10-12"), by=None, day=dt.date(2023, 10, 18))

    assert [line[:4] for line in shown(site, 41)] == [("thu", "Koffie", "moved", "Verplaatst")]
    assert [line[:4] for line in shown(site, 42)] == [
        ("wed", "Koffie", "moved", "Andere dag"), ("thu", "Koffie", "planned", ""),
    ]  # fmt: skip


def test_date_with_another_hour_only_is_not_called_moved(site):
    series = offer(site, weekday=3)

    move(date_of(series, "2023-10-12"), by=None, day=dt.date(2023, 10, 12), begin=dt.time(14), end=dt.time(15))

    assert (only(site, 41).state, only(site, 41).begin) == ("planned", dt.time(14))


def test_closed_day_names_its_reason_and_the_next_time(site):
    offer(site, weekday=3)
    close(
        by=None, partnership=site.partnership, site=site, reason="Zomersluiting",
        first_day=dt.date(2023, 10, 11), last_day=dt.date(2023, 10, 14),
    )  # fmt: skip

    shut = {DAYS[day.date.weekday()]: day.closed for day in week(site, IsoWeek(2023, 41), "nl").days if day.closed}

    assert shut == dict.fromkeys(["wed", "thu", "fri", "sat"], "Zomersluiting")
    lines = ["Zomersluiting", "Volgende keer: donderdag 19 oktober."]
    assert shown(site, 41) == [("thu", "Koffie", "closed", "Dicht", lines)]


def test_closure_of_the_partnership_closes_its_sites_and_no_other(site, elsewhere):
    offer(site, weekday=3)
    close(
        by=None, partnership=site.partnership, site=None, reason="Vorming",
        first_day=dt.date(2023, 10, 12), last_day=dt.date(2023, 10, 12),
    )  # fmt: skip

    assert only(site, 41).state == "closed"
    assert {item.state for item in week(elsewhere, IsoWeek(2023, 41), "nl").items} == {"planned"}


def test_holiday_closes_and_what_is_opened_anyway_says_so(site):
    offer(site, "Gewone koffie")
    brunch = offer(site, "Brunch", frequency=Frequency.ONCE, weekday=None, first_day=dt.date(2024, 4, 1))
    open_anyway(date_of(brunch, "2024-04-01"), by=None)

    easter_monday = week(site, IsoWeek(2024, 14), "nl").days[0]

    assert easter_monday.closed == "Paasmaandag"
    assert [(i.title, i.state, i.badge, i.takes_place) for i in easter_monday.items] == [
        ("Brunch", "opened", "Toch open", True), ("Gewone koffie", "closed", "Dicht", False),
    ]  # fmt: skip
    assert easter_monday.items[0].lines == ["Ook op deze dag: Paasmaandag."]


def test_site_that_stays_open_on_holidays_is_open(site):
    site.closed_on_holidays = False
    site.save()
    offer(site)

    assert only(site, 14, year=2024).state == "planned"


def test_date_moved_to_a_closed_day_and_opened_there_does_not_take_place_on_the_old_day(site):
    series = offer(site, weekday=1)
    occurrence = move(date_of(series, "2024-04-02"), by=None, day=dt.date(2024, 4, 1))
    open_anyway(occurrence, by=None)

    items = week(site, IsoWeek(2024, 14), "nl").items

    assert [(DAYS[i.day.weekday()], i.state, i.badge, i.takes_place) for i in items] == [
        ("mon", "opened", "Toch open", True), ("tue", "moved", "Verplaatst", False),
    ]  # fmt: skip


def test_date_moved_to_a_closed_day_is_not_called_closed_on_the_old_day(site):
    series = offer(site, weekday=1)
    move(date_of(series, "2024-04-02"), by=None, day=dt.date(2024, 4, 1))

    items = week(site, IsoWeek(2024, 14), "nl").items

    assert [(DAYS[i.day.weekday()], i.state, i.badge) for i in items] == [
        ("mon", "closed", "Dicht"), ("tue", "moved", "Verplaatst"),
    ]  # fmt: skip


def test_withdrawn_date_shows_until_it_is_past(site, clock):
    series = offer(site, weekday=3)
    end_series(series, dt.date(2023, 10, 11), by=None)

    assert [line[:4] for line in shown(site, 41)] == [("thu", "Koffie", "withdrawn", "Gaat niet door")]

    clock.move_to(dt.datetime(2023, 10, 12, 21, tzinfo=dt.UTC))
    assert len(shown(site, 41)) == 1
    clock.move_to(dt.datetime(2023, 10, 12, 22, tzinfo=dt.UTC))  # midnight in Brussels
    assert shown(site, 41) == []


def test_new_day_is_told_on_the_old_days_before_and_after_the_change(site):
    series = offer(site)
    change_from(series, dt.date(2023, 10, 18), by=None, weekday=3, reason="Meer volk op donderdag.")

    assert shown(site, 42) == [
        ("mon", "Koffie", "planned", "Laatste keer op maandag", ["Vanaf donderdag 19 oktober is dit op donderdag."]),
        ("thu", "Koffie", "planned", "Nieuwe dag", ["Vroeger op maandag.", "Meer volk op donderdag."]),
    ]
    assert [line[:4] for line in shown(site, 43)] == [
        ("mon", "Koffie", "withdrawn", "Verplaatst"), ("thu", "Koffie", "planned", ""),
    ]  # fmt: skip


def test_new_price_on_the_same_day_shows_each_date_once(site):
    series = offer(site, price_kind=PriceKind.ASK)
    change_from(series, dt.date(2023, 10, 18), by=None, price_kind=PriceKind.FREE)

    prices = [[(item.state, item.price) for item in week(site, IsoWeek(2023, n), "nl").items] for n in (42, 43)]

    assert prices == [[("planned", "Vraag de prijs ter plaatse")], [("planned", "Gratis")]]


def test_past_week_stays_as_it_then_was(site, clock):
    series = offer(site, "Koffie", organisers=[make_organisation(name="CAW")], weekday=0)
    before = week(site, IsoWeek(2023, 40), "nl").items
    change_from(
        series, dt.date(2023, 10, 18), by=None, title="Thee", weekday=4, price_kind=PriceKind.FIXED, price_cents=200,
        organisers=[make_organisation(name="SAAMO")], begin=None, end=None, part=Part.EVENING,
    )  # fmt: skip

    clock.move_to(dt.datetime(2023, 12, 5, 9, tzinfo=dt.UTC))

    assert week(site, IsoWeek(2023, 40), "nl").items == before
    thee = only(site, 48)
    assert (thee.title, thee.price, thee.organisers, thee.hours) == ("Thee", "€ 2", ["SAAMO"], "avond")


def test_organiser_is_called_as_in_those_days(site):
    organisation = make_organisation(name="Samenlevingsopbouw")
    make_organisation_name(organisation, name="SAAMO", since=dt.date(2023, 6, 1))
    offer(site, organisers=[organisation])

    names = [only(site, number).organisers for number in (20, 30)]

    assert names == [["Samenlevingsopbouw"], ["SAAMO"]]


# --- Hours, places, people, prices


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
