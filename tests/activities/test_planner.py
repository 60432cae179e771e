"""The week of a coordinator: what visitors are told and what is being prepared, in days, rows and lanes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.closure import close
from activities.actions.occurrence import cancel, move, open_anyway
from activities.actions.series import change_dates, start_series
from activities.actions.steps import take_step
from activities.balance import missing
from activities.enums import Frequency, Part
from activities.iso_week import IsoWeek
from activities.planner import Block, Pile, lay_out, open_steps
from sites.enums import RoleKind
from sites.models import Site
from tests.factories.activities import make_activity, make_text, series_fields
from tests.factories.partners import make_organisation
from tests.factories.sites import make_person, make_site
from tests.offer import date_of, offer
from tests.rows import day
from tests.weeks import DAYS, make_busy_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)  # a Tuesday
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture(autouse=True)
def elsewhere():
    """Another place with an offer and a draft every day: none of it may ever show."""
    site = make_busy_site()
    draft(site, "Ontwerp van elders", weekday=1)
    return site


@pytest.fixture
def mira(site):
    return make_person(RoleKind.COORDINATOR, site=site)


def draft(site, title="Ontwerp", *, organisers=(), activity=None, **fields):
    fields = series_fields(title=title, **fields)
    return start_series(
        activity or make_activity(site), by=None, organisers=organisers, publish=False, **fields
    )  # fmt: skip


def planner(site, user, week="2023-W41", language="nl"):
    return lay_out(Site.objects.get(pk=site.pk), IsoWeek.parse(week), user, language)


def blocks(shown) -> list[tuple[str, Block]]:
    """(day, block) of every block with a day, those of piles too."""
    return [
        (DAYS[one.date.weekday()], block)
        for one in shown.days
        for entry in one.entries
        for block in (entry.blocks if isinstance(entry, Pile) else [entry])
    ]


def told(shown) -> list[tuple]:
    """(day, title, rows, badge, leads somewhere, can be moved)"""
    return [(on, b.item.title, b.rows, b.item.badge, bool(b.url), b.can_move) for on, b in blocks(shown)]


def test_block_stands_on_its_hours_and_leads_to_where_it_is_changed(site, mira):
    series = offer(site, weekday=3)

    shown = planner(site, mira)

    assert told(shown) == [("thu", "Koffie", (9, 17), "", True, True)]
    ((_day, block),) = blocks(shown)
    assert block.url == f"/beheer/hier/planner/datum/{date_of(series, '2023-10-12').uuid}/"
    assert (block.lane, block.lanes, block.is_exact) == (1, 1, True)


def test_unknown_hour_fills_its_part_of_the_day_and_nothing_known_has_a_row_of_its_own(site, mira):
    offer(site, "Naaien", weekday=3, begin=None, end=None, part=Part.AFTERNOON)
    offer(site, "Ergens", weekday=4, begin=None, end=None)

    shown = planner(site, mira)

    assert [(on, b.rows, b.is_exact) for on, b in blocks(shown)] == [("thu", (17, 37), False), ("fri", (0, 1), False)]
    assert shown.has_vague_part


def test_night_ends_at_the_edge_with_its_true_hours_in_words(site, mira):
    offer(site, weekday=4, begin=dt.time(20), end=dt.time(1))

    ((_day, block),) = blocks(planner(site, mira))

    assert block.rows == (49, 57)
    assert "20.00" in block.card.time
    assert "1.00" in block.card.time


def test_two_at_once_stand_side_by_side_and_one_after_them_has_the_whole_width(site, mira):
    for title, begin, end in (("A", 9, 11), ("B", 10, 12), ("C", 12, 13)):
        offer(site, title, weekday=3, begin=dt.time(begin), end=dt.time(end))

    shown = planner(site, mira)

    assert [(b.item.title, b.lane, b.lanes) for _on, b in blocks(shown)] == [("A", 1, 2), ("B", 2, 2), ("C", 1, 1)]
    assert [one.units for one in shown.days] == [2, 4, 2, 8, 2, 2, 2]  # the word “vandaag” needs its place too


def test_fourteen_at_once_are_a_pile_in_the_order_of_their_hours(site, mira):
    for number in range(14):
        offer(site, f"Reeks {number:02d}", weekday=3, begin=dt.time(9, number), end=dt.time(12))

    thursday = planner(site, mira).days[3]

    (pile,) = thursday.entries
    assert [block.item.title for block in pile.blocks] == [f"Reeks {number:02d}" for number in range(14)]
    assert (pile.rows, thursday.units, {block.lanes for block in pile.blocks}) == ((5, 17), 16, {0})


def test_closed_day_says_why_and_what_stands_there_can_be_moved_or_opened(site, mira):
    offer(site, weekday=3)
    opened = offer(site, "Toch", weekday=3, begin=dt.time(14), end=dt.time(15))
    close(
        by=None, partnership=site.partnership, site=site, first_day=day("2023-10-12"), last_day=day("2023-10-12"),
        reason="Herfst",
    )  # fmt: skip
    open_anyway(date_of(opened, "2023-10-12"), by=None)

    shown = planner(site, mira)

    assert [one.closed for one in shown.days] == ["", "", "", "Herfst", "", "", ""]
    assert told(shown) == [
        ("thu", "Koffie", (9, 17), "Dicht", True, True),
        ("thu", "Toch", (25, 29), "Toch open", True, True),
    ]


def test_cancelled_stays_and_leads_on_but_is_not_moved(site, mira):
    cancel(date_of(offer(site, weekday=3), "2023-10-12"), by=None, note="Ziek")

    assert told(planner(site, mira)) == [("thu", "Koffie", (9, 17), "Gaat niet door", True, False)]


def test_moved_date_stands_on_both_days_and_is_taken_up_on_the_new_one(site, mira):
    date = date_of(offer(site, weekday=3), "2023-10-12")
    move(date, by=None, day=day("2023-10-13"), begin=dt.time(14), end=dt.time(15))

    shown = planner(site, mira)

    assert told(shown) == [
        ("thu", "Koffie", (9, 17), "Verplaatst", True, False),
        ("fri", "Koffie", (25, 29), "Andere dag", True, True),
    ]
    assert {block.url for _on, block in blocks(shown)} == {f"/beheer/hier/planner/datum/{date.uuid}/"}


def test_date_moved_to_another_week_stands_in_both(site, mira):
    move(date_of(offer(site, weekday=3), "2023-10-12"), by=None, day=day("2023-10-17"), part=Part.EVENING)

    assert [line[:2] for line in told(planner(site, mira))] == [("thu", "Koffie")]
    assert [line[:2] for line in told(planner(site, mira, "2023-W42"))] == [("tue", "Koffie"), ("thu", "Koffie")]


def test_withdrawn_date_is_shown_and_leads_nowhere(site, mira):
    series = offer(site, weekday=3)
    change_dates(series, by=None, remove=[day("2023-10-12")])

    assert told(planner(site, mira)) == [("thu", "Koffie", (9, 17), "Gaat niet door", False, False)]


def test_what_is_past_is_read_only_and_what_has_begun_is_not_moved(site, mira, clock):
    offer(site, "Gisteren", weekday=0)
    offer(site, "Nu", weekday=1, begin=dt.time(8, 30), end=dt.time(12))
    offer(site, "Straks", weekday=1, begin=dt.time(14), end=dt.time(16))

    shown = planner(site, mira)

    assert [(line[1], *line[4:]) for line in told(shown)] == [
        ("Gisteren", False, False), ("Nu", True, False), ("Straks", True, True),
    ]  # fmt: skip
    assert [len(one.cells) for one in shown.days] == [0, 3, 3, 3, 3, 3, 3]
    assert [bool(one.new_url) for one in shown.days] == [False, *[True] * 6]


def test_past_week_leads_nowhere(site, mira):
    offer(site)
    offer(site, "Zonder dag", weekday=None)

    shown = planner(site, mira, "2023-W40")

    assert shown.is_past
    assert [(b.url, b.can_move) for _on, b in blocks(shown)] == [("", False)]
    assert [one.cells for one in shown.days] == [[]] * 7


def test_draft_stands_where_it_would_be_held(site, mira):
    offer(site, weekday=3)
    draft(
        site,
        "Digitaal café",
        weekday=3,
        begin=dt.time(10),
        end=dt.time(11),
        organisers=[make_organisation(name="Ligo")],
    )
    draft(site, "Om de week", weekday=4, interval=2, first_day=day("2023-10-06"))
    draft(site, "Voorbij", weekday=4, first_day=day("2023-01-02"), last_day=day("2023-10-08"))
    draft(site, "Eén keer", frequency=Frequency.ONCE, weekday=None, first_day=day("2023-10-15"))

    shown = planner(site, mira)

    assert told(shown) == [
        ("thu", "Digitaal café", (9, 13), "Ontwerp", True, False),
        ("thu", "Koffie", (9, 17), "", True, True),
        ("sun", "Eén keer", (9, 17), "Ontwerp", True, False),
    ]
    cafe = blocks(shown)[0][1]
    assert cafe.item.organisers == ["Ligo"]
    assert cafe.url == f"/beheer/hier/planner/ontwerp/{cafe.item.series_id}/"
    assert [line[1] for line in told(planner(site, mira, "2023-W42")) if line[0] == "fri"] == ["Om de week"]


def test_proposal_names_who_proposes_and_speaks_the_language_of_the_reader(site, mira):
    caw = make_organisation(name="CAW")
    series = start_series(
        make_activity(site), by=None, publish=False, proposed_by=caw, **series_fields(title="Advies", weekday=3)
    )
    make_text(series, title="Conseil")

    ((_day, block),) = blocks(planner(site, mira, language="fr"))

    assert (block.item.title, block.item.badge) == ("Conseil", "Proposition de CAW")


def test_without_a_day_stands_apart_drafts_too(site, mira):
    offer(site, "Fietsen", weekday=None)
    draft(site, "Zingen", weekday=None)
    draft(site, "Later", weekday=None, first_day=day("2024-01-01"))

    shown = planner(site, mira)

    assert [(one.item.title, one.item.badge, one.can_move) for one in shown.undated] == [
        ("Fietsen", "", False), ("Zingen", "Ontwerp", False),
    ]  # fmt: skip
    assert [one.url.split("/")[4] for one in shown.undated] == ["afspraak", "ontwerp"]
    assert blocks(shown) == []


def test_who_does_not_coordinate_the_place_sees_no_draft(site):
    draft(site, weekday=3)
    stranger = make_person(RoleKind.COORDINATOR, site=make_site())

    assert told(planner(site, stranger)) == []


def test_balance_counts_parts_of_the_day_and_says_what_is_missing(site, mira):
    both = {"activity": make_activity(site, meet=True, refer=True)}
    offer(site, weekday=3, begin=dt.time(11), end=dt.time(13), **both)
    offer(site, "Zelfde voormiddag", weekday=3, begin=dt.time(9), end=dt.time(10))
    offer(site, "Ergens", weekday=4, begin=None, end=None)
    offer(site, "Zonder dag", weekday=None, activity=make_activity(site, meet=False, learn=True))
    cancelled = offer(site, weekday=5, activity=make_activity(site, meet=False, politicise=True))
    cancel(date_of(cancelled, "2023-10-14"), by=None)
    draft(site, weekday=5, activity=make_activity(site, meet=False, politicise=True))

    shown = planner(site, mira)

    assert [(one.code, one.parts, one.undated) for one in shown.balance] == [
        ("meet", 3, 0), ("learn", 0, 1), ("politicise", 0, 0), ("refer", 2, 0),
    ]  # fmt: skip
    assert shown.balance[0].bars == [True, True, True, False, False]
    assert shown.missing == "Deze week is er nog niets voor politiseren."
    assert missing([]) == ""


def test_steps_that_can_be_undone_are_told_newest_first_and_only_here(site, mira, elsewhere):
    coffee, soup = offer(site, weekday=3), offer(site, "Soep", weekday=4)
    other = offer(elsewhere, "Van elders", weekday=4)
    for series, slot in ((coffee, "2023-10-12"), (soup, "2023-10-13"), (other, "2023-10-13")):
        date = date_of(series, slot)
        take_step(series.activity, lambda date=date: cancel(date, by=None, note="Ziek"), verb="cancel")

    steps = open_steps(site, mira)

    assert [(one.what, one.title) for one in steps] == [("Datum afgezegd", "Soep"), ("Datum afgezegd", "Koffie")]
    assert all(one.url.startswith("/beheer/hier/planner/stap/") for one in steps)


def test_step_that_has_begun_is_told_no_more_and_never_more_than_three(site, mira, clock):
    series = offer(site, weekday=3)
    for slot in ("2023-10-12", "2023-10-19", "2023-10-26", "2023-11-02"):
        date = date_of(series, slot)
        take_step(series.activity, lambda date=date: cancel(date, by=None), verb="cancel")

    assert len(open_steps(site, mira)) == 3
    clock.move_to("2023-10-26T10:00+02:00", tick=False)
    assert len(open_steps(site, mira)) == 1


def test_two_hundred_dates_cost_as_many_queries_as_one(site, mira):
    offer(site, organisers=[make_organisation()], weekday=3)
    draft(site, weekday=3, organisers=[make_organisation()])
    planner(site, mira)  # what is remembered of a place is not what is counted
    with CaptureQueriesContext(connection) as few:
        planner(site, mira)
    for number in range(28):
        for weekday in range(7):
            offer(
                site,
                f"Reeks {number}",
                organisers=[make_organisation()],
                weekday=weekday,
                first_day=day("2023-10-02"),
                last_day=day("2023-10-22"),
            )
        draft(site, f"Ontwerp {number}", weekday=number % 7, organisers=[make_organisation()])
    planner(site, mira)

    with CaptureQueriesContext(connection) as many:
        shown = planner(site, mira)

    assert len(blocks(shown)) > 200
    assert len(many) == len(few)
