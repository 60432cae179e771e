"""Public holidays of Belgium for any year, in the reader's language.

Source: the `holidays` package, which follows the law of 4 January 1974 on public holidays.
"""

import datetime as dt
from functools import lru_cache

import holidays

_PACKAGE_LANGUAGES = {"nl": "nl", "fr": "fr", "de": "de", "uk": "uk"}


@lru_cache(maxsize=256)
def public_holidays(year: int, language: str = "nl") -> dict[dt.date, str]:
    """Local date -> name of the holiday. Languages the package does not know get English."""
    return dict(holidays.country_holidays("BE", years=year, language=_PACKAGE_LANGUAGES.get(language, "en_US")))


def holidays_between(first: dt.date, last: dt.date, language: str = "nl") -> dict[dt.date, str]:
    """Holidays from `first` to `last`, both inclusive."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in public_holidays(year, language).items()
        if first <= day <= last
    }
