"""What the pages of groups and meetings show, in words. Never writes; the home of steering groups reads these too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from sites.models import User
from sites.words import date_words

from .meeting_rules import by_name, can_keep, members_on, organisations_of
from .meeting_words import day_of, group_name, hours_of
from .models import ActionPoint, Body, Decision, Meeting


@dataclass(frozen=True, slots=True)
class PointLine:
    """An action point as it stands on a page. `group` and `agreed` say where it comes from."""

    point: ActionPoint
    owner: str
    due: str
    done: str
    group: str
    agreed: str
    is_late: bool
    may_finish: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    meeting: Meeting
    group: str
    day: str
    hours: str
    is_over: bool
    decisions: int


@dataclass(frozen=True, slots=True)
class DecisionLine:
    decision: Decision
    group: str
    day: str


def point_lines(points: Iterable[ActionPoint], user: User | None, day: dt.date) -> list[PointLine]:
    """Lines of points fetched with `whole()`; without a reader nobody finishes one. As many queries for one as for a hundred."""
    points = list(points)
    bodies = {point.meeting.body for point in points}
    kept = {body.pk for body in bodies if user is not None and can_keep(user, body)}
    worked_for = organisations_of(user) if user is not None and len(kept) < len(bodies) else frozenset()
    return [_point_line(point, day, kept, worked_for) for point in points]


def _point_line(point: ActionPoint, day: dt.date, kept: set[int], worked_for: frozenset[int]) -> PointLine:
    body = point.meeting.body
    return PointLine(
        point=point, owner=point.owner_on(day), due=_day(point.due_on), done=_day(point.done_on), group=group_name(body),
        agreed=_day(point.meeting.day), is_late=point.is_late(day),
        may_finish=body.pk in kept or point.organisation_id in worked_for,
    )  # fmt: skip


def _day(day: dt.date | None) -> str:
    return date_words(day, _("j F Y")) if day else ""


def meeting_lines(meetings: Iterable[Meeting], day: dt.date) -> list[MeetingLine]:
    """Lines of meetings; annotate `number` with how many decisions they took, or it is 0."""
    return [
        MeetingLine(one, group_name(one.body), day_of(one), hours_of(one), one.day < day, getattr(one, "number", 0))
        for one in meetings
    ]


def decision_lines(decisions: Iterable[Decision]) -> list[DecisionLine]:
    """Lines of decisions fetched with `whole()`."""
    return [DecisionLine(one, group_name(one.meeting.body), day_of(one.meeting)) for one in decisions]


@dataclass(frozen=True, slots=True)
class Talks:
    """When some groups meet, and what is still to be done of what they agreed."""

    coming: list[MeetingLine]
    past: list[MeetingLine]
    points: list[PointLine]


def talks_of(bodies: Iterable[Body], reader: User, day: dt.date, *, most: int | None = None) -> Talks:
    """What is next first, what was last first, what is due first. `most`: so many meetings, and of those that are over only what went on."""
    bodies = list(bodies)
    meetings = Meeting.objects.whole().filter(body__in=bodies).annotate(number=Count("decisions"))
    past = meetings if most is None else meetings.going_on()
    points = ActionPoint.objects.whole().filter(meeting__body__in=bodies).still_open()
    return Talks(
        coming=meeting_lines(meetings.from_day(day)[:most], day), past=meeting_lines(past.before(day)[:most], day),
        points=point_lines(points, reader, day),
    )  # fmt: skip


def last_decided(bodies: Iterable[Body], most: int) -> list[DecisionLine]:
    """Of the newest meeting first."""
    rows = Decision.objects.whole().filter(meeting__body__in=list(bodies)).order_by("-meeting__day", "pk")
    return decision_lines(rows[:most])


def carried_to(meeting: Meeting) -> QuerySet[ActionPoint]:
    """What earlier meetings of the group agreed and was not done by then."""
    rows = ActionPoint.objects.whole().of(meeting.body).open_on(meeting.day)
    return rows.filter(meeting__day__lt=meeting.day)


def seated(meeting: Meeting) -> list[tuple[str, bool]]:
    """(name on that day, whether it was there) of who sat in the group that day, and of others that came."""
    there = {
        one.organisation
        for one in meeting.present.select_related("organisation").prefetch_related("organisation__names")
    }
    members = members_on(meeting.body, meeting.day)
    others = by_name(there - set(members), meeting.day)
    return [(one.name_on(meeting.day), one in there) for one in [*members, *others]]
