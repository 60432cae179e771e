"""Signals as their readers see them: words, the month, how often. Never a week, never an order within the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.iso_week import IsoWeek
from sites.models import Site, User
from sites.words import Dutch, date_words

from .enums import BETTER
from .models import Refused, Signal
from .similar import likeness
from .weeks import month_of

# Of a site: more are not compared with what somebody just wrote.
COMPARED = 500
# Measured on the demonstration's signals: what says the same in other words lies above the second, what is only about the same below. Two
# that have nothing in common lie around 0.2.
ALIKE, VERY_ALIKE = 0.33, 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One signal. `row` is `with_told` and has its theme and site."""

    row: Signal
    month: str
    told: str
    seen: str

    @property
    def barrier(self) -> str:
        return self.row.get_barrier_display()

    @property
    def text(self) -> str:
        """As it was written, in the language it was written in: most likely Dutch."""
        return Dutch(self.row.text)

    @property
    def service(self) -> str:
        return Dutch(self.row.service)

    @property
    def idea(self) -> str:
        return Dutch(self.row.idea)


def month_words(month: dt.date) -> str:
    return date_words(month, _("F Y"))


def as_lines(rows: Iterable[Signal]) -> list[Line]:
    return [_line(row) for row in rows]


def _line(row: Signal) -> Line:
    told = getattr(row, "merged", 0) + 1
    return Line(
        row=row,
        month=month_words(month_of(row.iso_week)),
        told=ngettext("%(number)d keer verteld", "%(number)d keer verteld", told) % {"number": told}
        if told > 1
        else "",
        seen=ngettext("%(number)d keer ook gezien", "%(number)d keer ook gezien", row.seen) % {"number": row.seen}
        if row.seen
        else "",
    )


def alike(
    user: User, site: Site, text: str, *, least: float, besides: Signal | None = None, number: int = 3
) -> list[Line]:
    """The accepted signals of a site that somebody may read and that say much the same, the most alike first."""
    rows = Signal.objects.visible_to(user).legible().at(site).with_told().select_related("theme", "site")
    if besides:
        rows = rows.exclude(pk=besides.pk)
    found = list(rows.order_by("-year", "-week", "pk")[:COMPARED])
    rated = zip(likeness(text, [row.text for row in found]), found, strict=True)
    best = sorted(((score, row) for score, row in rated if score >= least), key=lambda pair: -pair[0])
    return as_lines(row for _score, row in best[:number])


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A signal that was refused, as everybody at the site reads it."""

    theme: str
    site: str
    month: str
    reason: str
    better: str


def not_taken(user: User) -> list[NotTaken]:
    """By month and by chance, as the signals are."""
    rows = Refused.objects.visible_to(user).select_related("theme", "site")
    ordered = sorted(rows, key=lambda row: (month_of(IsoWeek(row.year, row.week)), row.pk), reverse=True)
    return [
        NotTaken(
            theme=str(row.theme), site=row.site.name, month=month_words(month_of(IsoWeek(row.year, row.week))),
            reason=row.get_reason_display(), better=str(BETTER[row.reason]),
        )
        for row in ordered
    ]  # fmt: skip
