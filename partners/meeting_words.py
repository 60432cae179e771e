"""Groups and meetings in words."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from sites.words import date_words

from .enums import BodyKind
from .models import Body, Meeting


def group_name(body: Body) -> str:
    """“Stuurgroep Noorderkempen”, “Werkgroep ’t Kattegat”."""
    names = {
        BodyKind.STEERING: _("Stuurgroep %(name)s"),
        BodyKind.WORKING: _("Werkgroep %(name)s"),
        BodyKind.PARTICIPATION: _("Participatiegroep %(name)s"),
    }
    return names[BodyKind(body.kind)] % {"name": body.site.name if body.site else body.partnership.name}


def day_of(meeting: Meeting) -> str:
    """“donderdag 12 oktober 2023”."""
    return date_words(meeting.day, _("l j F Y"))


def hours_of(meeting: Meeting) -> str:
    """“van 10.00 tot 12.00 uur”; empty when nobody wrote down an hour."""
    if meeting.begin is None:
        return ""
    if meeting.end is None:
        return _("om %(begin)s uur") % {"begin": _clock(meeting.begin)}
    return _("van %(begin)s tot %(end)s uur") % {"begin": _clock(meeting.begin), "end": _clock(meeting.end)}


def _clock(time: dt.time) -> str:
    return _("%(hour)d.%(minute)02d") % {"hour": time.hour, "minute": time.minute}
