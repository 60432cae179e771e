"""How many come, by moment of the week; before and after a move; and the busy moment beside the quiet one."""

from __future__ import annotations

import datetime as dt

import pytest

from activities.actions.series import change_from
from activities.models import Activity, Attendance, Occurrence
from activities.turnout import Advice, Counted, Moment, Neighbour, advise, counted_at, moments, moves_at, part_of
from activities.turnout_page import turnout, turnout_list
from stek.time import today
from tests.demo import W
from tests.factories.activities import make_activity, make_attendance, make_occurrence, make_series
from tests.factories.sites import make_site
from tests.offer import TUESDAY, offer
from tests.rows import day

MONDAY, THURSDAY = 0, 3
FIRST = dt.date(2023, 1, 2)
WEEK = dt.timedelta(weeks=1)


def moment(
    weekday: int, average: float, *, times: int = 10, part: str = "afternoon", is_before: bool = False
) -> Moment:
    return Moment(weekday, part, is_before, round(average * times), times, FIRST, FIRST)


def beside(weekday: int, average: float, **fields) -> Neighbour:
    return Neighbour(7, "De Cirkel", moment(weekday, average, **fields))


# --- Rules over plain rows


def test_averages_by_weekday_and_part_of_the_day_before_and_after_a_move():
    rows = [
        Counted(1, FIRST, "afternoon", 2), Counted(1, FIRST + WEEK, "afternoon", 3), Counted(1, FIRST + 2 * WEEK, "afternoon", None),
        Counted(1, day("2023-02-09"), "afternoon", 8), Counted(1, day("2023-02-16"), "morning", 5),
    ]  # fmt: skip

    found = moments(rows, day("2023-02-09"))

    assert [(one.slot, one.is_before, one.average, one.times) for one in found] == [
        ((MONDAY, "afternoon"), True, 2.5, 2), ((THURSDAY, "morning"), False, 5, 1), ((THURSDAY, "afternoon"), False, 8, 1),
    ]  # fmt: skip
    assert (found[0].first, found[0].last) == (FIRST, FIRST + WEEK)
    assert {one.is_before for one in moments(rows)} == {False}


@pytest.mark.parametrize(
    ("begin", "part", "found"),
    [
        (None, "", ""), (None, "evening", "evening"), (dt.time(10), "", "morning"), (dt.time(11, 59), "", "morning"),
        (dt.time(12), "", "afternoon"), (dt.time(17), "", "evening"), (dt.time(23), "", "evening"), (dt.time(6), "", "morning"),
    ],
)  # fmt: skip
def test_an_hour_is_in_a_part_of_the_day(begin, part, found):
    assert part_of(begin, part) == found


def test_a_quiet_moment_is_told_of_the_busy_one_it_could_stand_beside():
    quiet, busy = moment(MONDAY, 3), beside(THURSDAY, 24)

    assert advise([quiet], [beside(THURSDAY, 9), busy]) == Advice(quiet, busy, None)


def test_what_a_move_to_the_busy_moment_did_is_told_after_it():
    quiet, after, busy = moment(MONDAY, 3, is_before=True), moment(THURSDAY, 8), beside(THURSDAY, 24)

    assert advise([quiet, after], [busy]) == Advice(quiet, busy, after)


@pytest.mark.parametrize(
    ("own", "others"),
    [
        pytest.param([moment(MONDAY, 3, times=3)], [beside(THURSDAY, 24)], id="counted three times only"),
        pytest.param([], [beside(THURSDAY, 24)], id="never counted"),
        pytest.param([moment(THURSDAY, 3)], [beside(THURSDAY, 24)], id="beside it already"),
        pytest.param([moment(MONDAY, 13)], [beside(THURSDAY, 24)], id="not twice as many"),
        pytest.param([moment(MONDAY, 1)], [beside(THURSDAY, 5)], id="not five more"),
        pytest.param([moment(MONDAY, 3)], [], id="nothing else"),
        pytest.param([moment(MONDAY, 30)], [beside(THURSDAY, 24)], id="the busiest itself"),
        pytest.param(
            [moment(MONDAY, 9, is_before=True), moment(THURSDAY, 8)],
            [beside(THURSDAY, 24)],
            id="a move that drew fewer",
        ),
    ],
)
def test_without_reason_nothing_is_advised(own, others):
    assert advise(own, others) is None


# --- Rows of the database


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


def count_all(series, people: int) -> None:
    for date in Occurrence.objects.filter(series=series, day__lte="2023-10-09"):
        make_attendance(date, people=people)


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestOfASite:
    def test_only_what_holds_and_was_counted_here_in_two_years_is_read(self):
        site = make_site()
        series = make_series(make_activity(site))
        for when, fields in [
            ("2023-10-09", {}), ("2021-10-01", {}), ("2023-10-02", {"status": "withdrawn"}), ("2023-09-25", {"status": "cancelled"})
        ]:  # fmt: skip
            make_attendance(make_occurrence(series, day(when), **fields))
        make_attendance(make_occurrence(make_series(make_activity(site), is_undone=True), day("2023-10-09")))
        make_attendance(make_occurrence(make_series(make_activity(make_site())), day("2023-10-09")))

        assert counted_at(site, today()) == [Counted(series.activity_id, day("2023-10-09"), "", 12)]

    def test_a_new_price_is_no_move_and_another_day_is(self):
        site = make_site()
        series = offer(site)
        cheaper = change_from(series, day("2023-11-06"), by=None, price_kind="ask")
        assert moves_at(site, day("2024-01-01")) == {}

        change_from(cheaper, day("2023-12-01"), by=None, weekday=THURSDAY, reason="Rustig")

        (move,) = moves_at(site, day("2024-01-01")).values()
        assert (move.day, move.reason) == (day("2023-12-01"), "Rustig")
        assert moves_at(site, day("2023-11-30")) == {}

    def test_pages_cost_as_many_queries_for_one_offer_and_one_week_as_for_many(self, django_assert_num_queries):
        site = make_site()
        series = offer(site, first_day=day("2023-10-02"))
        count_all(series, 3)
        with django_assert_num_queries(4):
            turnout_list(site)
        with django_assert_num_queries(7):
            turnout(site, series.activity)
        for number in range(15):
            count_all(offer(site, title=f"Nummer {number}", first_day=day("2023-06-05")), 10 + number)

        with django_assert_num_queries(4):
            assert len(turnout_list(site)) == 16
        with django_assert_num_queries(7):
            assert turnout(site, series.activity).chart

    def test_list_has_the_busiest_first_and_says_what_is_quiet(self):
        site = make_site()
        count_all(offer(site, "Soep", first_day=day("2023-08-07")), 3)
        count_all(offer(site, "Winkel", weekday=THURSDAY, first_day=day("2023-08-10")), 20)
        count_all(offer(site, "Vroeger", first_day=day("2023-01-02"), last_day=day("2023-04-03")), 50)

        assert [(row.title, row.words, row.is_quiet) for row in turnout_list(site)] == [
            ("Winkel", "donderdag voormiddag: gemiddeld 20 mensen", False),
            ("Soep", "maandag voormiddag: gemiddeld 3 mensen", True),
        ]

    def test_an_activity_nobody_counted_has_an_empty_page(self):
        site = make_site()
        found = turnout(site, offer(site).activity)

        assert (found.chart, found.course, found.hint, found.sentence) == ("", "", None, "")
        assert len(found.lately) == 8


# --- The sources' own case


@pytest.mark.usefixtures("demo")
class TestOfTheDemonstration:
    def test_forms_help_beside_the_social_grocery_comes_out_of_the_example_counts(self):
        activity = Activity.objects.get(site__slug=W, slug="koffie-en-formulieren")

        found = turnout(activity.site, activity)

        assert found.hint.title == "Combineren met Sociale kruidenier De Cirkel hielp"
        assert (found.hint.quiet, found.hint.busy) == (
            "maandag namiddag",
            "donderdag namiddag, Sociale kruidenier De Cirkel",
        )
        assert found.sentence.startswith("Sinds 9 februari 2023 komen er gemiddeld ")
        assert found.reason == "Op maandag kwamen weinig mensen. Nu is het samen met de sociale kruidenier."
        assert found.is_example

    def test_before_it_moved_the_same_counts_say_where_to_go(self):
        """What a coordinator would have read on 8 February 2023, had the shop been counted by then."""
        site = Activity.objects.filter(site__slug=W).first().site
        rows = counted_at(site, today())
        of = {activity.slug: activity.pk for activity in Activity.objects.filter(site=site)}
        on_monday = [
            one for one in rows if one.activity_id == of["koffie-en-formulieren"] and one.day < day("2023-02-09")
        ]
        (shop,) = moments([one for one in rows if one.activity_id == of["de-cirkel"]])

        advice = advise(moments(on_monday), [Neighbour(of["de-cirkel"], "De Cirkel", shop)])

        assert (advice.quiet.words, advice.busy.moment.words, advice.after) == (
            "maandag namiddag", "donderdag namiddag", None
        )  # fmt: skip

    def test_every_example_says_so_and_something_is_left_to_count(self):
        counted = Attendance.objects.all()

        assert counted.count() > 350
        assert not counted.filter(is_example=False).exists()
        assert counted.filter(took_place=False).exists()
        uncounted = (
            Occurrence.objects.agreed().happening().filter(day__range=("2023-10-03", "2023-10-09"), attendance=None)
        )
        assert set(uncounted.values_list("series__activity__slug", flat=True)) == {
            "koffie-en-formulieren", "ontmoetingsmoment",
        }  # fmt: skip
        assert not counted.filter(occurrence__day__gte="2023-10-10").exists()

    def test_no_example_is_of_a_closed_day(self):
        assert not Attendance.objects.filter(occurrence__day="2022-11-01").exists()
        assert Attendance.objects.filter(occurrence__series__activity__slug="paasbrunch").exists()  # open on a holiday
