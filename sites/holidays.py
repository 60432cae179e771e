"""Public holidays of Belgium for any year, in the reader's language.

Days: the `holidays` package, which follows the law of 4 January 1974 on public holidays. Names: our own catalogues, since the
package speaks five languages only.
"""

import datetime as dt
from functools import lru_cache

import holidays
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .words import Dutch

NAMES = {
    "Nieuwjaar": _("Nieuwjaar"),
    "Pasen": _("Pasen"),
    "Paasmaandag": _("Paasmaandag"),
    "Dag van de Arbeid": _("Dag van de Arbeid"),
    "O. L. H. Hemelvaart": _("O. L. H. Hemelvaart"),
    "Pinksteren": _("Pinksteren"),
    "Pinkstermaandag": _("Pinkstermaandag"),
    "Nationale feestdag": _("Nationale feestdag"),
    "O. L. V. Hemelvaart": _("O. L. V. Hemelvaart"),
    "Allerheiligen": _("Allerheiligen"),
    "Wapenstilstand": _("Wapenstilstand"),
    "Kerstmis": _("Kerstmis"),
}


@lru_cache(maxsize=512)
def public_holidays(year: int, language: str = "nl") -> dict[dt.date, str]:
    """Local date -> name of the holiday. A name that we do not know yet stays Dutch, and says so."""
    with override(language):
        days = holidays.country_holidays("BE", years=year, language="nl").items()
        return {day: _in_our_words(names) for day, names in days}


def _in_our_words(names: str) -> str:
    """Ascension can be the first of May: that day has two names."""
    told = [str(NAMES[name]) if name in NAMES else Dutch(name) for name in names.split("; ")]
    return told[0] if len(told) == 1 else "; ".join(told)


def holidays_between(first: dt.date, last: dt.date, language: str = "nl") -> dict[dt.date, str]:
    """Holidays from `first` to `last`, both inclusive."""
    return {
        day: name
        for year in range(first.year, last.year + 1)
        for day, name in public_holidays(year, language).items()
        if first <= day <= last
    }
