"""What is shown and what is hidden, table by table."""

import dataclasses
import subprocess
import sys
from collections import Counter

import pytest

from signals.disclosure import Unsafe, groups_of, prepare, protect, secret_margin
from signals.figures import TOGETHER, Key, Policy, Table
from signals.quarters import Period, quarter

Q1, Q2, Q3, Q4 = (quarter(2023, number) for number in (1, 2, 3, 4))
SITES = ("kantine", "molen")
BEGUN = {"wonen": (9, 9)}  # a first release that shows nothing decides nothing


def no_margin(_code):
    return 0


def table(counts, *, when=Q1, sites=SITES, several=None):
    return Table(when, sites, counts, frozenset(counts if several is None else several))


def shown(release, period=None):
    """{(theme, site or None): number} of what is visible in a period."""
    cells = release.cells.items()
    return {key[1:]: value for key, value in cells if value is not None and key.period == (period or release.quarter)}


def test_a_total_needs_k_and_several_organisations():
    counts = {"wonen": (3, 2), "energie": (3, 1), "vervoer": (9, 9)}

    release = protect(table(counts, several={"wonen", "energie"}), Policy(), margin=no_margin)

    assert shown(release) == {("wonen", None): 5}


def test_a_split_is_shown_whole_or_not_at_all():
    release = protect(table({"wonen": (5, 6), "energie": (40, 4)}), Policy(), margin=no_margin)

    assert shown(release) == {
        ("wonen", None): 11,
        ("wonen", "kantine"): 5,
        ("wonen", "molen"): 6,
        ("energie", None): 44,
    }


def test_a_margin_hides_a_split_and_never_a_total():
    release = protect(
        table({"wonen": (5, 6), "energie": (7, 7)}), Policy(), margin=lambda code: 1 + (code == "energie")
    )

    assert shown(release) == {
        ("wonen", None): 11, ("energie", None): 14, ("energie", "kantine"): 7, ("energie", "molen"): 7,
    }  # fmt: skip


def test_a_strict_partnership_shows_a_total_with_its_split_only():
    release = protect(table({"wonen": (5, 6), "energie": (40, 4)}), Policy(strict=True), margin=no_margin)

    assert shown(release) == {("wonen", None): 11, ("wonen", "kantine"): 5, ("wonen", "molen"): 6}


def test_a_higher_k_shows_less():
    release = protect(table({"wonen": (8, 8), "energie": (4, 3)}), Policy(k=8), margin=no_margin)

    assert shown(release) == {("wonen", None): 16, ("wonen", "kantine"): 8, ("wonen", "molen"): 8}


def test_no_partnership_may_lower_k():
    with pytest.raises(ValueError, match="Nothing below 5"):
        Policy(k=4)


def test_with_one_site_its_cell_is_the_total():
    release = protect(table({"wonen": (5,)}, sites=("kantine",)), Policy(), margin=lambda _code: 3)

    assert shown(release) == {("wonen", None): 5, ("wonen", "kantine"): 5}


def test_every_cell_is_there_and_nothing_says_why_one_is_hidden():
    counts = {"niets": (0, 0), "weinig": (1, 1), "van-een": (9, 9), "te-dicht": (9, 4)}

    release = protect(table(counts, several={"weinig", "te-dicht"}), Policy(), margin=no_margin)

    keys = {Key(Q1, theme, site) for theme in counts for site in (None, *SITES)}
    assert release.cells.keys() == keys
    assert {release.cells[key] for key in keys if key != Key(Q1, "te-dicht")} == {None}


def test_what_the_first_release_of_a_year_hid_is_counted_together_for_the_rest_of_it():
    small = {"wonen": (9, 9), "energie": (2, 1), "vervoer": (3, 1)}
    first = protect(table(small), Policy(), margin=no_margin)

    second = protect(table(small, when=Q2), Policy(), margin=no_margin, earlier=[first])
    grown = protect(table({**small, "energie": (9, 9)}, when=Q3), Policy(), margin=no_margin, earlier=[first, second])

    assert second.groups == grown.groups == {"wonen": ("wonen",), TOGETHER: ("energie", "vervoer")}
    assert shown(second) == {
        ("wonen", None): 18, ("wonen", "kantine"): 9, ("wonen", "molen"): 9, (TOGETHER, None): 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("energie", "groups"),
    [
        pytest.param((3, 1), {TOGETHER: ("energie", "vervoer")}, id="fewer than k each"),
        pytest.param((3, 3), {"energie": ("energie",), "vervoer": ("vervoer",)}, id="k each"),
    ],
)
def test_a_year_begins_with_each_theme_by_itself_unless_those_together_are_still_small(energie, groups):
    first = protect(table({"energie": (2, 1), "vervoer": (3, 1), **BEGUN}, when=Q3), Policy(), margin=no_margin)
    last = protect(table({"energie": energie, "vervoer": (3, 1)}, when=Q4), Policy(), margin=no_margin, earlier=[first])

    assert groups_of(table({"energie": (2, 1), "vervoer": (3, 1)}, when=quarter(2024, 1)), [first, last]) == groups


def test_very_first_release_that_shows_nothing_puts_nothing_together_and_the_next_one_does():
    counts = {"energie": (2, 1), "vervoer": (3, 1)}
    first = protect(table(counts), Policy(), margin=no_margin)
    second = protect(table(counts, when=Q2), Policy(), margin=no_margin, earlier=[first])
    third = protect(table(counts, when=Q3), Policy(), margin=no_margin, earlier=[first, second])

    assert [shown(release) for release in (first, second)] == [{}, {}]
    assert second.groups == {"energie": ("energie",), "vervoer": ("vervoer",)}
    assert shown(third) == {(TOGETHER, None): 7}


def test_themes_together_that_were_hidden_stay_together():
    first = protect(table({"energie": (2, 1), "vervoer": (3, 1), **BEGUN}, when=Q3), Policy(), margin=no_margin)
    last = protect(table({"energie": (1, 1), "vervoer": (1, 1)}, when=Q4), Policy(), margin=no_margin, earlier=[first])
    new_year = table({"energie": (9, 1), "vervoer": (9, 1)}, when=quarter(2024, 1))

    opened = protect(new_year, Policy(), margin=no_margin, earlier=[first, last])

    assert opened.groups == {TOGETHER: ("energie", "vervoer")}


def test_a_theme_that_the_new_year_hides_joins_those_together():
    small = {"energie": (2, 1), "vervoer": (3, 1), "wonen": (9, 9)}
    releases = []
    for when, counts in [(Q3, small), (Q4, small), (quarter(2024, 1), {**small, "wonen": (1, 1)})]:
        releases.append(protect(table(counts, when=when), Policy(), margin=no_margin, earlier=releases))

    assert groups_of(table(small, when=quarter(2024, 2)), releases) == {TOGETHER: ("energie", "vervoer", "wonen")}


def test_a_version_that_supersedes_moves_no_theme():
    counts = {"energie": (2, 1), "vervoer": (3, 1), "wonen": (9, 9)}
    first = protect(table(counts), Policy(), margin=no_margin)
    again = protect(table({**counts, "wonen": (1, 1)}), Policy(), margin=no_margin, earlier=[first])

    assert groups_of(table(counts, when=Q2), [first, again]) == groups_of(table(counts, when=Q2), [first])


def test_one_small_theme_stays_by_itself():
    first = protect(table({"wonen": (9, 9), "energie": (2, 1)}), Policy(), margin=no_margin)

    groups = groups_of(table({"wonen": (9, 9), "energie": (2, 1)}, when=Q2), [first])

    assert groups == {"wonen": ("wonen",), "energie": ("energie",)}


def test_themes_together_are_of_several_when_one_of_them_is():
    first = protect(table({"energie": (2, 1), "vervoer": (3, 1), **BEGUN}), Policy(), margin=no_margin)
    counts = {"energie": (2, 1), "vervoer": (3, 1)}

    one_each = protect(table(counts, when=Q2, several=()), Policy(), margin=no_margin, earlier=[first])
    several = protect(table(counts, when=Q2, several={"vervoer"}), Policy(), margin=no_margin, earlier=[first])

    assert (one_each.value(TOGETHER), several.value(TOGETHER)) == (None, 7)


def year(*tables, margin=no_margin):
    """The releases of consecutive quarters."""
    releases = []
    for counts, when in zip(tables, (Q1, Q2, Q3, Q4), strict=False):
        releases.append(protect(table(counts, when=when), Policy(), margin=margin, earlier=releases))
    return releases


def test_half_years_and_the_year_are_shown_where_all_their_quarters_are():
    releases = year(
        {"wonen": (5, 6), "energie": (5, 5)},
        {"wonen": (7, 8), "energie": (1, 1)},
        {"wonen": (9, 1), "energie": (5, 5)},
        {"wonen": (6, 6), "energie": (6, 6)},
    )

    assert {period for release in releases[:1] for period in (key.period for key in release.cells)} == {Q1}
    assert shown(releases[1], Period(2023, 1, 2)) == {
        ("wonen", None): 26,
        ("wonen", "kantine"): 12,
        ("wonen", "molen"): 14,
    }
    assert shown(releases[3], Period(2023, 3, 4)) == {
        ("wonen", None): 22, ("energie", None): 22, ("energie", "kantine"): 11, ("energie", "molen"): 11,
    }  # fmt: skip
    assert shown(releases[3], Period(2023, 1, 4)) == {("wonen", None): 48}


def test_themes_together_have_a_half_year_when_they_were_the_same():
    small = {"wonen": (9, 9), "energie": (2, 2), "vervoer": (2, 2)}

    releases = year(small, small, small, small)

    assert releases[3].cells[Key(Period(2023, 3, 4), TOGETHER)] == 16
    assert not any(key.theme == TOGETHER and key.period == Period(2023, 1, 4) for key in releases[3].cells)
    assert releases[3].cells[Key(Period(2023, 1, 4), "energie")] is None


def test_a_site_that_came_in_the_year_adds_its_own_quarters():
    alone = protect(table({"wonen": (6,)}, sites=("kantine",)), Policy(), margin=no_margin)

    both = protect(table({"wonen": (7, 8)}, when=Q2), Policy(), margin=no_margin, earlier=[alone])

    assert shown(both, Period(2023, 1, 2)) == {("wonen", None): 21, ("wonen", "kantine"): 13, ("wonen", "molen"): 8}


def test_a_release_that_supersedes_shows_nothing_that_was_hidden():
    first = protect(table({"wonen": (9, 4), "energie": (2, 2), "vervoer": (6, 6)}), Policy(), margin=no_margin)

    second = protect(
        table({"wonen": (9, 9), "energie": (9, 9), "vervoer": (6, 5)}), Policy(), margin=no_margin, earlier=[first]
    )

    assert second.version == 2
    assert shown(second) == {
        ("wonen", None): 18, ("vervoer", None): 11, ("vervoer", "kantine"): 6, ("vervoer", "molen"): 5,
    }  # fmt: skip


def test_a_superseded_quarter_brings_its_half_year_along():
    releases = year({"wonen": (9, 9)}, {"wonen": (6, 6)})

    again = protect(table({"wonen": (9, 8)}), Policy(), margin=no_margin, earlier=releases)

    assert again.cells[Key(Period(2023, 1, 2), "wonen", "molen")] == 14


def test_what_is_prepared_was_protected_and_passed_the_audit():
    counted = table({"wonen": (9, 9), "energie": (8, 1)})

    assert prepare(counted, Policy(), margin=no_margin) == protect(counted, Policy(), margin=no_margin)


def test_nothing_is_prepared_beside_an_unsafe_release():
    first = protect(table({"wonen": (9, 1)}), Policy(), margin=no_margin)
    planted = dataclasses.replace(first, cells={**first.cells, Key(Q1, "wonen", "kantine"): 9})

    with pytest.raises(Unsafe):
        prepare(table({"wonen": (9, 9)}, when=Q2), Policy(), margin=no_margin, earlier=[planted])


def test_margins_are_0_three_times_in_four_and_have_no_end():
    margins = Counter(secret_margin(b"secret", "kempen", number) for number in range(20_000))

    assert [margins[size] / 20_000 for size in range(3)] == pytest.approx([3 / 4, 3 / 16, 3 / 64], abs=0.01)
    assert max(margins) > 4


def test_a_margin_is_the_same_for_the_same_question_and_secret_only():
    questions = [("kempen", "signals", "2023-Q1", 1, f"thema-{number}") for number in range(64)]

    margins = [[secret_margin(key, *question) for question in questions] for key in (b"one", b"one", b"other")]

    assert margins[0] == margins[1] != margins[2]


def test_names_in_a_question_do_not_run_into_each_other():
    margins = [[secret_margin(b"one", *cut, number) for number in range(64)] for cut in [("a", "bc"), ("ab", "c")]]

    assert margins[0] != margins[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sites": ()},
        {"sites": ("kantine", "kantine")},
        {"counts": {"wonen": (1,)}},
        {"counts": {"wonen": (1, -1)}},
        {"counts": {TOGETHER: (1, 1)}},
        {"several": frozenset({"energie"})},
    ],
)
def test_a_table_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"site|theme"):
        Table(**{"quarter": Q1, "sites": SITES, "counts": {"wonen": (1, 1)}, "several": frozenset(), **wrong})


def test_protecting_needs_neither_django_nor_the_solver():
    code = (
        "import sys; import signals.disclosure; "
        "print([name for name in ('django', 'numpy', 'scipy') if name in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
