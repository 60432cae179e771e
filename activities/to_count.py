"""Dates that are to be counted or were, as a line: for `/mijn/`, the desk and the list of counts.

As many queries for one date as for a hundred.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.enums import RoleKind
from sites.models import Site, User
from sites.words import Dutch
from stek.pages import current_language
from stek.time import now

from .count_rules import OPEN_DAYS, has_begun, has_ended, is_open, takes_place
from .models import Attendance, Occurrence
from .querysets import OccurrenceQuerySet
from .rules import closed_where
from .words import day_words, when_words


@dataclass(frozen=True, slots=True)
class Held:
    """One date that began. `counted` is what was counted, in words; empty when nobody did yet. `is_over`: it has ended."""

    uuid: uuid.UUID
    title: str
    day: str
    hours: str
    place: str
    counted: str
    is_over: bool

    @property
    def url(self) -> str:
        return reverse("activities:count", args=[self.uuid])


def to_count(user: User) -> dict[str, Any] | None:
    """The block of `/mijn/`: dates of the last seven days of one's own organisations; None for who works for none."""
    if not user.has_role(RoleKind.PARTNER_WORKER):
        return None
    held = held_lately(Occurrence.objects.of_own_organisation(user))
    return {"missing": [one for one in held if not one.counted], "counted": [one for one in held if one.counted]}


def missing_at(site: Site) -> list[Held]:
    """What took place at a site in the last seven days, is over, and was not counted; the oldest first."""
    return [one for one in held_lately(Occurrence.objects.at(site)) if one.is_over and not one.counted]


def held_lately(rows: OccurrenceQuerySet) -> list[Held]:
    """What took place in the last seven days, or is on now, by day and hour. Three queries."""
    moment = now()
    # A day more on both sides: it is another day elsewhere, and what began in the evening may last.
    first, last = (moment - OPEN_DAYS).date() - dt.timedelta(days=1), moment.date() + dt.timedelta(days=1)
    dates = list(with_words(rows.agreed().happening().filter(day__range=(first, last))))
    closed = closed_where(dates)
    held = (one for one in dates if is_open(one, moment) and has_begun(one, moment) and takes_place(one, closed))
    return [line_of(one, has_ended(one, moment)) for one in held]


def with_words(rows: OccurrenceQuerySet) -> OccurrenceQuerySet:
    """With the title in the reader's language, where somebody wrote it."""
    in_language = Q(series__texts__language=current_language())
    return (
        rows.annotate(text=FilteredRelation("series__texts", condition=in_language), text_title=F("text__title"))
        .select_related("series__activity", "site__municipality", "attendance")
        .order_by("day", F("begins_at").asc(nulls_last=True), "series__title", "pk")
    )


def line_of(date: Occurrence, is_over: bool) -> Held:
    """`date` has `text_title` and its count fetched along."""
    return Held(
        uuid=date.uuid,
        title=date.text_title or Dutch(date.series.title),  # type: ignore[attr-defined]  # a column of `with_words`
        day=day_words(date.day),
        hours=when_words(date.begin, date.end, date.part),
        place=date.site.name,
        counted=counted_words(getattr(date, "attendance", None)),
        is_over=is_over,
    )


def counted_words(row: Attendance | None) -> str:
    """“14 mensen, 3 voor het eerst”, “Ging niet door”; empty when nobody counted."""
    if row is None:
        return ""
    if row.people is None:
        return _("Ging niet door")
    people = ngettext("%(number)d mens", "%(number)d mensen", row.people) % {"number": row.people}
    if row.new_faces is None:
        return people
    new = ngettext("%(number)d voor het eerst", "%(number)d voor het eerst", row.new_faces) % {"number": row.new_faces}
    return _("%(people)s, %(new)s") % {"people": people, "new": new}
