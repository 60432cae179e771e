"""A year of a million signals in 400 partnerships of at most three places, published by the job on PostgreSQL: each quarter, and its pages.

What counts: that the fourth quarter, which brings a half year and the year and is judged beside three others, costs a partnership as
much among 400 as among 40, and that a page asks as many queries. Rows are made by the database itself.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.materialise import drop_postgres, fresh_postgres, peak
from benchmarks.outbox import Counting

SIZES = ((40, 100_000), (400, 1_000_000))
LIMIT = 1.25  # CPU of a partnership among many beside among few
PAGES = 40
ROUNDS = 5  # the quickest counts: work of others only adds
YEAR = 2023
# Ten themes by Zipf's law, a week of the year and one of the places by chance.
SIGNALS = """
INSERT INTO signals_signal (id, site_id, theme_id, barrier, text, service, idea, is_positive, was_asked, year, week, is_example, state, marks)
SELECT gen_random_uuid(), (%(sites)s::bigint[])[1 + floor(random() * %(places)s)::int],
       (%(themes)s::bigint[])[floor(exp(random() * ln(11)))::int], '', 'Er loopt iets mis.', '', '', false, false,
       %(year)s, 1 + floor(random() * 52)::int, false, 'accepted', ''
FROM generate_series(1, %(number)s)
"""
CONTRIBUTIONS = """
INSERT INTO signals_contribution (id, partnership, year, quarter, theme, token, several)
SELECT gen_random_uuid(), partnership.id, %s, quarter, theme.code, '', true
FROM sites_partnership partnership, generate_series(1, 4) quarter, signals_theme theme
"""


def measure(partnerships: int, signals: int) -> dict[str, Any]:
    """In this process: fill a fresh database, publish its year, read its pages."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    fill(partnerships, signals)
    from signals.actions import releasing
    from signals.models import ReleasedCell
    from signals.quarters import quarter

    seconds_of_audit = 0.0
    whole = releasing.prepare

    def prepare(*args: Any, **kwargs: Any) -> Any:
        nonlocal seconds_of_audit
        start = time.process_time()
        try:
            return whole(*args, **kwargs)
        finally:
            seconds_of_audit += time.process_time() - start

    releasing.prepare = prepare
    before, quarters = peak(), []
    for number in range(1, 5):
        seconds_of_audit = 0.0
        start, cpu = time.perf_counter(), time.process_time()
        published = releasing.release_due(quarter(YEAR, number).release_day)
        cpu, took = time.process_time() - cpu, time.perf_counter() - start
        quarters.append({"published": published, "seconds": took, "cpu": cpu, "audit": seconds_of_audit})
        if published != partnerships:
            raise SystemExit(f"{published} of {partnerships} were published.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client, pages, asked = Client(), {}, {}
    for name in ("2023-Q4/", "2023/", "2023-Q4.csv"):
        queries = Counting()
        with connection.execute_wrapper(queries):
            ask(client, name, range(4))
        asked[name] = queries.number / 4
        pages[name] = min(round_of(client, name) for _ in range(ROUNDS))
    shown = ReleasedCell.objects.exclude(value=None).count() / ReleasedCell.objects.count()
    return {
        "partnerships": partnerships,
        "quarters": quarters,
        "pages": pages,
        "asked": asked,
        "memory": peak() - before,
        "shown": shown,
    }


def round_of(client: Any, name: str) -> float:
    """CPU of a page."""
    cpu = time.process_time()
    ask(client, name, range(PAGES))
    return (time.process_time() - cpu) / PAGES


def ask(client: Any, name: str, numbers: range) -> None:
    for number in numbers:
        response = client.get(f"/signalen/cijfers/verband-{number}/{name}")
        if response.status_code != 200:
            raise SystemExit(f"{name}: {response.status_code}")


def fill(partnerships: int, signals: int) -> None:
    """From one that tells a hundred times as much as another, with one to three places each."""
    from django.db import connection

    from signals.models import Signal, Theme
    from sites.models import Partnership
    from tests.factories.sites import make_municipality, make_site

    chance = random.Random(1)
    sizes = [10 ** chance.uniform(0, 2) for _ in range(partnerships)]
    themes, town = list(Theme.objects.in_order().values_list("pk", flat=True)), make_municipality()
    with connection.cursor() as cursor:
        for number, size in enumerate(sizes):
            partnership = Partnership.objects.create(slug=f"verband-{number}", name=f"Verband {number}")
            places = chance.randint(1, 3)
            sites = [make_site(partnership=partnership, municipality=town).pk for _ in range(places)]
            told = round(signals * size / sum(sizes))
            values = {"sites": sites, "places": places, "themes": themes, "year": YEAR, "number": told}
            cursor.execute(SIGNALS, values)
        cursor.execute(CONTRIBUTIONS, [YEAR])
        cursor.execute("ANALYZE")
    if abs(Signal.objects.count() - signals) > partnerships:
        raise SystemExit("Not as many signals as were asked for.")


def run(partnerships: int, signals: int, database: str) -> dict[str, Any]:
    """`measure` in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="stek-bench-") as var:
        environment = os.environ | {"STEK_VAR": var, "ALLOWED_HOSTS": "testserver"}
        environment |= {"DJANGO_SETTINGS_MODULE": "stek.settings", "DATABASE_URL": database}
        command = [sys.executable, "-m", "benchmarks.releases", "--in-this-process", str(partnerships), str(signals)]
        done = subprocess.run(
            command, env=environment, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def report(results: list[dict[str, Any]]) -> None:
    print(f"{'':14}{'published':>10}{'seconds':>10}{'CPU':>8}{'of it audit':>13}{'CPU ms each':>13}")
    for result in results:
        for number, one in enumerate(result["quarters"], 1):
            each = 1000 * one["cpu"] / result["partnerships"]
            name = f"{result['partnerships']}, Q{number}"
            print(
                f"{name:14}{one['published']:10}{one['seconds']:10.1f}{one['cpu']:8.1f}{one['audit']:13.1f}{each:13.1f}"
            )
        pages = ", ".join(f"{name} {1000 * cpu:.1f}" for name, cpu in result["pages"].items())
        print(
            f"  CPU ms a page: {pages}; {result['memory']:.0f} MB on top; {result['shown']:.0%} of cells shown",
            flush=True,
        )
    few, many = results
    if few["asked"] != many["asked"]:
        raise SystemExit(f"A page asks more among many: {few['asked']}, then {many['asked']} queries.")
    ratio = each_of(many) / each_of(few)
    print(f"a page asks as many queries: {many['asked']}")
    beside = {name: round(many["pages"][name] / few["pages"][name], 2) for name in many["pages"]}
    print(f"a page costs, beside one among {few['partnerships']}: {beside}")
    print(f"a partnership costs {ratio:.2f} of what it costs among {few['partnerships']} (at most {LIMIT})")
    if ratio > LIMIT:
        raise SystemExit(f"Over {LIMIT}.")


def each_of(result: dict[str, Any]) -> float:
    return result["quarters"][-1]["cpu"] / result["partnerships"]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--in-this-process", type=int, nargs=2)
    if sizes := arguments.parse_args().in_this_process:
        print(json.dumps(measure(*sizes)))
        return
    url = os.environ.get("DATABASE_URL")
    if not url:
        print("PostgreSQL only: set DATABASE_URL to a database beside which another may be made.")
        return
    print(f"A year of signals until {dt.date(YEAR, 12, 31)}, published quarter by quarter, on PostgreSQL")
    results = [run(*size, fresh_postgres(url)) for size in SIZES]
    drop_postgres(url)
    report(results)


if __name__ == "__main__":
    main()
