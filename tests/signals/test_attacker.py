"""The attacker of promise 4: every figure ever published, the rules by heart, and all entries of their own organisation."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signals.attack import Figure, Knowledge
from signals.disclosure import audit, protect, secret_margin
from signals.figures import TOGETHER, Key, Policy, Table
from signals.quarters import quarter

from .brute import splits
from .counted import QUARTERS, table_of, years

pytestmark = pytest.mark.once  # no database takes part

SEVERAL_YEARS = [
    pytest.param(12, id="12 partnerships"),
    pytest.param(600, id="600 partnerships", marks=pytest.mark.prove),
]
TABLES = [pytest.param(4, id="4 tables"), pytest.param(200, id="200 tables", marks=pytest.mark.prove)]
seeds = st.integers(0, 2**32)
policies = st.builds(Policy, k=st.integers(5, 8), strict=st.booleans())


def released(themes, sites, entries, policy):
    releases = []
    for when, told in entries.items():
        table = table_of(when, told, themes=themes, sites=sites)
        margin = lambda code, when=when: secret_margin(b"secret", "kempen", str(when), code)  # noqa: E731
        releases.append(protect(table, policy, margin=margin, earlier=releases))
    return releases


@pytest.mark.parametrize("rounds", SEVERAL_YEARS)
def test_six_quarters_of_any_partnership_pass_the_audit(rounds):
    @settings(max_examples=rounds)
    @given(seed=seeds, policy=policies)
    def passes(seed, policy):
        themes, sites, _, entries = years(seed)
        releases = released(themes, sites, entries, policy)

        assert [audit(releases[: number + 1]) for number in range(6)] == [[]] * 6

    passes()


@pytest.mark.parametrize("rounds", SEVERAL_YEARS)
def test_an_organisation_learns_the_remainder_of_a_visible_figure_and_nothing_within_it(rounds):
    """What others wrote in a hidden cell can be any number from none to the remainder of the figure around it; without one, any number."""

    @settings(max_examples=rounds)
    @given(seed=seeds, policy=policies)
    def learns_nothing_more(seed, policy):
        themes, sites, organisations, entries = years(seed)
        releases = released(themes, sites, entries, policy)
        for who in organisations:
            own = {
                (when, theme, site): entries[when][theme, site, who]
                for when, theme, site in product(QUARTERS, themes, sites)
            }
            knowledge = Knowledge(_figures(releases), own)
            for release in releases:
                for cell, remainder in _hidden(release, own):
                    fit = knowledge.fit(cell, 5)
                    wrote = sum(own[atom] for atom in cell)
                    last = 4 if remainder is None else min(remainder, 4)
                    assert [number - wrote for number in fit.lowest] == list(range(last + 1))
                    assert (fit.highest is None) == (remainder is None)
                    assert remainder is None or fit.highest - wrote == remainder

    learns_nothing_more()


def _figures(releases):
    """Every figure in atoms, spelled out once more."""
    of = {release.quarter: release for release in releases}
    for release in releases:
        for (period, code, place), value in release.cells.items():
            if value is not None:
                atoms = {
                    (when, theme, site)
                    for when in period.quarters
                    for theme in of[when].groups.get(code, (code,))
                    for site in of[when].sites
                    if place in (None, site)
                }
                yield Figure(frozenset(atoms), value)


def _hidden(release, own):
    """Hidden totals and cells of a quarter's themes, each with what others wrote in the smallest visible figures around it."""
    when = release.quarter
    for code, themes in release.groups.items():
        for theme, place in product(themes, [None, *release.sites]):
            where = [site for site in release.sites if place in (None, site)]
            if len(themes) == 1 and release.value(code, place) is not None:
                continue
            if len(release.sites) == 1 and len(themes) == 1 and release.value(code) is not None:
                continue
            cell = frozenset((when, theme, site) for site in where)
            if release.value(code, release.sites[0]) is not None:
                yield (
                    cell,
                    sum(release.value(code, site) - sum(own[when, other, site] for other in themes) for site in where),
                )
            elif release.value(code) is not None:
                yield (
                    cell,
                    release.value(code) - sum(own[when, other, site] for other in themes for site in release.sites),
                )
            else:
                yield cell, None


# Who knows the rules runs them: on every table there is, with every margin, and keeps what gives the release they see.

Q1, Q2 = quarter(2023, 1), quarter(2023, 2)
SITES = ("kantine", "molen")
MOST = 7  # signals of others
MARGINS = range(24)


def worlds(own, policy, *, when=Q1, earlier=(), margins=MARGINS):
    """{what is published: {what others wrote, by theme and site}} for an organisation that wrote `own`: {theme: (count, count)}.

    Others are one organisation or more, which nobody can see.
    """
    seen = defaultdict(set)
    for way in splits(len(own) * len(SITES), MOST):
        others = {theme: way[2 * number : 2 * number + 2] for number, theme in enumerate(own)}
        counts = {theme: tuple(map(sum, zip(own[theme], others[theme], strict=True))) for theme in own}
        mixed = {theme for theme in own if sum(own[theme]) and sum(others[theme])}
        many = [theme for theme in own if theme not in mixed and sum(others[theme]) > 1]
        for some in product((False, True), repeat=len(many)):
            several = mixed | {theme for theme, is_many in zip(many, some, strict=True) if is_many}
            for margin in margins:
                table = Table(when, SITES, counts, frozenset(several))
                release = protect(table, policy, margin=lambda _code, margin=margin: margin, earlier=earlier)
                seen[frozenset(release.cells.items())].add(way)
    return seen


def others_at(ways, *places):
    return {sum(way[place] for place in places) for way in ways}


@pytest.mark.parametrize("rounds", TABLES)
def test_who_knows_the_rules_learns_nothing_from_a_hidden_split(rounds):
    @settings(max_examples=rounds)
    @given(kantine=st.integers(0, 9), molen=st.integers(0, 9))
    def learns_nothing(kantine, molen):
        for published, ways in worlds({"wonen": (kantine, molen)}, Policy()).items():
            cells = dict(published)
            total = cells[Key(Q1, "wonen")]
            if total is not None and cells[Key(Q1, "wonen", "molen")] is None:
                remainder = total - kantine - molen
                assert [others_at(ways, place) for place in (0, 1)] == [set(range(remainder + 1))] * 2

    learns_nothing()


@pytest.mark.parametrize("rounds", TABLES)
def test_silence_about_a_total_tells_who_wrote_in_it_that_few_others_did_and_never_that_one_did(rounds):
    @settings(max_examples=rounds)
    @given(kantine=st.integers(0, 6), molen=st.integers(0, 3))
    def tells_no_more(kantine, molen):
        own = kantine + molen
        silent = [
            ways
            for cells, ways in worlds({"wonen": (kantine, molen)}, Policy()).items()
            if (Key(Q1, "wonen"), None) in cells
        ]

        assert [others_at(ways, 0, 1) for ways in silent] == [set(range(max(1, 5 - own) if own else MOST + 1))]

    tells_no_more()


def test_silence_of_a_strict_partnership_tells_nobody_anything():
    for kantine, molen in [(0, 0), (2, 1), (4, 4), (9, 4), (9, 9)]:
        own = {"wonen": (kantine, molen)}
        silent = [ways for cells, ways in worlds(own, Policy(strict=True)).items() if (Key(Q1, "wonen"), None) in cells]

        assert [others_at(ways, 0, 1) for ways in silent] == [set(range(MOST + 1))]


def test_who_knows_the_rules_learns_nothing_within_themes_that_are_counted_together():
    small = Table(Q1, SITES, {"energie": (1, 1), "vervoer": (0, 1), "wonen": (9, 9)}, frozenset({"wonen"}))
    first = protect(small, Policy(), margin=lambda _code: 0)

    found = worlds({"energie": (2, 0), "vervoer": (3, 3)}, Policy(), when=Q2, earlier=[first], margins=(0, 1, 24))

    visible = 0
    for published, ways in found.items():
        cells = dict(published)
        total = cells[Key(Q2, TOGETHER)]
        by_site = [cells[Key(Q2, TOGETHER, site)] for site in SITES]
        if total is not None:
            visible += 1
            rests = [total - 8] * 2 if None in by_site else [by_site[0] - 5, by_site[1] - 3]
            assert [others_at(ways, place) for place in (0, 1, 2, 3)] == [set(range(rest + 1)) for rest in rests * 2]
    assert visible > MOST  # with and without its split


def test_without_a_margin_who_wrote_four_at_one_place_reads_where_the_others_wrote():
    found = worlds({"wonen": (8, 4)}, Policy(), margins=(0,))

    read = [
        ways for cells, ways in found.items() if {(Key(Q1, "wonen"), 16), (Key(Q1, "wonen", "molen"), None)} <= cells
    ]

    assert read == [{(4, 0)}]
