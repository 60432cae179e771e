"""Releases that are unsafe in one way each are stopped; nothing is published when there is no answer."""

from dataclasses import replace

import pytest

from signals import attack
from signals.attack import Undecided
from signals.disclosure import Breach, Fault, audit, protect
from signals.figures import Key, Policy, Table
from signals.quarters import Period, quarter

Q1, Q2 = quarter(2023, 1), quarter(2023, 2)
HALF = Period(2023, 1, 2)
SITES = ("kantine", "molen", "statie")


@pytest.fixture(autouse=True)
def nothing_remembered():
    attack._lowest.cache_clear()
    attack._highest.cache_clear()


def published(counts, *, when=Q1, sites=SITES, earlier=()):
    table = Table(when, sites, counts, frozenset(counts))
    return protect(table, Policy(), margin=lambda _code: 0, earlier=earlier)


def planted(release, **cells):
    """A release with other numbers: `wonen=20` its total, `wonen_molen=3` a site of it."""
    changed = {Key(release.quarter, *name.split("_")): value for name, value in cells.items()}
    assert changed.keys() <= release.cells.keys()
    return replace(release, cells={**release.cells, **changed})


def faults(*releases):
    return {breach.fault for breach in audit(releases)}


def test_what_protect_makes_passes():
    first = published({"wonen": (9, 8, 7), "energie": (20, 1, 0), "vervoer": (1, 1, 1), "geld": (0, 1, 0)})
    second = published(
        {"wonen": (9, 8, 1), "energie": (9, 9, 9), "vervoer": (3, 1, 1), "geld": (2, 1, 0)}, when=Q2, earlier=[first]
    )

    assert audit([first, second]) == []


def test_hiding_only_the_small_cell_of_a_split_is_stopped():
    release = published({"wonen": (9, 8, 3)})

    breaches = audit([planted(release, wonen_kantine=9, wonen_molen=8)])

    assert Breach(Fault.PINNED, Key(Q1, "wonen", "statie")) in breaches
    assert {breach.key for breach in breaches} == {Key(Q1, "wonen", "statie")}


def test_hiding_two_cells_that_share_a_small_rest_is_stopped():
    release = published({"wonen": (20, 2, 1)})

    assert faults(planted(release, wonen_kantine=20)) == {Fault.NARROW, Fault.BELOW, Fault.COLLEAGUE}


def test_a_figure_below_k_is_stopped():
    release = published({"wonen": (2, 1, 1)})

    breaches = audit([planted(release, wonen=4)])

    assert breaches == [
        Breach(Fault.SMALL, Key(Q1, "wonen")),
        *(Breach(Fault.BELOW, Key(Q1, "wonen", site)) for site in SITES),
    ]


def test_totals_by_site_beside_totals_by_theme_are_stopped_however_large():
    counts = {"wonen": (40, 60, 70), "energie": (50, 45, 80)}
    release = published(counts)
    hidden = {key: None if key.site else value for key, value in release.cells.items()}
    totals = {
        Key(Q1, "alles", site): counts["wonen"][place] + counts["energie"][place] for place, site in enumerate(SITES)
    }
    groups = {**release.groups, "alles": ("wonen", "energie")}

    assert faults(replace(release, groups=groups, cells=hidden | totals)) == {Fault.TANGLED, Fault.COLLEAGUE}


def test_a_half_year_beside_a_hidden_quarter_is_stopped():
    first = published({"wonen": (2, 1, 1), "energie": (9, 9, 9)})
    second = published({"wonen": (9, 9, 9), "energie": (9, 9, 9)}, when=Q2, earlier=[first])
    leaking = replace(second, cells={**second.cells, Key(HALF, "wonen"): 31})

    assert Breach(Fault.PINNED, Key(Q1, "wonen")) in audit([first, leaking])


def test_an_old_figure_counts_as_much_as_a_new_one():
    first = planted(published({"wonen": (9, 8, 3)}), wonen_kantine=9, wonen_molen=8)
    second = published({"wonen": (9, 9, 9)}, when=Q2, earlier=[first])

    assert Breach(Fault.PINNED, Key(Q1, "wonen", "statie")) in audit([first, second])


def test_a_theme_that_is_told_apart_from_those_it_is_counted_with_is_stopped():
    small = {"wonen": (1, 2, 1), "energie": (3, 1, 2), "vervoer": (1, 1, 1)}
    first = published({**dict.fromkeys(small, (0, 1, 0)), "werk": (9, 9, 9)})
    second = published(small, when=Q2, earlier=[first])
    apart = {**second.groups, "wonen": ("wonen",), "energie": ("energie",)}
    cells = {**second.cells, Key(Q2, "wonen"): 5, Key(Q2, "energie"): 5}

    assert Breach(Fault.PINNED, Key(Q2, "vervoer")) in audit([first, replace(second, groups=apart, cells=cells)])


def test_a_version_that_shows_what_was_hidden_is_stopped():
    first = published({"wonen": (9, 9, 1)})
    second = replace(published({"wonen": (9, 9, 9)}), version=2)

    assert audit([first, second]) == [Breach(Fault.REOPENED, Key(Q1, "wonen", site)) for site in SITES]


def test_versions_of_a_quarter_may_differ():
    first = published({"wonen": (9, 9, 9), "energie": (9, 1, 9)})
    second = published({"wonen": (9, 8, 9), "energie": (8, 1, 9)}, earlier=[first])

    assert audit([first, second]) == []


def test_a_half_year_that_is_not_its_quarters_is_stopped():
    first = published({"wonen": (9, 9, 9)})
    second = published({"wonen": (9, 9, 9)}, when=Q2, earlier=[first])

    assert audit([first, replace(second, cells={**second.cells, Key(HALF, "wonen"): 53})]) == [
        Breach(Fault.CONTRADICTION)
    ]


def test_nothing_passes_while_the_solver_gives_no_answer(monkeypatch):
    def no_answer(*_question):
        raise Undecided

    monkeypatch.setattr(attack, "_solve", no_answer)

    assert audit([published({"wonen": (20, 2, 1)})]) == [Breach(Fault.UNDECIDED)]


def test_a_solver_that_finds_too_little_stops_a_release(monkeypatch):
    monkeypatch.setattr(attack, "_solve", lambda *_question: None)

    assert audit([published({"wonen": (20, 2, 1)})]) == [Breach(Fault.CONTRADICTION)]


def test_a_breach_holds_no_number():
    release = published({"wonen": (19, 18, 3)})

    said = repr(audit([planted(release, wonen_kantine=19, wonen_molen=18)]))

    assert [number for number in ("19", "18", "37", "40") if number in said] == []
