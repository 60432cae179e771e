"""A day as people write it: in figures, with the month in words, with or without its year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Match

MONTH = (
    r"(?:jan(?:uari?|vier|uary)?|fe[bv](?:ruari|rier|ruary)?|f[eé]vr?(?:ier)?|maart|mrt|mars|mar(?:ch)?|apr(?:il)?|avr(?:il)?|mei|mai|may|ju[nl]i?|juin|juil(?:let)?"
    r"|june|july|aug(?:ustus|ust)?|ao[uû]t|sept?(?:ember|embre)?|okt(?:ober)?|oct(?:obre|ober)?|nov(?:ember|embre)?|d[eé]c(?:ember|embre)?)\.?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|'?\d\d)"
_ROMAN = r"(?:x[i]{0,2}|i{1,3}|iv|vi{0,3}|ix)"
# Two figures for the year go with the same mark twice: "Tue 9-12.30" is an hour.
_NUMERIC = (
    r"(?<!\d)(?:0?\d{1,2}\s?[./\\-]\s?\d{1,2}\s?[./\\-]\s?(?:18|19|20)\d\d|0?\d{1,2}(?:\s?/\s?\d{1,2}\s?/\s?|\s?\.\s?\d{1,2}\s?\.\s?|\s?-\s?\d{1,2}\s?-\s?|\\\d{1,2}\\)'?\d\d"
    rf"|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d|(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}[ ./-]{_ROMAN}[ ./-](?:(?:18|19|20)\d\d|\d\d))(?!\d)"
)
_WORDED = (
    rf"(?<!\d)\d{{1,2}}(?:ste|den|de|er|st|nd|rd|th|e)?\s?(?:of |de )?-?{MONTH}(?:,?[\s-]{{1,2}}{_YEAR})?(?!\w)",
    rf"\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)",
)
DAY = re.compile(rf"{_NUMERIC}|{_WORDED[0]}", I)
_MONTH_FIRST = re.compile(_WORDED[1], I)
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
# "de derde mei": the day in words.
NTH = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|\w{4,6}tiende|(?:\w{3,8}en)?twintigste|(?:eenen|één[eë]n)?dertigste"
    r"|premier|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{4,6}teenth|twentieth|twenty[- ]\w{5,7}|thirtieth|thirty[- ]first)"
)
_WHOLE = re.compile(r"\d{4}|[./\\-]\s?'?\d\d$|\s'?\d\d$")
# A year in which who is somebody by now was born: 1920 to 2012, or two figures that are no year to come.
_LONG_AGO = re.compile(r"(?<!\d)(?:19[2-9]\d|200\d|201[0-2])(?!\d)|(?:[./\\-]\s?|\s|')[3-9]\d$")


_MONTH_STEMS = ("januar", "janv", "febru", "févr", "fevr", "maart", "mars", "march", "april", "avril", "mei", "mai", "may", "juni", "juin", "june", "juli", "juil", "july", "august", "août", "aout", "septem", "oktob", "octob", "novem", "decem", "décem")  # fmt: skip


def may_hold_a_month(low: str) -> bool:
    return any(stem in low for stem in _MONTH_STEMS)


def days(text: str) -> Iterator[Match]:
    done = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() >= done and (found := DAY.match(text, digits.start()) or _month_first(text, digits.start())):
            done = found.end()
            yield found


def _month_first(text: str, place: int) -> Match | None:
    """ "May 3, 1990": a word stands before the day."""
    if place < 4 or text[place - 1] != " " or not (text[place - 2].isalpha() or text[place - 2] == "."):
        return None
    return next(
        (found for found in _MONTH_FIRST.finditer(text, max(0, place - 12), place + 14) if found.end() > place), None
    )


def is_day(written: str) -> bool:
    small = [number for number in map(int, re.findall(r"\d+", written)) if number < 100]
    if len(small) == 3 and small[0] > 31:
        small = small[::-1]  # the year first
    return bool(small) and small[0] >= 1 and not any(number > 31 for number in small[:-1])


def is_whole(written: str) -> bool:
    """With its year."""
    return _WHOLE.search(written) is not None


def is_long_ago(written: str) -> bool:
    return _LONG_AGO.search(written) is not None


def is_in_figures(written: str) -> bool:
    return re.search(r"\d\s?[./\\-]\s?\d", written) is not None
