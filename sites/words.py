"""Dates that are known in part, and words that are there in Dutch only."""

import datetime as dt
import re

from django.conf import settings
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stek.dates import date_words as date_words  # words are found here, wherever they are written
from stek.time import BRUSSELS, clock_of

from .enums import Precision


class Dutch(str):
    """Words that nobody translated, and names: plain to machines, and marked as Dutch on a page in another language.

    Kept apart from the words around them too: the mark before “’t Kattegat” stands before it, also between words that run to the left.
    """

    __slots__ = ()

    def __html__(self) -> SafeString:
        return as_dutch(escape(self))


def as_dutch(markup: SafeString) -> SafeString:
    """Dutch words with markup in them, marked as Dutch on a page in another language."""
    if not markup or (get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE:
        return markup
    return format_html('<bdi lang="{}">{}</bdi>', settings.LANGUAGE_CODE, markup)


def sentence(text: str, **words: str) -> SafeString:
    """A sentence of ours with `%(word)s` in it, as markup, in which each word keeps its language."""
    return SafeString(text % {name: conditional_escape(word) for name, word in words.items()})


class Said(str):
    """A sentence of ours: plain to machines, and on a page the markup in which each of its words keeps its language."""

    markup: SafeString

    def __html__(self) -> SafeString:
        return self.markup


def said(text: str, **words: str) -> Said:
    """A sentence with `%(word)s` in it, for a page and for machines; in the language that is active now."""
    plain = Said(text % {name: str(word) for name, word in words.items()})
    plain.markup = sentence(text, **words)
    return plain


MAIL_OR_PHONE = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<!\w)(?P<phone>(?:\+|0)\d(?:[ ./()-]{0,2}\d){7,13})(?!\w)"
)


def reachable(contact: str) -> SafeString:
    """How to reach a place, as somebody wrote it: mail addresses and telephone numbers become links, the rest stays text."""
    parts, last = [], 0
    for found in MAIL_OR_PHONE.finditer(contact):
        words = found[0]
        address = f"mailto:{words}" if found["mail"] else "tel:" + re.sub(r"\(0\)|[^\d+]", "", words)
        parts += [escape(contact[last : found.start()]), format_html('<a href="{}"><bdi>{}</bdi></a>', address, words)]
        last = found.end()
    return as_dutch(SafeString("".join([*parts, escape(contact[last:])])))


def moment_words(at: dt.datetime, zone: str = "") -> str:
    """“9 februari 2023, 13.05”, in local time; of Brussels, unless another zone is named."""
    local = at.astimezone(clock_of(zone or BRUSSELS))
    return f"{date_words(local.date(), _('j F Y'))}, {hour_words(local.time())}"


def hour_words(time: dt.time) -> str:
    """“13.05”."""
    return _("%(hour)d.%(minute)02d") % {"hour": time.hour, "minute": time.minute}


def vague_words(day: dt.date, precision: int) -> str:
    """A date as exactly as it is known: “9 februari 2023”, “maart 2022”, “zomer 2022”, “2021”."""
    if precision == Precision.DAY:
        return date_words(day, _("j F Y"))
    if precision == Precision.MONTH:
        return date_words(day, _("F Y"))
    if precision == Precision.YEAR:
        return str(day.year)
    seasons = {3: _("lente %(year)s"), 6: _("zomer %(year)s"), 9: _("najaar %(year)s"), 12: _("winter %(year)s")}
    return seasons[day.month] % {"year": day.year}


SEASON_STARTS = (3, 6, 9, 12)


def first_of(day: dt.date, precision: int) -> dt.date:
    """The first day of the month, season or year a day lies in: what a vague date is stored as.

    January and February belong to the winter that began in December.
    """
    if precision == Precision.DAY:
        return day
    if precision == Precision.MONTH:
        return day.replace(day=1)
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    if day.month < SEASON_STARTS[0]:
        return dt.date(day.year - 1, 12, 1)
    return day.replace(month=max(month for month in SEASON_STARTS if month <= day.month), day=1)
