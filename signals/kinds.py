"""Kinds of counts that are published by theme and site. Whoever keeps another one says here how it is counted; the release is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sites.models import Partnership, Site

from .enums import Kind
from .quarters import Period

type Words = dict[str, str]  # code of a language -> name


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are: `numbers` by (code, primary key of the site), where there are any.

    `several` are the codes of which what was *counted here* is of more than one organisation, as far as that is certain.
    """

    numbers: Mapping[tuple[str, int], int]
    several: frozenset[str] = frozenset()
    is_example: bool = False


def _nothing(partnership: Partnership, quarter: Period) -> None:
    """Nothing was kept for the release only."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How one kind is counted. All of it is called in the transaction of the release, under the lock of the partnership.

    - `words`: everything that can be counted, also what nobody spoke of, in the order of the page, with its names.
    - `take`: what counts in this quarter at these sites, in no release yet. From now on it counts in this quarter and in no other.
    - `recount`: what was taken for this quarter before, as it is now.
    - `settle`: what was kept for the release of this quarter only, goes.
    """

    kind: Kind
    words: Callable[[Partnership], Mapping[str, Words]]
    take: Callable[[Partnership, Period, Sequence[Site]], Count]
    recount: Callable[[Partnership, Period], Count]
    settle: Callable[[Partnership, Period], None] = field(default=_nothing)


_counted: dict[Kind, Counted] = {}


def add_counted(counted: Counted) -> None:
    """For `AppConfig.ready`."""
    _counted[counted.kind] = counted


def all_counted() -> list[Counted]:
    return [_counted[kind] for kind in Kind if kind in _counted]


def counted_as(kind: str) -> Counted:
    return _counted[Kind(kind)]
