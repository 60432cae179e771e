"""The block of `/mijn/` about groups: when they meet, and what one's own organisation would still do."""

from __future__ import annotations

from typing import Any

from sites.models import User
from stek.time import today

from .meeting_page import point_lines
from .meeting_words import day_of, group_name, hours_of
from .models import ActionPoint, Body, Meeting, Membership


def my_groups(user: User) -> dict[str, Any] | None:
    """None for who follows no group."""
    day = today()
    bodies = list(Body.objects.followed_by(user).select_related("site", "partnership").order_by("kind", "pk"))
    if not bodies:
        return None
    coming: dict[int, Meeting] = {}
    for meeting in Meeting.objects.going_on().filter(body__in=bodies).from_day(day):
        coming.setdefault(meeting.body_id, meeting)
    own = Membership.objects.on(day).filter(user=user).values("organisation")
    points = ActionPoint.objects.visible_to(user).whole().filter(organisation__in=own).still_open()
    return {"groups": [_line(one, coming.get(one.pk)) for one in bodies], "points": point_lines(points, user, day)}


def _line(body: Body, meeting: Meeting | None) -> dict[str, Any]:
    return {
        "body": body, "name": group_name(body), "next": meeting,
        "day": day_of(meeting) if meeting else "", "hours": hours_of(meeting) if meeting else "",
    }  # fmt: skip
