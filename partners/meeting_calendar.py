"""One meeting as a file for a calendar (RFC 5545). A newer one takes the place of an older one: same UID, higher SEQUENCE."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from stek.time import clock_of

from .meeting_words import group_name
from .models import Meeting

# Of a meeting whose end nobody wrote down.
USUAL_LENGTH = dt.timedelta(hours=2)


def calendar_entry(meeting: Meeting) -> bytes:
    """In the active language. Without hours it is a whole day."""
    calendar = Calendar()
    calendar.add("prodid", "-//STEK//vergadering 1//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.is_off else "PUBLISH")
    calendar.add_component(_event(meeting))
    return calendar.to_ical()


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uuid}@{settings.STEK_UID_DOMAIN}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", _summary(meeting))
    begin, end = moments(meeting)
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("status", "CANCELLED" if meeting.is_off else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.agenda:
        event.add("description", meeting.agenda)
    event.add("url", settings.STEK_BASE_URL + reverse("partners:meeting", args=[meeting.uuid]))
    return event


def _summary(meeting: Meeting) -> str:
    title = f"{group_name(meeting.body)}: {meeting.theme}" if meeting.theme else group_name(meeting.body)
    return _("Gaat niet door: %(title)s") % {"title": title} if meeting.is_off else title


def moments(meeting: Meeting) -> tuple[dt.date, dt.date]:
    """Begin and end: in UTC, or two days (the second not included) when nobody wrote down an hour."""
    if meeting.begin is None:
        return meeting.day, meeting.day + dt.timedelta(days=1)
    clock = clock_of(meeting.body.time_zone)
    begin = dt.datetime.combine(meeting.day, meeting.begin, tzinfo=clock).astimezone(dt.UTC)
    if meeting.end is None:
        return begin, begin + USUAL_LENGTH
    return begin, dt.datetime.combine(meeting.day, meeting.end, tzinfo=clock).astimezone(dt.UTC)
