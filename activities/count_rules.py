"""May a date be counted, by whom, and what was counted. Never writes."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Engagement, Organisation
from sites.models import User
from sites.rules import coordinates
from stek.time import clock_of

from .enums import OccurrenceStatus, Part
from .lines import PART_WINDOWS, is_over
from .models import Attendance, Occurrence
from .rules import Closed

# A week: who was there on Thursday is asked on Thursday, at the latest at the next one. After that only a coordinator corrects.
OPEN_DAYS = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted on one date. `present` are keys of organisations; None is "not counted"."""

    took_place: bool = True
    people: int | None = None
    new_faces: int | None = None
    volunteers: int | None = None
    note: str = ""
    present: frozenset[int] = frozenset()

    @property
    def whole(self) -> Count:
        """What did not take place has no numbers and nobody was there."""
        return self if self.took_place else Count(took_place=False, note=self.note)


def count_of(row: Attendance | None) -> Count | None:
    """What is kept. One query for who was there, unless `presences` were fetched along."""
    if row is None:
        return None
    present = frozenset(one.organisation_id for one in row.presences.all())
    return Count(row.took_place, row.people, row.new_faces, row.volunteers, row.note, present)


def stamp(count: Count | None) -> str:
    """What stood there when a form was opened, as a short word that goes along in it."""
    return _word(count and (replace(count, present=frozenset()), sorted(count.present)))


def sending(key: str, count: Count) -> str:
    """One form with these numbers: the same one sent twice is the same; other numbers in it are a new count."""
    return _word((key, stamp(count)))


def _word(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=12).hexdigest()


def can_count(user: User | AnonymousUser, occurrence: Occurrence) -> bool:
    """Who may count a date:

    - a coordinator of its site;
    - who works there today for an organisation that organises it, one with a control function too.
    """
    return user.is_authenticated and Occurrence.objects.counted_by(user).filter(pk=occurrence.pk).exists()


def has_begun(date: Occurrence, now: dt.datetime) -> bool:
    """An hour nobody knows begins with its part of the day, or with its day."""
    if date.begins_at:
        return date.begins_at <= now
    local = now.astimezone(clock_of(date.site.time_zone))
    if date.day == local.date() and date.part:
        return local.time() >= PART_WINDOWS[Part(date.part)][0]
    return date.day <= local.date()


def has_ended(date: Occurrence, now: dt.datetime) -> bool:
    """Also for what begins in the evening and ends the next morning; of an unknown hour when its part, or its day, is over."""
    local = now.astimezone(clock_of(date.site.time_zone))
    if date.ends_at or date.day == local.date():
        return is_over(date.ends_at, date.part, now, local.time())
    return date.day < local.date()


def takes_place(date: Occurrence, closed: Closed) -> bool:
    """As far as the schedule knows. `closed` is key of a site -> its closed days."""
    is_shut = date.day in closed.get(date.site_id, {}) and not date.opened_anyway
    is_agreed = date.series.is_published and not date.series.is_undone
    return date.status == OccurrenceStatus.PLANNED and is_agreed and not is_shut


def is_open(date: Occurrence, now: dt.datetime) -> bool:
    """Whether it is at most seven days ago, where it was held."""
    return date.day + OPEN_DAYS >= now.astimezone(clock_of(date.site.time_zone)).date()


def why_not_count(date: Occurrence, *, by: User | None, now: dt.datetime, closed: Closed) -> str:
    """Why nobody, or not this person, can count a date now, in a sentence; empty when they can."""
    if date.status == OccurrenceStatus.CANCELLED:
        return _("Deze datum is afgezegd. Er valt niets te tellen.")
    if not takes_place(date, {}):
        return _("Deze datum staat niet meer op het programma. Er valt niets te tellen.")
    if not takes_place(date, closed):
        return _("Op die dag was het dicht. Er valt niets te tellen.")
    if not has_begun(date, now):
        return _("Dit moet nog beginnen. Tellen kan zodra het bezig is.")
    if not is_open(date, now) and by is not None and not coordinates(by, date.site):
        return _("Dit is langer dan een week geleden. Geef het door aan de opbouwwerker: die kan het nog aanpassen.")
    return ""


def may_be_present(date: Occurrence) -> list[Organisation]:
    """Who may be ticked: who organises it, who comes along, and then who is engaged at the site on that day, by name."""
    planned = expected(date)
    engaged = Engagement.objects.filter(site=date.site_id).on(date.day).values("organisation")
    rows = Organisation.objects.filter(Q(pk__in=planned) | Q(pk__in=engaged)).prefetch_related("names")
    place = {key: number for number, key in enumerate(planned)}
    return sorted(rows, key=lambda one: (place.get(one.pk, len(place)), one.name_on(date.day).casefold(), one.pk))


def expected(date: Occurrence) -> list[int]:
    """Keys of the organisations that were to be there: organisers in their order, then guests."""
    guests = date.guests.order_by("pk").values_list("organisation", flat=True)
    return [*date.series.organisers.values_list("organisation", flat=True), *guests]
