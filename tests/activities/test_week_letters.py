"""The letter of Monday morning: to whom, about what, when, and never twice or empty."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.needs import add_need
from activities.actions.occurrence import cancel
from activities.actions.shifts import sign_up
from activities.models import Shift
from activities.week_letters import preview
from partners.enums import BodyKind
from sites.enums import RoleKind, SiteStatus
from stek.outbox.enums import State
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from stek.time import clock_of
from tests.factories.partners import make_away, make_body, make_helper, make_membership, make_organisation, make_seat
from tests.factories.sites import make_person, make_site, make_user
from tests.offer import offer

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

BRUSSELS = clock_of("Europe/Brussels")
MONDAY = dt.datetime(2023, 10, 16, 8, tzinfo=BRUSSELS)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY - 6 * DAY, tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def need(site):
    """Two people every Thursday from 13 to 16."""
    series = offer(site, "Koffie", weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 5))
    return add_need(series, by=None, task="Onthaal", minimum=2, maximum=3)


@pytest.fixture
def mira(site, need):
    return make_person(RoleKind.COORDINATOR, site=site)


def on(need, day: int) -> Shift:
    return Shift.objects.get(need=need, occurrence__original_date=dt.date(2023, 10, day))


def at(clock, moment: dt.datetime) -> list:
    """The letters that leave at a moment, when a worker comes by."""
    clock.move_to(moment, tick=False)
    mail.outbox.clear()
    preview()
    send_due()
    return list(mail.outbox)


def test_coordinator_reads_on_monday_what_is_short_this_week_and_the_next(clock, mira, need, site):
    rosa = make_helper(site)
    rosa.user.name = "Rosa Vandenonbekende"
    rosa.user.save()
    sign_up(on(need, 19), rosa)

    (letter,) = at(clock, MONDAY)

    assert letter.to == [mira.email]
    assert letter.subject == "Hier: deze week is bij 1 beurt nog iemand nodig"
    this_week, next_week = letter.body.split("Volgende week:")
    assert "- donderdag 19 oktober, 13.00 tot 16.00 uur · Onthaal, Koffie: nog 1 nodig" in this_week
    assert "- donderdag 26 oktober, 13.00 tot 16.00 uur · Onthaal, Koffie: nog 2 nodig" in next_week
    assert "2 november" not in letter.body
    assert "/beheer/hier/rooster/" in next_week
    assert "Rosa" not in letter.body


def test_who_is_away_that_day_does_not_count(clock, mira, need, site):
    for rosa in (make_helper(site), make_helper(site)):
        sign_up(on(need, 19), rosa)
        sign_up(on(need, 26), rosa)
    make_away(rosa, dt.date(2023, 10, 19))

    (letter,) = at(clock, MONDAY)

    assert "donderdag 19 oktober, 13.00 tot 16.00 uur · Onthaal, Koffie: nog 1 nodig" in letter.body
    assert "26 oktober" not in letter.body


def test_in_the_readers_language(clock, mira, need):
    mira.language = "fr"
    mira.save()

    (letter,) = at(clock, MONDAY)

    assert letter.subject.startswith("Hier : cette semaine, il manque encore quelqu’un")
    assert "jeudi 19 octobre" in letter.body


def test_working_group_gets_it_too_with_a_page_to_share(clock, mira, need, site):
    sits, elsewhere, left = (make_organisation() for _ in range(3))
    group = make_body(site, kind=BodyKind.WORKING)
    make_seat(group, organisation=sits)
    make_seat(group, organisation=left, until=dt.date(2023, 10, 1))
    make_seat(make_body(site, kind=BodyKind.PARTICIPATION), organisation=elsewhere)
    worker = make_user()
    make_membership(site, user=worker, organisation=sits)
    for organisation in (elsewhere, left):
        make_membership(site, organisation=organisation)
    make_membership(make_site(slug="ginder"), organisation=sits)

    letters = at(clock, MONDAY)

    assert {letter.to[0] for letter in letters} == {mira.email, worker.email}
    (theirs,) = [letter for letter in letters if letter.to == [worker.email]]
    assert "/hier/vrijwilliger-worden/" in theirs.body
    assert "/beheer/" not in theirs.body


@pytest.mark.parametrize(
    ("moment", "letters"),
    [
        (MONDAY - dt.timedelta(minutes=1), 0),
        (MONDAY, 1),
        (MONDAY + 9 * HOUR, 1),
        (MONDAY + DAY + 12 * HOUR, 1),
        (
            MONDAY + 2 * DAY - dt.timedelta(minutes=1),
            0,
        ),  # by night: it waits for the morning, and Wednesday is not too late for that
        (MONDAY + 2 * DAY, 0),
        (MONDAY + 6 * DAY, 0),
    ],
)
def test_on_monday_morning_or_a_little_later(clock, mira, moment, letters):
    assert len(at(clock, moment)) == letters


def test_once_a_week_however_often_two_workers_look(clock, mira):
    found = []
    for hours in range(0, 15 * 24, 5):
        for _worker in range(2):
            found += [(hours, letter.to[0]) for letter in at(clock, MONDAY + hours * HOUR)]

    assert [hours // (7 * 24) for hours, _to in found] == [0, 1, 2]


def test_empty_is_not_sent_and_what_becomes_short_later_waits_for_next_week(clock, mira, need, site):
    people = [make_helper(site) for _ in range(2)]
    for day in (19, 26):
        for one in people:
            sign_up(on(need, day), one)
    assert at(clock, MONDAY) == []
    assert Delivery.objects.get().state == State.DROPPED
    on(need, 19).sign_ups.all().delete()

    assert at(clock, MONDAY + 5 * HOUR) == []


@pytest.mark.parametrize("case", ["cancelled", "key ended", "stopped"])
def test_what_is_not_so_any_more_is_not_told(clock, mira, need, site, case):
    match case:
        case "cancelled":
            for day in (19, 26):
                cancel(on(need, day).occurrence, by=None, note="Ziek")
        case "key ended":
            mira.roles.update(until=dt.date(2023, 10, 15))
        case "stopped":
            site.status = SiteStatus.STOPPED
            site.save()

    assert at(clock, MONDAY) == []


def test_monday_is_that_of_the_site(clock, mira, site):
    site.time_zone = "America/New_York"
    site.save()

    assert at(clock, MONDAY) == []
    assert len(at(clock, dt.datetime(2023, 10, 16, 8, tzinfo=clock_of("America/New_York")))) == 1


@pytest.mark.parametrize(
    "monday", [dt.date(2023, 3, 27), dt.date(2023, 10, 30), dt.date(2024, 1, 1), dt.date(2024, 12, 30)]
)
def test_after_both_clock_changes_and_around_new_year(clock, mira, need, monday):
    """Eight on the clock of the wall; a week of two years is one week."""
    clock.move_to(dt.datetime.combine(monday - DAY, dt.time(12), tzinfo=BRUSSELS), tick=False)
    series = offer(
        need.series.activity.site, "Nieuwjaar", weekday=3, begin=dt.time(13), end=dt.time(16), first_day=monday
    )
    add_need(series, by=None, task="Klinken")
    eight = dt.datetime.combine(monday, dt.time(8), tzinfo=BRUSSELS)

    assert at(clock, eight - dt.timedelta(minutes=1)) == []
    assert len(at(clock, eight)) == 1
    assert at(clock, eight + DAY) == []


def test_as_many_queries_for_ten_short_shifts_as_for_one(clock, mira, need):
    clock.move_to(MONDAY, tick=False)

    def queries() -> int:
        Delivery.objects.all().delete()
        preview()
        with CaptureQueriesContext(connection) as found:
            send_due()
        return len(found)

    one = queries()
    for _ in range(9):
        add_need(need.series, by=None, task="Nog iets")

    assert queries() == one
