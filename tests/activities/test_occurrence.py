"""Only this time: one date is cancelled, moved, opened, or put back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.actions.occurrence import (
    Halt,
    back_to_series,
    cancel,
    go_on_the_road,
    invite_guests,
    move,
    open_anyway,
    restore,
)
from activities.actions.series import change_dates, start_series
from activities.enums import OccurrenceStatus
from activities.models import Occurrence
from sites.enums import RoleKind
from sites.history import latest
from sites.models import ChangeLog, Site
from tests.factories.activities import make_activity, series_fields
from tests.factories.partners import make_organisation
from tests.factories.sites import make_person, make_place, make_site, make_user

pytestmark = pytest.mark.django_db

PLANNED, CANCELLED, WITHDRAWN = OccurrenceStatus.PLANNED, OccurrenceStatus.CANCELLED, OccurrenceStatus.WITHDRAWN
NOT_TAKING_PLACE = "Deze datum gaat niet door. Laat ze eerst weer doorgaan."


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def monday() -> Occurrence:
    """Monday 16 October 2023, 10 to 12, one of two dates of two sites."""
    for site in (make_site(), make_site()):
        place = make_place(site)
        first, last = dt.date(2023, 10, 16), dt.date(2023, 10, 23)
        start_series(make_activity(site), by=None, **series_fields(first_day=first, last_day=last, place=place))
    return Occurrence.objects.filter(original_date="2023-10-16").order_by("pk").first()


def others(occurrence: Occurrence) -> list[dict]:
    return list(Occurrence.objects.exclude(pk=occurrence.pk).order_by("pk").values())


def stored(occurrence: Occurrence, *fields: str) -> tuple:
    return Occurrence.objects.values_list(*fields).get(pk=occurrence.pk)


def versions() -> dict[int, int]:
    return dict(Site.objects.values_list("pk", "schedule_version"))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_every_change_of_one_date_leaves_a_trace_and_no_other_date_changes(monday):
    by, rest, seen = make_user(), others(monday), versions()
    ChangeLog.objects.all().delete()

    cancel(monday, by=by, note="Ziek")
    restore(monday, by=by)
    move(monday, by=by, day=dt.date(2023, 10, 17), begin=dt.time(9), end=dt.time(11), note="Een dag later")
    back_to_series(monday, by=by)
    open_anyway(monday, by=by, note="Wij zijn er")

    assert list(
        ChangeLog.objects.order_by("pk").values_list("verb", "by", "site", "about_id", "reason", "changes")
    ) == [
        (verb, by.pk, monday.site_id, str(monday.pk), reason, changes)
        for verb, reason, changes in [
            ("cancel", "Ziek", {"status": ["planned", "cancelled"]}),
            ("restore", "", {"status": ["cancelled", "planned"]}),
            (
                "move",
                "Een dag later",
                {
                    "day": ["2023-10-16", "2023-10-17"],
                    "begin": ["10:00:00", "09:00:00"],
                    "end": ["12:00:00", "11:00:00"],
                },
            ),
            ("back_to_series", "", {"day": ["2023-10-17", "2023-10-16"]}),
            ("open_anyway", "Wij zijn er", {"opened_anyway": [False, True]}),
        ]
    ]
    assert others(monday) == rest
    assert versions() == seen | {monday.site_id: seen[monday.site_id] + 5}
    assert stored(monday, "sequence") == (5,)


def test_cancelling_keeps_the_row_where_it_was(monday):
    cancel(monday, by=None, note="Ziek")

    assert stored(monday, "status", "note", "day", "begin", "sequence") == (
        CANCELLED, "Ziek", dt.date(2023, 10, 16), dt.time(10), 1
    )  # fmt: skip


def test_cancelling_twice_changes_nothing_and_another_note_is_kept(monday):
    cancel(monday, by=None, note="Ziek")
    seen = versions()

    cancel(monday, by=None, note="Ziek")
    assert (stored(monday, "sequence", "note"), versions()) == ((1, "Ziek"), seen)

    cancel(monday, by=None, note="Nog ziek")
    assert stored(monday, "sequence", "note") == (2, "Nog ziek")


def test_restoring_a_date_that_was_not_cancelled_changes_nothing(monday):
    seen = versions()

    restore(monday, by=None)

    assert (stored(monday, "status", "sequence"), versions()) == ((PLANNED, 0), seen)


def test_a_withdrawn_date_cannot_be_cancelled_or_restored(monday):
    change_dates(monday.series, by=None, remove=[monday.original_date])
    before = stored(monday, "status", "sequence", "note")

    cancel(monday, by=None, note="Ziek")
    restore(monday, by=None)

    assert stored(monday, "status", "sequence", "note") == before == (WITHDRAWN, 1, "")


def test_restoring_a_date_its_series_lost_meanwhile_makes_it_withdrawn(monday):
    cancel(monday, by=None)
    change_dates(monday.series, by=None, remove=[monday.original_date])
    assert stored(monday, "status") == (CANCELLED,)

    restore(monday, by=None)

    assert stored(monday, "status") == (WITHDRAWN,)


def test_moving_to_another_day_and_hour(monday):
    move(monday, by=None, day=dt.date(2023, 10, 18), begin=dt.time(22), end=dt.time(1), note="’s Avonds")

    assert stored(monday, "original_date", "day", "begin", "end", "part", "begins_at", "ends_at", "is_changed", "note") == (
        dt.date(2023, 10, 16), dt.date(2023, 10, 18), dt.time(22), dt.time(1), "",
        utc("2023-10-18T20:00"), utc("2023-10-18T23:00"), True, "’s Avonds",
    )  # fmt: skip
    assert Occurrence.objects.get(pk=monday.pk).is_moved is True


def test_history_tells_of_a_moved_date_only_what_is_different_and_hours_as_people_write_them(monday):
    hours = {"begin": monday.begin, "end": monday.end}
    move(monday, by=None, day=dt.date(2023, 10, 17), **hours, place=monday.place)
    assert told_of(monday) == [("dag", "16 oktober 2023", "17 oktober 2023")]

    move(monday, by=None, day=dt.date(2023, 10, 17), begin=dt.time(9), end=monday.end, place=monday.place)
    assert told_of(monday) == [("begin", "10.00", "9.00")]

    move(monday, by=None, day=dt.date(2023, 10, 17), part="evening", place=make_place(monday.site, name="Kerk"))
    assert told_of(monday) == [
        ("adres", str(monday.place), "Kerk"), ("begin", "9.00", ""), ("deel van de dag", "", "avond"), ("einde", "12.00", "")
    ]  # fmt: skip


def told_of(date: Occurrence) -> list[tuple]:
    """What its page tells of the last change."""
    by = make_person(RoleKind.COORDINATOR, site=date.site)
    (line,) = latest(by, date.site, ["activities.occurrence"], about=date.pk, number=1)
    return sorted((field.label, field.old, field.new) for field in line.fields)


def test_history_tells_of_stops_and_guests_which_are_rows_of_their_own(monday):
    organisation = make_organisation(code="caw")
    go_on_the_road(monday, by=None, stops=[Halt(make_place(monday.site, name=name)) for name in ("Noord", "Zuid")])
    assert told_of(monday) == [("haltes", "", "Noord – Zuid")]

    invite_guests(monday, by=None, guests=[organisation])
    assert told_of(monday) == [("te gast", "", "caw")]


def test_moving_to_a_part_of_a_day_forgets_the_hours(monday):
    move(monday, by=None, day=monday.day, part="evening")

    assert stored(monday, "day", "begin", "end", "begins_at", "ends_at", "part", "is_changed") == (
        monday.day, None, None, None, None, "evening", True
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"begin": dt.time(10)}, "end"),
        ({"end": dt.time(10)}, "begin"),
        ({"begin": dt.time(10), "end": dt.time(10)}, "end"),
        ({"begin": dt.time(10), "end": dt.time(23)}, "end"),
        ({"day": dt.date(2024, 3, 31), "begin": dt.time(2, 30), "end": dt.time(5)}, "begin"),
        ({"day": dt.date(2024, 3, 30), "begin": dt.time(22), "end": dt.time(2, 30)}, "end"),
    ],
)
def test_a_move_to_hours_that_cannot_be_kept_is_refused_by_field(monday, fields, field):
    before = Occurrence.objects.values().get(pk=monday.pk)

    with pytest.raises(ValidationError) as refusal:
        move(monday, by=None, **{"day": monday.day} | fields)

    assert list(refusal.value.message_dict) == [field]
    assert Occurrence.objects.values().get(pk=monday.pk) == before


def test_back_to_the_series_gives_day_hours_and_place_again(monday):
    before = stored(
        monday, "day", "begin", "end", "part", "begins_at", "ends_at", "place", "is_changed", "note", "status"
    )
    move(monday, by=None, day=dt.date(2023, 10, 18), part="evening", note="Anders")
    Occurrence.objects.filter(pk=monday.pk).update(place=make_place(monday.site))

    back_to_series(monday, by=None)

    assert before == stored(
        monday, "day", "begin", "end", "part", "begins_at", "ends_at", "place", "is_changed", "note", "status"
    )


def test_opened_anyway_and_no_longer_so(monday):
    open_anyway(monday, by=None, note="Brunch gaat door")
    opened = stored(monday, "opened_anyway", "note", "status", "sequence")
    open_anyway(monday, by=None, note="Brunch gaat door")
    again = stored(monday, "opened_anyway", "note", "status", "sequence")
    open_anyway(monday, by=None, opened=False)

    assert opened == again == (True, "Brunch gaat door", PLANNED, 1)
    assert stored(monday, "opened_anyway", "note", "status", "sequence") == (False, "", PLANNED, 2)


def test_what_does_not_take_place_is_not_opened(monday):
    cancel(monday, by=None, note="Ziek")

    with pytest.raises(ValidationError) as refusal:
        open_anyway(monday, by=None)

    assert refusal.value.messages == [NOT_TAKING_PLACE]
    assert stored(monday, "opened_anyway", "status", "note") == (False, CANCELLED, "Ziek")


def test_an_old_copy_of_a_row_does_not_undo_a_newer_change(monday):
    copy = Occurrence.objects.get(pk=monday.pk)
    move(monday, by=None, day=dt.date(2023, 10, 18))

    cancel(copy, by=None, note="Ziek")

    assert stored(monday, "day", "status", "sequence") == (dt.date(2023, 10, 18), CANCELLED, 2)
