"""Is it open now, or when next: the sentence on the wall of the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from sites.words import sentence
from stek.time import clock_of

from .enums import Part
from .lines import Item, Week, is_over, is_running
from .words import day_words, hours_words, part_words, time_words


@dataclass(frozen=True, slots=True)
class Opening:
    """`sentence` may hold `<bdi>`; `hint` says what is not known; `is_lit` lights the windows of the house."""

    sentence: str
    hint: str = ""
    is_lit: bool = False
    next: str = ""


def opening(week: Week) -> Opening:
    """What the wall says today. Call it for the week that holds today, in the active language."""
    local = week.now.astimezone(clock_of(week.site.time_zone))
    items = week.today_items
    here = [item for item in items if not item.is_away]
    late = [item for item in week.late_items if not item.is_away]
    running = [item for item in [*late, *here] if is_running(item.begins_at, item.ends_at, week.now)]
    if running and (end := _shuts_at(running[0], week)):
        until = format_html('<bdi dir="ltr">{}</bdi>', time_words(end))
        return Opening(format_html(_("Nu open, tot {end} uur"), end=until), is_lit=True)
    to_come = [item for item in items if not is_over(item.ends_at, item.part, week.now, local.time())]
    if later := [item for item in to_come if not item.is_away]:
        return _later_today(later[0], week)
    if to_come and not here:
        hint = _("Vandaag zijn we op een andere plek. Kijk hieronder.")
        return Opening(_("Vandaag op pad"), hint, next=_next_words(week, _again))
    return _next_time(week, had_something=bool(items))


def _shuts_at(first: Item, week: Week) -> dt.time | None:
    """Local time at which the door shuts: what begins by the time the last one ends keeps it open."""
    known = [item for item in week.late_items if not item.is_away]
    known += [item for day in week.days for item in day.items_at_home]
    end, ends_at = first.end, first.ends_at
    for next_begin, next_ends_at, next_end in sorted(
        (item.begins_at, item.ends_at, item.end) for item in known if item.begins_at and item.ends_at and item.end
    ):
        if ends_at and next_begin <= ends_at < next_ends_at:
            end, ends_at = next_end, next_ends_at
    return end


def _later_today(item: Item, week: Week) -> Opening:
    if item.begin and (end := _shuts_at(item, week)):
        return Opening(format_html(_("Vandaag open van {hours}"), hours=hours_words(item.begin, end)), is_lit=True)
    hint = _("Het juiste uur staat hier nog niet.")
    if item.part:
        words = {
            Part.MORNING: _("Vandaag open in de {mark}voormiddag{end}"),
            Part.AFTERNOON: _("Vandaag open in de {mark}namiddag{end}"),
            Part.EVENING: _("Vandaag open in de {mark}avond{end}"),
        }[Part(item.part)]
        marked = format_html(words, mark=mark_safe('<span class="maybe">'), end=mark_safe("</span>"))
        return Opening(marked, hint, is_lit=True)
    return Opening(_("Vandaag open"), hint, is_lit=True)


def _next_time(week: Week, *, had_something: bool) -> Opening:
    closed = next((day.closed for day in week.days if day.is_today), "")
    unsure = any(item.offer.is_on(week.today, week.today) for item in week.undated)
    if had_something:
        words = _("Vandaag niet meer open")
    elif closed:
        words = sentence(_("Vandaag dicht: %(reason)s"), reason=closed)
    elif unsure:
        # Nobody knows the day of some of what is on each week: it may be today.
        return Opening(_("Vandaag staat er niets vast op het programma"), next=_next_words(week, _surely))
    else:
        words = _("Vandaag dicht")
    return Opening(words, next=_next_words(week, _again))


def _next_words(week: Week, when: Callable[[dt.date, Item | None], str]) -> str:
    for day in week.days:
        if day.date > week.today and day.items_at_home:
            return when(day.date, day.items_at_home[0])
    return when(week.opens_on, None) if week.opens_on else ""


def _again(day: dt.date, item: Item | None) -> str:
    if item and item.begin and item.end:
        words = _("Weer open op {day}, {hours}.")
        return format_html(words, day=day_words(day), hours=hours_words(item.begin, item.end))
    if item and item.part:
        return _("Weer open op %(day)s, %(part)s.") % {"day": day_words(day), "part": part_words(item.part)}
    return _("Weer open op %(day)s.") % {"day": day_words(day)}


def _surely(day: dt.date, item: Item | None) -> str:
    if item and item.begin and item.end:
        words = _("Zeker open op {day}, {hours}.")
        return format_html(words, day=day_words(day), hours=hours_words(item.begin, item.end))
    if item and item.part:
        return _("Zeker open op %(day)s, %(part)s.") % {"day": day_words(day), "part": part_words(item.part)}
    return _("Zeker open op %(day)s.") % {"day": day_words(day)}
