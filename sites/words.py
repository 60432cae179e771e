"""Dates that are known in part, in the active language."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .enums import Precision


def vague_words(day: dt.date, precision: int) -> str:
    """A date as exactly as it is known: “9 februari 2023”, “maart 2022”, “zomer 2022”, “2021”."""
    if precision == Precision.DAY:
        return date_format(day, _("j F Y"))
    if precision == Precision.MONTH:
        return date_format(day, _("F Y"))
    if precision == Precision.YEAR:
        return str(day.year)
    seasons = {3: _("lente %(year)s"), 6: _("zomer %(year)s"), 9: _("najaar %(year)s"), 12: _("winter %(year)s")}
    return seasons[day.month] % {"year": day.year}
