"""Who helps when, for the coordinator: a week of shifts with everybody's name. As many queries for one shift as for a hundred."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.urls import reverse

from partners.models import Away, Volunteer
from sites.enums import RoleKind
from sites.models import Role, Site, User
from stek.time import today

from .enums import OccurrenceStatus, SignUpState
from .iso_week import IsoWeek
from .models import Occurrence, Series, Shift, SignUp
from .my_shifts import Line, as_lines, begin_key
from .words import day_words


@dataclass(frozen=True, slots=True)
class Seated:
    """One shift with who has a place, who of them is away that day, and who waits. `missing` is how many more are needed at least."""

    line: Line
    places: list[SignUp]
    away: list[SignUp]
    waiting: list[Volunteer]
    missing: int
    url: str

    @property
    def lines_to_write_on(self) -> range:
        """On paper, one for each place that is free, or of somebody who is away; none when it does not take place."""
        free = self.line.shift.need.maximum - len(self.places) + len(self.away)
        return range(0 if self.line.state == "off" else max(0, free))

    @property
    def may_ask_around(self) -> bool:
        """Not where somebody who is away still has the last place: nobody could take it."""
        return bool(self.missing) and not self.line.is_over and len(self.places) < self.line.shift.need.maximum


@dataclass(slots=True)
class RosterDay:
    name: str
    shifts: list[Seated] = field(default_factory=list)


def roster(site: Site, iso: IsoWeek) -> list[RosterDay]:
    """The days of a week that have shifts, in order."""
    first, last = iso.monday, iso.sunday
    days: dict[dt.date, RosterDay] = {}
    for seated in _seated(site, first, last):
        day = seated.line.shift.occurrence.day
        days.setdefault(day, RosterDay(day_words(day))).shifts.append(seated)
    return [days[day] for day in sorted(days)]


def understaffed(site: Site, first: dt.date, last: dt.date) -> list[Seated]:
    """Shifts from `first` to `last` (local, inclusive) that miss somebody."""
    return [one for one in _seated(site, first, last) if one.missing]


def one_shift(shift: Shift) -> Seated:
    """`shift` is `whole`."""
    return _with_people([shift])[0]


def _seated(site: Site, first: dt.date, last: dt.date) -> list[Seated]:
    rows = Shift.objects.filter(occurrence__site=site, occurrence__day__range=(first, last)).whole()
    agreed = rows.filter(occurrence__series__is_published=True, occurrence__series__is_undone=False)
    found = _with_people(list(agreed.exclude(occurrence__status=OccurrenceStatus.WITHDRAWN)))
    return sorted(found, key=lambda one: begin_key(one.line))


def _with_people(shifts: list[Shift]) -> list[Seated]:
    found: dict[tuple[int, str], list[SignUp]] = defaultdict(list)
    day = OuterRef("shift__occurrence__day")
    away = Away.objects.filter(volunteer=OuterRef("volunteer"), first_day__lte=day, last_day__gte=day)
    places = SignUp.objects.filter(shift__in=shifts).annotate(is_away=Exists(away))
    is_away = set()
    for place in places.select_related("volunteer__user").order_by("pk"):
        found[place.shift_id, place.state].append(place)
        if place.is_away:
            is_away.add(place.pk)
    return [_one(line, found, is_away) for line in as_lines(shifts, {})]


def _one(line: Line, places: dict[tuple[int, str], list[SignUp]], is_away: set[int]) -> Seated:
    shift = line.shift
    taken = places[shift.pk, SignUpState.TAKEN]
    away = [place for place in taken if place.pk in is_away]
    missing = 0 if line.state == "off" else max(0, shift.need.minimum - len(taken) + len(away))
    waiting = [one.volunteer for one in places[shift.pk, SignUpState.WAITING] if one.volunteer]
    url = reverse("activities:roster_shift", args=[line.site.slug, shift.uuid])
    return Seated(line, taken, away, waiting, missing, url)


def may_ask_for_help(site: Site) -> list[Series]:
    """Agreements at which volunteers may help and that still have a date, by title; of those that follow each other the first."""
    coming = Occurrence.objects.filter(site=site, day__gte=today(site.time_zone))
    dated = coming.exclude(status=OccurrenceStatus.WITHDRAWN).values("series")
    rows = Series.objects.at(site).published().filter(activity__volunteers_allowed=True, pk__in=dated)
    return list(rows.exclude(follows__in=rows).order_by("title", "pk"))


def without_a_place(seated: Seated) -> list[Volunteer]:
    """Who helps at the site that day and has no place in this shift, by name."""
    taken = {place.volunteer_id for place in seated.places}
    date = seated.line.shift.occurrence
    return [one for one in helpers_of(date.site, date.day) if one.pk is None or one.pk not in taken]


def to_call(helpers: Iterable[Volunteer]) -> list[Volunteer]:
    """Those who said that we may ask, or gave a number."""
    return [one for one in helpers if one.takes_calls or one.phone]


def helpers_of(site: Site, day: dt.date) -> list[Volunteer]:
    """Everybody who helps at a site on a local day, by name; who never chose anything has a row that is not kept."""
    known = list(Volunteer.objects.helping_at(site, day).select_related("user"))
    seen = {one.user_id for one in known}
    keys = Role.objects.active(day).at(site).filter(kind=RoleKind.VOLUNTEER).values("user")
    new = [Volunteer(user=user) for user in User.objects.filter(pk__in=keys).exclude(pk__in=seen - {None})]
    return sorted([*known, *new], key=lambda one: (str(one).casefold(), one.pk or 0))


def key_of(volunteer: Volunteer) -> str:
    """In forms and addresses: of who has an account and no row yet there is only the account."""
    return f"u{volunteer.user_id}" if volunteer.user_id else f"v{volunteer.pk}"
