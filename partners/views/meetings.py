"""`/stuurgroep/groep/…` and `/stuurgroep/vergadering/…`: what groups do, for who follows them; planned and told by who keeps them."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from partners.actions.meetings import call_meeting, cancel_meeting, change_meeting, plan_meeting
from partners.meeting_calendar import calendar_entry
from partners.meeting_forms import CancelForm, MeetingForm
from partners.meeting_page import carried_to, decision_lines, point_lines, seated, talks_of
from partners.meeting_rules import can_keep, found_in, invited_to, members_on, why_not_call
from partners.meeting_words import day_of, group_name, hours_of
from partners.models import Body, Decision, Meeting
from sites.inside import KeyRequest, inside, opened_by
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm
from stek.time import today

# Of what is found more are shown on a narrower search.
MOST_FOUND = 100


def address_of(meeting: Meeting) -> str:
    return reverse("partners:meeting", args=[meeting.uuid])


def followed(request: KeyRequest, pk: int) -> Body:
    rows = Body.objects.followed_by(request.user).select_related("site__municipality", "partnership")
    return get_object_or_404(rows, pk=pk)


def seen_meeting(request: KeyRequest, key: uuid.UUID) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("body__site__municipality", "body__partnership")
    return get_object_or_404(rows, uuid=key)


def kept_meeting(request: KeyRequest, key: uuid.UUID) -> Meeting:
    """For who keeps its minutes; for others who follow the group that page is not there."""
    meeting = seen_meeting(request, key)
    if not can_keep(request.user, meeting.body):
        raise Http404
    return meeting


@opened_by(Right.READ_MEETINGS)
def group(request: KeyRequest, group: int) -> HttpResponse:
    """When it meets next, what is still to be done, what was, and who sits in it today."""
    body = followed(request, group)
    day = today(body.time_zone)
    return inside(
        request, "partners/group.html",
        {
            "body": body, "name": group_name(body), "may_keep": can_keep(request.user, body),
            "talks": talks_of([body], request.user, day), "members": [one.name_on(day) for one in members_on(body, day)],
        },
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def new_meeting(request: KeyRequest, convened: int) -> HttpResponse:
    body = followed(request, convened)
    if not can_keep(request.user, body):
        raise Http404
    last = Meeting.objects.going_on().of(body).order_by("-day").first()
    usual = {"begin": last.begin, "end": last.end, "place": last.place} if last else {}
    form = MeetingForm(sent(request), initial=usual)
    made: list[Meeting] = []
    context = {
        "group": body, "group_name": group_name(body), "title": _("Nieuwe vergadering"), "button": _("Bewaar"),
        "lead": _("Er vertrekt nog geen uitnodiging. Dat doe je op de volgende bladzijde."),
    }  # fmt: skip
    response = answer(
        request, form, lambda: made.append(plan_meeting(body, by=request.user, **form.values)),
        told=_("De vergadering staat er."), to=reverse("partners:group_page", args=[body.pk]),
        template="partners/meeting_form.html", context=context,
    )  # fmt: skip
    return HttpResponseRedirect(address_of(made[0])) if made else response


@opened_by(Right.READ_MEETINGS)
def meeting(request: KeyRequest, meeting: uuid.UUID) -> HttpResponse:
    """The whole meeting on one page, that prints on one sheet or two."""
    one = seen_meeting(request, meeting)
    day = today(one.body.time_zone)
    may_keep = can_keep(request.user, one.body) and not one.is_off
    points = one.points.all().whole().order_by("pk")
    return inside(
        request, "partners/meeting.html",
        {
            "meeting": one, "group_name": group_name(one.body), "day": day_of(one), "hours": hours_of(one),
            "may_keep": may_keep, "is_over": one.day < day, "is_today": one.day == day,
            "may_call": may_keep and not one.called_on and not why_not_call(one, day),
            "agenda": [line.strip() for line in one.agenda.splitlines() if line.strip()],
            "seated": seated(one), "is_kept": one.day <= day,
            "decisions": one.decisions.all(),
            "points": point_lines(points, request.user, day),
            "carried": point_lines(carried_to(one), request.user, day),
        },
    )  # fmt: skip


@opened_by(Right.READ_MEETINGS)
def entry(request: KeyRequest, meeting: uuid.UUID) -> HttpResponse:
    """The file for one's own calendar."""
    one = seen_meeting(request, meeting)
    response = HttpResponse(calendar_entry(one), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.day:%Y-%m-%d}.ics"'
    add_never_cache_headers(response)
    return response


@opened_by(Right.KEEP_MEETINGS)
def change(request: KeyRequest, minutes: uuid.UUID) -> HttpResponse:
    one = kept_meeting(request, minutes)
    form = MeetingForm(sent(request), instance=one)
    lead = (
        _("Verandert de dag, het uur of de plek? Dan hoort iedereen die uitgenodigd is het.") if one.called_on else ""
    )
    return answer(
        request, form,
        lambda: change_meeting(one, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=address_of(one), template="partners/meeting_form.html",
        context=_context(one) | {"title": _("Vergadering aanpassen"), "button": _("Bewaar"), "lead": lead},
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def call(request: KeyRequest, minutes: uuid.UUID) -> HttpResponse:
    """Shows who will be written to, and then writes to them."""
    one = kept_meeting(request, minutes)
    names = [person.name or person.email for person in invited_to(one.body)]
    more = [
        _("Ze krijgen een mail met de agenda en een bestand voor hun agenda:"), ", ".join(names) or _("nog niemand"),
    ]  # fmt: skip
    return confirm(
        request, lambda: call_meeting(one, by=request.user), told=_("De uitnodigingen vertrekken."), to=address_of(one),
        context=_context(one) | {"title": _("Iedereen uitnodigen?"), "button": _("Ja, nodig uit"), "more": more, "is_grave": False},
        template="partners/meeting_form.html",
    )  # fmt: skip


@opened_by(Right.KEEP_MEETINGS)
def cancel(request: KeyRequest, minutes: uuid.UUID) -> HttpResponse:
    one = kept_meeting(request, minutes)
    form = CancelForm(sent(request))
    lead = _("Wie uitgenodigd is, krijgt een mail met de reden.") if one.called_on else ""
    return answer(
        request, form, lambda: cancel_meeting(one, by=request.user, reason=form.cleaned_data["reason"]),
        told=_("De vergadering is afgezegd."), to=address_of(one), template="partners/meeting_form.html",
        context=_context(one)
        | {"title": _("Vergadering afzeggen"), "button": _("Zeg af"), "lead": lead, "is_grave": True},
    )  # fmt: skip


def _context(one: Meeting) -> dict[str, object]:
    return {"group": one.body, "group_name": group_name(one.body), "meeting": one, "day": day_of(one)}


@opened_by(Right.READ_MEETINGS)
def decisions(request: KeyRequest) -> HttpResponse:
    """What all groups decided whose meetings one follows, the newest first; by words."""
    query = request.GET.get("zoek", "")[:100].strip()
    rows = Decision.objects.whole().visible_to(request.user).order_by("-meeting__day", "pk")
    found = found_in(rows, query)
    return inside(
        request, "partners/decisions.html",
        {"query": query, "number": len(found), "found": decision_lines(found[:MOST_FOUND]), "is_more": len(found) > MOST_FOUND},
    )  # fmt: skip
