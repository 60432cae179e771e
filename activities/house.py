"""Where the house is: it may move, and each date is in the house of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sites.enums import PlaceKind
from sites.models import HomeAddress, Place, Site
from sites.rules import home_on
from sites.words import Dutch, sentence

from .words import day_words

# People may still go to the old house for as long as this after a move.
REMEMBERED = dt.timedelta(weeks=8)


def town_of(place: Place, site: Site) -> str:
    """The municipality of a place of a site; empty when nobody wrote it down."""
    own = place.municipality.name if place.municipality else None
    return town(place.kind, own, site)


def town(kind: str, own: str | None, site: Site) -> str:
    """The same of a place of some kind, with perhaps a municipality of its own. A house or a room stands where its site is."""
    return own or ("" if kind == PlaceKind.STOP else site.municipality.name)


def moved_from(homes: Iterable[HomeAddress], day: dt.date) -> Place | None:
    """The house before that of a day, when the move was not long ago."""
    home = home_on(homes, day)
    if home is None or day - home.since > REMEMBERED:
        return None
    before = [address for address in homes if address.since < home.since]
    return max(before, key=lambda address: address.since).place if before else None


def moves_between(homes: Iterable[HomeAddress], first: dt.date, last: dt.date) -> list[HomeAddress]:
    """Houses that begin after `first`, until `last` (inclusive), where there was another one before."""
    now = home_on(homes, first)
    return sorted(
        (address for address in homes if now and first < address.since <= last and address.place_id != now.place_id),
        key=lambda address: address.since,
    )


def move_words(home: HomeAddress) -> SafeString:
    """“Vanaf donderdag 19 oktober zijn we in De nieuwe zaal.” Markup."""
    words = _("Vanaf %(day)s zijn we in %(place)s.")
    return sentence(words, day=day_words(home.since), place=Dutch(home.place.name))
