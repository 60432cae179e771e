"""The page of a steering group in a network of many partnerships with five years of dates, counts and shifts, beside a bare rollup.

On PostgreSQL when `DATABASE_URL` is set (it makes and drops `stek_bench_dashboard` beside that database), else on a fresh SQLite file. The bare
rollup is one query: this partnership's dates and counts by activity and month over the same time. The page is asked for through the whole
chain of middleware by somebody who is signed in. Time: this process and its wait for the database, the quickest of some rounds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

PARTNERSHIPS = int(os.environ.get("DASHBOARD_PARTNERSHIPS", "60"))
SITES, ACTIVITIES, WEEKS = 2, 3, 260
LIMIT = 5.0
ROUNDS = 7


def fill(numbers: range) -> None:
    """Partnerships with two places, three activities each, five years of weekly dates; all but some counted, a shift for one in three."""
    import datetime as dt

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
    for number in numbers:
        partnership = Partnership.objects.create(slug=f"verband-{number}", name=f"Verband {number}")
        sites = Site.objects.bulk_create(
            Site(slug=f"plek-{number}-{one}", name=f"Plek {one}", partnership=partnership, municipality=town, kind=SiteKind.NEW, status=SiteStatus.ACTIVE)
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
            [
                Occurrence(series=one, site=one.activity.site, original_date=day, day=day)
                for place, one in enumerate(series)
                for week in range(WEEKS)
                for day in [first + dt.timedelta(weeks=week, days=place)]
            ],
            batch_size=2000,
        )
        counts = Attendance.objects.bulk_create(
            (
                Attendance(occurrence=date, people=date.pk % 30, new_faces=date.pk % 30 // 10)
                for date in dates
                if date.pk % 20
            ),
            batch_size=2000,
        )
        Presence.objects.bulk_create(
            (Presence(attendance=one, organisation=partner) for one in counts), batch_size=2000
        )
        needs = ShiftNeed.objects.bulk_create(
            ShiftNeed(series=one, task="Onthaal", begin=dt.time(13), end=dt.time(16)) for one in series[::ACTIVITIES]
        )
        need_of = {need.series_id: need for need in needs}
        shifts = Shift.objects.bulk_create(
            (Shift(need=need_of[date.series_id], occurrence=date) for date in dates if date.series_id in need_of),
            batch_size=2000,
        )
        SignUp.objects.bulk_create((SignUp(shift=one) for one in shifts if one.pk % 7), batch_size=2000)


def rollup(slug: str) -> int:
    """The bare query."""
    import datetime as dt

    from django.db.models import Count, Sum
    from django.db.models.functions import TruncMonth

    from activities.models import Occurrence

    days = (dt.date(2019, 1, 1), dt.date(2022, 12, 31))
    rows = (
        Occurrence.objects.filter(site__partnership__slug=slug, day__range=days)
        .annotate(month=TruncMonth("day"))
        .order_by()
    )
    values = rows.values("site", "series__activity", "month")
    return len(values.annotate(held=Count("pk"), people=Sum("attendance__people"), counted=Count("attendance__people")))


def quickest(call: Callable[[], object]) -> float:
    """Milliseconds of the quickest of some rounds, after one that warms up."""
    call()
    found = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        call()
        found.append(1000 * (time.perf_counter() - begun))
    return min(found)


def measure() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sites.enums import RoleKind
    from sites.models import Partnership
    from stek.steering.periods import Period
    from stek.steering.snapshot import snapshot
    from tests.factories.sites import make_person

    begun = time.perf_counter()
    fill(range(1))
    few = Partnership.objects.get(slug="verband-0")
    with CaptureQueriesContext(connection) as one:
        snapshot(few, Period.parse("2022"))
    fill(range(1, PARTNERSHIPS))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(
        f"{PARTNERSHIPS} partnerships with {SITES * ACTIVITIES * WEEKS} dates each, made in {time.perf_counter() - begun:.0f} s on {connection.vendor}"
    )
    slug = f"verband-{PARTNERSHIPS // 2}"
    partnership = Partnership.objects.get(slug=slug)
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(make_person(RoleKind.STEERING, partnership=partnership))
    path = f"/stuurgroep/cijfers/{slug}/2022/"

    def page() -> None:
        response = client.get(path)
        if response.status_code != 200 or b"Partner" not in response.content:
            raise SystemExit(f"{path} answered {response.status_code}")

    with CaptureQueriesContext(connection) as many:
        snapshot(partnership, Period.parse("2022"))
    bare, read, whole = (
        quickest(lambda: rollup(slug)),
        quickest(lambda: snapshot(partnership, Period.parse("2022"))),
        quickest(page),
    )
    print(
        f"bare rollup {bare:.0f} ms; figures {read:.0f} ms ({read / bare:.1f} times); page {whole:.0f} ms ({whole / bare:.1f} times)"
    )
    print(f"{len(one)} queries with one partnership, {len(many)} with {PARTNERSHIPS}")
    if len(one) != len(many):
        raise SystemExit("More queries for more rows")
    if whole / bare > LIMIT:
        raise SystemExit(f"More than {LIMIT} times the bare rollup")


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
