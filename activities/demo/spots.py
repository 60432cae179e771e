"""Example walls on which papers hang, so that the list shows what is out of date: every one of them is made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from activities.actions.spots import hang, keep_spot
from activities.enums import PaperKind
from activities.iso_week import IsoWeek
from activities.models import Activity, Spot
from sites.models import Site
from stek.time import today

from .people import KANTINE, KATTEGAT

LAST_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Wall:
    """`ago` is how long ago the paper was hung there; None where nothing hangs yet."""

    site: str
    where: str
    paper: PaperKind
    language: str = "nl"
    activity: str = ""
    ago: dt.timedelta | None = dt.timedelta()


WALLS = [
    Wall(KANTINE, "Voorbeeld: inkom van de bibliotheek", PaperKind.WEEK, ago=LAST_WEEK),
    Wall(KANTINE, "Voorbeeld: raam van de bakker", PaperKind.OFFER),
    Wall(KANTINE, "Voorbeeld: wachtzaal van de huisarts", PaperKind.POSTER, "ar", "ontmoetingsmoment"),
    Wall(KANTINE, "Voorbeeld: prikbord in de sporthal", PaperKind.OFFER, "fr", ago=None),
    Wall(KATTEGAT, "Voorbeeld: poort van de school", PaperKind.WEEK, "uk", ago=LAST_WEEK),
    Wall(KATTEGAT, "Voorbeeld: balie van het gemeentehuis", PaperKind.OFFER),
]


def load_spots() -> None:
    """Once: what was changed by hand since stays."""
    if Spot.objects.exists():
        return
    for wall in WALLS:
        site = Site.objects.filter(slug=wall.site).first()
        activity = Activity.objects.filter(site=site, slug=wall.activity).first()
        if site is not None and (activity is not None or wall.paper != PaperKind.POSTER):
            _hang(site, activity, wall)


def _hang(site: Site, activity: Activity | None, wall: Wall) -> None:
    spot = keep_spot(
        Spot(site=site), by=None, where=wall.where, paper=wall.paper, activity=activity, language=wall.language
    )
    if wall.ago is None:
        return
    day = today(site.time_zone) - wall.ago
    hang(spot, by=None, iso=IsoWeek.of(day) if wall.paper == PaperKind.WEEK else None)
    Spot.objects.filter(pk=spot.pk).update(hung_on=day)
