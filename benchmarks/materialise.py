"""2,000 agreements become a year of dates in one command, with flat memory; and the night after, when nothing is to do.

Each size runs in a process of its own on a fresh SQLite file, and on PostgreSQL too when DATABASE_URL names one (a database
`stek_bench` is made beside it and dropped afterwards). Memory is what the process takes on top of what it had when the
command began: flat means that four times as many series do not take more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import batched
from pathlib import Path
from urllib.parse import urlsplit

SIZES = (500, 2000)
FLAT = 1.25  # the larger size may take this much of the memory of the smaller one, and 4 MB, which is noise
CLOCK = "2023-10-10T09:00"
SITES = 20


def measure(number: int) -> dict[str, float]:
    """In this process: fill a fresh database, then run the nightly round twice."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill(number)
    from activities.actions.materialise import Outcome, extend_horizon
    from activities.models import Occurrence

    before = peak()
    made, first = timed(extend_horizon)
    after = peak()
    nothing, second = timed(extend_horizon)
    rows = Occurrence.objects.count()
    if (made.added, nothing) != (rows, Outcome()) or rows < number * 53:
        raise SystemExit(f"{rows} rows, {made}, {nothing}")
    return {"series": number, "rows": rows, "first": first, "second": second, "memory": after - before}


def fill(number: int) -> None:
    """So many weekly agreements that begin today, over twenty sites."""
    from activities.models import Series
    from stek.time import today
    from tests.factories.activities import make_activity, series_fields
    from tests.factories.sites import make_site

    activities = [make_activity(make_site()) for _ in range(SITES)]
    for some in batched(range(number), 100):  # few at a time: filling must not raise the peak that is measured
        Series.objects.bulk_create(
            Series(
                activity=activities[place % SITES],
                is_published=True,
                **series_fields(weekday=place % 7, first_day=today()),
            )
            for place in some
        )


def timed(function) -> tuple[object, float]:
    start = time.perf_counter()
    result = function()
    return result, time.perf_counter() - start


def peak() -> float:
    """Most memory this process ever had, in MB (Linux counts in KB, macOS in bytes)."""
    unit = 1024 if sys.platform != "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def run(number: int, database: str | None) -> dict[str, float]:
    """`measure` in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="stek-bench-") as var:
        environment = os.environ | {"STEK_VAR": var, "STEK_DEMO": "1", "STEK_CLOCK": CLOCK}
        environment |= {"DJANGO_SETTINGS_MODULE": "stek.settings", "DATABASE_URL": database or ""}
        command = [sys.executable, "-m", "benchmarks.materialise", "--in-this-process", str(number)]
        done = subprocess.run(
            command, env=environment, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def fresh_postgres(url: str) -> str:
    """An empty database beside the one `url` names."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS stek_bench")
        connection.execute("CREATE DATABASE stek_bench")
    return urlsplit(url)._replace(path="/stek_bench").geturl()


def drop_postgres(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS stek_bench")


def report(name: str, results: list[dict[str, float]]) -> None:
    for result in results:
        rate = result["rows"] / result["first"]
        print(
            f"{name:12}{result['series']:8.0f}{result['rows']:10.0f}{result['first']:9.1f}{rate:9.0f}"
            f"{result['second']:12.2f}{result['memory']:11.1f}"
        )
    small, large = (result["memory"] for result in results)
    if large > small * FLAT + 4:
        raise SystemExit(f"Memory is not flat: {small:.1f} MB for {SIZES[0]}, {large:.1f} MB for {SIZES[1]} series.")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--in-this-process", type=int)
    if number := arguments.parse_args().in_this_process:
        print(json.dumps(measure(number)))
        return
    print(f"Agreements of {dt.date.fromisoformat(CLOCK[:10])} until the horizon, 53 weeks and the rest of this one")
    print(f"{'':12}{'series':>8}{'rows':>10}{'seconds':>9}{'rows/s':>9}{'once more':>12}{'MB on top':>11}")
    report("SQLite", [run(number, None) for number in SIZES])
    if url := os.environ.get("DATABASE_URL"):
        results = [run(number, fresh_postgres(url)) for number in SIZES]
        drop_postgres(url)
        report("PostgreSQL", results)


if __name__ == "__main__":
    main()
