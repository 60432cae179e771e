"""What a closure touches, before anything is saved: dates by week, whom and what it touches, and what stays as it is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sites.models import Closure, Partnership, Site, User
from sites.rules import closed_days
from stek.pages import current_language
from stek.time import today

from .effects import Changed, Effect, Held, Touch, held_of, part_for, touched_by_each
from .iso_week import IsoWeek
from .models import Occurrence
from .words import day_words, list_words, period_words, week_words, when_words


@dataclass(frozen=True, slots=True)
class Touched:
    """One date, in words. `site` is empty when only one is asked about."""

    title: str
    day: str
    when: str
    site: str


@dataclass(slots=True)
class TouchedWeek:
    name: str
    dates: list[Touched] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShutDays:
    """Days on end that are shut for another reason, in words. `sites` is empty when every site that is asked about is."""

    days: str
    reason: str
    sites: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A line under "who is touched" (as `Touch`), and the titles it is about; none when it is about everything that is touched."""

    kind: str
    words: str
    more: str
    titles: list[str]


# Whom to tell, each with all their dates.
type Told = dict[User, list[Held]]


@dataclass(frozen=True, slots=True)
class Preview:
    """`number` dates in `weeks` change. `opened` is how many stay open because somebody said so, `shut` how many were shut already, on
    `shut_days`, in order.

    `touches` are those with people who have no account.
    """

    number: int
    weeks: list[TouchedWeek]
    opened: int
    shut: int
    shut_days: list[ShutDays]
    hits: list[Hit]
    told: Told
    touches: list[Touch]

    def readers(self, by: User) -> Told:
        """Everybody with an account who is named, but not who does it."""
        return {user: dates for user, dates in self.told.items() if user.pk != by.pk}


def sites_of(partnership: Partnership, site: Site | None) -> list[Site]:
    """The one site, or every one of the partnership."""
    return [site] if site else list(partnership.sites.order_by("name"))


def dates_in(sites: Sequence[Site], first: dt.date, last: dt.date, *, without: Closure | None = None) -> Preview:
    """Planned dates from `first` to `last` (inclusive) that a closure shuts, or (`without` it) that open again when it is lifted."""
    shut_by_day = _shut_days(sites, first, last, without)
    rows = (
        Occurrence.objects.filter(site__in=sites, day__range=(first, last))
        .happening()
        .filter(series__is_published=True, series__is_undone=False)
        .select_related("series__activity")
        .prefetch_related("stops", "series__organisers")
        .order_by("day", "begin", "pk")
    )
    touched, opened, shut = [], 0, 0
    for row in rows:
        if row.opened_anyway:
            opened += 1
        elif row.day in shut_by_day[row.site_id]:
            shut += 1
        else:
            touched.append(row)
    names = {site.pk: site.name for site in sites} if len(sites) > 1 else {}
    hits, told, others = _hits(touched, sites, is_lifted=without is not None)
    shut_days = _on_end(shut_by_day, sites, first, last)
    return Preview(len(touched), _by_week(touched, names), opened, shut, shut_days, hits, told, others)


def _hits(rows: list[Occurrence], sites: Sequence[Site], *, is_lifted: bool) -> tuple[list[Hit], Told, list[Touch]]:
    """What the collectors say of the activities, each line only once; whom they name, with their dates; and who has no account."""
    titles: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    told: dict[User, dict[int, Held]] = defaultdict(dict)
    others: list[Touch] = []
    number = 0
    for site in sites:
        effects = _effects([row for row in rows if row.site_id == site.pk], site, is_lifted=is_lifted)
        number += len(effects)
        for (title, effect), touches in zip(effects, touched_by_each([one for _t, one in effects], site), strict=True):
            about = f"{title}, {site.name}" if len(sites) > 1 else title
            for touch in touches:
                titles[touch.kind, touch.words, touch.more].append(about)
                others += [touch] if touch.tell else []
                for user in touch.users:
                    part = part_for(effect, [touch], user)
                    told[user] |= {held.id: held for held in (part.come if is_lifted else part.gone)}
    hits = [Hit(*line, [] if len(about) == number else sorted(set(about))) for line, about in titles.items()]
    hits.sort(key=lambda hit: not hit.titles)  # what is about everything comes last
    return hits, {user: list(dates.values()) for user, dates in told.items()}, others


def _effects(rows: list[Occurrence], site: Site, *, is_lifted: bool) -> list[tuple[str, Effect]]:
    """One for each activity, with its title: its dates fall away, or come again. What comes after them is not looked up."""
    found: dict[int, tuple[str, Effect]] = {}
    for row in rows:
        activity = row.series.activity
        activity.site = site
        _title, effect = found.setdefault(
            activity.pk, (row.series.title, Effect(activity, today(site.time_zone), dates=[]))
        )
        held = held_of(row)
        effect.dates.append(Changed(None, held) if is_lifted else Changed(held, None))
        effect.organisations |= set(held.hosts)
    return list(found.values())


def _shut_days(
    sites: Sequence[Site], first: dt.date, last: dt.date, without: Closure | None
) -> dict[int, dict[dt.date, str]]:
    closures = Closure.objects.filter(partnership__in={site.partnership_id for site in sites}).touching(first, last)
    others = [closure for closure in closures if without is None or closure.pk != without.pk]
    return {site.pk: closed_days(site, others, first, last, current_language()) for site in sites}


def _on_end(
    shut_by_day: dict[int, dict[dt.date, str]], sites: Sequence[Site], first: dt.date, last: dt.date
) -> list[ShutDays]:
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    found: dict[tuple[dt.date, dt.date, str], list[str]] = defaultdict(list)
    for site in sites:
        for reason, run in groupby(days, key=shut_by_day[site.pk].get):
            if reason is not None:
                begin, *more = run
                found[begin, more[-1] if more else begin, reason].append(site.name)
    return [
        ShutDays(period_words(begin, end), reason, "" if len(names) == len(sites) else list_words(names))
        for (begin, end, reason), names in sorted(found.items())
    ]


def _by_week(rows: list[Occurrence], names: dict[int, str]) -> list[TouchedWeek]:
    weeks: dict[IsoWeek, TouchedWeek] = {}
    for row in rows:
        iso = IsoWeek.of(row.day)
        week = weeks.setdefault(iso, TouchedWeek(week_words(iso)))
        week.dates.append(
            Touched(
                row.series.title,
                day_words(row.day),
                when_words(row.begin, row.end, row.part),
                names.get(row.site_id, ""),
            )
        )
    return list(weeks.values())


def opens_from(closure: Closure, day: dt.date) -> dt.date:
    """The first day that opens again when a closure is lifted on `day`: what is past stays shut."""
    return max(closure.first_day, day)
