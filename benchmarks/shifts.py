"""The list of open shifts with 60 and with 600 of them, beside a bare view of as many rows, in one run.

Queries: as many for 600 as for 60, or it ends with an error. Time: CPU of this process, rounds interleaved, each through the whole
chain of middleware as a volunteer who is signed in. Requests a second are for a feeling; only the ratios carry over to another machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from benchmarks.week_page import compare, count_queries, prepare, ratios, report

FEW, MANY = 60, 600
WEEKS = 8  # as far as the list looks
# Half of what was measured: the page asks closed days, keys, days away and what somebody does already, and says it all in words.
BAR = 0.2
FIRST = dt.date(2023, 2, 9)  # the day after the clock of the benchmark


def fill(slug: str, shifts: int):
    """A site with so many open shifts in the coming weeks, and a volunteer of it."""
    from activities.actions.needs import add_need
    from activities.actions.series import start_series
    from sites.enums import RoleKind
    from tests.factories.activities import make_activity, make_type, series_fields
    from tests.factories.sites import make_person, make_site

    site, kind = make_site(slug=slug, status="active", closed_on_holidays=False), make_type()
    for number in range(-(-shifts // WEEKS)):
        agreed = series_fields(
            title=f"Activiteit {number}", weekday=3, first_day=FIRST, last_day=FIRST + dt.timedelta(weeks=WEEKS - 1)
        )
        series = start_series(make_activity(site, type=kind, slug=f"a-{number}"), by=None, **agreed)
        add_need(series, by=None, task="Onthaal", maximum=2)
    return site, make_person(RoleKind.VOLUNTEER, site=site)


def install_bare() -> None:
    """Before the first request."""
    from django.urls import path

    from benchmarks import bare
    from stek import urls

    last = FIRST + dt.timedelta(weeks=WEEKS)
    urls.urlpatterns[:0] = [path("bare/shifts/<int:site>/", bare.shifts_with_a_key, {"first": FIRST, "last": last})]


def asker(user, shifts: int) -> Callable[[str], bytes]:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(user)

    def get(path: str) -> bytes:
        response = client.get(path)
        if response.status_code != 200 or response.content.count(b"Neem ik") < shifts:
            raise SystemExit(f"{path} answered {response.status_code} with {response.content.count(b'Neem ik')} shifts")
        return response.content

    return get


def measure(shifts: int) -> int:
    """How many queries a list of so many shifts takes; what it costs is told."""
    site, volunteer = fill(f"site-{shifts}", shifts)
    get = asker(volunteer, shifts)
    queries = count_queries(lambda: get("/mijn/beurten/"))
    ours, bare = compare(lambda: get("/mijn/beurten/"), lambda: get(f"/bare/shifts/{site.pk}/"), rounds=30)
    report(f"open shifts, {shifts}", ours, bare)
    print(f"{'':<44} {1000 / ours:8.1f} /s {1000 / bare:8.1f} /s   requests a second of one process")
    return queries


def main() -> None:
    prepare()
    install_bare()
    print(f"{'':<44} {'ours':>11} {'bare':>11}")
    queries = [measure(shifts) for shifts in (FEW, MANY)]
    print(f"{queries[0]} queries with {FEW}, {queries[1]} with {MANY} shifts")
    if len(set(queries)) > 1:
        raise SystemExit("More queries for more rows")
    if below := [what for what, ratio in ratios.items() if ratio < BAR]:
        raise SystemExit(f"Below {BAR}: {', '.join(below)}")


if __name__ == "__main__":
    main()
