"""What is counted, and what of it is published: plain values, without a database.

Nothing here knows an organisation, a person or a signal. "Signals" may be read as "referrals": both are counted by theme and site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .quarters import Period

MINIMUM = 5  # no partnership may show less; each may ask for more
TOGETHER = "andere"  # the code of small themes that are counted together


class Key(NamedTuple):
    """Where a figure stands in the published tables. Without a site it is the theme's total over the partnership."""

    period: Period
    theme: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What a partnership asks of a figure before it is shown; see `disclosure.protect`."""

    k: int = MINIMUM
    strict: bool = False

    def __post_init__(self) -> None:
        if self.k < MINIMUM:
            raise ValueError(f"Nothing below {MINIMUM} may be shown.")


@dataclass(frozen=True, slots=True)
class Table:
    """The true counts of one quarter in one partnership. Never published, never kept.

    `sites` are those that ran in the quarter, and `counts` has a number for each of them, in their order. `several` are the themes
    of which signals of more than one organisation were counted here, not merely written.
    """

    quarter: Period
    sites: tuple[str, ...]
    counts: Mapping[str, tuple[int, ...]]
    several: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(set(self.sites)) < len(self.sites) or not self.sites:
            raise ValueError("Every site once, and one at least.")
        if any(len(row) != len(self.sites) or min(row) < 0 for row in self.counts.values()):
            raise ValueError("Every theme needs a count for every site.")
        if TOGETHER in self.counts or not self.several <= self.counts.keys():
            raise ValueError(
                f"{TOGETHER} is no theme, and only a theme that is counted can be of several organisations."
            )


@dataclass(frozen=True, slots=True)
class Release:
    """What is published of one quarter, and of the half years and years that it completes. Never changed, only superseded.

    `groups` says which themes are counted under each code: one under its own, several under `TOGETHER`. In `cells`, None is hidden,
    whatever the reason. `version` counts the releases of this quarter; the newest is the one that holds.
    """

    quarter: Period
    k: int
    sites: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    cells: Mapping[Key, int | None] = field(default_factory=dict)
    version: int = 1

    @property
    def themes(self) -> tuple[str, ...]:
        return tuple(theme for themes in self.groups.values() for theme in themes)

    def value(self, theme: str, site: str | None = None) -> int | None:
        """The quarter's figure; None also for a theme that is counted together with others."""
        return self.cells.get(Key(self.quarter, theme, site))
