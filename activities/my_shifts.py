"""Shifts as a volunteer reads them: the next one large, the later ones, and those that still need somebody.

As many queries for six as for six hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Away, Volunteer
from sites.models import Site, User
from sites.words import Dutch
from stek.pages import current_language
from stek.time import clock_of, now

from .enums import OccurrenceStatus, SignUpState
from .models import Shift, SignUp
from .querysets import since
from .rules import closed_where
from .shift_rules import Hours, fits, moments_of, overlap, takes_place, who_helps
from .words import day_words, hours_words, period_words

AHEAD = dt.timedelta(weeks=8)
TAKEN = SignUpState.TAKEN


@dataclass(frozen=True, slots=True)
class Line:
    """One shift in words. `state` is "" (free), "taken" or "waiting" for who reads, or "off" when it does not take place."""

    shift: Shift
    moments: Hours | None
    day: str
    soon: str
    hours: str
    task: str
    title: str
    state: str
    places: str
    is_full: bool
    is_over: bool
    with_whom: Sequence[str] = ()

    @property
    def url(self) -> str:
        return reverse("activities:shift", args=[self.shift.uuid])

    @property
    def has_ended(self) -> bool:
        return bool(self.moments and self.moments[1] <= now())

    @property
    def site(self) -> Site:
        return self.shift.occurrence.site

    @property
    def plain_hours(self) -> str:
        """Without markup, where text alone can stand."""
        return strip_tags(self.hours)

    @property
    def where(self) -> str:
        place = self.shift.occurrence.place
        return f"{place.name}, {self.site.name}" if place else f"{self.site.name}, {self.site.municipality.name}"


def helper_of(user: User) -> Volunteer:
    """The row of somebody; one that is not kept, with what holds by default, for who never chose anything."""
    return Volunteer.objects.filter(user=user).first() or Volunteer(user=user)


def lines_of(user: User, helper: Volunteer) -> list[Line]:
    """Somebody's own shifts that are not over, by begin; those of the coming weeks that were called off too, so that nobody stands
    before a shut door."""
    if not helper.pk:
        return []
    soon = (now() + AHEAD).date()
    states = dict(SignUp.objects.filter(volunteer=helper).values_list("shift", "state"))
    rows = Shift.objects.visible_to(user).filter(pk__in=states).not_before(now()).whole()
    lines = as_lines(rows, states)
    held = {_what(line.shift) for line in lines if line.state != "off"}
    # What an agreement that follows has too, on the same day, did not fall away.
    off = [
        line
        for line in lines
        if line.state == "off" and line.shift.occurrence.day <= soon and _what(line.shift) not in held
    ]
    return by_begin(to_come([*(line for line in lines if line.state != "off"), *off]))


def _what(shift: Shift) -> tuple[int, dt.date, str]:
    """What somebody does on which day, whichever agreement asks for it."""
    return shift.occurrence.series.activity_id, shift.occurrence.day, shift.need.task


def held_instead(shift: Shift, user: User) -> Shift | None:
    """The same task on the same day under the agreement that followed, of a shift whose own agreement lost that date."""
    date = shift.occurrence
    if date.status != OccurrenceStatus.WITHDRAWN:
        return None
    same = Shift.objects.visible_to(user).filter(
        occurrence__series__activity=date.series.activity_id, occurrence__day=date.day, need__task=shift.need.task
    )
    return same.exclude(occurrence__status=OccurrenceStatus.WITHDRAWN).order_by("pk").first()


def open_lines(user: User, helper: Volunteer, *, instead_of: Shift | None = None) -> list[Line]:
    """Shifts of the coming weeks that somebody may take: where they help, of what they like, not when they are away or busy.

    `instead_of` is a shift of theirs that they would give away.
    """
    rows = (
        Shift.objects.visible_to(user).coming(now()).filter(fits(helper), occurrence__day__lte=(now() + AHEAD).date())
    )
    rows = rows.filter(occurrence__series__activity__volunteers_allowed=True).whole()
    busy: list[Hours | None] = []
    away: list[Away] = []
    if helper.pk:
        rows = rows.exclude(sign_ups__volunteer=helper)
        own = Shift.objects.filter(sign_ups__volunteer=helper, sign_ups__state=TAKEN).coming(now())
        own = own.exclude(pk=instead_of.pk) if instead_of else own
        busy = [moments_of(shift) for shift in own.select_related("need", "occurrence__site")]
        away = list(helper.away.all())
    lines = by_begin(to_come(as_lines(rows, {})))
    helps = who_helps([helper])
    free = [
        line
        for line in lines
        if line.state == "" and not _is_away(line, away) and not _is_busy(line, busy)
        and helps(helper, line.site.pk, line.shift.occurrence.day)
    ]  # fmt: skip
    # What still has a place first, each by its begin.
    return sorted(free, key=lambda line: line.is_full)


def to_come(lines: Iterable[Line]) -> list[Line]:
    """Those that are not over, and of which somebody knows the hour."""
    return [line for line in lines if line.moments and line.moments[1] > now()]


def by_begin(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=begin_key)


def begin_key(line: Line) -> tuple[Any, ...]:
    """What orders lines: their day, their hours if somebody knows them, the first made first."""
    begin = line.moments[0].timestamp() if line.moments else 0.0
    return line.shift.occurrence.day, begin, line.shift.pk


def _is_away(line: Line, away: list[Away]) -> bool:
    return any(one.covers(line.shift.occurrence.day) for one in away)


def _is_busy(line: Line, busy: list[Hours | None]) -> bool:
    return any(overlap(line.moments, other) for other in busy)


def lines_between(user: User, helper: Volunteer, first: dt.date, last: dt.date) -> list[Line]:
    """Somebody's own shifts on these local days, both inclusive."""
    return [line for line in lines_of(user, helper) if first <= line.shift.occurrence.day <= last]


def line_for(row: Shift, user_id: int | None) -> Line:
    """One shift, which is `whole`, as somebody stands in it."""
    mine = SignUp.objects.filter(shift=row, volunteer__user=user_id).values_list("shift", "state")
    return as_lines([row], dict(mine))[0]


def as_lines(rows: Iterable[Shift], states: dict[int, str]) -> list[Line]:
    """In the order of the rows, which are `whole`. `states` is key of a shift -> how the reader stands in it."""
    shifts = list(rows)
    closed = closed_where(shift.occurrence for shift in shifts)
    return [_line(shift, states.get(shift.pk, ""), takes_place(shift, closed)) for shift in shifts]


def _line(shift: Shift, state: str, is_on: bool) -> Line:
    date, need, moments = shift.occurrence, shift.need, moments_of(shift)
    hours = ""
    if moments:
        begin, end = (moment.astimezone(clock_of(date.site.time_zone)).time() for moment in moments)
        hours = hours_words(begin, end)
    free = need.maximum - shift.taken  # type: ignore[attr-defined]  # a column of `whole`
    return Line(
        shift=shift, moments=moments, day=day_words(date.day), soon=_soon(shift), hours=hours, task=task_words(shift),
        title=Dutch(date.series.title), state=state if is_on else "off", places=_places(free, need.maximum),
        is_full=free <= 0, is_over=bool(moments and moments[0] <= now()),
    )  # fmt: skip


def share_words(line: Line) -> str:
    """What a coordinator may send on in a group: what, when, where, and where to say yes. Nobody's name; empty when there is nothing to ask."""
    if line.state == "off" or line.is_over or line.is_full:
        return ""
    words = {
        "task": line.task, "title": line.title, "place": line.site.name, "day": line.day, "hours": line.plain_hours,
        "places": line.places, "link": settings.STEK_BASE_URL + line.url,
    }  # fmt: skip
    return (
        _("Wie helpt mee? %(task)s bij %(title)s in %(place)s, %(day)s, %(hours)s: %(places)s. Zeg hier ja: %(link)s")
        % words
    )


def task_words(shift: Shift) -> str:
    """What is to be done, in the reader's language where somebody wrote it."""
    return shift.need.task_translations.get(current_language()) or Dutch(shift.need.task)


def _soon(shift: Shift) -> str:
    """“vandaag”, “morgen”, “over 4 dagen”; empty when it is further than two weeks."""
    day = now().astimezone(clock_of(shift.occurrence.site.time_zone)).date()
    days = (shift.occurrence.day - day).days
    if days <= 1:
        return _("vandaag") if days <= 0 else _("morgen")
    return ngettext("over %(days)d dag", "over %(days)d dagen", days) % {"days": days} if days <= 14 else ""


def _places(free: int, maximum: int) -> str:
    if free <= 0:
        return _("Volzet")
    sentence = ngettext(
        "nog %(free)d van %(maximum)d plaats vrij", "nog %(free)d van %(maximum)d plaatsen vrij", maximum
    )
    return sentence % {"free": free, "maximum": maximum}


def with_others(line: Line, user: User) -> Line:
    """With the first names of who else has a place and agreed that others see it, and how many more there are."""
    others = SignUp.objects.filter(shift=line.shift, state=TAKEN, volunteer__isnull=False).exclude(
        volunteer__user=user.pk
    )
    people = [one.volunteer for one in others.select_related("volunteer__user") if one.volunteer]
    names = [one.first_name for one in people if one.shows_first_name and one.first_name]
    if more := len(people) - len(names):
        names.append(ngettext("nog %(number)d iemand", "nog %(number)d anderen", more) % {"number": more})
    return replace(line, with_whom=names)


def away_words(helper: Volunteer) -> list[dict[str, Any]]:
    """Somebody's days away that are not over: key and words, "10 tot en met 20 oktober 2023"."""
    if not helper.pk:
        return []
    rows = helper.away.filter(last_day__gte=since(now()))
    return [{"key": row.pk, "words": period_words(row.first_day, row.last_day)} for row in rows]


def consent_words(helper: Volunteer) -> list[str]:
    """What somebody says yes to, each with the day they did."""
    if not helper.pk:
        return []
    rows = helper.consents.filter(withdrawn_on__isnull=True)
    words = _("%(what)s: sinds %(day)s")
    return [
        words % {"what": capfirst(row.get_what_display()), "day": day_words(row.given_on, year=True)} for row in rows
    ]
