"""May somebody still join, and is a date on. Never writes."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from .enums import OccurrenceStatus
from .free_places import PLACES, Phase, Places, Seats
from .lines import first_moment
from .models import Occurrence, Outing
from .rules import Closed


def begins(date: Occurrence) -> dt.datetime:
    """The moment a date begins, in UTC, as early as it may be while nobody knows the hour. Reads its site."""
    return date.begins_at or first_moment(date.day, date.begin, date.part, date.site.time_zone)


def is_on(date: Occurrence, closed: Closed) -> bool:
    """Whether it is to be held, as far as is known now. `closed` is key of a site -> its closed days. Reads its agreement."""
    is_shut = date.day in closed.get(date.site_id, {}) and not date.opened_anyway
    is_agreed = date.series.is_published and not date.series.is_undone
    return date.status == OccurrenceStatus.PLANNED and is_agreed and not is_shut


def places_of(outing: Outing) -> Places:
    return Places(*(getattr(outing, fact) for fact in PLACES))


def seats_of(outing: Outing, *, now: dt.datetime, closed: Closed) -> Seats:
    """How registering stands at a domain moment. Reads date, site and agreement."""
    date, places = outing.occurrence, places_of(outing)
    phase = places.phase(begins(date), now) if is_on(date, closed) else Phase.OFF
    return Seats(places, phase, begins(date), date.site.time_zone)


def why_not(seats: Seats, *, by_hand: bool) -> str:
    """Why nobody can join now, in a sentence for who asked; empty when they can. Who coordinates may until it begins."""
    if seats.phase == Phase.OFF:
        return _("Dit gaat niet door.")
    if seats.phase == Phase.EARLY and not by_hand:
        return seats.line
    if seats.phase == Phase.CLOSED and not by_hand:
        return _("Inschrijven kan niet meer.")
    return ""


def has_begun(outing: Outing, now: dt.datetime) -> bool:
    return begins(outing.occurrence) <= now
