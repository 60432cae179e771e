"""What is written down during and after a meeting: its minutes, decisions, action points, and which of them are done."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from partners.actions.agreements import (
    agree,
    change_point,
    correct_decision,
    decide,
    finish_point,
    reopen_point,
    take_back,
)
from partners.actions.meetings import keep_minutes
from partners.meeting_forms import DecisionForm, MinutesForm, PointForm
from partners.meeting_rules import can_finish, can_keep
from partners.meeting_words import day_of, group_name
from partners.models import ActionPoint, Decision, Meeting
from sites.inside import KeyRequest, opened_by
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm

from .meetings import address_of, kept_meeting

FORM = "partners/meeting_form.html"


def _context(one: Meeting, **words: object) -> dict[str, object]:
    about = {"group": one.body, "group_name": group_name(one.body), "meeting": one, "day": day_of(one)}
    return about | {"button": _("Bewaar")} | words


def _kept(request: KeyRequest, rows: Any, pk: int) -> Any:
    """A row of a meeting whose minutes somebody keeps; for others it is not there."""
    row = get_object_or_404(rows.visible_to(request.user), pk=pk)
    if not can_keep(request.user, row.meeting.body):
        raise Http404
    return row


@opened_by(Right.KEEP_MEETINGS)
def minutes(request: KeyRequest, minutes: uuid.UUID) -> HttpResponse:
    one = kept_meeting(request, minutes)
    form = MinutesForm(sent(request), instance=one)
    return answer(
        request, form,
        lambda: keep_minutes(one, by=request.user, seen=form.cleaned_data["seen"], present=form.who_was_there, **form.values),
        told=_("Het verslag is bewaard."), to=address_of(one), template=FORM, context=_context(one, title=_("Verslag")),
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def new_decision(request: KeyRequest, minutes: uuid.UUID) -> HttpResponse:
    one = kept_meeting(request, minutes)
    form = DecisionForm(sent(request))
    return answer(
        request, form, lambda: decide(one, form.cleaned_data["text"], by=request.user), told=_("Bewaard."),
        to=address_of(one), template=FORM, context=_context(one, title=_("Beslissing erbij")),
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def decision(request: KeyRequest, decision: int) -> HttpResponse:
    row = _kept(request, Decision.objects.whole(), decision)
    one = row.meeting
    form = DecisionForm(sent(request), instance=row)
    return answer(
        request, form,
        lambda: correct_decision(row, by=request.user, seen=form.cleaned_data["seen"], text=form.cleaned_data["text"]),
        told=_("Bewaard."), to=address_of(one), template=FORM,
        context=_context(
            one, title=_("Beslissing verbeteren"), remove=reverse("partners:decision_away", args=[row.pk]),
            remove_name=_("Haal deze beslissing weg"),
        ),
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def decision_away(request: KeyRequest, decision: int) -> HttpResponse:
    row = _kept(request, Decision.objects.whole(), decision)
    one = row.meeting
    return _away(request, one, row, _("Deze beslissing weghalen?"))


@opened_by(Right.KEEP_MEETINGS)
def new_point(request: KeyRequest, minutes: uuid.UUID) -> HttpResponse:
    one = kept_meeting(request, minutes)
    form = PointForm(sent(request), meeting=one)
    return answer(
        request, form, lambda: agree(one, by=request.user, **form.values), told=_("Bewaard."), to=address_of(one),
        template=FORM, context=_context(one, title=_("Actiepunt erbij")),
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def point(request: KeyRequest, point: int) -> HttpResponse:
    row = _kept(request, ActionPoint.objects.whole(), point)
    one = row.meeting
    form = PointForm(sent(request), meeting=one, instance=row)
    return answer(
        request, form, lambda: change_point(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=address_of(one), template=FORM,
        context=_context(
            one, title=_("Actiepunt aanpassen"), remove=reverse("partners:point_away", args=[row.pk]),
            remove_name=_("Haal dit actiepunt weg"),
        ),
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def point_away(request: KeyRequest, point: int) -> HttpResponse:
    row = _kept(request, ActionPoint.objects.whole(), point)
    return _away(request, row.meeting, row, _("Dit actiepunt weghalen?"))


def _away(request: KeyRequest, one: Meeting, row: Decision | ActionPoint, title: str) -> HttpResponse:
    more = [row.text, _("Alleen voor wat er per vergissing staat. Is het gedaan, duid het dan aan als klaar.")]
    return confirm(
        request, lambda: take_back(row, by=request.user), told=_("Weggehaald."), to=address_of(one), template=FORM,
        context=_context(one, title=title, button=_("Haal weg"), more=more),
    )  # fmt: skip


@opened_by(Right.READ_MEETINGS)
def finish(request: KeyRequest, task: int) -> HttpResponse:
    """A button on a list: done, or not done after all. Back to the list it stood on."""
    row = get_object_or_404(ActionPoint.objects.visible_to(request.user).whole(), pk=task)
    if not can_finish(request.user, row):
        raise Http404
    if request.method == "POST":
        try:
            if "weer" in request.POST:
                reopen_point(row, by=request.user)
                messages.success(request, _("Dit actiepunt is weer te doen."))
            else:
                finish_point(row, by=request.user)
                messages.success(request, _("Klaar: %(what)s") % {"what": row.text})
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
    back = request.POST.get("terug", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return HttpResponseRedirect(back if is_ours else address_of(row.meeting))
