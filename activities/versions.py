"""What a paper says at this moment, as a word that differs when it says something else: so that an old one on a wall is found.

The facts count and not the words: correcting a translation makes no paper wrong. A change that is still to come counts from the
moment it is known, and once more on its day; a poster says from when something new is, so its first day makes it no less right.
Dates that pass make no paper wrong, but for the flyer of a week that is over. A flyer of a season names the days on which the door
is shut, so a day more or less of these makes it wrong.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from sites.models import HomeAddress, Site
from sites.rules import closed_days, home_on
from stek.time import today

from .enums import Frequency, PaperKind
from .fixed_offer import SEASON
from .house import moves_between
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
    _seasons: dict[dt.date, list] = field(default_factory=dict)

    def of(self, spot: Spot, iso: IsoWeek | None = None, *, printed_on: dt.date | None = None) -> str:
        """What the paper of a spot would say if it was printed now; `iso` for the flyer of another week than this one.

        `printed_on`: the day from which a flyer of a season says on which days the door is shut; today when it is left out.
        """
        if spot.paper == PaperKind.WEEK:
            iso = iso or self.this_week
            return f"{iso}:{self._of_week(iso)}"
        now, later = self._agreements
        if spot.paper == PaperKind.POSTER and spot.activity:
            slug = spot.activity.slug
            return _digest(self._house, now.get(slug, []) + later.get(slug, []))
        return _digest(self._house, now, later, self._shut(printed_on or self._today))

    def is_old(self, spot: Spot) -> bool:
        """Whether what hangs there says something else than what holds; never where nothing hangs."""
        if not spot.version:
            return False
        if spot.paper != PaperKind.WEEK:
            return spot.version != self.of(spot, printed_on=spot.hung_on) or self.is_withdrawn(spot)
        iso = IsoWeek.parse(spot.version.partition(":")[0])
        return iso < self.this_week or spot.version != self.of(spot, iso)

    def is_withdrawn(self, spot: Spot) -> bool:
        """Whether it is the poster of an activity that was taken back: there is nothing to print any more."""
        return spot.activity is not None and spot.activity.slug not in self._told

    @cached_property
    def _told(self) -> set[str]:
        return {offer.slug for offer in standing(self.site, SOURCE_LANGUAGE).offers.values() if not offer.is_undone}

    @cached_property
    def this_week(self) -> IsoWeek:
        return IsoWeek.of(self._today)

    @cached_property
    def _today(self) -> dt.date:
        return today(self.site.time_zone)

    @cached_property
    def _house(self) -> list:
        """The name on the wall, the house of today, and where it is going."""
        homes = standing(self.site, SOURCE_LANGUAGE).homes
        return [
            self.site.name,
            _place(home_on(homes, self._today)),
            _moves(moves_between(homes, self._today, dt.date.max)),
        ]

    @cached_property
    def _agreements(self) -> tuple[dict[str, list], dict[str, list]]:
        """Slug -> what is agreed of an activity: what holds now or happens once, and what comes back from a later day on."""
        day = self._today
        offers = [
            offer
            for offer in standing(self.site, SOURCE_LANGUAGE).offers.values()
            if not offer.is_undone and offer.is_on(day, dt.date.max)
        ]
        places = dict(
            Series.objects.filter(pk__in=[offer.series_id for offer in offers]).values_list("pk", "place__name")
        )  # fmt: skip
        now: dict[str, list] = {}
        later: dict[str, list] = {}
        for offer in offers:
            found = now if offer.rule.frequency == Frequency.ONCE or offer.is_on(day, day) else later
            facts = _facts(offer, max(day, offer.rule.first_day))
            found.setdefault(offer.slug, []).append([*facts, places.get(offer.series_id)])
        return now, later

    def _shut(self, first: dt.date) -> list:
        """The days of a season from `first` on which the door is shut, and why."""
        if first not in self._seasons:
            closures = standing(self.site, SOURCE_LANGUAGE).closures
            found = closed_days(self.site, closures, first, first + SEASON, SOURCE_LANGUAGE)
            self._seasons[first] = [(day, str(reason)) for day, reason in sorted(found.items())]
        return self._seasons[first]

    def _of_week(self, iso: IsoWeek) -> str:
        if iso not in self._weeks:
            shown = week(self.site, iso, SOURCE_LANGUAGE)
            self._weeks[iso] = _digest(
                [self.site.name, _place(shown.home), _moves(shown.moves)],
                [[item.slug, item.title, item.day, item.hours, item.state, item.price, list(map(str, item.lines)), str(item.extra),
                  item.organisers] for item in shown.items],
                [[item.slug, item.title, item.often, item.price, item.organisers] for item in shown.undated],
                [day.closed for day in shown.days],
            )  # fmt: skip
        return self._weeks[iso]


def _place(home: HomeAddress | None) -> list:
    """A house, how to get there and what there is."""
    if home is None:
        return []
    return [home.place.name, home.place.address, home.place.by_bus, [str(one) for one in home.place.has]]


def _moves(homes: list[HomeAddress]) -> list:
    return [(home.since, home.place.name) for home in homes]


def _facts(offer: Offer, day: dt.date) -> list:
    rule = offer.rule
    return [
        offer.title, rule.frequency, rule.weekday, rule.interval, rule.nth, offer.hours, offer.price, offer.hosts_on(day),
        rule.first_day if rule.frequency == Frequency.ONCE else None, rule.last_day,
    ]  # fmt: skip


def _digest(*facts: object) -> str:
    return hashlib.blake2b(repr(facts).encode(), digest_size=10).hexdigest()
