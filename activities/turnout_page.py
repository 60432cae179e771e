"""What a coordinator reads of how many people come to one activity, and of all of a site: sentences, drawings, tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.models import Site
from sites.words import Dutch, date_words, sentence
from stek.charts import Bar, Line, Mark, bars, lines, table
from stek.pages import current_language
from stek.time import now, today

from .count_rules import has_begun, has_ended, takes_place
from .models import Activity, Occurrence, Series
from .rules import closed_where
from .to_count import Held, line_of, with_words
from .turnout import (
    ENOUGH,
    LATELY,
    Advice,
    Counted,
    Moment,
    Move,
    Neighbour,
    advise,
    counted_at,
    moments,
    moves_at,
    neighbours,
    titles_of,
)

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One activity in the list of a site. `is_quiet`: something busier is on at another moment."""

    title: str
    words: str
    is_quiet: bool
    url: str


@dataclass(frozen=True, slots=True)
class Hint:
    """The quiet moment beside the busy one, and why it is said. `change` is where the agreement is changed."""

    title: str
    quiet: str
    quiet_number: str
    quiet_times: str
    busy: str
    busy_number: str
    busy_times: str
    why: str
    change: str


@dataclass(frozen=True, slots=True)
class Turnout:
    """Everything the page of one activity tells."""

    title: str
    sentence: str
    is_example: bool
    is_enough: bool
    has_before: bool
    off: str
    reason: str
    chart: SafeString | str
    figures: SafeString | str
    course: SafeString | str
    course_figures: SafeString | str
    hint: Hint | None
    is_busiest: bool
    lately: list[Held]


def number_words(number: float) -> str:
    """“3,1”; a whole number has no comma."""
    return number_format(round(number, 1), 0 if round(number, 1).is_integer() else 1)


def turnout_list(site: Site) -> list[Row]:
    """What runs at a site today or was counted in the last half year, the busiest first. Four queries."""
    day = today(site.time_zone)
    rows, moves = counted_at(site, day), moves_at(site, day)
    others = neighbours(site, rows, moves, day)
    by_activity: dict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        by_activity[row.activity_id].append(row)
    latest = by_activity.keys() - {key for key, some in by_activity.items() if some[-1].day <= day - LATELY}
    titles = titles_of(Series.objects.at(site).published())
    made = [_row(site, key, titles[key], by_activity[key], moves.get(key), others) for key in latest]
    return [row for _average, row in sorted(made, key=lambda one: (-one[0], one[1].title.casefold()))]


def _row(
    site: Site, key: int, title: str, rows: list[Counted], move: Move | None, others: Sequence[Neighbour]
) -> tuple[float, Row]:
    found = moments(rows, move.day if move else None)
    now_there = [one for one in found if not one.is_before]
    average = _average(now_there)
    advice = advise(found, [one for one in others if one.activity_id != key])
    slots = ", ".join(one.words for one in now_there)
    words = _("%(when)s: gemiddeld %(number)s mensen") % {"when": slots, "number": number_words(average)}
    url = reverse("activities:turnout", args=[site.slug, key])
    is_quiet = advice is not None and advice.after is None
    return average, Row(title, words if now_there else _("Nog niet geteld sinds de verhuis."), is_quiet, url)


def _average(some: Sequence[Moment]) -> float:
    return sum(one.people for one in some) / max(1, sum(one.times for one in some))


def turnout(site: Site, activity: Activity) -> Turnout:
    """How one activity goes: before and after its last move, by month, and beside what else is on. A dozen queries, whatever there is."""
    day = today(site.time_zone)
    everything, moves = counted_at(site, day), moves_at(site, day)
    rows = [row for row in everything if row.activity_id == activity.pk]
    move = moves.get(activity.pk)
    found = moments(rows, move.day if move else None)
    others = [one for one in neighbours(site, everything, moves, day) if one.activity_id != activity.pk]
    advice = advise(found, others)
    agreements = Series.objects.filter(activity=activity).published()
    series, titles = agreements.order_by("first_day", "pk").last(), titles_of(agreements)
    told, skipped = _sentence(found, move), sum(row.people is None for row in rows)
    times = ngettext("%(number)d keer ging het niet door.", "%(number)d keer ging het niet door.", skipped)
    now_there = [one for one in found if not one.is_before]
    return Turnout(
        title=titles.get(activity.pk, activity.slug),
        sentence=told,
        is_example=any(row.is_example for row in everything),
        has_before=len(now_there) < len(found),
        is_enough=sum(one.times for one in now_there) >= ENOUGH,
        off=times % {"number": skipped} if skipped else "",
        reason=_reason(move),
        chart=_chart(found, move, told),
        figures=_figures(found, move),
        course=_course(rows, move),
        course_figures=_course_figures(rows),
        hint=_hint(site, advice, series) if advice else None,
        is_busiest=bool(now_there) and all(_average(now_there) >= one.moment.average for one in others),
        lately=_lately(activity, day),
    )


def _sentence(found: Sequence[Moment], move: Move | None) -> str:
    now_there, before = [one for one in found if not one.is_before], [one for one in found if one.is_before]
    words = {"after": number_words(_average(now_there)), "before": number_words(_average(before))}
    if not now_there:
        return _("Sinds de laatste verandering is er nog niet geteld.") if before else ""
    if move and before:
        words["day"] = _day(move.day)
        return _("Sinds %(day)s komen er gemiddeld %(after)s mensen. Daarvoor waren het er %(before)s.") % words
    return _("Er komen gemiddeld %(after)s mensen.") % words


def _day(day: dt.date) -> str:
    return date_words(day, _("j F Y"))


def _reason(move: Move | None) -> str:
    if move is None or not move.reason:
        return ""
    return move.reason_translations.get(current_language()) or Dutch(move.reason)


def _times(moment: Moment) -> str:
    sentence = ngettext("%(number)d keer geteld", "%(number)d keer geteld", moment.times)
    return sentence % {"number": moment.times}


def _period(moment: Moment, move: Move | None) -> str:
    """When it was at this moment: “tot 8 februari 2023”, “sinds 9 februari 2023”; without a move the days of the counts."""
    if move is None:
        return _("%(first)s tot %(last)s") % {"first": _day(moment.first), "last": _day(moment.last)}
    if moment.is_before:
        return _("tot %(day)s") % {"day": _day(move.day - dt.timedelta(days=1))}
    return _("sinds %(day)s") % {"day": _day(move.day)}


def _chart(found: Sequence[Moment], move: Move | None, title: str) -> SafeString | str:
    if not found:
        return ""
    rows = [
        Bar(
            one.words, one.average, number_words(one.average),
            note=_("%(period)s, %(times)s") % {"period": _period(one, move), "times": _times(one)}, is_before=one.is_before,
        )
        for one in found
    ]  # fmt: skip
    about = "; ".join(f"{row.label}, {row.note}: {row.words}" for row in rows)
    return bars("moments", title, about, rows)


def _figures(found: Sequence[Moment], move: Move | None) -> SafeString | str:
    heads = [_("Moment"), _("Wanneer"), _("Gemiddeld"), _("Keer geteld")]
    rows = [(one.words, _period(one, move), number_words(one.average), str(one.times)) for one in found]
    return table(_("Gemiddeld aantal mensen per moment van de week"), heads, rows) if rows else ""


def _by_month(rows: Sequence[Counted]) -> dict[dt.date, list[Counted]]:
    """First day of a month -> what was counted in it, for each month from the first to the last."""
    counted = [row for row in rows if row.people is not None]
    if not counted:
        return {}
    month, last = counted[0].day.replace(day=1), counted[-1].day
    found: dict[dt.date, list[Counted]] = {}
    while month <= last:
        found[month] = []
        month = (month + dt.timedelta(days=32)).replace(day=1)
    for row in counted:
        found[row.day.replace(day=1)].append(row)
    return found


def _month_average(some: Sequence[Counted]) -> float | None:
    people = [row.people for row in some if row.people is not None]
    return sum(people) / len(people) if people else None


def _course(rows: Sequence[Counted], move: Move | None) -> SafeString | str:
    """Month by month; a month without a count breaks the line."""
    months = _by_month(rows)
    if len(months) < 2:
        return ""
    moved = move.day if move else dt.date.min
    drawn = [Line(_("nu"), [_month_average([row for row in some if row.day >= moved]) for some in months.values()])]
    marks = []
    if move and any(row.day < moved for row in rows):
        before = [_month_average([row for row in some if row.day < moved]) for some in months.values()]
        drawn.insert(0, Line(_("ervoor"), before, is_before=True))
        marks = [Mark(_place(move.day, list(months)), _("verplaatst op %(day)s") % {"day": _day(move.day)})]
    title = _("Gemiddeld aantal mensen per maand")
    about = _("Van %(first)s tot %(last)s. Elke maand staat in de tabel.")
    first, *_others, last = months
    said = about % {"first": _month(first), "last": _month(last)}
    return lines("course", title, said, [_axis(month) for month in months], drawn, marks)


def _place(day: dt.date, months: list[dt.date]) -> int:
    """Where a day stands on an axis of months: at its own, which has what was before and what came after."""
    return (day.year - months[0].year) * 12 + day.month - months[0].month


def _axis(month: dt.date) -> str:
    """January by its year and July by its name: more does not fit on a telephone."""
    return str(month.year) if month.month == 1 else date_words(month, "F") if month.month == 7 else ""


def _month(month: dt.date) -> str:
    return date_words(month, _("F Y"))


def _course_figures(rows: Sequence[Counted]) -> SafeString | str:
    months = _by_month(rows)
    heads = [_("Maand"), _("Gemiddeld"), _("Keer geteld")]
    cells = [
        (_month(month), number_words(_month_average(some) or 0) if some else "–", str(len(some)))
        for month, some in months.items()
    ]
    return table(_("Gemiddeld aantal mensen per maand"), heads, cells) if len(cells) > 1 else ""


def _hint(site: Site, advice: Advice, series: Series | None) -> Hint:
    quiet, busy = advice.quiet, advice.busy
    words = {
        "other": busy.title, "quiet": quiet.words, "busy": busy.moment.words, "few": number_words(quiet.average),
        "many": number_words(busy.moment.average), "after": number_words(advice.after.average) if advice.after else "",
    }  # fmt: skip
    if advice.after:
        title = _("Combineren met %(other)s hielp")
        why = _("Op %(quiet)s kwamen er gemiddeld %(few)s mensen. Nu het samen is met %(other)s zijn het er %(after)s.")
    else:
        title = _("Combineer met %(other)s")
        why = _(
            "Op %(quiet)s komen er gemiddeld %(few)s mensen. Op %(busy)s zijn er bij %(other)s gemiddeld %(many)s: wie daar is,"
            " hoeft geen tweede keer te komen."
        )
    return Hint(
        title=sentence(title, **words),
        quiet=quiet.words, quiet_number=words["few"], quiet_times=_times(quiet),
        busy=sentence(_("%(busy)s, %(other)s"), **words), busy_number=words["many"], busy_times=_times(busy.moment),
        why=sentence(why, **words),
        change=reverse("activities:change_agreement", args=[site.slug, series.pk]) if series and not advice.after else "",
    )  # fmt: skip


def _lately(activity: Activity, day: dt.date) -> list[Held]:
    """The last times it took place, the newest first, counted or not."""
    moment = now()
    rows = Occurrence.objects.filter(series__activity=activity, day__lte=day).agreed().happening()
    newest = with_words(rows).order_by("-day", F("begins_at").desc(nulls_last=True), "-pk")
    dates = [one for one in newest[: 2 * SHOWN] if has_begun(one, moment)]
    closed = closed_where(dates)
    return [line_of(one, has_ended(one, moment)) for one in dates if takes_place(one, closed)][:SHOWN]
