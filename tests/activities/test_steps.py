"""A change as a step: rehearsed, taken, and undone until it begins."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.materialise import extend_horizon
from activities.actions.occurrence import cancel, invite_guests, move
from activities.actions.series import change_dates, change_from, end_series
from activities.actions.snapshot import take
from activities.actions.steps import rehearse, take_step, undo
from activities.actions.whole import change_always
from activities.enums import OccurrenceStatus
from activities.iso_week import IsoWeek
from activities.models import Occurrence, Series, Step
from activities.schedule import dates, week
from sites.models import ChangeLog, Site
from tests.factories.partners import make_organisation
from tests.factories.sites import make_place, make_site, make_user
from tests.offer import date_of, offer
from tests.rows import day, slots, versions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def coffee() -> Series:
    """Every Monday from 10 to 12 since January, by CAW; another site has the same."""
    offer(make_site(), title="Elders")
    return offer(make_site(), organisers=[make_organisation(name="CAW")])


def from_thursday(series: Series):
    return lambda: change_from(series, day("2023-10-16"), by=None, weekday=3, reason="Dan is de winkel open")


def on_pages(site: Site, *weeks: str) -> list[list[tuple]]:
    """What visitors read in some weeks: day, title, state and badge of each line."""
    site = Site.objects.get(pk=site.pk)
    return [
        [(str(item.day), item.title, item.state, item.badge) for item in week(site, IsoWeek.parse(one), "nl").items]
        for one in weeks
    ]


def told(effect) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The first three days that fall away, come, and change."""
    return (
        [str(one.day) for one in effect.gone][:3],
        [str(one.day) for one in effect.come][:3],
        [(str(one.old.day), str(one.new.day)) for one in effect.changed][:3],
    )


def test_rehearsal_tells_everything_and_changes_nothing(coffee):
    before, versions_before = take(coffee.activity, day("2020-01-01")), versions()

    effect = rehearse(coffee.activity, from_thursday(coffee))

    assert told(effect) == (["2023-10-16", "2023-10-23", "2023-10-30"], ["2023-10-19", "2023-10-26", "2023-11-02"], [])
    assert effect.organisations == {coffee.organisers.get().organisation_id}
    assert take(coffee.activity, day("2020-01-01")) == before
    assert versions() == versions_before
    assert Step.objects.count() == 0
    assert not ChangeLog.objects.filter(verb="end_series").exists()


def test_rehearsal_and_step_tell_the_same(coffee):
    rehearsed = rehearse(coffee.activity, from_thursday(coffee))

    effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")

    assert told(effect) == told(rehearsed)
    assert len(effect.dates) == len(rehearsed.dates)
    assert step.verb == "change_from"


def test_undone_change_leaves_the_pages_as_they_were(coffee):
    site, seen = coffee.activity.site, ["2023-W41", "2023-W42", "2023-W43"]
    pages = on_pages(site, *seen)
    _effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")
    assert on_pages(site, *seen) != pages

    undo(step, by=make_user())

    assert on_pages(site, *seen) == pages
    assert [one.is_undone for one in Step.objects.all()] == [True]
    assert ChangeLog.objects.filter(verb="undo").count() == 1


def test_calendars_hear_that_what_was_undone_is_off(coffee):
    site = coffee.activity.site
    take_step(coffee.activity, from_thursday(coffee), verb="change_from")
    thursday = Occurrence.objects.get(day="2023-10-19", site=site)

    undo(Step.objects.get(), by=None)

    events = {
        str(item.uuid): item
        for item in dates(Site.objects.get(pk=site.pk), day("2023-10-10"), day("2023-10-31"), "nl", undone=True)
    }
    monday = Occurrence.objects.get(day="2023-10-16", site=site)
    assert events[str(thursday.uuid)].is_off
    assert events[str(thursday.uuid)].sequence > thursday.sequence
    assert not events[str(monday.uuid)].is_off
    assert [item.day for item in dates(Site.objects.get(pk=site.pk), day("2023-10-19"), day("2023-10-19"), "nl")] == []


def test_nothing_that_was_told_is_deleted(coffee):
    known = set(Occurrence.objects.values_list("pk", flat=True))
    _effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")
    known |= set(Occurrence.objects.values_list("pk", flat=True))

    undo(step, by=None)

    assert set(Occurrence.objects.values_list("pk", flat=True)) >= known


def test_after_undoing_the_same_change_can_be_made_again(coffee):
    for _time in range(2):
        _effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")
        undo(step, by=None)
    take_step(coffee.activity, from_thursday(coffee), verb="change_from")

    live = Occurrence.objects.filter(site=coffee.activity.site).happening()
    assert [str(one.day) for one in live.filter(day__range=("2023-10-16", "2023-10-30")).order_by("day")] == [
        "2023-10-19",
        "2023-10-26",
    ]


def test_what_was_decided_for_one_date_before_comes_back(coffee):
    cancel(date_of(coffee, "2023-10-23"), by=None, note="Ziek")
    moved = date_of(coffee, "2023-10-30")
    move(moved, by=None, day=day("2023-10-31"), begin=dt.time(14), end=dt.time(16), note="Zaal bezet")
    before = on_pages(coffee.activity.site, "2023-W43", "2023-W44")
    _effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")

    undo(step, by=None)

    assert on_pages(coffee.activity.site, "2023-W43", "2023-W44") == before
    assert slots(coffee)["2023-10-23"] == OccurrenceStatus.CANCELLED


@pytest.mark.parametrize(
    "change",
    [
        lambda series: cancel(date_of(series, "2023-10-16"), by=None, note="Ziek"),
        lambda series: move(date_of(series, "2023-10-16"), by=None, day=day("2023-10-18"), begin=dt.time(9), end=dt.time(11)),
        lambda series: end_series(series, day("2023-11-30"), by=None, reason="Genoeg"),
        lambda series: change_from(series, day("2023-10-16"), by=None, price_kind="goods"),
        lambda series: change_always(series, by=None, begin=dt.time(9), end=dt.time(11)),
        lambda series: invite_guests(date_of(series, "2023-10-16"), by=None, guests=[make_organisation()]),
        lambda series: change_dates(series, by=None, remove=[day("2023-10-16")]),
    ],
    ids=["cancel", "move", "end", "price", "always", "guests", "dates"],
)  # fmt: skip
def test_every_verb_can_be_undone(coffee, change):
    weeks = ["2023-W42", "2023-W43", "2023-W48", "2023-W50"]
    pages = on_pages(coffee.activity.site, *weeks)
    _effect, step = take_step(coffee.activity, lambda: change(coffee), verb="change")

    undo(step, by=None)

    assert on_pages(coffee.activity.site, *weeks) == pages


def test_a_loose_date_that_was_told_and_undone_says_that_it_is_off(coffee):
    change = lambda: change_dates(coffee, by=None, add=[day("2023-10-20")])  # noqa: E731
    _effect, step = take_step(coffee.activity, change, verb="change_dates")

    undo(step, by=None)

    assert on_pages(coffee.activity.site, "2023-W42") == [
        [("2023-10-16", "Koffie", "planned", ""), ("2023-10-20", "Koffie", "withdrawn", "Gaat niet door")]
    ]


def test_the_night_between_does_not_stand_in_the_way(coffee, time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    _effect, step = take_step(
        coffee.activity, lambda: change_from(coffee, day("2023-11-13"), by=None, weekday=3), verb="change_from"
    )
    time_machine.move_to("2023-10-25T09:00+02:00", tick=False)
    extend_horizon()

    undo(step, by=None)

    assert Series.objects.get(pk=coffee.pk).last_day is None


def test_what_has_begun_is_not_undone(coffee, time_machine):
    _effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")
    time_machine.move_to("2023-10-16T10:00+02:00", tick=False)

    with pytest.raises(ValidationError, match="al begonnen"):
        undo(step, by=None)


@pytest.mark.parametrize(
    ("change", "until"),
    [
        (lambda series: change_from(series, day("2023-10-23"), by=None, price_kind="goods"), "2023-10-23T10:00+02:00"),
        (lambda series: invite_guests(date_of(series, "2023-10-30"), by=None, guests=[make_organisation()]), "2023-10-30T10:00+01:00"),
    ],
    ids=["price", "guests"],
)  # fmt: skip
def test_what_moves_no_date_can_be_undone_until_the_first_date_of_which_it_tells(coffee, change, until):
    _effect, step = take_step(coffee.activity, lambda: change(coffee), verb="change")

    assert step.until == dt.datetime.fromisoformat(until)


def test_an_unknown_hour_counts_from_its_part_of_the_day(coffee, time_machine):
    series = offer(coffee.activity.site, begin=None, end=None, part="afternoon")
    _effect, step = take_step(series.activity, lambda: cancel(date_of(series, "2023-10-16"), by=None), verb="cancel")

    assert step.until == dt.datetime(2023, 10, 16, 10, tzinfo=dt.UTC)


def test_last_change_is_undone_first(coffee):
    _effect, first = take_step(
        coffee.activity, lambda: cancel(date_of(coffee, "2023-10-16"), by=None, note="Ziek"), verb="cancel"
    )
    _effect, second = take_step(coffee.activity, from_thursday(coffee), verb="change_from")

    with pytest.raises(ValidationError, match="Intussen veranderde"):
        undo(first, by=None)
    undo(second, by=None)
    undo(first, by=None)

    assert slots(coffee)["2023-10-16"] == OccurrenceStatus.PLANNED


def test_undone_twice_is_undone_once(coffee):
    _effect, step = take_step(coffee.activity, from_thursday(coffee), verb="change_from")
    undo(step, by=None)
    seen = versions()

    undo(step, by=None)

    assert versions() == seen


def test_a_change_of_nothing_is_no_step(coffee):
    effect, step = take_step(coffee.activity, lambda: None, verb="change")

    assert (bool(effect), step) == (False, None)


def test_refused_change_leaves_no_step(coffee):
    with pytest.raises(ValidationError):
        take_step(coffee.activity, lambda: end_series(coffee, day("2023-01-01"), by=None), verb="end_series")

    assert Step.objects.count() == 0


def test_another_price_is_no_other_date(coffee):
    effect = rehearse(coffee.activity, lambda: change_from(coffee, day("2023-10-16"), by=None, price_kind="goods"))

    assert effect.dates == []


def test_another_hour_is_a_date_that_changes(coffee):
    effect = rehearse(
        coffee.activity, lambda: change_from(coffee, day("2023-10-16"), by=None, begin=dt.time(11), end=dt.time(13))
    )

    assert told(effect) == ([], [], [("2023-10-16",) * 2, ("2023-10-23",) * 2, ("2023-10-30",) * 2])


def test_date_that_would_share_its_room_is_named_with_the_other(coffee):
    site = coffee.activity.site
    kitchen = make_place(site, name="Keuken", kind="room")
    offer(
        site,
        title="Soep",
        weekday=3,
        begin=dt.time(11),
        end=dt.time(13),
        place=kitchen,
        first_day=day("2023-10-01"),
        last_day=day("2023-10-31"),
    )

    effect = rehearse(
        coffee.activity, lambda: change_from(coffee, day("2023-10-16"), by=None, weekday=3, place=kitchen)
    )

    assert [(str(one.day), one.room, one.title, one.other) for one in effect.shared] == [
        ("2023-10-19", "Keuken", "Koffie", "Soep"), ("2023-10-26", "Keuken", "Koffie", "Soep"),
    ]  # fmt: skip


def test_as_many_queries_for_a_year_as_for_a_month(coffee):
    short = offer(coffee.activity.site, last_day=day("2023-11-10"))
    rehearse(short.activity, lambda: None)
    with CaptureQueriesContext(connection) as few:
        rehearse(short.activity, lambda: cancel(date_of(short, "2023-10-16"), by=None))

    with CaptureQueriesContext(connection) as many:
        rehearse(coffee.activity, lambda: cancel(date_of(coffee, "2023-10-16"), by=None))

    assert len(many) == len(few)
