"""What somebody reads who registers: the date in their language, how it stands, and who is before them."""

from __future__ import annotations

from dataclasses import dataclass

from stek.time import now

from .enums import ReservationState
from .free_places import Seats
from .lines import Item
from .models import Outing, Reservation
from .outing_rules import seats_of
from .rules import closed_where
from .schedule import dates
from .words import day_words


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date with places. `item` is None for one that was given up and is past."""

    item: Item | None
    title: str
    language: str
    day: str
    seats: Seats


def shown_date(outing: Outing, language: str) -> ShownDate:
    """`outing` comes with date, site and agreement."""
    date = outing.occurrence
    seats = seats_of(outing, now=now(), closed=closed_where([date]))
    found = dates(date.site, date.day, date.day, language, activity=date.series.activity.slug)
    item = next((one for one in found if one.id == date.pk), None)
    title, of_title = (item.title, item.language) if item else (date.series.title, "nl")
    return ShownDate(item, title, of_title, day_words(date.day, year=True), seats)


def others_before(mine: Reservation) -> int:
    """How many groups of the list come first."""
    if mine.state != ReservationState.WAITING:
        return 0
    return Reservation.objects.filter(outing=mine.outing_id, state=ReservationState.WAITING, pk__lt=mine.pk).count()


def smaller_group(mine: Reservation, before: int) -> int:
    """With how many the first in line would have a place at once; nought when that is no question."""
    is_first = mine.state == ReservationState.WAITING and not before
    return mine.outing.free if is_first and 0 < mine.outing.free < mine.people else 0
