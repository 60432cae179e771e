"""Dates as they are written within a sentence of the active language. A leaf: it knows no room."""

import datetime as dt
import re
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language

# Django writes the names of days and months of these as in the head of a calendar; in a sentence they have no capital.
SMALL_LETTERS = frozenset({"uk", "pl", "ro"})


def date_words(day: dt.date, form: str) -> str:
    """A date in Django's date format `form`. French says "1er" for the first of a month, which no format can."""
    return _date_words(day, form, get_language() or "")


@lru_cache(maxsize=4096)
def _date_words(day: dt.date, form: str, language: str) -> str:
    """Formatting is dear: kept per language, which is the active one."""
    words = written(date_format(day, form))
    if day.day == 1 and "j" in form and language.startswith("fr"):
        return re.sub(r"(^|\D)1(?= |$)", r"\g<1>1er", words, count=1)
    return words


def written(words: str) -> str:
    """Django's names of days and months, as the active language writes them in a sentence."""
    language = get_language() or ""
    if language in SMALL_LETTERS:
        return words.lower()
    # Persian joins these two words without a blank.
    return words.replace("سه شنبه", "سه\N{ZERO WIDTH NON-JOINER}شنبه") if language == "fa" else words
