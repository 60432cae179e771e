"""Reminders, counted per person: on every odd night of a year, on a server elsewhere, by workers that are late, two, or killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import connection

from activities.actions.needs import add_need
from activities.actions.shifts import sign_up, stand
from activities.models import Shift
from activities.shift_letters import REMINDER, SOON, remind
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from stek.time import clock_of
from tests.activities.test_races import at_once
from tests.factories.partners import make_away, make_helper
from tests.factories.sites import make_site
from tests.offer import offer

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

BRUSSELS = clock_of("Europe/Brussels")
QUARTER, HOUR, DAY = dt.timedelta(minutes=15), dt.timedelta(hours=1), dt.timedelta(days=1)
# Days whose eve, night or morning is odd: the clock goes on, goes back, a month ends, a leap day, a year ends.
ODD_DAYS = [dt.date(2023, 3, 26), dt.date(2023, 3, 27), dt.date(2023, 10, 29), dt.date(2023, 10, 30), dt.date(2023, 12, 1),
            dt.date(2024, 2, 29), dt.date(2024, 3, 1), dt.date(2024, 1, 1), dt.date(2023, 12, 31)]  # fmt: skip


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-03-20T09:00+01:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier", closed_on_holidays=False)


def local(day: dt.date, hour: int, minute: int = 0, zone: str = "Europe/Brussels") -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=clock_of(zone))


def shift_on(site, day: dt.date, begin: int = 13) -> Shift:
    """From `begin` o'clock, three hours long."""
    series = offer(
        site, begin=dt.time(begin), end=dt.time(begin + 3), first_day=day, last_day=day, frequency="once", weekday=None
    )
    return Shift.objects.get(need=add_need(series, by=None, task="Onthaal", maximum=9))


def ticks(clock, first: dt.datetime, last: dt.datetime, step: dt.timedelta) -> Iterator[dt.datetime]:
    """A worker comes by at each of these moments."""
    moment = first.astimezone(dt.UTC)
    while moment <= last.astimezone(dt.UTC):
        clock.move_to(moment, tick=False)
        yield moment
        moment += step


def sent_between(clock, first: dt.datetime, last: dt.datetime, step: dt.timedelta = HOUR) -> list[tuple[str, str]]:
    """Who got a letter when, on the clock of Brussels. Besides each step a worker comes by a quarter before each hour that counts."""
    found = []
    for moment in ticks(clock, first, last, step):
        for early in [moment - QUARTER] if moment.astimezone(BRUSSELS).hour in {10, 17} and step == HOUR else []:
            clock.move_to(early, tick=False)
            found += _sent(early)
        clock.move_to(moment, tick=False)
        found += _sent(moment)
    return found


def _sent(moment: dt.datetime) -> list[tuple[str, str]]:
    before = len(mail.outbox)
    remind()
    send_due()
    return [(one.to[0], f"{moment.astimezone(BRUSSELS):%m-%d %H:%M}") for one in mail.outbox[before:]]


@pytest.mark.parametrize("day", ODD_DAYS, ids=str)
def test_once_each_on_every_odd_night(site, clock, day):
    """The day before at five on the clock of the wall; three hours before for who wants, whatever an hour is worth that night."""
    clock.move_to(local(day - 3 * DAY, 9), tick=False)
    shift = shift_on(site, day)
    plain, late = make_helper(site), make_helper(site, wants_late_reminder=True)
    for one in (plain, late):
        sign_up(shift, one)

    found = sent_between(clock, local(day - DAY, 15), local(day, 16))

    eve = f"{day - DAY:%m-%d} 17:00"
    assert sorted(found) == sorted(
        [(plain.user.email, eve), (late.user.email, eve), (late.user.email, f"{day:%m-%d} 10:00")]
    )


@pytest.mark.parametrize("day", [dt.date(2023, 3, 26), dt.date(2023, 10, 29)], ids=str)
def test_three_hours_are_three_hours_also_over_the_change_of_the_clock(site, clock, day):
    """From 4 to 7 in the morning: three hours before is in the night, and no letter leaves then, nor once it has begun."""
    clock.move_to(local(day - 3 * DAY, 9), tick=False)
    helper = make_helper(site, wants_late_reminder=True)
    sign_up(shift_on(site, day, begin=4), helper)

    found = sent_between(clock, local(day - DAY, 16), local(day, 9))

    assert found == [(helper.user.email, f"{day - DAY:%m-%d} 17:00")]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_server_in_another_zone_reminds_at_the_same_moments(site, clock, zone, monkeypatch):
    day = dt.date(2023, 10, 29)
    clock.move_to(local(day - 3 * DAY, 9), tick=False)
    helper = make_helper(site, wants_late_reminder=True)
    sign_up(shift_on(site, day), helper)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        found = sent_between(clock, local(day - DAY, 15), local(day, 16))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert found == [(helper.user.email, "10-28 17:00"), (helper.user.email, "10-29 10:00")]


def test_site_in_another_zone_is_reminded_on_its_own_clock(site, clock):
    site.time_zone = "America/New_York"
    site.save()
    helper = make_helper(site)
    clock.move_to(local(dt.date(2023, 5, 8), 9), tick=False)
    sign_up(shift_on(site, dt.date(2023, 5, 10)), helper)

    found = sent_between(clock, local(dt.date(2023, 5, 9), 15), local(dt.date(2023, 5, 10), 20))

    assert found == [(helper.user.email, "05-09 23:00")]  # 17 o'clock there


@pytest.mark.parametrize(
    ("comes_by", "gets"),
    [
        (["09 18:00"], ["09 18:00"]),  # an hour late
        (["09 22:30", "10 08:00"], ["10 08:00"]),  # at night nobody is woken: it waits for the morning
        (["10 12:45"], ["10 12:45"]),  # nearly a day late, and still in time
        (["10 13:00"], []),
        (["10 17:00"], []),  # a day late: a reminder of what is past helps nobody
        (["09 16:45", "09 17:00", "09 17:00", "09 17:15", "10 09:00"], ["09 17:00"]),
    ],
)
def test_worker_that_is_late_reminds_once_or_not_at_all(site, clock, comes_by, gets):
    helper = make_helper(site)
    clock.move_to(local(dt.date(2023, 5, 8), 9), tick=False)
    sign_up(shift_on(site, dt.date(2023, 5, 10)), helper)
    found = []
    for words in comes_by:
        moment = dt.datetime.strptime(f"2023-05-{words}", "%Y-%m-%d %H:%M").replace(tzinfo=BRUSSELS)
        clock.move_to(moment, tick=False)
        found += _sent(moment)

    assert found == [(helper.user.email, f"05-{words}") for words in gets]


@pytest.mark.parametrize("says_so", ["before it is written", "before it leaves"])
def test_nobody_is_reminded_in_days_they_are_away(site, clock, says_so):
    """The page promises so. What they left standing is theirs; when they come after all, they say so or do not need to hear it."""
    helper, day = make_helper(site, wants_late_reminder=True), dt.date(2023, 5, 10)
    clock.move_to(local(day - 2 * DAY, 9), tick=False)
    sign_up(shift_on(site, day), helper)
    clock.move_to(local(day - DAY, 17), tick=False)
    if says_so == "before it leaves":
        assert remind() == 1
    make_away(helper, day)

    assert (remind(), _sent(local(day - DAY, 17)), _sent(local(day, 10))) == (0, [], [])


def test_one_letter_for_each_shift_of_a_long_day(site, clock):
    helper, day = make_helper(site), dt.date(2023, 5, 10)
    clock.move_to(local(day - 2 * DAY, 9), tick=False)
    for begin in (9, 12, 15):
        sign_up(shift_on(site, day, begin=begin), helper)

    found = sent_between(clock, local(day - DAY, 15), local(day, 19))

    assert Counter(found) == {(helper.user.email, "05-09 17:00"): 3}


# --- two workers, and one that is killed

# Writes the reminders of a moment, and kills itself as hard as that goes: after so many of them, or in the middle of writing one.
KILLED = """
import os, signal, sys
import django, time_machine
from django.conf import settings
name, moment, number, where = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
django.setup()
from activities import shift_letters
from stek.outbox import queue
from stek.outbox.models import Delivery
queue.written = lambda due_at: None
post, save, done = shift_letters.post, Delivery.save, []
def die(): os.kill(os.getpid(), signal.SIGKILL)
def counted(*args, **kwargs):
    row = post(*args, **kwargs)
    done.append(row)
    if where == "after" and len(done) == int(number): die()
    return row
def saved(self, *args, **kwargs):
    save(self, *args, **kwargs)
    if where == "within" and len(done) + 1 == int(number): die()
shift_letters.post, Delivery.save = counted, saved
with time_machine.travel(moment, tick=False):
    shift_letters.remind()
"""


@pytest.fixture
def six(site, clock, transactional_db) -> list:
    """Six people in one shift, to be reminded of it now."""
    shift = shift_on(site, dt.date(2023, 5, 10))
    people = [make_helper(site, wants_late_reminder=number % 2 == 0) for number in range(6)]
    for one in people:
        sign_up(shift, one)
    clock.move_to(local(dt.date(2023, 5, 9), 17), tick=False)
    return people


def written() -> Counter:
    return Counter(Delivery.objects.values_list("user__email", "kind"))


@pytest.mark.parametrize(
    "rounds", [pytest.param(1, id="once"), pytest.param(200, id="200 times", marks=pytest.mark.prove)]
)
def test_two_workers_at_once_write_one_for_each(six, rounds):
    for _ in range(rounds):
        Delivery.objects.all().delete()

        errors = at_once(*[remind] * 4)

        assert errors == []
        assert written() == {(one.user.email, REMINDER): 1 for one in six}


@pytest.mark.parametrize(("number", "where"), [(1, "within"), (3, "after"), (3, "within"), (6, "after")])
def test_killed_worker_leaves_none_out_and_none_twice(six, number, where):
    command = [
        sys.executable,
        "-c",
        KILLED,
        str(connection.settings_dict["NAME"]),
        "2023-05-09T15:00Z",
        str(number),
        where,
    ]
    process = subprocess.run(command, env=os.environ, capture_output=True, check=False, timeout=120)
    assert process.returncode == -signal.SIGKILL, process.stderr.decode()
    assert sum(written().values()) == number - (where == "within")

    for _worker in range(2):
        remind()

    assert written() == {(one.user.email, REMINDER): 1 for one in six}
    send_due()
    assert Counter(one.to[0] for one in mail.outbox) == {one.user.email: 1 for one in six}


def test_both_kinds_are_one_each(six, clock):
    for _ in ticks(clock, local(dt.date(2023, 5, 9), 17), local(dt.date(2023, 5, 10), 13), HOUR):
        remind()

    assert written() == {(one.user.email, REMINDER): 1 for one in six} | {(one.user.email, SOON): 1 for one in six[::2]}


@pytest.mark.prove
def test_a_year_of_quarters_of_an_hour_reminds_each_of_each_shift_once(site, clock):
    """Every Thursday, with a worker every quarter of an hour, from before one change of the clock to after the next."""
    series = offer(site, weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 3, 23))
    need, people = add_need(series, by=None, task="Onthaal", maximum=3), [make_helper(site) for _ in range(3)]
    for one in people:
        stand(need, one)
    first, last = local(dt.date(2023, 3, 22), 0), local(dt.date(2024, 3, 22), 0)

    found = sent_between(clock, first, last, QUARTER)

    days = series.occurrences.filter(day__range=(first.date(), last.date())).values_list("day", flat=True)
    eves = [f"{day - DAY:%m-%d} 17:00" for day in days]
    assert len(eves) == 53
    assert Counter(found) == {(one.user.email, eve): 1 for one in people for eve in eves}
