"""Dates, hours and prices in words, in the active language: whole sentences, never glued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from django.utils.dates import WEEKDAYS
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from sites.words import Said, sentence
from stek.dates import date_words, written

from .enums import Frequency, Part, PriceKind
from .iso_week import IsoWeek


def day_words(day: dt.date, *, year: bool = False) -> str:
    """“donderdag 9 februari”, with `year` “donderdag 9 februari 2023”."""
    # Translators: Django date format of a day with its weekday, without and with the year.
    return date_words(day, _("l j F Y") if year else _("l j F"))


def weekday_words(day: dt.date) -> str:
    return written(str(WEEKDAYS[day.weekday()]))


def run_words(first: dt.date, last: dt.date) -> str:
    """Days on end: “vrijdag en zaterdag”, “vrijdag tot zondag”."""
    days = [weekday_words(first), weekday_words(last)]
    if last - first == dt.timedelta(days=1):
        return list_words(days)
    return _("%(first)s tot %(final)s") % {"first": days[0], "final": days[1]}


def week_words(week: IsoWeek) -> str:
    """“6 tot 12 februari 2023”, “30 januari tot 5 februari 2023”."""
    monday, sunday = week.monday, week.sunday
    if monday.year != sunday.year:
        first = date_words(monday, _("j F Y"))
    elif monday.month != sunday.month:
        first = date_words(monday, _("j F"))
    else:
        # Translators: Django date format of the first of two days in one month: "6 tot 12 februari 2023".
        first = date_words(monday, _("j"))
    return _("%(first)s tot %(last)s") % {"first": first, "last": date_words(sunday, _("j F Y"))}


def time_words(time: dt.time) -> str:
    # Translators: an hour of the day; in French "%(hour)d h %(minute)02d".
    return _("%(hour)d.%(minute)02d") % {"hour": time.hour, "minute": time.minute}


def hours_words(begin: dt.time, end: dt.time) -> SafeString:
    """“13.00 tot 16.30 uur”, each time isolated so that it stays whole in right-to-left text."""
    return _hours_words(begin, end, get_language() or "nl")


@lru_cache(maxsize=2048)
def _hours_words(begin: dt.time, end: dt.time, language: str) -> SafeString:
    begin_html = format_html('<bdi dir="ltr">{}</bdi>', time_words(begin))
    end_html = format_html('<bdi dir="ltr">{}</bdi>', time_words(end))
    # Translators: %(begin)s and %(end)s are hours of the day.
    return format_html(_("{begin} tot {end} uur"), begin=begin_html, end=end_html)


def hours_said(begin: dt.time, end: dt.time) -> Said:
    """The same within a sentence that machines read too."""
    words = Said(_("{begin} tot {end} uur").format(begin=time_words(begin), end=time_words(end)))
    words.markup = hours_words(begin, end)
    return words


def title_words(title: str, language: str, kind: str) -> SafeString:
    """A title as markup. Who does not read its language sees first what `kind` of activity it is, which is there in every one."""
    return _title_words(title, language, kind, get_language() or "nl")


@lru_cache(maxsize=1024)
def _title_words(title: str, language: str, kind: str, reader: str) -> SafeString:
    if language == reader:
        return escape(title)
    own = format_html('<span lang="{}">{}</span>', language, title)
    return format_html('{} <small class="own">{}</small>', kind, own) if kind and kind != title else own


def part_words(part: str) -> str:
    """“namiddag”; empty when not even the part of the day is known."""
    return str(Part(part).label) if part else ""


def when_words(begin: dt.time | None, end: dt.time | None, part: str) -> str:
    """The hours; the part of the day where nobody knows them; empty when not even that."""
    return hours_words(begin, end) if begin and end else part_words(part)


def period_words(first: dt.date, last: dt.date) -> str:
    """“17 tot en met 23 juli 2023”, or one day."""
    if first == last:
        return day_words(first, year=True)
    sentence = _("%(first)s tot en met %(last)s")
    return sentence % {"first": day_words(first, year=first.year != last.year), "last": day_words(last, year=True)}


def price_words(kind: str, cents: int | None) -> str:
    if kind == PriceKind.FIXED and cents is not None:
        euros, rest = divmod(cents, 100)
        # Translators: an amount in euro.
        return (
            _("€ %(euros)d,%(cents)02d") % {"euros": euros, "cents": rest}
            if rest
            else _("€ %(euros)d") % {"euros": euros}
        )
    return {
        PriceKind.FREE: _("Gratis"),
        PriceKind.GOODS: _("Je betaalt wat je koopt"),
    }.get(PriceKind(kind), _("Vraag de prijs ter plaatse"))


def list_words(words: Sequence[str]) -> Said:
    """“A”, “A en B”, “A, B en C”; on a page each of them keeps its language."""
    *some, last = words or [""]
    shown = [conditional_escape(word) for word in some]
    if not some:
        listed = Said(last)
        listed.markup = conditional_escape(last)
        return listed
    # Translators: between the names of a list, without the last two.
    comma = pgettext("tussen namen", ", ")
    both = _("%(some)s en %(last)s")
    listed = Said(both % {"some": comma.join(some), "last": last})
    listed.markup = sentence(both, some=SafeString(escape(comma).join(shown)), last=last)
    return listed


def frequency_words(frequency: str, interval: int = 1) -> str:
    """How often, for something whose day is not known: “elke week”, “om de 2 weken”, “elke maand”."""
    if frequency == Frequency.MONTHLY:
        return _("elke maand")
    if interval == 1:
        return _("elke week")
    # Translators: of two weeks or more; some languages count with more than one plural, others with none.
    return ngettext("om de %(count)d weken", "om de %(count)d weken", interval) % {"count": interval}


def example_words(fields: Sequence[str]) -> str:
    """“voorbeeld: prijs, uur”; a field without a word of its own is only “voorbeeld”."""
    known = {"price": _("prijs"), "hours": _("uur"), "place": _("plaats"), "since": _("dag")}
    words = [known[field] for field in fields if field in known]
    return _("voorbeeld: %(fields)s") % {"fields": list_words(words)} if words else _("voorbeeld")
