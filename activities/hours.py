"""Hours that somebody helped: places in shifts that are over and took place."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.models import Volunteer
from sites.words import date_words
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
    rows = Shift.objects.filter(pk__in=own, occurrence__day__lte=now().date() + dt.timedelta(days=1)).whole()
    done = [line for line in as_lines(rows, {}) if line.state != "off" and line.moments and line.moments[1] <= now()]
    months: dict[tuple[int, int], list[Line]] = {}
    for line in by_begin(done):
        day = line.shift.occurrence.day
        months.setdefault((day.year, day.month), []).append(line)
    # Translators: Django date format of a month with its year.
    return [
        Month(date_words(lines[0].shift.occurrence.day, _("F Y")), lines, sum(map(minutes_of, lines)))
        for _key, lines in sorted(months.items(), reverse=True)
    ]


def minutes_of(line: Line) -> int:
    assert line.moments is not None
    return int((line.moments[1] - line.moments[0]).total_seconds() // 60)


def sum_of(months: list[Month]) -> str:
    return hours_words_of(sum(month.minutes for month in months))


def hours_words_of(minutes: int) -> str:
    """“3 u 30”."""
    return _("%(hours)d u %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}


def as_csv(months: list[Month]) -> str:
    """Day, site, task and minutes, one shift a line. What begins like a formula gets a quote before it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("dag"), _("plek"), _("taak"), _("minuten")])
    for month in months:
        for line in month.lines:
            words = (str(line.shift.occurrence.day), line.site.name, str(line.task), str(minutes_of(line)))
            writer.writerow([f"'{word}" if word[:1] in "=+-@\t\r" else word for word in words])
    return "\ufeff" + text.getvalue()
