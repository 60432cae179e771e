"""What a paper says at this moment, as a word that differs when it says something else: so that an old one on a wall is found.

The facts count and not the words: correcting a translation makes no paper wrong. A change that is still to come counts from the
moment it is known, and once more on its day. Dates that pass make no paper wrong, but for the flyer of a week that is over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from sites.models import Site
from sites.rules import home_on
from stek.time import today

from .enums import Frequency, PaperKind
from .iso_week import IsoWeek
from .models import Series
from .schedule import week
from .spots import Spot
from .standing import SOURCE_LANGUAGE, Offer, standing


@dataclass
class Versions:
    """The versions of now of every paper of a site; each thing they are made of is read once."""

    site: Site
    _weeks: dict[IsoWeek, str] = field(default_factory=dict)

    def of(self, spot: Spot, iso: IsoWeek | None = None) -> str:
        """What the paper of a spot would say if it was printed now; `iso` for the flyer of another week than this one."""
        if spot.paper == PaperKind.WEEK:
            iso = iso or self.this_week
            return f"{iso}:{self._of_week(iso)}"
        if spot.paper == PaperKind.POSTER and spot.activity:
            return _digest(self._house, self._agreements.get(spot.activity.slug, []))
        return _digest(self._house, self._agreements)

    def is_old(self, spot: Spot) -> bool:
        """Whether what hangs there says something else than what holds; never where nothing hangs."""
        if not spot.version:
            return False
        if spot.paper != PaperKind.WEEK:
            return spot.version != self.of(spot)
        iso = IsoWeek.parse(spot.version.partition(":")[0])
        return iso < self.this_week or spot.version != self.of(spot, iso)

    @cached_property
    def this_week(self) -> IsoWeek:
        return IsoWeek.of(self._today)

    @cached_property
    def _today(self) -> dt.date:
        return today(self.site.time_zone)

    @cached_property
    def _house(self) -> list[str]:
        home = home_on(standing(self.site, SOURCE_LANGUAGE).homes, self._today)
        return [home.place.name, home.place.address] if home else []

    @cached_property
    def _agreements(self) -> dict[str, list]:
        """Slug -> what is agreed now of an activity; what happens once as long as it is to come."""
        day = self._today
        offers = [
            offer
            for offer in standing(self.site, SOURCE_LANGUAGE).offers.values()
            if not offer.is_undone and offer.is_on(day, dt.date.max if offer.rule.frequency == Frequency.ONCE else day)
        ]
        places = dict(
            Series.objects.filter(pk__in=[offer.series_id for offer in offers]).values_list("pk", "place__name")
        )  # fmt: skip
        found: dict[str, list] = {}
        for offer in offers:
            found.setdefault(offer.slug, []).append([*_facts(offer, day), places.get(offer.series_id)])
        return found

    def _of_week(self, iso: IsoWeek) -> str:
        if iso not in self._weeks:
            shown = week(self.site, iso, SOURCE_LANGUAGE)
            house = [shown.home.place.name, shown.home.place.address] if shown.home else []
            self._weeks[iso] = _digest(
                house,
                [[item.slug, item.day, item.hours, item.state, item.price, list(map(str, item.lines)), str(item.extra), item.organisers]
                 for item in shown.items],
                [day.closed for day in shown.days],
            )  # fmt: skip
        return self._weeks[iso]


def _facts(offer: Offer, day: dt.date) -> list:
    rule = offer.rule
    return [
        offer.title, rule.frequency, rule.weekday, rule.interval, rule.nth, offer.hours, offer.price, offer.hosts_on(day),
        rule.first_day if rule.frequency == Frequency.ONCE else None, rule.last_day,
    ]  # fmt: skip


def _digest(*facts: object) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=10).hexdigest()
