"""How many places a date has left, and what a visitor reads of that. Facts and words only; nobody's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stek.time import clock_of

from .words import day_words, time_words

# Columns of `Outing`, in the order of `Places`.
PLACES = ("places", "taken", "waiting", "largest_group", "opens_at", "closes_at", "is_example")


class Phase(StrEnum):
    """How far registering for a date is, for somebody new."""

    OFF = "off"  # the date does not take place
    EARLY = "early"
    OPEN = "open"
    FULL = "full"  # only the waiting list
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one date, counted in people."""

    number: int
    taken: int
    waiting: int
    largest_group: int
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    is_example: bool = False

    @property
    def free(self) -> int:
        return self.number - self.taken

    def fits(self, people: int) -> bool:
        """Whether a new group gets its places at once: all of them, and nobody waits who asked before."""
        return not self.waiting and people <= self.free

    def end(self, begin: dt.datetime) -> dt.datetime:
        """Nobody registers for what has begun."""
        return min(self.closes_at or begin, begin)

    def opening(self, begin: dt.datetime) -> dt.datetime | None:
        """From when, if not at once. A date that was moved to before that moment would never take a name: then at once too."""
        return self.opens_at if self.opens_at and self.opens_at < self.end(begin) else None

    def phase(self, begin: dt.datetime, now: dt.datetime) -> Phase:
        """`begin` is the moment the date begins; whether it takes place is asked elsewhere."""
        if now >= self.end(begin):
            return Phase.CLOSED
        if (opening := self.opening(begin)) and now < opening:
            return Phase.EARLY
        return Phase.OPEN if self.fits(1) else Phase.FULL

    def edges(self, begin: dt.datetime) -> list[dt.datetime]:
        """The moments at which the phase changes by itself."""
        return [moment for moment in (self.opening(begin), self.end(begin)) if moment]


@dataclass(frozen=True, slots=True)
class Seats:
    """The same at one moment, for who reads a page then."""

    places: Places
    phase: Phase
    begin: dt.datetime
    zone: str

    @property
    def takes_names(self) -> bool:
        """Whether there is a form now."""
        return self.phase in {Phase.OPEN, Phase.FULL}

    @property
    def line(self) -> str:
        """In one sentence: “Nog 4 van 20 plaatsen vrij.”"""
        places = self.places
        if self.phase == Phase.OPEN:
            words = ngettext(
                "Nog %(free)d van %(number)d plaats vrij.", "Nog %(free)d van %(number)d plaatsen vrij.", places.number
            )
            return words % {"free": places.free, "number": places.number}
        if self.phase == Phase.FULL and places.free:
            words = ngettext(
                "De laatste plaats is voor wie al wacht. Je kan op de wachtlijst.",
                "De laatste %(free)d plaatsen zijn voor wie al wacht. Je kan op de wachtlijst.",
                places.free,
            )
            return words % {"free": places.free}
        if self.phase == Phase.FULL:
            return _("Volzet. Je kan op de wachtlijst.")
        if self.phase == Phase.EARLY and places.opens_at:
            words = ngettext(
                "Er is %(number)d plaats. Inschrijven kan vanaf %(when)s.",
                "Er zijn %(number)d plaatsen. Inschrijven kan vanaf %(when)s.",
                places.number,
            )
            return words % {"number": places.number, "when": moment_said(places.opens_at, self.zone)}
        return _("Inschrijven kan niet meer.") if self.phase == Phase.CLOSED else ""

    @property
    def more(self) -> list[str]:
        """What else there is to know while names are taken: who waits, and until when."""
        if not self.takes_names:
            return []
        lines = []
        if self.places.waiting:
            words = ngettext("Er wacht %(number)d mens.", "Er wachten %(number)d mensen.", self.places.waiting)
            lines.append(words % {"number": self.places.waiting})
        if self.places.closes_at and self.places.closes_at < self.begin:
            lines.append(_("Inschrijven kan tot %(when)s.") % {"when": moment_said(self.places.closes_at, self.zone)})
        return lines


def moment_said(at: dt.datetime, zone: str) -> str:
    """“vrijdag 20 oktober om 18.00 uur”, in local time."""
    local = at.astimezone(clock_of(zone))
    return _("%(day)s om %(hour)s uur") % {"day": day_words(local.date()), "hour": time_words(local.time())}


def people_words(number: int) -> str:
    """“3 mensen”."""
    return ngettext("%(number)d mens", "%(number)d mensen", number) % {"number": number}
