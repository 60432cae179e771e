"""Hours that somebody helped: places in shifts that are over and took place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.models import Volunteer
from sites.models import Site
from sites.words import date_words
from stek import sheets
from stek.sheets import Sheet
from stek.time import now

from .enums import SignUpState
from .models import Shift, SignUp
from .my_shifts import Line, as_lines, by_begin


@dataclass(frozen=True, slots=True)
class Month:
    """One month of somebody's help, `minutes` in all."""

    name: str
    lines: list[Line]
    minutes: int

    @property
    def hours(self) -> str:
        return hours_words_of(self.minutes)


def hours_of(volunteer: Volunteer) -> list[Month]:
    """The newest month first. Whoever handed a shift back was not there, and who was asked nothing is not counted."""
    if not volunteer.pk:
        return []
    own = SignUp.objects.filter(volunteer=volunteer, state=SignUpState.TAKEN).values("shift")
    rows = (
        Shift.objects.filter(pk__in=own, occurrence__day__lte=now().date() + dt.timedelta(days=1)).not_fallen().whole()
    )
    done = [line for line in as_lines(rows, {}) if _took_place(line)]
    months: dict[tuple[int, int], list[Line]] = {}
    for line in by_begin(done):
        day = line.shift.occurrence.day
        months.setdefault((day.year, day.month), []).append(line)
    # Translators: Django date format of a month with its year.
    return [
        Month(date_words(lines[0].shift.occurrence.day, _("F Y")), lines, sum(map(minutes_of, lines)))
        for _key, lines in sorted(months.items(), reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class Person:
    """What one of those who help did at a site in a period; without a name who was forgotten since, all of them together."""

    name: str
    times: int
    minutes: int

    @property
    def hours(self) -> str:
        return hours_words_of(self.minutes)


def hours_at(site: Site, first: dt.date, last: dt.date) -> list[Person]:
    """From `first` to `last` (local, inclusive), who did most first, the forgotten last. As many queries for one as for a hundred."""
    rows = Shift.objects.filter(occurrence__site=site, occurrence__day__range=(first, last)).not_fallen().whole()
    done = {line.shift.pk: minutes_of(line) for line in as_lines(rows, {}) if _took_place(line)}
    places = SignUp.objects.filter(shift__in=done, state=SignUpState.TAKEN).select_related("volunteer__user")
    found: dict[Volunteer | None, list[int]] = defaultdict(list)
    for place in places:
        found[place.volunteer].append(done[place.shift_id])
    people = [Person(str(who) if who else "", len(some), sum(some)) for who, some in found.items()]
    return sorted(people, key=lambda one: (not one.name, -one.minutes, one.name.casefold()))


def _took_place(line: Line) -> bool:
    return line.state != "off" and line.moments is not None and line.moments[1] <= now()


def minutes_of(line: Line) -> int:
    assert line.moments is not None
    return int((line.moments[1] - line.moments[0]).total_seconds() // 60)


def sum_of(some: Sequence[Month] | Sequence[Person]) -> str:
    return hours_words_of(sum(one.minutes for one in some))


def hours_words_of(minutes: int) -> str:
    """“3 u 30”."""
    return _("%(hours)d u %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}


def as_csv(months: list[Month]) -> str:
    """Day, site, task and minutes, one shift a line."""
    lines = [
        (str(line.shift.occurrence.day), line.site.name, str(line.task), str(minutes_of(line)))
        for month in months
        for line in month.lines
    ]
    return sheets.as_csv([Sheet("", [_("dag"), _("plek"), _("taak"), _("minuten")], lines)])


def people_as_csv(people: list[Person]) -> str:
    """Name, how many shifts, and minutes, one person a line."""
    lines = [(one.name or _("zonder naam"), str(one.times), str(one.minutes)) for one in people]
    return sheets.as_csv([Sheet("", [_("naam"), _("beurten"), _("minuten")], lines)])
