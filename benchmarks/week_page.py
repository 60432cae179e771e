"""The week page and the feed beside their bare limits, in one run: only the ratios carry over to another machine.

Kept body: our page against a view that returns the same bytes from the cache. Anew: our page with an empty cache against a
view with one query and a plain template of as many rows (`benchmarks/bare.py`). CPU time of this process, rounds interleaved.
It ends with an error below half of the limit.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable

FIRST = dt.date(2023, 1, 2)
ROUNDS = 60
BAR = 0.5
ratios: dict[str, float] = {}


def prepare() -> None:
    """A database of our own, the real middleware, and Redis when REDIS_URL says where."""
    os.environ["STEK_VAR"] = tempfile.mkdtemp(prefix="stek-bench-")
    os.environ |= {"STEK_DEMO": "1", "STEK_CLOCK": "2023-02-08T09:00", "DJANGO_SETTINGS_MODULE": "stek.settings"}
    import django  # the environment comes first

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def fill(slug: str, series: int) -> object:
    """A site with so many dates in every week, each with an organiser and its French words."""
    from activities.actions.series import start_series
    from activities.models import Text
    from sites.models import HomeAddress
    from tests.factories.activities import make_activity, make_type, series_fields
    from tests.factories.partners import make_organisation
    from tests.factories.sites import make_place, make_site

    site = make_site(slug=slug, status="active")
    HomeAddress.objects.create(site=site, place=make_place(site), since=FIRST)
    hosts = [make_organisation() for _ in range(8)]
    kind = make_type(pictogram="cup", names={"nl": "Ontmoeting", "fr": "Rencontre"})
    for n in range(series):
        fields = series_fields(title=f"Activiteit {n}", weekday=n % 7, first_day=FIRST, last_day=dt.date(2023, 3, 31))
        made = start_series(make_activity(site, type=kind, slug=f"a-{n}"), by=None, organisers=[hosts[n % 8]], **fields)
        Text.objects.create(series=made, language="fr", title=f"Activité {n}")
    return site


def requester() -> Callable[[str], bytes]:
    """A function that sends one GET through the whole WSGI application."""
    from django.core.handlers.wsgi import WSGIHandler

    handler = WSGIHandler()

    def get(path: str) -> bytes:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.errors": io.StringIO(),
        }  # fmt: skip
        response = handler(environ, lambda status, headers: _expect(status, path))
        body = b"".join(response)
        response.close()
        return body

    return get


def _expect(status: str, path: str) -> None:
    if not status.startswith("200"):
        raise SystemExit(f"{path} answered {status}")


def compare(
    ours: Callable[[], object],
    limit: Callable[[], object],
    *,
    before: Callable[[], object] | None = None,
    rounds: int = ROUNDS,
) -> tuple[float, float]:
    """Median CPU milliseconds of both, interleaved, after three rounds to warm up; `before` each of them is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 3):
        for work, kept in zip((ours, limit), times, strict=True):
            if before:
                before()
            start = time.process_time()
            work()
            if number >= 3:
                kept.append(time.process_time() - start)
    return statistics.median(times[0]) * 1000, statistics.median(times[1]) * 1000


def count_queries(work: Callable[[], object]) -> int:
    """How many statements it takes; counted at the connection, since Django forgets its own list at each request."""
    from django.db import connection

    seen: list[str] = []

    def count(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        work()
    return len(seen)


def report(what: str, ours: float, limit: float) -> None:
    print(f"{what:<44} {ours:8.2f} ms {limit:8.2f} ms   ratio {limit / ours:5.2f}")
    ratios[what] = limit / ours


def install_bare(monday: dt.date) -> None:
    """Before the first request: the addresses of the demonstration are a list of their own, made when it comes."""
    from django.urls import path

    from benchmarks import bare
    from stek import urls

    days = {"first": monday, "last": monday + dt.timedelta(days=6)}
    urls.urlpatterns[:0] = [
        path("bare/bytes/", bare.bytes_from_cache),
        path("bare/rows/<int:site_id>/", bare.one_query, days),
    ]


def main() -> None:
    prepare()
    from django.core.cache import cache

    get = requester()
    install_bare(dt.date(2023, 2, 6))
    print(f"{'':<44} {'ours':>11} {'limit':>11}")
    for rows in (5, 60, 500):
        site = fill(f"site-{rows}", rows)
        gc.collect()
        gc.freeze()  # as `stek.wsgi` does: what stays is not looked through while somebody waits
        for prefix in ("", "/fr"):
            path = f"{prefix}/site-{rows}/week/2023-W06/"

            cache.clear()
            queries = count_queries(lambda path=path: get(path))
            ours, limit = compare(
                lambda path=path: get(path),
                lambda site=site: get(f"/bare/rows/{site.pk}/"),
                before=cache.clear,
                rounds=15 if rows > 100 else ROUNDS,
            )
            report(f"{path}, anew ({queries} queries)", ours, limit)
        body = get(f"/site-{rows}/week/2023-W06/")
        cache.set("bare", body)
        ours, limit = compare(
            lambda rows=rows: get(f"/site-{rows}/week/2023-W06/"), lambda: get("/bare/bytes/"), rounds=300
        )
        report(f"/site-{rows}/week/2023-W06/, kept ({len(body) // 1024} KiB)", ours, limit)
        feed(site, get, f"/site-{rows}/agenda.ics", cache)
    if below := [what for what, ratio in ratios.items() if ratio < BAR]:
        raise SystemExit(f"Below {BAR}: {', '.join(below)}")


def feed(site, get: Callable[[str], bytes], path: str, cache) -> None:
    """The feed anew against `icalendar` writing as many events with the same properties."""
    import icalendar

    count = get(path).count(b"BEGIN:VEVENT")
    moment = dt.datetime(2023, 2, 6, 9, tzinfo=dt.UTC)

    def alone() -> bytes:
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//x//y//NL")
        calendar.add("version", "2.0")
        for number in range(count):
            event = icalendar.Event()
            event.add("uid", f"{number}@stek.example")
            for name in ("dtstamp", "last-modified", "dtstart", "dtend"):
                event.add(name, moment)
            event.add("sequence", 0)
            event.add("summary", "Activiteit met een gewone titel")
            event.add("status", "CONFIRMED")
            event.add("transp", "TRANSPARENT")
            event.add("location", "Kantine, Kalmthout")
            event.add("description", "Wat je er kan doen\nGratis\nmet een organisatie")
            event.add("url", "http://127.0.0.1:8000/site/activiteit/koffie/")
            calendar.add_component(event)
        return calendar.to_ical()

    ours, limit = compare(lambda: get(path), alone, before=cache.clear, rounds=5 if count > 1000 else 20)
    report(f"{path}, anew ({count} events)", ours, limit)


if __name__ == "__main__":
    main()
