"""What was decided for one date survives "from this date on"."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from activities.actions.materialise import materialise
from activities.actions.occurrence import move, open_anyway
from activities.actions.series import change_from
from activities.enums import OccurrenceStatus, PriceKind
from activities.iso_week import IsoWeek
from activities.models import Occurrence, Series
from activities.schedule import week
from sites.models import Site
from tests.factories.activities import make_guest, make_stop
from tests.factories.sites import make_site
from tests.offer import offer

pytestmark = pytest.mark.django_db

PLANNED, WITHDRAWN = OccurrenceStatus.PLANNED, OccurrenceStatus.WITHDRAWN


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-01-24T09:00+01:00", tick=False)


@pytest.fixture
def site() -> Site:
    return make_site()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def dates(series: Series, status: str = PLANNED) -> list[str]:
    found = Occurrence.objects.filter(series=series, status=status).order_by("original_date")
    return [str(date) for date in found.values_list("original_date", flat=True)]


def told(series: Series, status: str = PLANNED) -> dict[str, str]:
    """Original date -> the day it is held on, of what was moved."""
    rows = Occurrence.objects.filter(series=series, status=status).exclude(day=F("original_date"))
    return {str(row.original_date): str(row.day) for row in rows.order_by("original_date")}


def test_a_successor_takes_over_what_was_moved_when_it_has_that_date(site):
    old = offer(site)
    moved = move(
        Occurrence.objects.get(original_date="2023-02-20"), by=None,
        day=day("2023-02-22"), begin=dt.time(14), end=dt.time(16), note="Zaal bezet",
    )  # fmt: skip

    new = change_from(old, day("2023-02-13"), by=None, price_kind=PriceKind.ASK, begin=dt.time(9))

    row = Occurrence.objects.get(series=new, original_date="2023-02-20")
    assert (row.status, row.day, row.begin, row.end, row.is_changed, row.note) == (
        PLANNED, day("2023-02-22"), dt.time(14), dt.time(16), True, "Zaal bezet"
    )  # fmt: skip
    assert (row.begins_at, row.ends_at) == (moved.begins_at, moved.ends_at)
    assert (told(old), told(old, WITHDRAWN)) == ({}, {"2023-02-20": "2023-02-22"})
    assert Occurrence.objects.get(series=new, original_date="2023-02-27").begin == dt.time(9)


def test_a_moved_date_stays_as_it_was_told_when_the_successor_has_no_such_date(site):
    old = offer(site)
    moved = move(Occurrence.objects.get(original_date="2023-02-20"), by=None, day=day("2023-02-22"))

    new = change_from(old, day("2023-02-09"), by=None, weekday=3)
    materialise(old)

    row = Occurrence.objects.get(pk=moved.pk)
    assert (row.series, row.status, row.day, row.sequence) == (old, PLANNED, day("2023-02-22"), moved.sequence)
    assert dates(old)[-2:] == ["2023-02-06", "2023-02-20"]
    assert dates(new)[:3] == ["2023-02-09", "2023-02-16", "2023-02-23"]


def test_a_date_held_before_the_change_stays_with_the_old_agreement_and_comes_once(site):
    old = offer(site)
    move(Occurrence.objects.get(original_date="2023-02-13"), by=None, day=day("2023-02-10"))

    new = change_from(old, day("2023-02-13"), by=None, price_kind=PriceKind.ASK)

    assert told(old) == {"2023-02-13": "2023-02-10"}
    assert dates(new)[:2] == ["2023-02-20", "2023-02-27"]


def test_a_date_that_was_held_already_does_not_stand_in_the_way_of_a_change(site):
    old = offer(site)
    move(Occurrence.objects.get(original_date="2023-01-30"), by=None, day=day("2023-01-23"))

    change_from(old, day("2023-01-30"), by=None, price_kind=PriceKind.ASK)

    assert told(old) == {"2023-01-30": "2023-01-23"}


def test_a_date_of_the_old_agreement_that_is_held_after_the_change_stays(site):
    old = offer(site)
    move(Occurrence.objects.get(original_date="2023-02-06"), by=None, day=day("2023-02-15"))

    new = change_from(old, day("2023-02-09"), by=None, weekday=3)

    assert (told(old), told(new)) == ({"2023-02-06": "2023-02-15"}, {})


@pytest.mark.parametrize(("changes", "stays"), [({"price_kind": PriceKind.ASK}, False), ({"weekday": 3}, True)])
def test_what_was_opened_anyway_stays_open(site, changes, stays):
    old = offer(site)
    open_anyway(Occurrence.objects.get(original_date="2023-04-10"), by=None, note="Ook op paasmaandag")

    new = change_from(old, day("2023-02-09"), by=None, **changes)

    (row,) = Occurrence.objects.filter(opened_anyway=True, status=PLANNED)
    assert (row.series, row.original_date, row.note) == (
        old if stays else new, day("2023-04-10"), "Ook op paasmaandag"
    )  # fmt: skip


def test_who_comes_along_and_where_it_halts_on_one_date_go_with_it(site):
    old = offer(site)
    date = Occurrence.objects.get(original_date="2023-02-20")
    guest = make_guest(date).organisation
    stop = make_stop(date, begin=dt.time(10), end=dt.time(11)).place

    new = change_from(old, day("2023-02-13"), by=None, price_kind=PriceKind.ASK)

    row = Occurrence.objects.get(series=new, original_date="2023-02-20")
    assert [found.organisation for found in row.guests.all()] == [guest]
    assert [(found.place, found.begin, found.end) for found in row.stops.all()] == [(stop, dt.time(10), dt.time(11))]


def test_a_visitor_reads_of_a_moved_date_what_was_told_and_no_more_last_time(site):
    old = offer(site)
    move(
        Occurrence.objects.get(original_date="2023-02-20"),
        by=None,
        day=day("2023-02-20"),
        begin=dt.time(14),
        end=dt.time(16),
    )

    change_from(old, day("2023-02-09"), by=None, weekday=3)

    shown = week(Site.objects.get(pk=site.pk), IsoWeek.of(day("2023-02-20")), "nl")
    assert [(str(item.day), item.begin, item.badge) for item in shown.items] == [
        ("2023-02-20", dt.time(14), "Ander uur"), ("2023-02-23", dt.time(10), "")
    ]  # fmt: skip
