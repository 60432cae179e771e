"""A change in words, in the active language: from what to what, which dates, and the next ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partners.models import Organisation
from sites.models import Closure, Place, Site
from sites.rules import closed_days
from sites.words import Dutch
from stek.pages import current_language
from stek.time import today

from .effects import Changed, Effect, Held
from .lines import StopLine
from .models import Series
from .rules import wanted_dates
from .words import day_words, list_words, when_words

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One date: its day, its hour as far as it is known, where when that is not the house, and why the door is shut then.

    Hours and place may be markup. `who` organises it, said only where that changes.
    """

    day: str
    hours: str
    place: str
    closed: str
    who: str = ""

    @property
    def plain(self) -> str:
        """The same for a letter."""
        shut = _("dicht: %(reason)s") % {"reason": self.closed} if self.closed else ""
        when_and_where = (unescape(strip_tags(one)) for one in (self.hours, self.place))
        return ", ".join(filter(None, (self.day, *when_and_where, self.who, shut)))


@dataclass(frozen=True, slots=True)
class Differing:
    """A date before and after."""

    old: Line
    new: Line


@dataclass(frozen=True, slots=True)
class Told:
    """The first `SHOWN` dates of each kind; the numbers are of all of them."""

    gone: list[Line]
    come: list[Line]
    changed: list[Differing]
    more_gone: int
    more_come: int
    more_changed: int


def tell(effect: Effect, *, shown: int = SHOWN) -> Told:
    """What a change does, date by date."""
    say = _Speaker(effect.activity.site, [held for date in effect.dates for held in (date.old, date.new) if held])
    gone, come, changed = effect.gone, effect.come, effect.changed
    return Told(
        gone=[say.line(held) for held in gone[:shown]], come=[say.line(held) for held in come[:shown]],
        changed=[say.differing(date) for date in changed[:shown]],
        more_gone=len(gone[shown:]), more_come=len(come[shown:]), more_changed=len(changed[shown:]),
    )  # fmt: skip


def next_dates(effect: Effect, *, shown: int = SHOWN) -> list[Line]:
    """The next dates as they will be, those on closed days among them, with why."""
    coming = effect.coming[:shown]
    say = _Speaker(effect.activity.site, coming)
    return [say.line(held) for held in coming]


def first_dates(series: Series, *, shown: int = SHOWN) -> list[Line]:
    """The first dates from today on that a draft will have; it has no rows for them yet."""
    site = series.activity.site
    day = today(site.time_zone)
    days = [one for one in wanted_dates(series.rule, day) if one >= day][:shown]
    coming = [Held(0, series.pk, one, series.begin, series.end, series.part, series.place_id) for one in days]
    say = _Speaker(site, coming)
    return [say.line(held) for held in coming]


class _Speaker:
    """Knows the closed days, the rooms and who organises some dates; two queries, and two more where who organises it changes."""

    def __init__(self, site: Site, dates: Sequence[Held]) -> None:
        self.dates = dates
        self.places = dict(Place.objects.at(site).values_list("pk", "name"))
        days = [held.day for held in dates]
        closures = list(Closure.objects.at(site))
        self.closed = closed_days(site, closures, min(days), max(days), current_language()) if days else {}

    def line(self, held: Held) -> Line:
        hours = when_words(held.begin, held.end, held.part)
        closed = "" if held.is_opened else self.closed.get(held.day, "")
        return Line(day_words(held.day, year=True), hours, self._place(held), closed)

    def _place(self, held: Held) -> str:
        if not held.halts:
            return conditional_escape(Dutch(self.places.get(held.place, ""))) if held.place else ""
        halts = [StopLine(self.places.get(place, ""), "", _time(begin), _time(end)) for place, begin, end in held.halts]
        return SafeString(list_words([halt.words for halt in halts]))

    def differing(self, date: Changed) -> Differing:
        assert date.old
        assert date.new
        lines = self.line(date.old), self.line(date.new)
        if set(date.old.hosts) != set(date.new.hosts):
            lines = replace(lines[0], who=self._who(date.old)), replace(lines[1], who=self._who(date.new))
        return Differing(*lines)

    def _who(self, held: Held) -> str:
        names = [self.organisations[host].name_on(held.day) for host in held.hosts if host in self.organisations]
        return _("met %(who)s") % {"who": list_words(names)} if names else _("door de plek zelf")

    @cached_property
    def organisations(self) -> dict[int, Organisation]:
        hosts = {host for held in self.dates for host in held.hosts}
        return {one.pk: one for one in Organisation.objects.filter(pk__in=hosts).with_names()}


def _time(iso: str | None) -> dt.time | None:
    return dt.time.fromisoformat(iso) if iso else None
