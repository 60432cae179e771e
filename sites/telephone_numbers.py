"""Telephone numbers as people type and read them."""

from __future__ import annotations

import re

import phonenumbers

LOOKS_LIKE_A_NUMBER = re.compile(r"[\d\s+()./–-]{6,40}")
REGION = "BE"  # of a number without its country


def read_number(text: str) -> str:
    """“0470 12 34 56” as +32470123456; empty when it is no number, or a number and something else."""
    try:
        number = phonenumbers.parse(text, REGION) if LOOKS_LIKE_A_NUMBER.fullmatch(text) else None
    except phonenumbers.NumberParseException:
        number = None
    # Possible is enough: a number that was given out since our list was made must not be refused.
    if number is None or not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number_words(number: str) -> str:
    """What `read_number` gave, as people write it: “0470 12 34 56”, from elsewhere with its country."""
    parsed = phonenumbers.parse(number)
    is_ours = phonenumbers.region_code_for_number(parsed) == REGION
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
