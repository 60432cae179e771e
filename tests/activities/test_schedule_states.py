"""What a visitor is told about a date: planned, moved, closed, opened, withdrawn, or under a new agreement."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.actions.closure import close
from activities.actions.occurrence import back_to_series, cancel, move, open_anyway
from activities.actions.series import change_dates, change_from, end_series
from activities.enums import Frequency, OccurrenceStatus, Part, PriceKind
from activities.iso_week import IsoWeek
from activities.models import Occurrence
from activities.schedule import week
from tests.factories.partners import make_organisation, make_organisation_name
from tests.factories.sites import make_site
from tests.offer import TUESDAY, date_of, offer
from tests.weeks import DAYS, make_busy_site, only, shown

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


def test_planned_date_has_no_badge(site):
    offer(site)

    assert shown(site, 41) == [("mon", "Koffie", "planned", "", [])]


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


AFTERNOON = {"begin": None, "end": None, "part": Part.AFTERNOON}


def test_date_with_another_hour_only_says_the_usual_one_and_why(site):
    series = offer(site, weekday=3)
    day, hours = dt.date(2023, 10, 12), {"begin": dt.time(14), "end": dt.time(15)}

    moved = move(date_of(series, "2023-10-12"), by=None, day=day, note="Lies komt later.", **hours)

    lines = ["Gewoonlijk: 10.00 tot 12.00 uur.", "Lies komt later."]
    assert (only(site, 41).state, only(site, 41).begin) == ("planned", dt.time(14))
    assert shown(site, 41) == [("thu", "Koffie", "planned", "Ander uur", lines)]
    back_to_series(moved, by=None)
    assert shown(site, 41) == [("thu", "Koffie", "planned", "", [])]


@pytest.mark.parametrize(
    ("usual", "now", "badge"),
    [
        (AFTERNOON, {"begin": dt.time(14), "end": dt.time(16)}, ""),  # known more exactly
        (AFTERNOON, {"begin": dt.time(9), "end": dt.time(11)}, "Ander uur"),
        (AFTERNOON, {"part": Part.EVENING}, "Ander uur"),
        ({"begin": None, "end": None}, {"part": Part.EVENING}, ""),  # nothing was known
        ({}, {"part": Part.EVENING}, "Ander uur"),
    ],
)
def test_hour_that_becomes_known_is_not_another_hour(site, usual, now, badge):
    series = offer(site, weekday=3, **usual)

    move(date_of(series, "2023-10-12"), by=None, day=dt.date(2023, 10, 12), **now)

    assert only(site, 41).badge == badge


@pytest.mark.parametrize(
    ("change", "badge", "was"),
    [
        ({"begin": dt.time(14), "end": dt.time(16)}, "Nieuw uur", ["Vroeger: 10.00 tot 12.00 uur."]),
        (AFTERNOON, "Nieuw uur", ["Vroeger: 10.00 tot 12.00 uur."]),
        ({"price_kind": PriceKind.FIXED, "price_cents": 200}, "Nieuwe prijs", ["Vroeger: Gratis."]),
        (
            {"weekday": 4, "begin": dt.time(14), "end": dt.time(16)},
            "Nieuwe dag",
            ["Vroeger op donderdag.", "Vroeger: 10.00 tot 12.00 uur."],
        ),
        ({"title": "Thee"}, "", []),
    ],
)
def test_what_is_new_from_a_day_on_is_told_once_with_the_reason(site, change, badge, was):
    series = offer(site, weekday=3)
    change_from(series, dt.date(2023, 10, 16), by=None, reason="Op vraag van veel mensen.", **change)

    (first,) = [line for line in shown(site, 42) if line[2] == "planned"]
    (second,) = [line for line in shown(site, 43) if line[2] == "planned"]
    assert first[3:] == (badge, [*was, "Op vraag van veel mensen."])
    assert second[3:] == ("", [])


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


def test_date_moved_to_a_closed_day_does_not_take_place_on_either(site):
    series = offer(site, weekday=1)
    move(date_of(series, "2024-04-02"), by=None, day=dt.date(2024, 4, 1))

    told = "Het was verplaatst naar maandag 1 april, maar dan is het dicht: Paasmaandag."
    assert shown(site, 14, year=2024) == [
        ("mon", "Koffie", "closed", "Dicht", ["Paasmaandag", "Volgende keer: dinsdag 9 april."]),
        ("tue", "Koffie", "moved", "Gaat niet door", [told, "Volgende keer: dinsdag 9 april."]),
    ]


@pytest.mark.parametrize(("day", "name"), [("2024-04-01", "maandag 1 april"), ("2024-12-25", "woensdag 25 december")])
def test_date_moved_to_a_closed_day_of_another_week_does_not_take_place(site, day, name):
    series = offer(site, weekday=1, last_day=dt.date(2024, 5, 14))
    move(date_of(series, "2024-05-14"), by=None, day=dt.date.fromisoformat(day))

    ((_day, _title, state, badge, lines),) = shown(site, 20, year=2024)
    assert (state, badge, lines[0].split(",")[0]) == ("moved", "Gaat niet door", f"Het was verplaatst naar {name}")


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


def new_days(site, *weeks):
    """(week, day, badge, line) of what is told about another day of the week, for whole weeks."""
    told = [(number, line) for number in weeks for line in shown(site, number)]
    return [(number, day, badge, "".join(lines[:1])) for number, (day, _title, _state, badge, lines) in told if badge]


def test_new_day_of_what_becomes_monthly_is_its_first_real_date(site):
    change_from(offer(site), dt.date(2023, 10, 12), by=None, frequency=Frequency.MONTHLY, weekday=3, nth=1)

    assert new_days(site, 41, 42, 44) == [
        (41, "mon", "Laatste keer op maandag", "Vanaf donderdag 2 november is dit op donderdag."),
        (42, "mon", "Verplaatst", "Vanaf donderdag 2 november is dit op donderdag."),
        (44, "mon", "Verplaatst", "Vanaf donderdag 2 november is dit op donderdag."),
        (44, "thu", "Nieuwe dag", "Vroeger op maandag."),
    ]


@pytest.mark.parametrize("how", ["taken out", "cancelled"])
def test_new_day_is_not_one_on_which_it_does_not_take_place(site, how):
    following = change_from(offer(site), dt.date(2023, 10, 18), by=None, weekday=3)
    if how == "cancelled":
        cancel(date_of(following, "2023-10-19"), by=None)
    else:
        change_dates(following, by=None, remove=[dt.date(2023, 10, 19)])

    told = [line for line in new_days(site, 42, 43) if line[1] == "mon" or line[2] == "Nieuwe dag"]
    assert told == [
        (42, "mon", "Laatste keer op maandag", "Vanaf donderdag 26 oktober is dit op donderdag."),
        (43, "mon", "Verplaatst", "Vanaf donderdag 26 oktober is dit op donderdag."),
        (43, "thu", "Nieuwe dag", "Vroeger op maandag."),
    ]


def test_new_day_is_not_a_holiday_nor_a_closed_day(site):
    change_from(offer(site), dt.date(2023, 11, 1), by=None, weekday=2)
    close(
        by=None, partnership=site.partnership, site=site, reason="Werken",
        first_day=dt.date(2023, 11, 8), last_day=dt.date(2023, 11, 8),
    )  # fmt: skip

    assert new_days(site, 44, 45, 46) == [
        (44, "mon", "Laatste keer op maandag", "Vanaf woensdag 15 november is dit op woensdag."),
        (44, "wed", "Dicht", "Allerheiligen"),
        (45, "mon", "Verplaatst", "Vanaf woensdag 15 november is dit op woensdag."),
        (45, "wed", "Dicht", "Werken"),
        (46, "mon", "Verplaatst", "Vanaf woensdag 15 november is dit op woensdag."),
        (46, "wed", "Nieuwe dag", "Vroeger op maandag."),
    ]


def test_new_day_without_any_date_yet_says_only_that_it_changes(site):
    following = change_from(offer(site), dt.date(2023, 10, 18), by=None, weekday=3)
    Occurrence.objects.filter(series=following).update(status=OccurrenceStatus.CANCELLED)

    assert [line for line in new_days(site, 42, 43) if line[1] == "mon"] == [
        (42, "mon", "Laatste keer op maandag", "De dag verandert."),
        (43, "mon", "Verplaatst", "De dag verandert."),
    ]


def test_new_day_that_is_not_published_is_told_to_nobody(site):
    following = change_from(offer(site), dt.date(2023, 10, 18), by=None, weekday=3)
    type(following).objects.filter(pk=following.pk).update(is_published=False)

    assert new_days(site, 42) == []


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
