"""What a meeting decided, and who would do what by when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partners.meeting_rules import owners_of
from partners.models import ActionPoint, Decision, Meeting, Organisation
from sites.actions import log_change
from sites.actions.rows import begun, gone, take_over
from sites.models import User
from sites.seen import refuse_overtaken
from stek.time import today

POINT = ("text", "role", "organisation", "due_on")


@transaction.atomic
def decide(meeting: Meeting, text: str, *, by: User | None) -> Decision:
    """One decision. The same words once more are the same decision."""
    meeting = _locked(meeting)
    there = meeting.decisions.filter(text=text).first()
    if there:
        return there
    decision = Decision(meeting=meeting, text=text, written_on=today(meeting.body.time_zone))
    decision.full_clean(exclude=["meeting"])
    decision.save()
    _log(decision, by, "decide", begun({"text": text}))
    return decision


@transaction.atomic
def correct_decision(decision: Decision, *, by: User | None, text: str, seen: str | None = None) -> Decision:
    """Other words for it. Raises `Overtaken`, and ValidationError once it was taken back."""
    _locked(decision.meeting)
    decision = _still_there(Decision.objects.all(), decision.pk)
    refuse_overtaken(decision, ("text",), seen)
    changes = take_over(decision, {"text": text})
    if changes:
        decision.full_clean(exclude=["meeting"])
        decision.save()
        _log(decision, by, "correct_decision", changes)
    return decision


@transaction.atomic
def agree(
    meeting: Meeting, *, by: User | None, text: str, role: str = "", organisation: Organisation | None = None,
    due_on: dt.date | None = None,
) -> ActionPoint:  # fmt: skip
    """Somebody will do something: an organisation, or a role. The same once more is the same point. Raises ValidationError by field."""
    meeting = _locked(meeting)
    values = {"text": text, "role": role, "organisation": organisation, "due_on": due_on}
    there = meeting.points.filter(**values).first()
    if there:
        return there
    point = ActionPoint(meeting=meeting, **values)
    _check(point)
    point.save()
    _log(point, by, "agree", begun(values))
    return point


@transaction.atomic
def change_point(point: ActionPoint, *, by: User | None, seen: str | None = None, **values: Any) -> ActionPoint:
    """Another owner, day or words. Raises `Overtaken`, ValidationError by field, and without one once it was taken back."""
    point = _locked_point(point)
    refuse_overtaken(point, POINT, seen)
    changes = take_over(point, values)
    if changes:
        _check(point)
        point.save()
        _log(point, by, "change_point", changes)
    return point


@transaction.atomic
def finish_point(point: ActionPoint, *, by: User | None) -> ActionPoint:
    """Done today; it stands on no next meeting. Twice changes nothing. Raises ValidationError once it was taken back."""
    return _set_done(point, by, "finish_point", is_done=True)


@transaction.atomic
def reopen_point(point: ActionPoint, *, by: User | None) -> ActionPoint:
    """It was not done after all. Twice changes nothing."""
    return _set_done(point, by, "reopen_point", is_done=False)


def _set_done(point: ActionPoint, by: User | None, verb: str, *, is_done: bool) -> ActionPoint:
    point = _locked_point(point)
    if bool(point.done_on) != is_done:
        day = today(point.meeting.body.time_zone) if is_done else None
        changes = take_over(point, {"done_on": day})
        point.save(update_fields=["done_on"])
        _log(point, by, verb, changes)
    return point


@transaction.atomic
def take_back(row: Decision | ActionPoint, *, by: User | None) -> None:
    """It was written down by mistake: the row goes. Twice changes nothing."""
    found = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if found is not None:
        _log(found, by, "take_back", gone({"text": found.text}))
        found.delete()


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("body__site", "body__partnership")
    found = rows.get(pk=meeting.pk)
    if found.is_off:
        raise ValidationError(_("Deze vergadering is afgezegd."))
    return found


def _locked_point(point: ActionPoint) -> ActionPoint:
    rows = ActionPoint.objects.select_for_update(of=("self",)).select_related(
        "meeting__body__site", "meeting__body__partnership"
    )
    return _still_there(rows, point.pk)


def _still_there[T: models.Model](rows: models.QuerySet[T], pk: int) -> T:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise ValidationError(_("Iemand haalde dit intussen weg."))
    return found


def _check(point: ActionPoint) -> None:
    if bool(point.role) == (point.organisation is not None):
        raise ValidationError({"owner": _("Kies wie het doet.")})
    if point.role and point.role not in owners_of(point.meeting.body):
        raise ValidationError({"owner": _("Kies wie het doet.")})
    point.full_clean(exclude=["meeting"])


def _log(row: models.Model, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    assert isinstance(row, (Decision, ActionPoint))
    body = row.meeting.body
    log_change(by=by, verb=verb, about=row, site=body.site, partnership=body.partnership, changes=changes)
