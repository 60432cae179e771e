"""How a report is told: tiles, and sections of a table each, in the active language. Page, paper, sheet and letter all dress these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sites.words import Dutch
from stek.dates import date_words
from stek.pages import current_language

from .enums import PeriodKind
from .periods import Period

type Json = dict[str, Any]


class Change(float):
    """A difference with the period before: “+6”, “−3”, “0”."""


class Plain(str):
    """A title that only names its part: nothing to put on top of a page, or in a letter."""

    __slots__ = ()


# What stands in a table: a number, words, a day, or None for what is not known.
type Cell = int | float | str | dt.date | None


def number_words(number: float) -> str:
    """“1.204”, “3,1”; a whole number has no comma."""
    number = round(number, 1)
    return number_format(number, 0 if number == int(number) else 1, use_l10n=True, force_grouping=True)


def cell_words(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Change):
        sign = "+" if cell > 0 else "−" if cell < 0 else ""
        return sign + number_words(abs(cell))
    if isinstance(cell, dt.date):
        return date_words(cell, _("j F Y"))
    return cell if isinstance(cell, str) else number_words(cell)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure beside that of the period before; None is not known. `note` says on how much of it it rests."""

    code: str
    label: str
    now: float | None
    before: float | None
    definition: str
    note: str = ""
    comparison: str = ""
    correction: str = ""

    @property
    def words(self) -> str:
        return cell_words(self.now)


@dataclass(slots=True)
class Section:
    """A part of a report: a title that says it by rule, a table, and what its figures mean. Without rows `empty` says what will come.

    `chart` is a drawing for the page, of the same figures; `link` is (words, address) of where it goes on. A long table is folded under it.
    """

    code: str
    title: str
    heads: Sequence[str] = ()
    rows: list[list[Cell]] = field(default_factory=list)
    definition: str = ""
    lead: str = ""
    empty: str = ""
    notes: list[str] = field(default_factory=list)
    chart: SafeString | str = ""
    key: Sequence[tuple[str, str]] = ()
    link: tuple[str, str] | None = None
    is_wide: bool = False
    is_long: bool = False
    # Whether the title is a sentence about the figures, worth to stand on top and in a letter.
    says: bool = True

    def __post_init__(self) -> None:
        self.says = self.says and not isinstance(self.title, Plain)

    @property
    def told_heads(self) -> list[tuple[str, bool]]:
        """Each head, and whether numbers stand under it."""
        first = self.rows[0] if self.rows else []
        return [(head, not isinstance(cell, str | dt.date)) for head, cell in zip(self.heads, first, strict=False)]

    @property
    def told(self) -> list[list[tuple[str, str, bool]]]:
        """The rows as they are read: of each cell the head over it, plain for an attribute, its words, and whether it is a number."""
        return [
            [(str(head), cell_words(cell), not isinstance(cell, str | dt.date)) for head, cell in zip(self.heads, row, strict=True)]
            for row in self.rows
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A report as somebody reads it: all places together, or `scope`, one of them."""

    shot: Json
    scope: str
    is_running: bool = False

    @property
    def period(self) -> Period:
        found = Period.parse(self.shot["period"])
        assert found is not None
        return found

    @property
    def sites(self) -> list[Json]:
        return [site for site in self.shot["sites"] if self.scope in {"", site["slug"]}]

    def site_name(self, slug: str) -> str:
        return next((Dutch(site["name"]) for site in self.shot["sites"] if site["slug"] == slug), slug)

    @property
    def of_scope(self) -> dict[str, list[int]]:
        return self.shot["numbers"][self.scope]

    def now(self, name: str, scope: str | None = None) -> int:
        return self.shot["numbers"][self.scope if scope is None else scope][name][-1]

    def before(self, name: str, scope: str | None = None) -> int:
        return self.shot["numbers"][self.scope if scope is None else scope][name][-2]

    def here(self, site: str) -> bool:
        return self.scope in {"", site}

    @property
    def had_nothing_before(self) -> bool:
        """Whether the period before has no figure at all: the place was not there, or nothing was written down."""
        return not any(self.before(name) for name in ("held", "people", "shifts", "cancelled", "shut"))

    def before_words(self) -> str:
        """How the period before is called: in a head, "vorig kwartaal"."""
        return {
            PeriodKind.QUARTER: _("vorig kwartaal"), PeriodKind.HALF: _("vorig half jaar"), PeriodKind.YEAR: _("vorig jaar"),
        }[self.period.kind]  # fmt: skip

    def now_words(self) -> str:
        return {
            PeriodKind.QUARTER: _("dit kwartaal"), PeriodKind.HALF: _("dit half jaar"), PeriodKind.YEAR: _("dit jaar"),
        }[self.period.kind]  # fmt: skip

    def comparison(self, now: float | None, before: float | None) -> str:
        """“163 meer dan vorig kwartaal (692)”. More is not always better, so it only says which; with what nobody counted nothing compares."""
        if self.had_nothing_before:
            return _("Uit %(before)s is er niets bekend.") % {"before": self.before_words()}
        words = {"before": self.before_words(), "then": cell_words(before)}
        if self.is_running:
            return capfirst(_("%(before)s: %(then)s. Deze periode loopt nog.") % words)
        if now is None:
            return _("niet geteld")
        if before is None:
            return _("%(before)s: niet geteld") % words
        words["number"] = number_words(abs(round(now, 1) - round(before, 1)))
        if round(now, 1) == round(before, 1):
            return _("evenveel als %(before)s (%(then)s)") % words
        if now > before:
            return _("%(number)s meer dan %(before)s (%(then)s)") % words
        return _("%(number)s minder dan %(before)s (%(then)s)") % words


def average(people: int, times: int) -> float | None:
    return round(people / times, 1) if times else None


def in_language(words: dict[str, str]) -> str:
    """Words that lie side by side in languages; Dutch, marked as such, where nobody translated them."""
    return words.get(current_language()) or Dutch(words.get("nl", ""))


def hours_of(minutes: int) -> float:
    return round(minutes / 60, 1)
