"""Agreements become rows: the same ones however often it is asked, never one less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.actions.closure import close, lift
from activities.actions.materialise import BATCH, Outcome, extend_horizon, materialise
from activities.actions.occurrence import back_to_series, cancel, move, open_anyway, restore
from activities.actions.series import change_dates, change_from, end_series, start_series
from activities.enums import DateChange, Frequency, OccurrenceStatus
from activities.models import Occurrence, Series
from activities.recurrence import expand
from activities.rules import horizon
from sites.models import Closure, Site
from stek.time import today
from tests.factories.activities import make_activity, make_occurrence, make_series, make_series_date, series_fields
from tests.factories.partners import make_organisation
from tests.factories.sites import make_partnership, make_place, make_site

pytestmark = pytest.mark.django_db

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
PLANNED, CANCELLED, WITHDRAWN = OccurrenceStatus.PLANNED, OccurrenceStatus.CANCELLED, OccurrenceStatus.WITHDRAWN
TUESDAY = dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)  # nine o'clock in Brussels, as the demonstration begins


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def rows(series: Series) -> list[tuple]:
    """Everything a row says, keys and numbers too."""
    return list(Occurrence.objects.filter(series=series).order_by("pk").values_list())


def slots(series: Series, *, since: str = "0001-01-01") -> dict[str, str]:
    """Slot -> status, from `since` on."""
    found = Occurrence.objects.filter(series=series, original_date__gte=since).order_by("original_date")
    return {str(slot): status for slot, status in found.values_list("original_date", "status")}


def versions() -> dict[int, int]:
    return dict(Site.objects.values_list("pk", "schedule_version"))


# --- Which rows ------------------------------------------------------------------------------------------------------


def test_a_series_has_a_row_for_every_date_until_the_sunday_53_weeks_ahead():
    series = make_series(make_activity(make_site()), first_day=day("2023-10-01"), weekday=6)

    outcome = materialise(series)

    dates = [str(day("2023-10-01") + number * WEEK) for number in range(56)]
    assert (dates[0], dates[-1]) == ("2023-10-01", "2024-10-20")
    assert slots(series) == dict.fromkeys(dates, PLANNED)
    assert outcome == Outcome(added=56)


def test_a_row_says_what_the_agreement_says():
    site = make_site()
    place = make_place(site)
    series = make_series(make_activity(site), place=place, frequency=Frequency.ONCE, weekday=None)

    materialise(series)

    row = Occurrence.objects.get()
    assert (row.series, row.site, row.place, row.status) == (series, site, place, PLANNED)
    assert (row.original_date, row.day, row.begin, row.end, row.part) == (
        day("2023-01-02"), day("2023-01-02"), dt.time(10), dt.time(12), ""
    )  # fmt: skip
    assert (row.begins_at, row.ends_at) == (
        dt.datetime(2023, 1, 2, 9, tzinfo=dt.UTC), dt.datetime(2023, 1, 2, 11, tzinfo=dt.UTC)
    )  # fmt: skip
    assert (row.opened_anyway, row.is_changed, row.is_moved, row.sequence, row.note) == (False, False, False, 0, "")


def test_a_row_of_a_part_of_the_day_has_no_hours():
    series = make_series(make_activity(make_site()), begin=None, end=None, part="afternoon", last_day=day("2023-01-02"))

    materialise(series)

    row = Occurrence.objects.get()
    assert (row.begin, row.end, row.begins_at, row.ends_at, row.part) == (None, None, None, None, "afternoon")


def test_a_series_without_a_day_has_only_the_dates_that_were_added():
    series = make_series(make_activity(make_site()), weekday=None)
    make_series_date(series, day("2023-11-14"))
    make_series_date(series, day("2023-11-21"), DateChange.REMOVED)

    materialise(series)

    assert slots(series) == {"2023-11-14": PLANNED}


def test_a_series_that_gets_a_day_gets_its_dates():
    undated = start_series(
        make_activity(make_site()), by=None, **series_fields(weekday=None, first_day=day("2023-09-01"))
    )
    assert slots(undated) == {}

    successor = change_from(undated, day("2023-10-16"), by=None, weekday=3, last_day=day("2023-11-02"))

    assert slots(undated) == {}
    assert slots(successor) == {"2023-10-19": PLANNED, "2023-10-26": PLANNED, "2023-11-02": PLANNED}


def test_an_unpublished_series_has_no_rows():
    activity = make_activity(make_site())
    series = start_series(activity, by=None, publish=False, **series_fields())

    assert materialise(series) == Outcome()
    assert extend_horizon() == Outcome()
    assert slots(series) == {}


def test_a_series_made_private_keeps_its_rows():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    before = rows(series)
    Series.objects.update(is_published=False)

    materialise(series)
    extend_horizon()

    assert rows(series) == before


# --- However often ---------------------------------------------------------------------------------------------------


def test_three_times_gives_the_same_rows():
    series = make_series(make_activity(make_site()))
    other = make_series(make_activity(make_site()), frequency=Frequency.MONTHLY, nth=-1)
    make_series_date(series, day("2023-12-25"), DateChange.REMOVED)
    materialise(series)
    materialise(other)
    before, seen = (rows(series), rows(other)), versions()

    outcomes = [materialise(series), materialise(series), materialise(other), extend_horizon(), extend_horizon()]

    assert outcomes == [Outcome()] * 5
    assert (rows(series), rows(other)) == before
    assert versions() == seen


def test_the_nightly_round_adds_one_week_a_week(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    before = rows(series)
    assert max(slots(series)) == "2024-10-14"

    clock.shift(5 * DAY)  # Sunday
    assert extend_horizon() == Outcome()
    clock.shift(DAY)  # Monday

    assert extend_horizon() == Outcome(added=1)
    assert max(slots(series)) == "2024-10-21"
    assert rows(series)[:-1] == before


def test_the_nightly_round_catches_up_after_months_of_silence(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    clock.shift(200 * DAY)

    extend_horizon()

    dates = expand(series.rule, series.first_day, horizon(today()))
    assert slots(series) == {str(date): PLANNED for date in dates}


def test_the_nightly_round_leaves_the_past_alone():
    series = make_series(make_activity(make_site()))
    past = make_occurrence(series, day("2023-10-03"))  # a Tuesday, that this agreement never gave

    extend_horizon()

    assert slots(series) == {"2023-10-03": PLANNED} | {
        str(date): PLANNED for date in expand(series.rule, day("2023-10-10"), day("2024-10-20"))
    }
    assert Occurrence.objects.get(pk=past.pk).sequence == 0


# --- Taken out and put back ------------------------------------------------------------------------------------------


def test_a_slot_taken_out_is_withdrawn_and_put_back_is_planned_again():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    row = Occurrence.objects.get(original_date="2023-12-25")

    change_dates(series, by=None, remove=[row.original_date])
    withdrawn = Occurrence.objects.get(pk=row.pk)
    change_dates(series, by=None, clear=[row.original_date])
    again = Occurrence.objects.get(pk=row.pk)

    assert (withdrawn.status, withdrawn.sequence) == (WITHDRAWN, 1)
    assert (again.status, again.sequence, again.uuid, again.day) == (PLANNED, 2, row.uuid, row.day)


def test_a_slot_of_the_past_is_never_withdrawn():
    series = start_series(make_activity(make_site()), by=None, **series_fields())

    change_dates(series, by=None, remove=[day("2023-10-02"), day("2023-10-09")])

    assert slots(series, since="2023-10-02")["2023-10-02"] == PLANNED
    assert slots(series, since="2023-10-02")["2023-10-09"] == PLANNED


def test_a_slot_of_today_can_still_be_withdrawn():
    series = start_series(make_activity(make_site()), by=None, **series_fields(weekday=1))

    change_dates(series, by=None, remove=[day("2023-10-10")])

    assert slots(series)["2023-10-10"] == WITHDRAWN


def test_a_date_withdrawn_and_then_past_is_not_planned_afterwards(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    end_series(series, day("2023-10-16"), by=None)
    clock.shift(4 * WEEK)

    end_series(series, day("2023-11-20"), by=None)

    assert slots(series, since="2023-10-16") == {
        "2023-10-16": PLANNED,
        "2023-10-23": WITHDRAWN,
        "2023-10-30": WITHDRAWN,
        "2023-11-06": WITHDRAWN,
        "2023-11-13": PLANNED,
        "2023-11-20": PLANNED,
    } | {str(date): WITHDRAWN for date in expand(make_rule(series), day("2023-11-27"), day("2024-10-20"))}


def make_rule(series: Series):
    """The rule of a series as if it had no end."""
    return Series(
        **{name: getattr(series, name) for name in ("frequency", "first_day", "weekday", "interval", "nth")}, pk=0
    ).rule


def test_a_date_moved_into_the_past_happened_and_is_not_withdrawn(clock):
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    moved = move(Occurrence.objects.get(original_date="2023-10-16"), by=None, day=day("2023-10-12"))
    clock.shift(3 * DAY)  # Friday 13 October

    change_dates(series, by=None, remove=[day("2023-10-16")])

    assert Occurrence.objects.get(pk=moved.pk).status == PLANNED


def test_a_cancelled_date_stays_cancelled_when_its_series_ends_and_goes_on():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    cancelled = cancel(Occurrence.objects.get(original_date="2023-11-06"), by=None, note="Ziek")

    end_series(series, day("2023-10-30"), by=None)
    ended = Occurrence.objects.get(pk=cancelled.pk)
    end_series(series, day("2023-12-25"), by=None)
    extend_horizon()
    going_on = Occurrence.objects.get(pk=cancelled.pk)

    assert (ended.status, ended.note) == (going_on.status, going_on.note) == (CANCELLED, "Ziek")
    assert slots(series)["2023-11-13"] == PLANNED


def test_a_moved_date_keeps_its_place():
    series = start_series(make_activity(make_site()), by=None, **series_fields())
    moved = move(Occurrence.objects.get(original_date="2023-11-06"), by=None, day=day("2023-11-08"), part="evening")

    materialise(series)
    extend_horizon()
    change_dates(series, by=None, remove=[day("2023-11-06")])
    change_dates(series, by=None, clear=[day("2023-11-06")])

    row = Occurrence.objects.get(pk=moved.pk)
    assert (row.original_date, row.day, row.part, row.begin, row.status) == (
        day("2023-11-06"), day("2023-11-08"), "evening", None, PLANNED
    )  # fmt: skip
    assert not Occurrence.objects.filter(original_date="2023-11-08").exists()


# --- After every kind of touch ---------------------------------------------------------------------------------------

weeks_ahead = st.integers(0, 60)
touches = st.one_of(
    st.tuples(st.sampled_from(["add", "remove", "clear", "end", "price from", "weekday from"]), st.integers(-30, 400)),
    st.tuples(st.sampled_from(["cancel", "restore", "move", "back", "open", "unopen"]), weeks_ahead),
    st.tuples(st.sampled_from(["close here", "close all", "lift"]), st.integers(-30, 200)),
    st.tuples(st.just("time passes"), st.integers(1, 150)),
    st.tuples(st.just("round"), st.just(0)),
)
agreements = st.sampled_from(
    [
        {},
        {"interval": 2},
        {"interval": 3, "weekday": 4},
        {"frequency": Frequency.MONTHLY, "nth": -1},
        {"frequency": Frequency.MONTHLY, "nth": 2, "last_day": dt.date(2024, 3, 1)},
        {"weekday": None},
        {"frequency": Frequency.ONCE, "weekday": None, "first_day": dt.date(2023, 10, 12)},
        {"begin": None, "end": None, "part": "morning", "last_day": dt.date(2023, 12, 31)},
    ]
)


class World:
    """Two sites of two partnerships, one agreement at one of them, and what every touch must leave true."""

    def __init__(self, traveller: time_machine.Traveller, fields: dict) -> None:
        self.traveller = traveller
        self.site, self.beside, self.elsewhere = two_partnerships()
        self.series = start_series(make_activity(self.site), by=None, **series_fields(**fields))
        start_series(make_activity(self.elsewhere), by=None, **series_fields())
        self.rows_elsewhere = self.rows(self.elsewhere)
        self.cancelled: dict[int, bool] = {}

    def rows(self, site: Site) -> dict[int, dict]:
        return {row["id"]: row for row in Occurrence.objects.filter(site=site).values()}

    def pick(self, number: int) -> Occurrence | None:
        """One of the dates still to come."""
        coming = Occurrence.objects.filter(site=self.site, day__gte=today(), original_date__gte=today()).order_by("pk")
        return coming[number % len(coming)] if coming else None

    def touch(self, kind: str, number: int) -> None:
        before, seen, old_today = self.rows(self.site), versions(), today()
        touched = self.pick(number)
        try:
            with transaction.atomic():
                self.do(kind, number, touched)
        except ValidationError:
            assert (self.rows(self.site), versions()) == (before, seen), "a refusal changes nothing"
            return
        after = self.rows(self.site)
        self.check_rows()
        self.check_history(kind, before, after, old_today)
        self.check_cancelled(kind, touched, before, after)
        self.check_versions(kind, seen, before != after)

    def do(self, kind: str, number: int, touched: Occurrence | None) -> None:
        date = today() + number * DAY
        match kind:
            case "add" | "remove" | "clear":
                change_dates(self.series, by=None, **{kind: [date]})
            case "end":
                self.series = end_series(self.series, date, by=None)
            case "price from":
                self.series = change_from(self.series, date, by=None, price_kind="ask")
            case "weekday from":
                self.series = change_from(
                    self.series, date, by=None, frequency="weekly", weekday=date.weekday(), nth=None
                )
            case "close here":
                close(
                    by=None,
                    partnership=self.site.partnership,
                    site=self.site,
                    first_day=date,
                    last_day=date,
                    reason="x",
                )
            case "close all":
                close(by=None, partnership=self.site.partnership, site=None, first_day=date, last_day=date, reason="x")
            case "lift":
                for closure in Closure.objects.all()[:1]:
                    lift(closure, by=None)
            case "time passes":
                self.traveller.shift(number * DAY)
                extend_horizon()
            case "round":
                extend_horizon()
            case _ if touched:
                {
                    "cancel": lambda: cancel(touched, by=None, note=f"{number}"),
                    "restore": lambda: restore(touched, by=None),
                    "move": lambda: move(
                        touched, by=None, day=touched.day + 2 * DAY, begin=dt.time(22), end=dt.time(1)
                    ),
                    "back": lambda: back_to_series(touched, by=None),
                    "open": lambda: open_anyway(touched, by=None, note=f"{number}"),
                    "unopen": lambda: open_anyway(touched, by=None, opened=False),
                }[kind]()

    def check_rows(self) -> None:
        """From today on: planned is exactly what the rules want, less what was cancelled by hand."""
        for series in Series.objects.filter(activity__site=self.site):
            wanted = set(expand(series.rule, today(), horizon(today())))
            found = dict(
                Occurrence.objects.filter(series=series, original_date__gte=today(), day__gte=today())
                .values_list("original_date", "status")
            )  # fmt: skip
            called_off = {date for date, status in found.items() if status == CANCELLED}
            held_before = set(
                Occurrence.objects.filter(series=series, original_date__gte=today(), day__lt=today())
                .values_list("original_date", flat=True)
            )  # fmt: skip
            assert {date for date, status in found.items() if status == PLANNED} == wanted - called_off - held_before

    def check_history(self, kind: str, before: dict, after: dict, old_today: dt.date) -> None:
        assert before.keys() <= after.keys(), "no row is ever deleted"
        # A closure rewrites no date, also not a past one, but calendars see a newer version of it.
        told = {"sequence", "changed_at"} if kind in {"close here", "close all", "lift"} else set()
        for pk, row in before.items():
            if row["day"] < old_today or row["original_date"] < old_today or told:
                changed = {name for name, value in row.items() if after[pk][name] != value}
                assert changed <= told, "what is past stays as it was"

    def check_cancelled(self, kind: str, touched: Occurrence | None, before: dict, after: dict) -> None:
        """Only `restore`, and a successor that takes the cancellation over, end a cancellation."""
        taken_over = {
            row["original_date"] for pk, row in after.items() if pk not in before and row["status"] == CANCELLED
        }
        for pk, row in before.items():
            if row["status"] != CANCELLED or after[pk]["status"] == CANCELLED:
                continue
            by_hand = kind == "restore" and touched is not None and touched.pk == pk
            assert by_hand or (kind.endswith("from") and row["original_date"] in taken_over)

    def check_versions(self, kind: str, seen: dict[int, int], changed: bool) -> None:
        now = versions()
        if changed:
            assert now[self.site.pk] > seen[self.site.pk], "every channel renders anew"
        if kind != "time passes":
            assert self.rows(self.elsewhere) == self.rows_elsewhere
            assert now[self.elsewhere.pk] == seen[self.elsewhere.pk]
        if kind not in {"close all", "lift"}:
            assert now[self.beside.pk] == seen[self.beside.pk]
        if kind in {"close here", "close all"}:
            assert now[self.site.pk] == seen[self.site.pk] + 1
        if kind == "close all":
            assert now[self.beside.pk] == seen[self.beside.pk] + 1
        self.rows_elsewhere = self.rows(self.elsewhere)


def two_partnerships() -> tuple[Site, Site, Site]:
    partnership = make_partnership()
    return make_site(partnership=partnership), make_site(partnership=partnership), make_site()


@contextmanager
def forgotten() -> Iterator[None]:
    """Everything made inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live_through(fields: dict, story: list[tuple[str, int]]) -> None:
    with time_machine.travel(TUESDAY, tick=False) as traveller, forgotten():
        world = World(traveller, fields)
        for kind, number in story:
            world.touch(kind, number)


@settings(max_examples=40, deadline=None)
@given(fields=agreements, story=st.lists(touches, min_size=1, max_size=8))
def test_after_every_kind_of_touch_there_is_one_right_set(fields, story):
    live_through(fields, story)


@pytest.mark.prove
@settings(max_examples=300, deadline=None)
@given(fields=agreements, story=st.lists(touches, min_size=4, max_size=25))
def test_after_a_long_story_there_is_one_right_set(fields, story):
    live_through(fields, story)


KINDS = [
    "add",
    "remove",
    "clear",
    "end",
    "price from",
    "weekday from",
    "cancel",
    "restore",
    "move",
    "back",
    "open",
    "unopen",
]
KINDS += ["close here", "close all", "lift", "time passes", "round"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", ["cancel", "move", "remove", "open", "close all", "round"])
def test_after_two_touches_there_is_one_right_set(clock, first, kind):
    world = World(clock, {})

    world.touch(first, 20)
    world.touch(kind, 20)
    world.touch("time passes", 100)


# --- What it costs ---------------------------------------------------------------------------------------------------


def test_no_action_ever_deletes_a_row():
    site = make_site()
    host = make_organisation()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        series = start_series(make_activity(site), by=None, organisers=[host], **series_fields())
        change_dates(series, by=None, add=[day("2023-10-11")], remove=[day("2023-10-16"), day("2023-10-02")])
        change_dates(series, by=None, clear=[day("2023-10-11"), day("2023-10-16")])
        row = Occurrence.objects.get(series=series, original_date="2023-10-30")
        for action in (cancel, restore, open_anyway, back_to_series):
            action(row, by=None)
        move(row, by=None, day=day("2023-10-31"))
        closure = close(
            by=None, partnership=site.partnership, site=None, first_day=row.day, last_day=row.day, reason="Verlof"
        )
        lift(closure, by=None)
        successor = change_from(series, day("2023-11-02"), by=None, weekday=3)
        end_series(successor, day("2023-12-31"), by=None)
        materialise(successor)
        extend_horizon()

    touching = [query["sql"] for query in queries if "activities_occurrence" in query["sql"]]
    kinds = {sql.split()[0] for sql in touching}
    assert kinds == {"SELECT", "INSERT", "UPDATE"}
    assert "DELETE" in {query["sql"].split()[0] for query in queries}, "the test would see one"


@pytest.mark.parametrize("number", [1, BATCH])
def test_a_batch_costs_the_same_for_one_series_as_for_a_hundred(django_assert_num_queries, clock, number):
    site = make_site()
    activity = make_activity(site)
    for _ in range(number):
        make_series(activity)
    extend_horizon()

    # The keys; a transaction with the series, their loose dates and their rows, begun and ended; the heartbeat.
    with django_assert_num_queries(7):
        assert extend_horizon() == Outcome()

    clock.shift(WEEK)
    # Two more: a hundred rows in one statement, and the version of the site.
    with django_assert_num_queries(9):
        assert extend_horizon() == Outcome(added=number)


def test_the_next_batch_costs_as_much_again(django_assert_num_queries):
    activity = make_activity(make_site())
    for _ in range(BATCH + 1):
        make_series(activity, last_day=day("2023-01-02"))
    extend_horizon()

    with django_assert_num_queries(12):
        assert extend_horizon() == Outcome()
