"""Quarters, half years and years, as people say them; and as they stand in an address."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from sites.words import date_words

from .quarters import Period, before, parse


class PeriodConverter:
    """Path converter, `2023-Q3`, `2023-H2`, `2023`; another one is a 404."""

    regex = "[0-9]{4}(?:-(?:Q[1-4]|H[12]))?"

    def to_python(self, value: str) -> Period:
        return parse(value)

    def to_url(self, value: Period) -> str:
        return str(value)


def period_words(period: Period) -> str:
    """“Derde kwartaal van 2023”."""
    words = {
        (1, 1): _("Eerste kwartaal van %(year)s"), (2, 2): _("Tweede kwartaal van %(year)s"),
        (3, 3): _("Derde kwartaal van %(year)s"), (4, 4): _("Vierde kwartaal van %(year)s"),
        (1, 2): _("Eerste helft van %(year)s"), (3, 4): _("Tweede helft van %(year)s"), (1, 4): _("Heel %(year)s"),
    }  # fmt: skip
    return words[period.first, period.last] % {"year": period.year}


def days_words(period: Period) -> str:
    """“Van 3 juli tot en met 1 oktober 2023”: whole weeks, so not the quarter of a calendar."""
    first, last = _first_day(period), period.last_day
    form = _("j F") if first.year == last.year else _("j F Y")
    words = {"first": date_words(first, form), "last": date_words(last, _("j F Y"))}
    return _("Van %(first)s tot en met %(last)s") % words


def _first_day(period: Period) -> dt.date:
    return before(period.quarters[0]).last_day + dt.timedelta(days=1)
