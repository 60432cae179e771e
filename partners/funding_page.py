"""Money in words: from whom, from when, until and including when, how long that is still. Never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.words import date_words, vague_words

from .models import Funding

# From when on somebody has to do something about it.
SOON = relativedelta(months=6)


@dataclass(frozen=True, slots=True)
class FundingLine:
    """`left` is how long it still pays, in words; `state` one of "running", "soon" (under six months), "over", "to_come", "extended"."""

    funding: Funding
    where: str
    since: str
    until: str
    left: str
    state: str
    approved: str


def funding_lines(fundings: Iterable[Funding], day: dt.date) -> list[FundingLine]:
    """Lines of money fetched with `whole()`."""
    return [_line(one, day) for one in fundings]


def _line(one: Funding, day: dt.date) -> FundingLine:
    state = _state(one, day)
    pays = state in {"running", "soon"} and one.last_day
    return FundingLine(
        funding=one, where=one.site.name if one.site else _("alle plekken"),
        since=vague_words(one.first_day, one.first_precision) if one.first_day else "",
        until=date_words(one.last_day, _("j F Y")) if one.last_day else "",
        left=left_words(day, one.last_day) if pays and one.last_day else "", state=state,
        approved=date_words(one.approved_on, _("j F Y")) if one.approved_on else "",
    )  # fmt: skip


def _state(one: Funding, day: dt.date) -> str:
    if one.last_day and one.last_day < day:
        return "over"
    if hasattr(one, "followed_by") and one.followed_by:
        return "extended"
    if one.first_day and one.first_day > day:
        return "to_come"
    return "soon" if one.last_day and one.last_day < day + SOON else "running"


def left_words(day: dt.date, last: dt.date) -> str:
    """“nog 20 maanden”, and under two months “nog 12 dagen”: the last day counts."""
    after = last + dt.timedelta(days=1)
    whole = relativedelta(after, day)
    months = whole.years * 12 + whole.months
    if months >= 2:
        return ngettext("nog %(number)d maand", "nog %(number)d maanden", months) % {"number": months}
    days = (after - day).days
    return ngettext("nog %(number)d dag", "nog %(number)d dagen", days) % {"number": days}
