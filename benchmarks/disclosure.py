"""What of the signals can be seen once they are protected, and what protecting and judging a quarter of 400 partnerships costs.

The share: themes and organisations by Zipf's law with exponent 1, sites alike, six quarters, five seeds; with the rules as they are, and
what each of them costs or brings. The cost: CPU of this process, beside that of a hundred partnerships of the same kind.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from signals.disclosure import audit, prepare, protect, secret_margin
from signals.figures import Policy, Release, Table
from signals.quarters import Period, quarter

LIMIT = 1.25  # CPU of a partnership among 400, beside one among 100
QUARTERS = [quarter(2023, 1), quarter(2023, 2), quarter(2023, 3), quarter(2023, 4), quarter(2024, 1), quarter(2024, 2)]
ORGANISATIONS = range(8)
SEEDS = range(5)
PARTNERSHIPS = 400
SIGNALS = 1_000_000

type Entries = Counter[tuple[str, str, int]]


def told(chance: random.Random, signals: int, themes: Sequence[str], sites: Sequence[str]) -> Entries:
    """How often each organisation told of each theme at each site."""

    def zipf(names: Sequence) -> list[float]:
        return [1 / place for place in range(1, len(names) + 1)]

    about = chance.choices(themes, zipf(themes), k=signals)
    who = chance.choices(ORGANISATIONS, zipf(ORGANISATIONS), k=signals)
    return Counter(zip(about, chance.choices(sites, k=signals), who, strict=True))


def table_of(when: Period, entries: Entries, themes: Sequence[str], sites: Sequence[str]) -> Table:
    counts = {theme: dict.fromkeys(sites, 0) for theme in themes}
    writers: dict[str, set[int]] = {theme: set() for theme in themes}
    for (theme, site, who), number in entries.items():
        counts[theme][site] += number
        writers[theme].add(who)
    several = frozenset(theme for theme in themes if len(writers[theme]) > 1)
    return Table(when, tuple(sites), {theme: tuple(row.values()) for theme, row in counts.items()}, several)


def names(themes: int, sites: int) -> tuple[list[str], list[str]]:
    return [f"thema-{number}" for number in range(themes)], [f"plek-{number}" for number in range(sites)]


def seen(
    tables: Sequence[Table], *, margin: bool = True, together: bool = True, strict: bool = False
) -> tuple[float, ...]:
    """Shares over all quarters: of signals in a visible total and in a visible split; of totals and of site cells that are visible."""
    releases: list[Release] = []
    told_of = totals = splits = 0
    for table in tables:

        def margin_of(code: str, when: str = str(table.quarter)) -> int:
            return secret_margin(b"benchmark", when, code) if margin else 0

        release = protect(table, Policy(strict=strict), margin=margin_of, earlier=releases if together else ())
        releases.append(release)
        for code, themes in release.groups.items():
            number = sum(sum(table.counts[theme]) for theme in themes)
            told_of += number
            totals += number * (release.value(code) is not None)
            splits += number * (release.value(code, table.sites[0]) is not None)
    rows = [release.value(code) is not None for release in releases for code in release.groups]
    cells = [
        release.value(code, site) is not None
        for release in releases
        for code in release.groups
        for site in release.sites
    ]
    if together and any(audit(releases[: number + 1]) for number in range(len(releases))):
        raise SystemExit("The audit stopped a release.")
    return totals / told_of, splits / told_of, sum(rows) / len(rows), sum(cells) / len(cells)


def silent(tables: Sequence[Table], entries: Sequence[Entries], k: int = 5) -> tuple[int, int]:
    """Hidden totals, and those of which some organisation knows by the silence that nobody else wrote in them."""
    releases: list[Release] = []
    hidden = known = 0
    for table, told_then in zip(tables, entries, strict=True):
        releases.append(protect(table, Policy(k), margin=lambda _code: 0, earlier=releases))
        for code, themes in releases[-1].groups.items():
            if releases[-1].value(code) is None:
                hidden += 1
                wrote = [
                    sum(told_then[theme, site, who] for theme in themes for site in table.sites)
                    for who in ORGANISATIONS
                ]
                known += max(wrote) >= k - 1
    return hidden, known


def shares() -> None:
    print("Visible, % of signals in a total · in a split | of totals · of site cells. Six quarters, five seeds, k = 5")
    print(
        f"{'signals themes sites':22}{'as it is':>24}{'without margin':>24}{'none together':>24}{'strict':>24}{'known by silence':>20}"
    )
    for signals, themes, sites in product((60, 120), (8, 12), (2, 3)):
        found: dict[str, list[tuple[float, ...]]] = {}
        totals = [0, 0]
        for seed in SEEDS:
            chance = random.Random(seed)
            entries = [told(chance, signals, *names(themes, sites)) for _ in QUARTERS]
            tables = [table_of(when, told, *names(themes, sites)) for when, told in zip(QUARTERS, entries, strict=True)]
            found.setdefault("as it is", []).append(seen(tables))
            found.setdefault("without margin", []).append(seen(tables, margin=False))
            found.setdefault("none together", []).append(seen(tables, together=False))
            found.setdefault("strict", []).append(seen(tables, strict=True))
            totals = [before + more for before, more in zip(totals, silent(tables, entries), strict=True)]
        line = [f"{signals:7}{themes:7}{sites:6}  "]
        for rows in found.values():
            middle = [sum(row[place] for row in rows) / len(rows) * 100 for place in range(4)]
            line.append("{:.0f} · {:.0f} | {:.0f} · {:.0f}".format(*middle).rjust(24))
        print("".join(line), f"{totals[1]} of {totals[0]}".rjust(19), flush=True)


def network(chance: random.Random, partnerships: int, signals: int) -> Iterator[list[Table]]:
    """Tables of the four quarters of a year of each partnership, from 30 signals a quarter to a hundred times as many."""
    sizes = [10 ** chance.uniform(0, 2) for _ in range(partnerships)]
    for size in sizes:
        themes, sites = names(chance.choice((8, 10, 12)), chance.randint(1, 3))
        each = round(signals * size / sum(sizes) / 4)
        yield [table_of(when, told(chance, each, themes, sites), themes, sites) for when in QUARTERS[:4]]


def quarter_of_all(years: list[list[Table]]) -> dict[str, float]:
    """CPU seconds of the last quarter of a year: the half year and the year come with it, and three quarters are known already."""

    def margin(code: str) -> int:
        return secret_margin(b"benchmark", "quarter", code)

    earlier: list[list[Release]] = []
    for tables in years:
        releases: list[Release] = []
        for table in tables[:3]:
            releases.append(protect(table, Policy(), margin=margin, earlier=releases))
        earlier.append(releases)
    start = time.process_time()
    for tables, releases in zip(years, earlier, strict=True):
        protect(tables[3], Policy(), margin=margin, earlier=releases)
    protected = time.process_time() - start
    start = time.process_time()
    for tables, releases in zip(years, earlier, strict=True):
        prepare(tables[3], Policy(), margin=margin, earlier=releases)
    return {"protect": protected, "both": time.process_time() - start}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    from signals.attack import _highest, _lowest

    shares()
    audit(
        [protect(Table(QUARTERS[0], ("a", "b"), {"t": (9, 1)}, frozenset("t")), Policy(), margin=lambda _code: 0)]
    )  # loads scipy
    before = peak()
    years = list(network(random.Random(1), PARTNERSHIPS, SIGNALS))
    print(f"\nOne quarter of {PARTNERSHIPS} partnerships, {SIGNALS:,} signals in its year; seconds of CPU")
    print(f"{'partnerships':>12}{'protect':>12}{'with audit':>12}{'ms each':>12}{'asked of the solver':>24}")
    each = {}
    for partnerships in (PARTNERSHIPS // 4, PARTNERSHIPS):
        _lowest.cache_clear()
        _highest.cache_clear()
        taken = quarter_of_all(years[:partnerships])
        each[partnerships] = taken["both"] / partnerships
        asked = _lowest.cache_info().misses + _highest.cache_info().misses
        print(
            f"{partnerships:12}{taken['protect']:12.2f}{taken['both']:12.2f}{each[partnerships] * 1000:12.1f}{asked:24}"
        )
    print(f"Memory on top, tables included: {peak() - before:.0f} MB")
    ratio = each[PARTNERSHIPS] / each[PARTNERSHIPS // 4]
    print(f"A partnership among {PARTNERSHIPS} costs {ratio:.2f} of one among {PARTNERSHIPS // 4} (at most {LIMIT})")
    if ratio > LIMIT:
        raise SystemExit(f"Over {LIMIT}.")


if __name__ == "__main__":
    main()
