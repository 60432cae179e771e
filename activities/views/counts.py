"""Counting who was there, on a telephone; and what all the counts say, at the desk."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from activities.actions.counts import keep_count
from activities.count_forms import CountForm
from activities.count_rules import has_ended, why_not_count
from activities.models import Activity, Attendance, Occurrence
from activities.rules import closed_where
from activities.to_count import counted_words, held_lately, line_of, with_words
from activities.turnout_page import turnout, turnout_list
from sites.forms.base import attempt
from sites.inside import KeyRequest, inside, opened_at_site_by, opened_by
from sites.models import Site, User
from sites.rights import Right
from sites.rules import coordinates
from sites.views.answering import CONFLICT, sent
from stek.time import now

REFUSED = 422
JSON = "application/json"


@opened_by(Right.PROPOSE_OFFER)
def count(request: KeyRequest, held: uuid.UUID) -> HttpResponse:
    """One date: how many people, who was there. A script that sends what waited on a telephone gets the same answers in data."""
    date = get_object_or_404(with_words(Occurrence.objects.counted_by(request.user)), uuid=held)
    form, to = CountForm(sent(request), date=date), _after(request.user, date)

    def keep() -> None:
        values = form.cleaned_data
        kept = keep_count(date, form.count, by=request.user, seen=values["seen"], key=values["key"])
        messages.success(request, _("Bewaard: %(counted)s.") % {"counted": counted_words(kept)})

    if request.method == "POST" and attempt(form, keep):
        return _data(200, is_kept=True, to=to) if _wants_data(request) else HttpResponseRedirect(to)
    status = CONFLICT if form.differences else REFUSED if form.errors else 200
    if request.method == "POST" and _wants_data(request):
        return _data(status, is_kept=False, why=_first_error(form))
    refusal = why_not_count(date, by=request.user, now=now(), closed=closed_where([date]))
    context = {"form": form, "held": line_of(date, has_ended(date, now())), "back": to, "refusal": refusal}
    context["attendance"] = getattr(date, "attendance", None)
    return inside(request, "activities/count.html", context, status=CONFLICT if form.differences else 200)


def _after(user: User, date: Occurrence) -> str:
    """Where there is more to count."""
    if coordinates(user, date.site):
        return reverse("activities:counts", args=[date.site.slug])
    return reverse("sites:mine")


def _wants_data(request: KeyRequest) -> bool:
    return request.headers.get("Accept") == JSON


def _data(status: int, **facts: object) -> HttpResponse:
    response = JsonResponse(facts, status=status)
    add_never_cache_headers(response)
    return response


def _first_error(form: CountForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


@opened_at_site_by(Right.MANAGE_OFFER)
def counts(request: KeyRequest, site: Site) -> HttpResponse:
    """What is to be counted at a site, what was counted this week, and how everything goes."""
    held = held_lately(Occurrence.objects.at(site))
    context = {
        "site": site,
        "missing": [one for one in held if not one.counted],
        "counted": [one for one in held if one.counted],
        "rows": turnout_list(site),
        "is_example": Attendance.objects.filter(occurrence__site=site, is_example=True).exists(),
    }
    return inside(request, "activities/counts.html", context)


@opened_at_site_by(Right.MANAGE_OFFER)
def turnout_page(request: KeyRequest, site: Site, offer: int) -> HttpResponse:
    """How one activity goes, and whether another moment would be better."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).at(site), pk=offer)
    return inside(request, "activities/turnout.html", {"site": site, "turnout": turnout(site, activity)})
