"""The planner's week and the preview of a change, at a site with 40 series and 60 people, beside bare views of as many rows.

Queries: as many for 40 series and 60 people as for 4 and 6, or it ends with an error. Time: CPU of this process, rounds interleaved,
each through the whole chain of middleware as somebody who is signed in; only the ratios carry over to another machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from benchmarks.week_page import FIRST, compare, count_queries, prepare, ratios, report

SMALL, LARGE = (4, 6), (40, 60)  # series, people
# A preview writes a whole change and takes it back, which no view that only reads comes near: half of what was measured.
BAR = 0.07
WEEK, MONDAY = "2023-W07", dt.date(2023, 2, 13)


def fill(slug: str, series: int, people: int):
    """A site with its coordinator, and the first of its series: people work for who organises it."""
    from activities.actions.series import start_series
    from sites.enums import RoleKind
    from tests.factories.activities import make_activity, make_type, series_fields
    from tests.factories.partners import make_engagement, make_membership, make_organisation
    from tests.factories.sites import make_person, make_site

    site, host, kind = make_site(slug=slug, status="active"), make_organisation(), make_type()
    make_engagement(site, organisation=host)
    made = [
        start_series(
            make_activity(site, type=kind, slug=f"a-{number}"), by=None, organisers=[host],
            **series_fields(title=f"Activiteit {number}", weekday=number % 7, first_day=FIRST),
        )
        for number in range(series)
    ]  # fmt: skip
    for _number in range(people - 1):
        make_membership(site, user=make_person(RoleKind.PARTNER_WORKER, site=site), organisation=host)
    return site, made[0], make_person(RoleKind.COORDINATOR, site=site)


def pages(site, series, coordinator) -> dict[str, Callable[[], bytes]]:
    """Ours and the bare ones; the preview moves an agreement to another day of the week, from next Monday on."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(coordinator)
    date = series.occurrences.get(day=MONDAY)
    change = {
        "scope": "from",
        "since": str(MONDAY),
        "day": "2023-02-16",
        "begin": "10:00",
        "end": "12:00",
        "reason": "Ruil",
    }
    preview = f"/beheer/{site.slug}/planner/datum/{date.uuid}/"

    def asked(response) -> bytes:
        if response.status_code != 200 or b"errors" in response.content:
            raise SystemExit(f"{response.request['PATH_INFO']} answered {response.status_code}")
        return response.content

    return {
        "planner": lambda: asked(client.get(f"/beheer/{site.slug}/planner/{WEEK}/")),
        "planner, bare": lambda: asked(client.get(f"/bare/week/{site.pk}/")),
        "preview": lambda: asked(client.post(preview, change)),
        "preview, bare": lambda: asked(client.get(f"/bare/series/{series.pk}/")),
    }


def install_bare() -> None:
    """Before the first request."""
    from django.urls import path

    from benchmarks import bare
    from stek import urls

    urls.urlpatterns[:0] = [
        path("bare/week/<int:site>/", bare.week_with_a_key, {"first": MONDAY, "last": MONDAY + dt.timedelta(days=6)}),
        path("bare/series/<int:series>/", bare.dates_and_people),
    ]


def main() -> None:
    prepare()
    install_bare()
    from django.core.cache import cache

    sites = {size: pages(*fill(f"site-{size[0]}", *size)) for size in (SMALL, LARGE)}
    unequal = []
    for page in ("planner", "preview"):
        queries = []
        for size in (SMALL, LARGE):
            for _time in range(2):  # once to remember what stands
                cache.clear()
                number = count_queries(sites[size][page])
            queries.append(number)
        print(f"{page}: {queries[0]} queries with {SMALL}, {queries[1]} with {LARGE} series and people")
        unequal += [page] if len(set(queries)) > 1 else []
    print(f"{'':<44} {'ours':>11} {'bare':>11}")
    for size, asked in sites.items():
        for page in ("planner", "preview"):
            # The cache holds how often somebody sent a form.
            ours, bare = compare(asked[page], asked[f"{page}, bare"], before=cache.clear, rounds=30)
            report(f"{page}, {size[0]} series, {size[1]} people", ours, bare)
    if unequal:
        raise SystemExit(f"More queries for more rows: {', '.join(unequal)}")
    if below := [what for what, ratio in ratios.items() if ratio < BAR]:
        raise SystemExit(f"Below {BAR}: {', '.join(below)}")


if __name__ == "__main__":
    main()
