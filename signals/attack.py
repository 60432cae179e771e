"""What somebody can work out who holds published figures: the numbers that still fit, found by a mixed-integer program.

An *atom* is the smallest thing that is counted: a theme at a site in a quarter. A published figure says what some atoms are together.
Each answer is a table in whole numbers that was checked against every figure by adding up. So a solver that errs can only make
less seem possible than is: it stops a release, and never lets one through.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

SECONDS = 10  # for one question; those asked here take milliseconds

type Atoms = frozenset[Hashable]


class Undecided(Exception):
    """The solver gave up, or its answer does not add up."""


class Contradiction(Exception):
    """No table at all fits these figures."""


class Figure(NamedTuple):
    atoms: Atoms
    value: int


class Fit(NamedTuple):
    """Numbers that a hidden cell can still be: the `lowest` few in order, and the `highest`, None when there is no end."""

    lowest: tuple[int, ...]
    highest: int | None


class Problem(NamedTuple):
    """A question without names: what figures say, and which atoms are in which figures and in the cell that is asked about.

    Atoms in the same figures, and all or none of them in the cell, are one column here. Their sum can be any whole number and can be
    split among them in any way, so nothing is lost; and the same question, asked about another theme, is the same problem.
    """

    values: tuple[int, ...]
    columns: tuple[tuple[tuple[int, ...], bool], ...]


class Knowledge:
    """Figures that somebody holds, and what they wrote themselves (`own`, by atom)."""

    def __init__(self, figures: Iterable[Figure], own: Mapping[Hashable, int] | None = None) -> None:
        self._own = own or {}
        self._figures: list[Figure] = []
        self._at: dict[Hashable, list[int]] = {}  # atom -> places of its figures
        for figure in sorted(figures, key=lambda figure: len(figure.atoms)):
            rest = figure.value - self._wrote(figure.atoms)
            if rest < 0:
                raise Contradiction
            self._learn(Figure(figure.atoms, rest))

    def fit(self, cell: Atoms, most: int) -> Fit:
        """The `most` lowest numbers that `cell` can be, and the highest."""
        wrote = self._wrote(cell)
        bound = frozenset(atom for atom in cell if atom in self._at)
        problem = self._problem(bound, lambda place: self._figures[place].value)
        lowest = _lowest(problem, most)
        if not lowest:
            raise Contradiction
        if bound != cell:  # the rest is in no figure and can be anything
            return Fit(tuple(wrote + lowest[0] + more for more in range(most)), None)
        return Fit(tuple(wrote + value for value in lowest), wrote + _highest(problem))

    def tells_a_colleague(self, cell: Atoms) -> bool:
        """Whether somebody who wrote all but one of what was counted could say of that one whether it is in `cell`.

        Nobody knows more than they do: who wrote less has every table before them that they have. What a figure says by itself,
        that it holds nothing of others, is not asked about; that is the remainder of a visible total.
        """
        _, cell = self._apart(cell)
        for places in self._parts(cell):
            atoms = {atom for place in places for atom in self._figures[place].atoms}
            for last in {tuple(self._at[atom]) for atom in atoms}:
                rest = {place: int(place in last) for place in places}
                open_cell = frozenset(atom for atom in cell & atoms if all(rest[place] for place in self._at[atom]))
                if open_cell and len(_lowest(self._problem(open_cell, rest.__getitem__), 2)) < 2:
                    return True
        return False

    def is_tangled(self) -> bool:
        """Whether figures overlap without one lying within the other; `tells_a_colleague` asks too little then."""
        pairs = {(one, other) for places in self._at.values() for one in places for other in places if one < other}
        return any(not self._figures[one].atoms <= self._figures[other].atoms for one, other in pairs)

    def _wrote(self, atoms: Atoms) -> int:
        return sum(self._own.get(atom, 0) for atom in atoms) if self._own else 0

    def _learn(self, figure: Figure) -> None:
        """Keep what is new: a figure that others add up to (a year, of its quarters) says nothing more than they do."""
        said, unsaid = self._apart(figure.atoms)
        if unsaid:
            for atom in figure.atoms:
                self._at.setdefault(atom, []).append(len(self._figures))
            self._figures.append(figure)
        elif sum(known.value for known in said) != figure.value:
            raise Contradiction

    def _apart(self, cell: Atoms) -> tuple[list[Figure], Atoms]:
        """The figures a cell is made of, and what no figure says by itself."""
        left, said, unsaid = set(cell), [], set()
        while left:
            atom = next(iter(left))
            inside = [self._figures[place] for place in self._at.get(atom, ()) if self._figures[place].atoms <= left]
            if inside:
                said.append(max(inside, key=lambda figure: len(figure.atoms)))
                left -= said[-1].atoms
            else:
                unsaid.add(atom)
                left.remove(atom)
        return said, frozenset(unsaid)

    def _parts(self, cell: Atoms) -> list[list[int]]:
        """The figures that hang together with a cell, in parts that have nothing to do with each other."""
        parts: list[list[int]] = []
        seen: set[int] = set()
        for atom in cell:
            waiting = [place for place in self._at.get(atom, ()) if place not in seen]
            part = []
            while waiting:
                place = waiting.pop()
                if place not in seen:
                    seen.add(place)
                    part.append(place)
                    waiting += [
                        other for near in self._figures[place].atoms for other in self._at[near] if other not in seen
                    ]
            if part:
                parts.append(sorted(part))
        return parts

    def _problem(self, cell: Atoms, value: Callable[[int], int]) -> Problem:
        places = sorted(
            (place for part in self._parts(cell) for place in part), key=lambda place: (value(place), place)
        )
        position = {place: number for number, place in enumerate(places)}
        atoms = {atom for place in places for atom in self._figures[place].atoms}
        columns = {(tuple(sorted(position[place] for place in self._at[atom])), atom in cell) for atom in atoms}
        return Problem(tuple(value(place) for place in places), tuple(sorted(columns)))


@lru_cache(maxsize=20_000)
def _lowest(problem: Problem, most: int) -> tuple[int, ...]:
    found: list[int] = []
    while len(found) < most and (value := _extreme(problem, found[-1] + 1 if found else 0)) is not None:
        found.append(value)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _highest(problem: Problem) -> int:
    value = _extreme(problem, 0, highest=True)
    if value is None:
        raise Contradiction
    return value


def _extreme(problem: Problem, at_least: int, *, highest: bool = False) -> int | None:
    """The smallest (or largest) number from `at_least` on that the cell can be; None when there is none."""
    if not problem.columns:
        return 0 if at_least <= 0 else None
    table = _solve(problem, at_least, -1 if highest else 1)
    if table is None:
        return None
    said = [0] * len(problem.values)
    value = 0
    for number, (places, in_cell) in zip(table, problem.columns, strict=True):
        value += number * in_cell
        for place in places:
            said[place] += number
    if min(table) < 0 or value < at_least or tuple(said) != problem.values:
        raise Undecided("The solver's table does not add up.")
    return value


def _solve(problem: Problem, at_least: int, sign: int) -> list[int] | None:
    import numpy as np  # noqa: PLC0415  # slow import: only an audit needs it
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  # slow import

    cell = np.array([in_cell for _, in_cell in problem.columns], dtype=float)
    sums = np.zeros((len(problem.values), len(problem.columns)))
    for column, (places, _) in enumerate(problem.columns):
        sums[list(places), column] = 1
    result = milp(
        sign * cell,
        integrality=np.ones(len(cell)),
        bounds=Bounds(0, np.inf),
        constraints=[
            LinearConstraint(sums, problem.values, problem.values),
            LinearConstraint(cell[None, :], at_least, np.inf),
        ],
        options={"time_limit": SECONDS, "mip_rel_gap": 0},
    )
    if result.status == 2:  # nothing fits
        return None
    if result.status != 0:
        raise Undecided(f"The solver stopped with status {result.status}.")
    return [round(number) for number in result.x]
