"""Telephone numbers of people, of here and of elsewhere, and which are those of a service."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

from .digits import I, Match, Span, in_clusters, said_before

_PHONE = re.compile(
    r"(?:(?<![\w.,])|(?<=[Tt]el\.)|(?<=[Tt]el)|(?<=[Gg]sm)|(?<=GSM)|(?<=TEL))(?:\(?(?:\+|00)[\s(]{0,2}[1-9]|\(?0)(?:[\s.\-/()]{0,5}\d){7,14}"
)
_BARE_MOBILE = re.compile(r"(?<![\w.,+])(?:32[\s.\-/]{0,2})?4[5-9]\d(?:[\s.\-/]{0,2}\d){6}(?!\d)")
_PHONE_WORD = re.compile(
    r"\b(?:tel|t[eé]l[eé]phon|telefo|phone|gsm|bel|bell?en|app|whatsapp|call|appel|mobile?|ring|sms)\w{0,6}\W{0,3}", I
)
# "tel. 667 12 14", as in a village where all know the rest; and "32 471 …" without its sign.
_WITHOUT_ZONE = re.compile(
    r"\b(?:tel|t[eé]l|telefoon|t[eé]l[eé]phone|gsm|vast(?:e lijn)?|thuis|bel(?:len)?)\b[.: ]{1,3}(?:op |naar |nummer |nr\.? |is |au )?(?P<number>[2-9]\d\d[ ./-]?\d\d[ ./-]?\d\d|32[ ./-]?4[5-9]\d(?:[ ./-]?\d){6})(?![\d./-]?\d)", I
)  # fmt: skip
_DAY_OR_HOUR = re.compile(
    r"\d{3}/\d{4}/\d{5}(?!\d)|\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:0\d|1\d|2[0-3])[.](?:00|15|30|45)\s?-"
)
# Everybody's numbers: free, shared cost, paid. They point at a service.
_OF_SERVICES = frozenset(
    [PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN]
)
# Where people here have their number from, and how many digits it has with its nought.
_NEIGHBOURS = {"BE": (8, 9, 10), "NL": (10,), "FR": (10,), "GB": (10, 11), "DE": (10, 11, 12)}
# As a number of here is written down: it is one, also when nobody gave it out, or a figure is wrong.
_LAID_OUT = re.compile(
    r"\(?0(?:[1-9](?!0{2})[\s./-]{1,2}\d{3}|[1-9]\d[\s./-]{1,2}\d\d|4\d\d[\s./-]{0,2}\d\d)[\s./-]{1,2}\d\d[\s./-]{1,2}\d\d(?!\d)|\(?04[5-9]\d(?:[\s./-]{0,2}\d){6}(?!\d)"
)
_FROM_ABROAD = re.compile(r"\(?(?:\+|00)")
_SERVICE = re.compile(r"(?<![\w.,])0(?:70|78|800|90\d)(?:[\s.\-/]{0,3}\d){5,6}(?!\d)(?![.\-/]\d)")


def phone(text: str) -> Iterator[Span]:
    for found in in_clusters(_PHONE, text):
        end, is_service = _line(text, found)
        if end and not is_service:
            # A bracket that is not closed within the number is around more than the number.
            yield found.start() + (found[0][0] == "(" and ")" not in text[found.start() : end]), end
    for found in _WITHOUT_ZONE.finditer(text):
        yield found.span("number")
    for found in in_clusters(_BARE_MOBILE, text):
        is_grouped = found[0].startswith("32") or re.search(r"^\d{3}[\s./-]{1,2}\d\d", found[0])
        if is_grouped or said_before(text, found.start(), _PHONE_WORD, 20):
            yield found.span()


def service_numbers(text: str) -> Iterator[Span]:
    """Lines of services, which are no run of digits to warn of either."""
    for found in in_clusters(_SERVICE, text):
        end, is_service = _line(text, found)
        if is_service:
            yield found.start(), end


def _line(text: str, found: Match) -> tuple[int, bool]:
    """Where the number that begins here ends, and whether it is one of a service; 0 when it is no number."""
    if _DAY_OR_HOUR.match(text, found.start()):
        return 0, False
    if service := _SERVICE.match(text, found.start()):
        return service.end(), True
    ends = _ends(text, found)
    # Of here as far as it may go, before of elsewhere: "0470 12 34 56 3 keer" is no German number.
    for country in (None,) if _FROM_ABROAD.match(text, found.start()) else _NEIGHBOURS:
        for end in ends:
            kind = _kind_of_line(text[found.start() : end], country)
            if kind is not None:
                return end, kind in _OF_SERVICES
    if laid_out := _LAID_OUT.match(text, found.start()):
        return laid_out.end(), False
    return 0, False


def _ends(text: str, found: Match) -> list[int]:
    """Where the number may end: as far as it goes, then at each gap before that, since what follows may be another number."""
    ends = [found.end()] if not text[found.end() : found.end() + 1].isdigit() else []
    gaps = [found.start() + gap.start() for gap in re.finditer(r"[\s.\-/()]{1,3}", found[0])]
    return ends + [end for end in reversed(gaps) if sum(map(str.isdigit, text[found.start() : end])) >= 8]


def _kind_of_line(written: str, country: str | None) -> int | None:
    """What kind of line it is, in a country or with its code in front; None when it is none."""
    number = re.sub(r"[^\d+]", "", re.sub(r"\(\s?0\s?\)", "", written))
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+320"):
        number = "+32" + number[4:]
    if country and len(number) not in _NEIGHBOURS[country]:
        return None
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(parsed)
    return None if kind == PhoneNumberType.UNKNOWN else kind
