"""The page of a steering group in a network of 400 partnerships with five years of dates, counts and shifts, beside a bare rollup.

On PostgreSQL when `DATABASE_URL` is set (it makes and drops `stek_bench_dashboard` beside that database), else on a fresh SQLite file. The bare
rollup is one query: this partnership's dates, counts, presences, shifts and who took them, by activity and month over the same four years. One is made row by row and the database copies it.
The page is asked for through the whole chain of middleware by somebody who is signed in. What counts is CPU of this process and of the database's that works for it.
Then both again from gunicorn as it is set in service, by eight who ask at once for pages of different partnerships: the page, and the
bare view (`bare.py`), which reads session, account and the same rollup.
"""

from __future__ import annotations

import datetime as dt
import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.week_page import count_queries

if TYPE_CHECKING:
    from django.db.models import Model

PARTNERSHIPS = int(os.environ.get("DASHBOARD_PARTNERSHIPS", "400"))
# As many as the demonstration has of regular activities, nine and seven.
SITES, ACTIVITIES, WEEKS = 2, 8, 260
LIMIT = 5.0
UNDER_LOAD = 10.0
ROUNDS = 40
ASKERS, TURNS, SECONDS, SHOWN = 8, 2, 5, 40
HOST = "127.0.0.1:8000"
DAYS = (dt.date(2019, 1, 1), dt.date(2022, 12, 31))
PATH = "/stuurgroep/cijfers/{}/2022/"
BARE = "/bare/rollup/{}/"


def fill() -> list[type[Model]]:
    """A partnership with two places, eight activities each, five years of weekly dates; all but some counted, a shift for one in four.

    The models of which it made rows, in order."""
    from activities.models import Activity, Attendance, Occurrence, Presence, Series, Shift, ShiftNeed, SignUp
    from partners.models import Engagement
    from sites.enums import SiteKind, SiteStatus
    from sites.models import Partnership, Site
    from tests.factories.activities import make_type, series_fields
    from tests.factories.partners import make_organisation
    from tests.factories.sites import make_municipality

    partner = make_organisation(name="Partner")
    kind, town = make_type(), make_municipality()
    first = dt.date(2018, 1, 1)
    partnership = Partnership.objects.create(slug="verband", name="Verband")
    sites = Site.objects.bulk_create(
        Site(slug=f"plek-{one}", name=f"Plek {one}", partnership=partnership, municipality=town, kind=SiteKind.NEW, status=SiteStatus.ACTIVE)
        for one in range(SITES)
    )  # fmt: skip
    Engagement.objects.bulk_create(Engagement(organisation=partner, site=site, days_a_month=4) for site in sites)
    activities = Activity.objects.bulk_create(
        Activity(site=site, slug=f"a-{one}", type=kind, meet=True, refer=one == 1)
        for site in sites
        for one in range(ACTIVITIES)
    )
    agreed = series_fields(first_day=first) | {"is_published": True}
    series = Series.objects.bulk_create(Series(activity=one, **agreed) for one in activities)
    dates = Occurrence.objects.bulk_create(
        Occurrence(series=one, site=one.activity.site, original_date=day, day=day)
        for place, one in enumerate(series)
        for week in range(WEEKS)
        for day in [first + dt.timedelta(weeks=week, days=place)]
    )
    counts = Attendance.objects.bulk_create(
        Attendance(occurrence=date, people=date.pk % 30, new_faces=date.pk % 30 // 10) for date in dates if date.pk % 20
    )
    Presence.objects.bulk_create(Presence(attendance=one, organisation=partner) for one in counts)
    needs = ShiftNeed.objects.bulk_create(
        ShiftNeed(series=one, task="Onthaal", begin=dt.time(13), end=dt.time(16)) for one in series[::4]
    )
    need_of = {need.series_id: need for need in needs}
    shifts = Shift.objects.bulk_create(
        Shift(need=need_of[date.series_id], occurrence=date) for date in dates if date.series_id in need_of
    )
    SignUp.objects.bulk_create(SignUp(shift=one) for one in shifts if one.pk % 7)
    return [Partnership, Site, Engagement, Activity, Series, Occurrence, Attendance, Presence, ShiftNeed, Shift, SignUp]


def cost(call: Callable[[], object]) -> float:
    """CPU milliseconds of a round, after one that warms up: of this process and, on PostgreSQL, of the process that works for it."""
    call()
    begun = spent()
    for _round in range(ROUNDS):
        call()
    return (spent() - begun) / ROUNDS


def spent() -> float:
    from django.db import connection

    ours = 1000 * time.process_time()
    if connection.vendor != "postgresql":
        return ours
    connection.ensure_connection()
    numbers = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return ours + sum(int(number) for number in numbers[11:13]) * 1000 / os.sysconf("SC_CLK_TCK")


def measure() -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from benchmarks import bare
    from benchmarks.copies import copy
    from sites.enums import RoleKind
    from sites.models import Partnership
    from stek.steering.periods import Period
    from stek.steering.snapshot import snapshot
    from tests.factories.sites import make_person, make_role

    client = Client(headers={"host": HOST})
    begun = time.perf_counter()
    made = fill()
    partnership = Partnership.objects.get()
    reader = make_person(RoleKind.STEERING, partnership=partnership)
    client.force_login(reader)
    period = Period.parse("2022")

    def page() -> None:
        response = client.get(PATH.format(partnership.slug))
        if response.status_code != 200 or b"Partner" not in response.content:
            raise SystemExit(f"The page answered {response.status_code}")

    queries = [count_queries(page)]
    copy(made, PARTNERSHIPS - 1)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    took = time.perf_counter() - begun
    print(
        f"{PARTNERSHIPS} partnerships, {SITES * ACTIVITIES * WEEKS:,} dates each, made in {took:.0f} s on {connection.vendor}"
    )
    some = list(Partnership.objects.order_by("pk")[PARTNERSHIPS // 2 :][:SHOWN])
    for partnership in some:
        make_role(RoleKind.STEERING, user=reader, partnership=partnership)
    queries.append(count_queries(page))
    counts = cost(lambda: list(bare.rollup(partnership.slug, *DAYS)))
    rollup = cost(lambda: list(bare.whole_rollup(partnership.slug, *DAYS)))
    read, whole = cost(lambda: snapshot(partnership, period)), cost(page)
    print(f"bare rollup {rollup:.1f} ms (of dates and counts only: {counts:.1f} ms)")
    print(
        f"figures {read:.1f} ms ({read / rollup:.1f} times), page {whole:.1f} ms ({whole / rollup:.1f} times; {whole / counts:.1f} times dates and counts only)"
    )
    print(f"{queries[0]} queries with one partnership, {queries[1]} with {PARTNERSHIPS}")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    ours, limit = under_load([one.slug for one in some], cookie)
    print(f"{ASKERS} at once: page {ours:.1f} a second, bare view {limit:.1f} ({limit / ours:.1f} times)")
    if len(set(queries)) > 1:
        raise SystemExit("More queries for more rows")
    if whole / rollup > LIMIT or limit / ours > UNDER_LOAD:
        raise SystemExit(f"More than {LIMIT} times the bare rollup, or {UNDER_LOAD} times the bare view")


def under_load(slugs: list[str], cookie: str) -> tuple[float, float]:
    """Answers a second of the page and of the bare view, in turns, from gunicorn as it is in service."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "benchmarks.served",
        "--config",
        "python:stek.serving",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    gunicorn = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": "."})
    try:
        answers = {PATH: 0, BARE: 0}
        for turn in range(1 + 2 * TURNS):  # the first one warms up
            for path in answers:
                with ThreadPoolExecutor(ASKERS) as pool:
                    number = sum(pool.map(lambda _asker, path=path: ask(port, path, slugs, cookie), range(ASKERS)))
                answers[path] += number if turn else 0
    finally:
        gunicorn.terminate()
        gunicorn.wait(180)
    seconds = 2 * TURNS * SECONDS
    return answers[PATH] / seconds, answers[BARE] / seconds


def ask(port: int, path: str, slugs: list[str], cookie: str) -> int:
    """How many answers one asker got in a turn; each of another partnership."""
    number, end = 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", path.format(random.choice(slugs)), headers={"Host": HOST, "Cookie": cookie})
            status = connection.getresponse().status
        except ConnectionRefusedError:  # it is still to begin
            time.sleep(0.2)
            continue
        finally:
            connection.close()
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        number += 1
    return number


@contextmanager
def a_database() -> Iterator[None]:
    """Empty, and gone afterwards."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS stek_bench_dashboard")
        connection.execute("CREATE DATABASE stek_bench_dashboard")
        # One process does the work, so that its time is all of it.
        connection.execute("ALTER DATABASE stek_bench_dashboard SET max_parallel_workers_per_gather = 0")
        os.environ["DATABASE_URL"] = urlsplit(url)._replace(path="/stek_bench_dashboard").geturl()
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()
            connection.execute("DROP DATABASE IF EXISTS stek_bench_dashboard WITH (FORCE)")


def main() -> None:
    from benchmarks.week_page import prepare

    with a_database():
        prepare()
        measure()


if __name__ == "__main__":
    main()
