"""Letters about meetings: come, it is another day, it is off, it is soon. Each with what is true when it leaves, and an entry for a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sites.models import User
from stek.outbox import post
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.time import today

from .meeting_calendar import calendar_entry
from .meeting_rules import invited_to
from .meeting_words import group_name, hours_of
from .models import Body, Meeting

MEETING, MEETING_SOON = "partners/meeting", "partners/meeting_soon"
CALLED, CHANGED, CANCELLED, NEVER_TOLD = "called", "changed", "cancelled", "never_told"
# Long enough to prepare, not so long that it is forgotten again.
BEFORE = dt.timedelta(days=3)


def say() -> None:
    """For `AppConfig.ready`."""
    add_kind(Kind(MEETING, _("vergadering"), _meeting))
    add_kind(Kind(MEETING_SOON, _("vergadering die eraan komt"), _soon, once=True, wait=AT_ONCE))


def called(meeting: Meeting) -> None:
    """To everybody of the group: come."""
    for user in invited_to(meeting.body):
        _post(meeting, user, CALLED)


def changed(meeting: Meeting) -> None:
    """To everybody of the group; who was not told yet is invited to what it is now."""
    for user in invited_to(meeting.body):
        _post(meeting, user, CALLED if _is_still_called(meeting, user) else CHANGED)


def cancelled(meeting: Meeting) -> None:
    """To everybody of the group; who was not told that it would be, is not told that it will not."""
    for user in invited_to(meeting.body):
        _post(meeting, user, NEVER_TOLD if _is_still_called(meeting, user) else CANCELLED)


def remind() -> int:
    """Some days before each meeting that people were invited to. How many letters were written; twice writes none."""
    day = today()
    soon = Meeting.objects.going_on().filter(called_on__lt=day, day__gt=day, day__lte=day + BEFORE)
    written = 0
    for meeting in soon.whole():
        for user in invited_to(meeting.body):
            facts = {"meeting": meeting.pk}
            about = f"meeting:{meeting.pk}"
            row = post(MEETING_SOON, to=user, about=about, site=meeting.body.site, period=str(meeting.day), facts=facts)
            written += row is not None
    return written


def _post(meeting: Meeting, user: User, news: str) -> None:
    facts = {"meeting": meeting.pk, "news": news}
    post(MEETING, to=user, about=f"meeting:{meeting.pk}", site=meeting.body.site, facts=facts)


def _is_still_called(meeting: Meeting, user: User) -> bool:
    waiting = Delivery.objects.waiting().filter(kind=MEETING, user=user, about=f"meeting:{meeting.pk}").first()
    return waiting is not None and waiting.facts.get("news") == CALLED


def _meeting(delivery: Delivery) -> dict[str, Any] | None:
    """None when it is over by now, when its reader left the group, or when the news is no longer so."""
    news, meeting = delivery.facts["news"], _found(delivery)
    if meeting is None or news == NEVER_TOLD or meeting.is_off != (news == CANCELLED):
        return None
    return _context(meeting, news)


def _soon(delivery: Delivery) -> dict[str, Any] | None:
    meeting = _found(delivery)
    return None if meeting is None or meeting.is_off or str(meeting.day) != delivery.period else _context(meeting, "")


def _found(delivery: Delivery) -> Meeting | None:
    meeting = Meeting.objects.whole().filter(pk=delivery.facts["meeting"]).first()
    if meeting is None or delivery.user is None or meeting.day < today(meeting.body.time_zone):
        return None
    return meeting if Body.objects.followed_by(delivery.user).filter(pk=meeting.body_id).exists() else None


def _context(meeting: Meeting, news: str) -> dict[str, Any]:
    name = f"{meeting.day:%Y-%m-%d}.ics"
    return {
        "meeting": meeting, "group": group_name(meeting.body), "hours": hours_of(meeting), "news": news,
        "path": reverse("partners:meeting", args=[meeting.uuid]),
        "attachments": [(name, calendar_entry(meeting).decode(), "text/calendar")],
    }  # fmt: skip
