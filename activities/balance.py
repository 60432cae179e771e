"""Whether each of the four functions has its place in a week: in how many parts of the day it is served."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sites.enums import FUNCTION_TERMS

from .lanes import parts_of, rows_of
from .lines import Item
from .words import list_words

FEWEST_BARS = 5


@dataclass(frozen=True, slots=True)
class Balance:
    """In how many parts of the day of the week a function is served; `bars` are filled ones and empty ones.

    `undated` more are held on a day nobody knows.
    """

    code: str
    term: str
    parts: int
    undated: int
    bars: list[bool]


def balance(items: Iterable[Item], undated: Iterable[Item]) -> list[Balance]:
    """Of what takes place, in the one order of functions. What lasts over two parts of the day counts in both; two side by side
    count once."""
    served = {
        (function, item.day, part)
        for item in items
        if item.takes_place
        for part in parts_of(rows_of(item.begin, item.end, item.part)) or [""]
        for function in item.functions
    }
    parts = Counter(function for function, _day, _part in served)
    without_day = Counter(function for item in undated for function in item.functions)
    most = max([FEWEST_BARS, *parts.values()])
    return [
        Balance(code, str(term), parts[code], without_day[code], [n < parts[code] for n in range(most)])
        for code, term in FUNCTION_TERMS.items()
    ]


def missing(balance: Iterable[Balance]) -> str:
    """Which functions have nothing this week, in a sentence; empty when each has something."""
    terms = [one.term for one in balance if not (one.parts or one.undated)]
    words = _("Deze week is er nog niets voor %(functions)s.")
    return words % {"functions": list_words(terms)} if terms else ""
