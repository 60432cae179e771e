"""The solver against the second attacker, who tries every table."""

from types import SimpleNamespace

import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

from signals import attack
from signals.attack import Contradiction, Figure, Fit, Knowledge, Undecided

from .brute import readings, tables

pytestmark = pytest.mark.once  # no database takes part

ATOMS = tuple("abcdef")
MOST = 5
ROUNDS = [pytest.param(60, id="60 tables"), pytest.param(5_000, id="5000 tables", marks=pytest.mark.prove)]

some = st.sets(st.sampled_from(ATOMS), min_size=1).map(frozenset)
truths = st.fixed_dictionaries({atom: st.integers(0, 3) for atom in ATOMS})


@pytest.fixture(autouse=True)
def nothing_remembered():
    attack._lowest.cache_clear()
    attack._highest.cache_clear()


def total(table, cell):
    return sum(table[atom] for atom in cell)


def figures_of(truth, cells):
    return [Figure(cell, total(truth, cell)) for cell in cells]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_solver_and_brute_force_find_the_same_numbers(rounds):
    @settings(max_examples=rounds)
    @given(truth=truths, shown=st.lists(some, min_size=1, max_size=4), cell=some, data=st.data())
    def agree(truth, shown, cell, data):
        own = {atom: data.draw(st.integers(0, number)) for atom, number in truth.items()}
        told = frozenset(atom for among in shown for atom in among)
        rests = [(among, total(truth, among) - total(own, among)) for among in shown]
        found = {number + total(own, cell) for number in readings(ATOMS, rests, cell & told)}

        fit = Knowledge(figures_of(truth, shown), own).fit(cell, MOST)

        if cell <= told:
            assert fit == Fit(tuple(sorted(found)[:MOST]), max(found))
        else:  # a part of it is in no figure
            assert fit == Fit(tuple(range(min(found), min(found) + MOST)), None)

    agree()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_solver_and_brute_force_agree_on_who_wrote_all_but_one(rounds):
    @settings(max_examples=rounds)
    @given(shown=st.lists(some, min_size=1, max_size=4), cell=some)
    def agree(shown, cell):
        said = [among for among in shown if among <= cell]
        # What figures within the cell say themselves is no secret, so the cell is asked about without them.
        nested = all(one <= other or other <= one or not one & other for one in shown for other in shown)
        if not nested and said:
            return
        cell = cell.difference(*said)
        expected = any(_placed(shown, cell, last) for last in {atom for among in shown for atom in among})

        assert Knowledge(figures_of(dict.fromkeys(ATOMS, 3), shown)).tells_a_colleague(cell) == expected

    agree()


def _placed(shown, cell, last):
    """Whether all tables agree on the cell when nothing but one signal, at `last`, is not one's own; empty figures aside."""
    rests = [(among, int(last in among)) for among in shown]
    empty = {atom for among, rest in rests if not rest for atom in among}
    # Only what hangs together with the last one: of another part, all is one's own.
    part, grown = set(), {last}
    while part != grown:
        part, grown = grown, grown.union(*(among for among in shown if among & grown))
    asked = (cell & part) - empty
    return (
        bool(asked)
        and len({total(table, asked) for table in tables(sorted(part), [r for r in rests if r[0] & part])}) == 1
    )


def test_exact_margins_tell_who_wrote_all_but_one_where_the_last_one_was():
    rows = [frozenset({"a", "b"}), frozenset({"c", "d"}), frozenset({"a", "c"}), frozenset({"b", "d"})]
    knowledge = Knowledge(figures_of(dict.fromkeys(ATOMS, 20), rows))

    assert knowledge.fit(frozenset("a"), MOST) == Fit((0, 1, 2, 3, 4), 40)
    assert knowledge.is_tangled()
    assert knowledge.tells_a_colleague(frozenset("a"))


def test_one_total_tells_nobody_anything_about_its_parts():
    knowledge = Knowledge([Figure(frozenset("abc"), 9)])

    assert knowledge.fit(frozenset("a"), MOST) == Fit((0, 1, 2, 3, 4), 9)
    assert not knowledge.is_tangled()
    assert not knowledge.tells_a_colleague(frozenset("a"))


def test_numbers_with_gaps_between_them_are_counted_one_by_one():
    # Twice a is 4 - 2d: the figures leave a = 0, 1 and 2 while d is 2, 1 and 0, and a + b + c only even numbers apart.
    pairs = [
        Figure(frozenset("ad"), 2),
        Figure(frozenset("bd"), 2),
        Figure(frozenset("ce"), 2),
        Figure(frozenset("de"), 2),
    ]

    assert Knowledge(pairs).fit(frozenset("ab"), MOST) == Fit((0, 2, 4), 4)


def test_large_numbers_are_found_to_the_unit():
    assert Knowledge([Figure(frozenset("ab"), 1_000_003)]).fit(frozenset("a"), 2) == Fit((0, 1), 1_000_003)


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param({"abc": 7, "a": 3, "bc": 5}, id="parts that are not the whole"),
        pytest.param({"abc": 3, "a": 4, "bcd": 7}, id="a part above the whole"),
        pytest.param({"ab": 1, "bc": 1, "ac": 1}, id="halves"),
    ],
)
def test_figures_that_no_table_fits_are_a_contradiction(figures):
    with pytest.raises(Contradiction):
        Knowledge([Figure(frozenset(cell), value) for cell, value in figures.items()]).fit(frozenset("b"), 1)


def test_who_wrote_more_than_is_shown_meets_a_contradiction():
    with pytest.raises(Contradiction):
        Knowledge([Figure(frozenset("ab"), 5)], own={"a": 6})


def test_the_time_of_a_question_is_bounded(monkeypatch):
    monkeypatch.setattr(attack, "SECONDS", 0)
    cells = [frozenset(range(start, 40, step)) for start in range(3) for step in (2, 3, 5, 7)]

    with pytest.raises(Undecided):
        Knowledge([Figure(cell, 3 * len(cell)) for cell in cells]).fit(frozenset(range(0, 40, 9)), 1)


def test_a_solver_that_gives_up_is_no_answer(monkeypatch):
    monkeypatch.setattr(scipy.optimize, "milp", lambda *_args, **_options: SimpleNamespace(status=1, x=None))

    with pytest.raises(Undecided):
        Knowledge([Figure(frozenset("ab"), 5)]).fit(frozenset("a"), 1)


@pytest.mark.parametrize("table", [[3.0, 3.0], [-1.0, 6.0], [0.4, 4.4]])
def test_a_table_that_does_not_add_up_is_no_answer(monkeypatch, table):
    monkeypatch.setattr(scipy.optimize, "milp", lambda *_args, **_options: SimpleNamespace(status=0, x=table))

    with pytest.raises(Undecided):
        Knowledge([Figure(frozenset("ab"), 5)]).fit(frozenset("a"), 1)
