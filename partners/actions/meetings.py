"""Groups meet: a meeting is planned, told, changed, called off, and its minutes are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners import meeting_letters
from partners.enums import MeetingStatus
from partners.meeting_rules import why_not_call
from partners.models import Body, Meeting, Organisation, Present
from sites.actions import log_change
from sites.actions.rows import begun, take_over
from sites.models import User
from sites.seen import refuse_overtaken
from stek.time import now, today

WHEN_AND_WHERE = ("day", "begin", "end", "place")
PLANNED = (*WHEN_AND_WHERE, "theme", "agenda")
MINUTES = ("notes", "visitors", "volunteers")


@transaction.atomic
def plan_meeting(body: Body, *, by: User | None, **values: Any) -> Meeting:
    """A group will meet, or met, on a day; nobody is told yet. The same once more is the one that is there.

    Raises ValidationError, by field, when the group meets that day already.
    """
    body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    there = Meeting.objects.going_on().of(body).filter(day=values["day"]).first()
    if there and all(getattr(there, name) == value for name, value in values.items()):
        return there
    meeting = Meeting(body=body, changed_at=now(), **values)
    _check(meeting)
    meeting.save()
    _log(meeting, by, "plan_meeting", begun(values))
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: User | None, seen: str | None = None, **values: Any) -> Meeting:
    """Another day, hour, place, theme or agenda. Who was invited hears of what they must know to be there.

    Raises `Overtaken` when it is not what was `seen`, ValidationError by field.
    """
    meeting = _locked(meeting)
    refuse_overtaken(meeting, PLANNED, seen)
    _refuse_cancelled(meeting)
    changes = take_over(meeting, values)
    if not changes:
        return meeting
    _check(meeting)
    if "day" in changes and meeting.called_on and meeting.day < today(meeting.body.time_zone):
        raise ValidationError({"day": _("Deze dag is voorbij. Wie uitgenodigd is, wacht op een dag die nog komt.")})
    is_news = bool(set(changes) & set(WHEN_AND_WHERE))
    if is_news:
        meeting.sequence += 1
    meeting.changed_at = now()
    meeting.save()
    _log(meeting, by, "change_meeting", changes)
    if is_news and meeting.called_on and meeting.day >= today(meeting.body.time_zone):
        meeting_letters.changed(meeting)
    return meeting


@transaction.atomic
def keep_minutes(
    meeting: Meeting, *, by: User | None, present: Iterable[Organisation], seen: str | None = None, **values: Any
) -> Meeting:
    """What was said, and which organisations were there. Raises `Overtaken`, ValidationError by field."""
    meeting = _locked(meeting)
    refuse_overtaken(meeting, MINUTES, seen)
    _refuse_cancelled(meeting)
    changes = take_over(meeting, values)
    if changes:
        meeting.full_clean(exclude=["body"])
        meeting.save(update_fields=list(changes))
    wanted = {one.pk for one in present}
    there = set(Present.objects.filter(meeting=meeting).values_list("organisation", flat=True))
    Present.objects.filter(meeting=meeting, organisation__in=there - wanted).delete()
    Present.objects.bulk_create(Present(meeting=meeting, organisation_id=pk) for pk in sorted(wanted - there))
    if changes or wanted != there:
        _log(meeting, by, "keep_minutes", changes)
    return meeting


@transaction.atomic
def call_meeting(meeting: Meeting, *, by: User | None) -> Meeting:
    """Invite everybody of the group, with an entry for their calendars. Who was invited before is not written to again.

    Raises ValidationError for one that is over or called off.
    """
    meeting = _locked(meeting)
    day = today(meeting.body.time_zone)
    if refusal := why_not_call(meeting, day):
        raise ValidationError(refusal)
    if meeting.called_on:
        return meeting
    meeting.called_on = day
    meeting.save(update_fields=["called_on"])
    meeting_letters.called(meeting)
    _log(meeting, by, "call_meeting", {})
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User | None, reason: str) -> Meeting:
    """It does not go on; who was invited is told why. Twice changes nothing. Raises ValidationError for one that has been."""
    meeting = _locked(meeting)
    if meeting.is_off:
        return meeting
    if meeting.day < today(meeting.body.time_zone):
        raise ValidationError(_("Deze vergadering is voorbij."))
    meeting.status, meeting.reason = MeetingStatus.CANCELLED, reason
    meeting.sequence += 1
    meeting.changed_at = now()
    meeting.save()
    _log(meeting, by, "cancel_meeting", {"status": [MeetingStatus.PLANNED, MeetingStatus.CANCELLED]})
    if meeting.called_on:
        meeting_letters.cancelled(meeting)
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("body__site", "body__partnership")
    return rows.get(pk=meeting.pk)


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.is_off:
        raise ValidationError(_("Deze vergadering is afgezegd."))


def _check(meeting: Meeting) -> None:
    if meeting.end and (meeting.begin is None or meeting.end <= meeting.begin):
        raise ValidationError({"end": _("Het einde komt na het begin.")})
    others = Meeting.objects.going_on().of(meeting.body).filter(day=meeting.day).exclude(pk=meeting.pk)
    if others.exists():
        raise ValidationError({"day": _("Deze groep komt die dag al samen.")})
    meeting.full_clean(exclude=["body"])


def _log(meeting: Meeting, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    body = meeting.body
    log_change(by=by, verb=verb, about=meeting, site=body.site, partnership=body.partnership, changes=changes)
