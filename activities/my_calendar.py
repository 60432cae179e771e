"""One's own shifts in one's own calendar: behind an address nobody can guess, with nobody else's name."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from partners.models import Volunteer
from partners.rules import hash_of
from stek.outbox.letters import known_language
from stek.time import now

from .enums import SignUpState
from .models import Shift, SignUp
from .my_shifts import Line, as_lines, by_begin

BACK = dt.timedelta(weeks=8)


def renew_calendar(volunteer: Volunteer) -> str:
    """A new secret for the address; the old address leads nowhere from now on. It is shown once: only its hash is kept."""
    secret = secrets.token_urlsafe(24)
    Volunteer.objects.filter(pk=volunteer.pk).update(calendar_hash=hash_of(secret))
    return secret


def end_calendar(volunteer: Volunteer) -> None:
    Volunteer.objects.filter(pk=volunteer.pk).update(calendar_hash=None)


def owner_of(secret: str) -> Volunteer | None:
    """Whose calendar it is; None for an unknown secret, an old one, and that of a closed account."""
    rows = Volunteer.objects.select_related("user").filter(calendar_hash=hash_of(secret), user__is_active=True)
    return rows.first()


def shifts_feed(volunteer: Volunteer) -> bytes:
    """Eight weeks back and all that is to come, in the language of who reads (RFC 5545)."""
    assert volunteer.user is not None
    with override(known_language(volunteer.user.language)):
        calendar = Calendar()
        calendar.add("prodid", "-//STEK//beurten 1//NL")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Mijn beurten"))
        own = SignUp.objects.filter(volunteer=volunteer, state=SignUpState.TAKEN).values("shift")
        rows = Shift.objects.filter(pk__in=own, occurrence__day__gte=(now() - BACK).date()).whole()
        for line in by_begin(as_lines(rows, {})):
            if line.moments:
                calendar.add_component(_event(line, *line.moments))
        return calendar.to_ical()


def _event(line: Line, begin: dt.datetime, end: dt.datetime) -> Event:
    date, event = line.shift.occurrence, Event()
    event.add("uid", f"{line.shift.uuid}@{settings.STEK_UID_DOMAIN}")
    event.add("dtstamp", date.changed_at)
    event.add("last-modified", date.changed_at)
    event.add("sequence", date.sequence)
    event.add("summary", f"{line.task} · {line.title}")
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("status", "CANCELLED" if line.state == "off" else "CONFIRMED")
    event.add("location", line.where)
    event.add("url", settings.STEK_BASE_URL + reverse("activities:shift", args=[line.shift.uuid]))
    return event
