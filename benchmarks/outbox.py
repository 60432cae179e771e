"""10,000 messages that are due, sent by one worker: as much time, as many queries and no more memory for each than for 2,500.

Each size runs in a process of its own on a fresh SQLite file, and on PostgreSQL too when DATABASE_URL names one. The letters are real
ones (`sites/key_ends`, in three languages, each to its own person); the mail server is one that takes everything at once, so that
what is measured is ours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import batched
from pathlib import Path

from benchmarks.materialise import drop_postgres, fresh_postgres, peak

SIZES = (2_500, 10_000)
FLAT = 1.25  # the larger size may take this much of the memory of the smaller one, and 4 MB, which is noise
LINEAR = 1.25  # a letter among many may take this much of the CPU of one among few
CLOCK = "2023-10-10T09:00"


def measure(number: int) -> dict[str, float]:
    """In this process: fill a fresh database, then send everything."""
    import django
    from django.conf import settings

    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from stek.outbox.enums import State
    from stek.outbox.models import Delivery
    from stek.outbox.sending import send_due

    fill(20)
    send_due(seconds=3600)  # what is imported and compiled once is not measured
    Delivery.objects.all().delete()
    fill(number)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # as PostgreSQL does by itself within a minute; without it each claim sorts all that wait
    queries = Counting()
    before, start, cpu = peak(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(queries):
        told = send_due(seconds=3600)
    seconds, cpu, after = time.perf_counter() - start, time.process_time() - cpu, peak()
    if told != {State.SENT: number} or Delivery.objects.filter(state=State.SENT).count() != number:
        raise SystemExit(f"Not everything was sent: {told}")
    return {"letters": number, "seconds": seconds, "cpu": cpu, "queries": queries.number, "memory": after - before}


class Counting:
    number = 0

    def __call__(self, execute: Callable, sql: str, *arguments: object) -> object:
        self.number += 1
        return execute(sql, *arguments)


def fill(number: int) -> None:
    """So many people of twenty sites, each of whom has a key that ends, and is to be told."""
    import datetime as dt

    from sites.enums import RoleKind
    from sites.models import Role, User
    from stek.outbox.models import Delivery
    from stek.time import now, today
    from tests.factories.sites import make_site

    sites = [make_site() for _ in range(20)]
    until, due = today() + dt.timedelta(days=9), now() - dt.timedelta(hours=1)
    for some in batched(range(number), 100):  # few at a time: filling must not raise the peak that is measured
        users = User.objects.bulk_create(
            User(
                email=f"mens-{number}-{place}@example.org", name=f"Mens {place}", language=("nl", "fr", "en")[place % 3]
            )
            for place in some
        )
        roles = Role.objects.bulk_create(
            Role(user=user, kind=RoleKind.VOLUNTEER, site=sites[user.pk % 20], since=today(), until=until)
            for user in users
        )
        Delivery.objects.bulk_create(
            Delivery(
                kind="sites/key_ends", user=role.user, site=role.site, about=f"role:{role.pk}", due_at=due,
                facts={
                    "kind": role.kind, "site": role.site_id, "partnership": None, "until": str(until), "role": role.pk,
                    "never_was": False,
                },
            )
            for role in roles
        )  # fmt: skip


def run(number: int, database: str | None) -> dict[str, float]:
    """`measure` in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="stek-bench-") as var:
        environment = os.environ | {"STEK_VAR": var, "STEK_DEMO": "1", "STEK_CLOCK": CLOCK}
        environment |= {"DJANGO_SETTINGS_MODULE": "stek.settings", "DATABASE_URL": database or ""}
        command = [sys.executable, "-m", "benchmarks.outbox", "--in-this-process", str(number)]
        done = subprocess.run(
            command, env=environment, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def report(name: str, results: list[dict[str, float]]) -> None:
    for result in results:
        each = 1000 * result["cpu"] / result["letters"]
        print(
            f"{name:12}{result['letters']:9.0f}{result['seconds']:9.1f}{each:15.2f}"
            f"{result['queries'] / result['letters']:17.3f}{result['memory']:11.1f}",
            flush=True,
        )
    small, large = results
    if large["memory"] > small["memory"] * FLAT + 4:
        raise SystemExit(f"Memory is not flat: {small['memory']:.1f} MB, then {large['memory']:.1f} MB.")
    each = [result["queries"] / result["letters"] for result in results]
    if abs(each[0] - each[1]) > 0.01:  # a handful for each round, whatever its size
        raise SystemExit(f"Queries for a letter are not constant: {each}.")
    if large["cpu"] / large["letters"] > LINEAR * small["cpu"] / small["letters"]:
        raise SystemExit("Time is not linear: a letter among many takes longer than one among few.")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--in-this-process", type=int)
    if number := arguments.parse_args().in_this_process:
        print(json.dumps(measure(number)))
        return
    print(f"{'':12}{'letters':>9}{'seconds':>9}{'ms CPU/letter':>15}{'queries/letter':>17}{'MB on top':>11}")
    report("SQLite", [run(number, None) for number in SIZES])
    if url := os.environ.get("DATABASE_URL"):
        results = [run(number, fresh_postgres(url)) for number in SIZES]
        drop_postgres(url)
        report("PostgreSQL", results)


if __name__ == "__main__":
    main()
