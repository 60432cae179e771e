"""The one door through which counts leave the room of signals: protect, audit, publish (decision 70).

Whoever reads a release may hold every figure ever published, know this file by heart, and remember each signal their own organisation
wrote. What they can then say of a hidden cell, and why it is not more, stands with `protect`; `audit` judges the figures themselves.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .attack import Atoms, Contradiction, Figure, Knowledge, Undecided
from .figures import TOGETHER, Key, Policy, Release, Table
from .quarters import Period, longer_than


def secret_margin(secret: bytes, *what: str | int) -> int:
    """How far above k every site of a split must be: 0 three times in four, 1 three times in sixteen, and so on without end.

    `what` names the partnership, the kind of count, the quarter, the version of its release and the code, and the secret lies outside
    the database: the same question has the same answer, and nobody can look it up.
    """
    digest = hmac.digest(secret, json.dumps(what).encode(), "sha256")
    bits = f"{int.from_bytes(digest):0256b}"
    return (len(bits) - len(bits.lstrip("1"))) // 2


def groups_of(table: Table, earlier: Sequence[Release]) -> dict[str, tuple[str, ...]]:
    """Code -> themes counted under it. Themes that would mostly be hidden are counted together, two at least.

    - A year begins with each theme by itself, except those that were together at the end of the year before and fewer than k each.
    - For the rest of the year, those of which its first release showed no total are together.
    - The very first release of a partnership decides nothing when it shows nothing: who begins would see no theme for a year.

    So it follows from what everybody can read, never from the quarter itself: themes put together *because* they are small would be
    known to be small.
    """
    # First versions only: what is superseded later moves no theme.
    first_versions = (release for release in earlier if release.version == 1 and release.quarter < table.quarter)
    before = sorted(first_versions, key=lambda release: release.quarter)
    if before and not any(before[0].cells.values()):
        before = before[1:]
    of_year = [release for release in before if release.quarter.year == table.quarter.year]
    if of_year:
        hidden = {theme for theme in of_year[0].themes if of_year[0].value(theme) is None}
    else:
        hidden = _still_small(before[-1]) if before else set()
    small = tuple(theme for theme in table.counts if theme in hidden)
    if len(small) < 2:
        small = ()
    groups = {theme: (theme,) for theme in table.counts if theme not in small}
    return groups | ({TOGETHER: small} if small else {})


def _still_small(last: Release) -> set[str]:
    together = last.groups.get(TOGETHER, ())
    return set(together) if (last.value(TOGETHER) or 0) < last.k * len(together) else set()


def protect(table: Table, policy: Policy, *, margin: Callable[[str], int], earlier: Sequence[Release] = ()) -> Release:
    """The release of one quarter. `earlier` are all releases of the partnership, in the order in which they came.

    - A total is shown when it is k or more and several organisations are in it; in a strict partnership only with its split.
    - A split is shown, whole, when its total is and every site has k plus the `margin` of its code (`secret_margin`).
    - A half year or a year is shown where all its quarters are.
    - What an earlier version of the quarter hid stays hidden.

    What these rules give away, besides the figures:

    - *A hidden split: nothing.* It can be any split of its total. Without the margin a colleague who wrote four of k = 5 at one site would
      know that nobody else wrote there, and so how many did elsewhere. No rule without a secret can do better: it hides one of two
      splits a step apart and shows the other, and who wrote all but that step knows which it is.
    - *A hidden total, to who wrote nothing in it: nothing.* It is small, or of one organisation and any number.
    - *A hidden total, to who wrote c in it:* that others wrote fewer than k - c, and none when c is k - 1 or more. It never tells that
      somebody else wrote (the residual of silence). In a strict partnership of several sites it tells nothing: the margin speaks there.
    - *A visible figure, to who wrote c in it:* what others wrote in it together (the remainder).
    """
    before = [release for release in earlier if release.quarter == table.quarter]
    groups = dict(before[-1].groups) if before else groups_of(table, earlier)
    release = Release(table.quarter, policy.k, table.sites, groups, version=len(before) + 1)
    cells: dict[Key, int | None] = {}
    for code, themes in groups.items():
        parts = [sum(row) for row in zip(*(table.counts[theme] for theme in themes), strict=True)]
        enough = sum(parts) >= policy.k and not table.several.isdisjoint(themes)
        split = enough and (len(parts) == 1 or min(parts) >= policy.k + margin(code))
        cells[Key(table.quarter, code)] = sum(parts) if enough and (split or not policy.strict) else None
        cells |= {
            Key(table.quarter, code, site): part if split else None
            for site, part in zip(table.sites, parts, strict=True)
        }
    if before:
        cells = {key: value if before[-1].cells.get(key) is not None else None for key, value in cells.items()}
    release = replace(release, cells=cells)
    return replace(release, cells=cells | _longer_periods(release, earlier))


def _longer_periods(release: Release, earlier: Sequence[Release]) -> dict[Key, int | None]:
    """Cells of the half years and years in which no quarter is missing now."""
    newest = {other.quarter: other for other in [*earlier, release]}
    cells: dict[Key, int | None] = {}
    for period in longer_than(release.quarter):
        if all(part in newest for part in period.quarters):
            cells |= dict(_sums(period, [newest[part] for part in period.quarters]))
    return cells


def _sums(period: Period, parts: list[Release]) -> Iterator[tuple[Key, int | None]]:
    """A place or a theme that a quarter did not have adds nothing; one that it hid, or put together with others, hides the sum."""
    together = {frozenset(part.groups.get(TOGETHER, ())) for part in parts}
    codes = dict.fromkeys(code for part in parts for code in part.groups if code != TOGETHER or len(together) == 1)
    for code in codes:
        for site in [None, *dict.fromkeys(site for part in parts for site in part.sites)]:
            there = [part for part in parts if _counted(part, code) and (site is None or site in part.sites)]
            values = [part.value(code, site) for part in there]
            shown = [value for value in values if value is not None]
            yield Key(period, code, site), sum(shown) if len(shown) == len(values) else None


def _counted(release: Release, code: str) -> tuple[str, ...]:
    """The themes of a release that a code of any release stands for."""
    return release.groups.get(code) or tuple(theme for theme in release.themes if theme == code)


class Unsafe(Exception):
    """Figures that may not be published, with what is wrong with them: breaches and no number."""


def prepare(table: Table, policy: Policy, *, margin: Callable[[str], int], earlier: Sequence[Release] = ()) -> Release:
    """The release of one quarter, protected and audited. Raises Unsafe, and then nothing of it may be kept or shown."""
    release = protect(table, policy, margin=margin, earlier=earlier)
    if breaches := audit([*earlier, release]):
        raise Unsafe(breaches)
    return release


class Fault(StrEnum):
    """Why figures may not be published."""

    SMALL = "a visible figure is below k"
    REOPENED = "a cell is shown that an earlier version of the quarter hid"
    CONTRADICTION = "no table fits all figures"
    TANGLED = "figures overlap without lying within each other"
    PINNED = "a hidden cell can be one number only"
    BELOW = "a hidden cell is known to be below k"
    NARROW = "a hidden cell can be fewer than k numbers"
    COLLEAGUE = "who wrote all but one signal can place the last one"
    UNDECIDED = "the solver did not answer"


@dataclass(frozen=True, slots=True)
class Breach:
    """A reason to publish nothing, and the cell it is about; never a number, so that it can be logged."""

    fault: Fault
    key: Key | None = None


def audit(releases: Sequence[Release]) -> list[Breach]:
    """Why the newest of these releases may not be published; empty when it may.

    `releases` are all of one partnership, in the order in which they came. Every figure in them is a constraint, of every version. Of every
    hidden cell (those listed, and each theme at each site also where it is counted together), k numbers must still fit and one of them
    be k or more, for who wrote nothing; and for who wrote everything but one signal, more than one must.
    """
    try:
        figures, hidden = _laid_out(releases)
        knowledge = Knowledge(figures)
        breaches = [*_in_sight(releases), *([Breach(Fault.TANGLED)] if knowledge.is_tangled() else [])]
        for cell, (key, k) in hidden.items():
            breaches += [Breach(fault, key) for fault in _faults(knowledge, cell, k)]
    except Contradiction:
        return [Breach(Fault.CONTRADICTION)]
    except Undecided:
        return [Breach(Fault.UNDECIDED)]
    return breaches


def _in_sight(releases: Sequence[Release]) -> Iterator[Breach]:
    """Faults that need no solver."""
    for number, release in enumerate(releases):
        before = [other for other in releases[:number] if other.quarter == release.quarter]
        for key, value in release.cells.items():
            if value is not None and value < release.k:
                yield Breach(Fault.SMALL, key)
            hid = any(other.cells.get(key) is None for other in before)
            if value is not None and key.period == release.quarter and hid:
                yield Breach(Fault.REOPENED, key)


def _faults(knowledge: Knowledge, cell: Atoms, k: int) -> Iterator[Fault]:
    fit = knowledge.fit(cell, most=k)
    if len(fit.lowest) == 1:
        yield Fault.PINNED
    elif len(fit.lowest) < k:
        yield Fault.NARROW
    if fit.highest is not None and fit.highest < k:
        yield Fault.BELOW
    if knowledge.tells_a_colleague(cell):
        yield Fault.COLLEAGUE


def _laid_out(releases: Sequence[Release]) -> tuple[list[Figure], dict[Atoms, tuple[Key, int]]]:
    """Every figure, and every hidden cell with its key and its k, in atoms (quarter, version, theme, site).

    Each version of a quarter has atoms of its own: what was corrected between them, nobody outside knows.
    """
    figures: list[Figure] = []
    hidden: dict[Atoms, tuple[Key, int]] = {}
    newest: dict[Period, Release] = {}
    for release in releases:
        newest[release.quarter] = release
        for key, value in release.cells.items():
            cell = _atoms(key, newest)
            if value is None:
                hidden[cell] = key, release.k
            else:
                figures.append(Figure(cell, value))
        for theme in release.themes:
            for site in (None, *release.sites):
                key = Key(release.quarter, theme, site)
                hidden.setdefault(_atoms(key, newest), (key, release.k))
    for figure in figures:
        hidden.pop(figure.atoms, None)
    return figures, hidden


def _atoms(key: Key, newest: Mapping[Period, Release]) -> Atoms:
    return frozenset(
        (part, newest[part].version, theme, site)
        for part in key.period.quarters
        for theme in _counted(newest[part], key.theme)
        for site in newest[part].sites
        if key.site in (None, site)
    )
