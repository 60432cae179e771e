"""Two at once: one waits for the other, neither fails, and one right set is left."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from activities.actions.closure import close, lift
from activities.actions.materialise import BATCH, extend_horizon, materialise
from activities.actions.occurrence import cancel
from activities.actions.series import change_dates, change_from, end_series
from activities.enums import OccurrenceStatus
from activities.models import Occurrence, Series
from activities.recurrence import expand
from activities.rules import horizon
from sites.models import Site
from stek.time import today
from tests.factories.activities import make_activity, make_series
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = dt.timedelta(weeks=1)
ROUNDS = [pytest.param(1, id="once"), pytest.param(200, id="200 times", marks=pytest.mark.prove)]
WAIT = 120  # seconds; nobody waits that long unless for ever

# A whole process of its own, on the database of the test: it runs the nightly round for every line it reads.
NIGHTLY_ROUND = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from activities.actions.materialise import extend_horizon
print("ready", flush=True)
for line in sys.stdin:
    extend_horizon()
    print("done", flush=True)
"""


@pytest.fixture
def offer() -> list[Series]:
    """More than one batch of weekly agreements at two sites, begun five weeks ago, without a single row."""
    activities = [make_activity(make_site()) for _ in range(2)]
    first = today() - 5 * WEEK
    return [
        make_series(activities[number % 2], first_day=first, weekday=number % 7, last_day=first + 20 * WEEK)
        for number in range(BATCH + 5)
    ]


def rows() -> list[tuple[int, dt.date, str]]:
    return sorted(Occurrence.objects.values_list("series", "original_date", "status"))


def wanted(offer: list[Series]) -> list[tuple[int, dt.date, str]]:
    """What the nightly round makes: the dates from today on."""
    days = (today(), horizon(today()))
    return sorted((item.pk, date, "planned") for item in offer for date in expand(item.rule, *days))


def forget_rows() -> None:
    """As if no night had been yet."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM activities_occurrence")


@contextmanager
def processes(number: int) -> Iterator[list[subprocess.Popen]]:
    command = [sys.executable, "-c", NIGHTLY_ROUND, str(connection.settings_dict["NAME"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [subprocess.Popen(command, cwd=settings.BASE_DIR, text=True, **pipes) for _ in range(number)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def answer(process: subprocess.Popen) -> str:
    """The next line it says, or, when it died, what it died of."""
    return process.stdout.readline().strip() or process.stderr.read()


def at_once(*work: Callable[[], object]) -> list[BaseException]:
    """Run each in a thread with a connection of its own, all from the same moment; what they raised."""
    start, errors = threading.Barrier(len(work)), []

    def run(function: Callable[[], object]) -> None:
        try:
            start.wait(WAIT)
            function()
        except BaseException as error:  # whatever it is, the test shows it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(function,), daemon=True) for function in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    return errors


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_processes_in_the_same_night(offer, rounds):
    expected = wanted(offer)
    with processes(2) as both:
        assert [answer(process) for process in both] == ["ready"] * 2
        for _ in range(rounds):
            forget_rows()
            for process in both:
                process.stdin.write("go\n")
                process.stdin.flush()
            assert [answer(process) for process in both] == ["done"] * 2
            assert rows() == expected
        outcomes = [(process.communicate(timeout=WAIT)[1], process.returncode) for process in both]

    assert [(code, "Traceback" in log) for log, code in outcomes] == [(0, False)] * 2
    # Each row was made by one of the two, and every time the sites' pages were made anew.
    assert all(version > rounds for version in Site.objects.values_list("schedule_version", flat=True))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_threads_in_the_same_night(offer, rounds):
    expected = wanted(offer)
    for _ in range(rounds):
        forget_rows()

        assert at_once(extend_horizon, extend_horizon) == []

        assert rows() == expected


@pytest.mark.parametrize("rounds", ROUNDS)
def test_agreements_change_while_the_nightly_round_runs(offer, rounds):
    for number in range(rounds):
        forget_rows()
        Series.objects.filter(follows__isnull=False).delete()
        for item in offer[:4]:
            item.save()  # as it was before the last round
            materialise(item)

        change_all_at_once(*offer[:4], weeks=number % 3 + 1)

        for item in Series.objects.prefetch_related("dates"):
            kept = Occurrence.objects.filter(series=item, original_date__gte=today())
            planned = kept.exclude(status=OccurrenceStatus.WITHDRAWN).values_list("original_date", flat=True)
            assert sorted(planned) == expand(item.rule, today(), horizon(today()))


def change_all_at_once(ends: Series, loose: Series, called_off: Series, changes: Series, *, weeks: int) -> None:
    """Every kind of change of an agreement, and two nightly rounds."""
    coming = Occurrence.objects.filter(series=called_off, day__gt=today()).earliest("day")
    extra = today() + weeks * WEEK

    errors = at_once(
        extend_horizon,
        lambda: end_series(ends, today() + WEEK, by=None),
        lambda: change_dates(loose, by=None, add=[extra]),
        lambda: cancel(coming, by=None),
        lambda: change_from(changes, today() + 2 * WEEK, by=None, price_kind="ask"),
        lambda: shut_and_open(coming.site),
        extend_horizon,
    )

    assert errors == []
    coming.refresh_from_db()
    assert coming.status == OccurrenceStatus.CANCELLED


@pytest.mark.parametrize("rounds", ROUNDS)
def test_an_agreement_is_prolonged_while_another_takes_its_place(rounds):
    """Whoever comes first, a date is promised by one of the two agreements only."""
    for _ in range(rounds):
        series = make_series(make_activity(make_site()), first_day=today() - WEEK, weekday=0)
        materialise(series)
        middle = today() + 4 * WEEK

        at_once(
            lambda series=series, middle=middle: change_from(series, middle, by=None, price_kind="ask"),
            lambda series=series, middle=middle: end_series(series, middle + 8 * WEEK, by=None),
        )

        old, new = Series.objects.filter(activity=series.activity)
        assert old.last_day == middle - dt.timedelta(days=1)
        assert not Occurrence.objects.filter(series=old, day__gte=middle, status=OccurrenceStatus.PLANNED).exists()
        assert new.follows == old


def shut_and_open(site: Site) -> None:
    """Close the whole partnership for the months in which the others change things, and open it again."""
    days = {"first_day": today(), "last_day": today() + 20 * WEEK}
    lift(close(by=None, partnership=site.partnership, site=None, reason="Verbouwing", **days), by=None)
