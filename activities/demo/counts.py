"""Two years of example counts, so that somebody who looks sees how evaluating goes. Every one of them is made up, and says so.

Plausible and the same each time: a busy Thursday at the grocery, a quiet Monday, less in summer and around New Year, slowly more in the
first weeks. Help with forms at 't Kattegat draws few on Mondays and more once it is beside the grocery: that it did is what the report
tells (S1:563, S1:1146, S1:1206), how many came is ours.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from activities.models import Attendance, Occurrence, Presence
from activities.rules import closed_where
from activities.turnout import SPAN
from stek.time import today

from .people import KANTINE, KATTEGAT

# (site, activity) -> how many come on an ordinary day, from the first agreement on; another number for each weekday it was on.
MONDAY, TUESDAY, THURSDAY = 0, 1, 3
USUAL: dict[tuple[str, str], dict[int, float]] = {
    (KANTINE, "ontmoetingsmoment"): {TUESDAY: 14},
    (KANTINE, "open-leersalon"): {TUESDAY: 7},
    (KANTINE, "koffie-en-formulieren"): {THURSDAY: 9},
    (KANTINE, "kruideniertje"): {THURSDAY: 27},
    (KATTEGAT, "ontmoetingsmoment"): {MONDAY: 7},
    (KATTEGAT, "koffie-en-formulieren"): {MONDAY: 3, THURSDAY: 8},
    (KATTEGAT, "de-cirkel"): {THURSDAY: 24},
}
# What is on once, by its kind.
ONCE = {"event": 58, "open_day": 44, "excursion": 17, "ideas_table": 13, "cooking": 12, "on_the_road": 15}
ANYTHING_ELSE = 9
WITH_VOLUNTEERS = {"kruideniertje", "de-cirkel"}
# Nobody counted these of the last seven days yet: something to do for who looks.
TO_DO = {(KANTINE, "koffie-en-formulieren"), (KATTEGAT, "koffie-en-formulieren"), (KATTEGAT, "ontmoetingsmoment")}
RAMP = 8  # weeks in which people still have to hear of it


def load_counts() -> None:
    """Once: what was counted since then is somebody's."""
    if Attendance.objects.exists():
        return
    day = today()
    rows = Occurrence.objects.agreed().happening().filter(site__slug__in=[KANTINE, KATTEGAT])
    dates = list(
        rows.filter(day__gt=day - SPAN, day__lt=day).order_by("day", "pk")
        .select_related("site", "series__activity__type").prefetch_related("series__organisers", "guests")
    )  # fmt: skip
    closed = closed_where(dates)
    held = [one for one in dates if one.opened_anyway or one.day not in closed[one.site_id]]
    made = [row for one in held if (row := _count(one, day))]
    Attendance.objects.bulk_create(made)
    Presence.objects.bulk_create(
        Presence(attendance=row, organisation_id=one)
        for row in made
        if row.took_place
        for one in _there(row.occurrence)
    )


def _count(date: Occurrence, day: dt.date) -> Attendance | None:
    """None for what nobody counted."""
    key, chance = _key(date), _chance(date)
    if (key in TO_DO and date.day >= day - dt.timedelta(days=7)) or chance.random() < 0.03:
        return None
    if chance.random() < 0.015:
        return Attendance(occurrence=date, took_place=False, is_example=True)
    expected = _usual(date) * season(date.day) * _known(date)
    people = max(0, round(chance.gauss(expected, expected**0.5 * 0.8)))
    new = sum(chance.random() < 0.08 for _person in range(people))
    helps = date.series.with_volunteers or key[1] in WITH_VOLUNTEERS
    return Attendance(
        occurrence=date, people=people, new_faces=new, volunteers=chance.randint(1, 3) if helps else 0, is_example=True
    )


def _key(date: Occurrence) -> tuple[str, str]:
    return date.site.slug, date.series.activity.slug


def _chance(date: Occurrence, what: str = "") -> random.Random:
    """The same for the same date, on every machine and each time."""
    return random.Random(f"{_key(date)} {date.original_date} {what}")  # noqa: S311  # an example, no secret


def _usual(date: Occurrence) -> float:
    by_weekday = USUAL.get(_key(date), {})
    return by_weekday.get(date.day.weekday()) or ONCE.get(date.series.activity.type.code, ANYTHING_ELSE)


def season(day: dt.date) -> float:
    """People are away in summer and around New Year."""
    if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 4):
        return 0.55
    return {7: 0.65, 8: 0.7}.get(day.month, 1.0)


def _known(date: Occurrence) -> float:
    weeks = (date.day - date.series.first_day).days // 7
    return min(1.0, 0.7 + 0.3 * weeks / RAMP) if date.series.weekday is not None else 1.0


def _there(date: Occurrence) -> Iterable[int]:
    """Who organises it is nearly always there."""
    chance = _chance(date, "there")
    organisers = [one.organisation_id for one in date.series.organisers.all() if chance.random() < 0.95]
    return dict.fromkeys([*organisers, *(one.organisation_id for one in date.guests.all())])
