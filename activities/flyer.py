"""The flyer of a week: what `templates/papers/flyer.typ` is told. It says what the week's page says, and nothing else."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sites.words import sentence
from stek.paper.said import Run, said

from .house import move_words
from .lines import Day, Week
from .on_paper import front, line, moved_words, scan, undated, whereabouts
from .words import run_words, week_words

FORMATS = ("a4", "a5")


def flyer(week: Week, format: str = "a4") -> dict[str, Any]:
    """Plain values, in the language of the week."""
    with override(week.language):
        words = week_words(week.iso)
        lines = [*week.items, *week.undated]
        return front(week.site) | {
            "format": format,
            "title": _("%(name)s, week van %(week_words)s") % {"name": week.site.name, "week_words": words},
            "when": _("Week van %(week_words)s") % {"week_words": words},
            "moved": moved_words(week.moved_from, week.home),
            "days": days(week),
            "undated": undated(week.undated),
            "shut": [],
            "where": whereabouts(
                week.site, week.home.place if week.home else None, [move_words(home) for home in week.moves]
            ),
            "code": scan(week.site, f"/{week.site.slug}/", _("Wat is er deze week?")),
            "has_examples": any(item.example for item in lines),
        }


def days(week: Week) -> list[dict[str, Any]]:
    """Each day, or some on end on which there is nothing, for the same reason, as one."""
    told: list[dict[str, Any]] = []
    for _reason, run in groupby(week.days, key=lambda day: day.date if day.items else day.closed):
        first, *rest = run
        told.append(_day(first) if first.items else _quiet(first, rest[-1] if rest else first))
    return told


def _day(day: Day) -> dict[str, Any]:
    return {
        "number": str(day.date.day),
        "name": day.name,
        "closed": _shut(day) if day.closed else [],
        "items": [line(item) for item in day.items],
        "empty": "",
    }


def _quiet(first: Day, last: Day) -> dict[str, Any]:
    return {
        "number": str(first.date.day) if first is last else f"{first.date.day}–{last.date.day}",
        "name": first.name if first is last else run_words(first.date, last.date),
        "closed": _shut(first) if first.closed else [],
        "items": [],
        "empty": "" if first.closed else _("niets gepland"),
    }


def _shut(day: Day) -> list[Run]:
    return said(sentence(_("Dicht: %(reason)s"), reason=day.closed))
