"""`/mijn/beurten/`: shifts as volunteers see, take and hand them back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from activities.actions.shifts import (
    Refused,
    hand_back,
    sign_up,
    stand,
    stand_no_more,
    volunteer_of,
    wait_for_a_place,
)
from activities.actions.volunteers import come_back, go_away, keep_volunteer
from activities.enums import SignUpState
from activities.hours import as_csv, hours_of, sum_of
from activities.models import Shift, Standing
from activities.my_calendar import end_calendar, owner_of, renew_calendar, shifts_feed
from activities.my_shifts import (
    Line,
    away_words,
    consent_words,
    held_instead,
    helper_of,
    line_for,
    lines_between,
    lines_of,
    open_lines,
    with_others,
)
from activities.my_swaps import own_swap
from activities.shift_forms import AwayForm, HelpForm
from activities.words import period_words
from partners.models import Away
from sites.forms.base import attempt
from sites.inside import KeyRequest, inside, opened_by
from sites.models import User
from sites.rights import Right
from sites.views.answering import answer, sent

from .files import csv_file

CONFLICT = 409
SHORT_NUMBER = re.compile(r"[0-9]{1,9}")


@opened_by(Right.OWN_DATA)
def open_shifts(request: KeyRequest) -> HttpResponse:
    """Every shift that still needs somebody and fits who looks."""
    lines = open_lines(request.user, helper_of(request.user))
    context = {"lines": lines, "title": _("Hier is nog plaats"), "empty": _("Overal zijn genoeg mensen. Fijn!")}
    return inside(request, "activities/shift_list.html", context, keep=True)


@opened_by(Right.OWN_DATA)
def own_shifts(request: KeyRequest) -> HttpResponse:
    """Every shift of one's own that is to come."""
    lines = lines_of(request.user, helper_of(request.user))
    context = {"lines": lines, "title": _("Mijn beurten"), "empty": _("Je hebt geen beurten.")}
    return inside(request, "activities/shift_list.html", context, keep=True)


@opened_by(Right.OWN_DATA)
def shift(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """One shift: when, where, with whom, what, and what can be done about it."""
    return _page(request, _found(request.user, shift))


def _found(user: User, key: uuid.UUID) -> Line:
    row = get_object_or_404(Shift.objects.visible_to(user).whole(), uuid=key)
    if instead := held_instead(row, user):
        row = Shift.objects.whole().get(pk=instead.pk)  # letters and calendars still lead to the one before
    return with_others(line_for(row, user.pk), user)


def _page(request: KeyRequest, line: Line, *, refusal: str = "") -> HttpResponse:
    """With another shift to take instead, when this one cannot be had."""
    others = open_lines(request.user, helper_of(request.user))[:3] if refusal else []
    has_standing = Standing.objects.filter(need=line.shift.need, volunteer__user=request.user).exists()
    swap = own_swap(line.shift, request.user)
    context = {"line": line, "refusal": refusal, "others": others, "has_standing": has_standing, "swap": swap}
    return inside(request, "activities/shift.html", context, status=CONFLICT if refusal else 200, keep=not refusal)


@opened_by(Right.OWN_DATA)
def take_shift(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """Take a place."""
    return _do(
        request, shift, lambda row: sign_up(row, volunteer_of(request.user)), _("Deze beurt is van jou. Bedankt!")
    )


@opened_by(Right.OWN_DATA)
def wait_for_shift(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """On the list of a shift that is full, unless a place came free meanwhile."""

    def wait(row: Shift) -> str:
        found = wait_for_a_place(row, volunteer_of(request.user))
        if found.state == SignUpState.TAKEN:
            return _("Er was net een plaats vrij: deze beurt is van jou. Bedankt!")
        return _("Je staat op de lijst. Komt er een plaats vrij, dan krijg je bericht.")

    return _do(request, shift, wait)


@opened_by(Right.OWN_DATA)
def cannot_come(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """ "Ik kan niet": asked once more, never why."""
    line = _found(request.user, shift)
    if request.method != "POST":
        return inside(request, "activities/cannot_come.html", {"line": line})
    told = _("Het is doorgegeven. We zoeken iemand anders.")
    if line.state == SignUpState.WAITING:
        told = _("Je staat niet meer op de lijst.")
    period, to = request.POST.get("away", ""), reverse("sites:mine")
    if SHORT_NUMBER.fullmatch(period):  # on to the other shifts in days one is away
        to = reverse("activities:away_shifts", args=[int(period)])
    return _do(request, shift, lambda row: hand_back(row, volunteer_of(request.user)), told, to=to)


@opened_by(Right.OWN_DATA)
def standing_place(request: KeyRequest, shift: uuid.UUID) -> HttpResponse:
    """ "Elke dinsdag ik", or no longer so (`stop`)."""

    def change(row: Shift) -> str:
        volunteer = volunteer_of(request.user)
        if "stop" in request.POST:
            stand_no_more(row.need, volunteer)
            return _("Je hebt geen vaste plaats meer. De volgende beurten zijn weer vrij.")
        missed = len(stand(row.need, volunteer))
        told = _("Dit is nu je vaste plaats. Elke nieuwe datum is van jou, tot je iets anders zegt.")
        if not missed:
            return told
        sentence = ngettext(
            "Eén datum lukt niet: die staat er niet bij.",
            "%(number)d datums lukken niet: die staan er niet bij.",
            missed,
        )
        return f"{told} {sentence % {'number': missed}}"

    return _do(request, shift, change)


def _do(
    request: KeyRequest, key: uuid.UUID, do: Callable[[Shift], object], told: str = "", *, to: str = ""
) -> HttpResponse:
    """Do it and say so, or say why not beside what else there is; who only looks is led to the shift. `do` may give the sentence itself."""
    row = get_object_or_404(Shift.objects.visible_to(request.user), uuid=key)
    here = reverse("activities:shift", args=[key])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    try:
        said = do(row)
    except Refused as refused:
        return _page(request, _found(request.user, key), refusal=refused.refusal.words)
    messages.success(request, told or str(said))
    return HttpResponseRedirect(to or here)


@opened_by(Right.OWN_DATA)
def help_settings(request: KeyRequest) -> HttpResponse:
    """How somebody helps: what they like, whether we may ask, when they are away."""
    helper = helper_of(request.user)
    form = HelpForm(sent(request), instance=helper)
    return answer(
        request, form, lambda: keep_volunteer(volunteer_of(request.user), **form.cleaned_data), told=_("Bewaard."),
        to=reverse("activities:help_settings"), template="activities/help_settings.html",
        context={"away": away_words(helper), "consents": consent_words(helper)},
    )  # fmt: skip


@opened_by(Right.OWN_DATA)
def away(request: KeyRequest) -> HttpResponse:
    """Days away: no question, no reminder. Shifts in those days are listed, to hand back."""
    form = AwayForm(sent(request))
    to = reverse("activities:help_settings")

    def go() -> None:
        nonlocal to
        period = go_away(volunteer_of(request.user), **form.cleaned_data)
        if _shifts_in(period, request.user):
            to = reverse("activities:away_shifts", args=[period.pk])
        messages.success(request, _("Bewaard. Die dagen vragen we je niets."))

    if request.method == "POST" and attempt(form, go):
        return HttpResponseRedirect(to)
    return inside(request, "activities/away.html", {"form": form, "back": to})


def _shifts_in(period: Away, user: User) -> list[Line]:
    return lines_between(user, period.volunteer, period.first_day, period.last_day)


@opened_by(Right.OWN_DATA)
def away_shifts(request: KeyRequest, days: int) -> HttpResponse:
    """One's shifts in days one is away, each with a button to hand it back, until none is left or one is done."""
    row = get_object_or_404(Away.objects.select_related("volunteer"), volunteer__user=request.user, pk=days)
    lines = [line for line in _shifts_in(row, request.user) if line.state != "off" and not line.is_over]
    context = {"lines": lines, "days": period_words(row.first_day, row.last_day), "period": row.pk}
    return inside(request, "activities/away_shifts.html", context)


@opened_by(Right.OWN_DATA)
def back_again(request: KeyRequest, away: int) -> HttpResponse:
    """Not away after all."""
    if request.method == "POST":
        come_back(volunteer_of(request.user), away)
        messages.success(request, _("Die periode is weg."))
    return HttpResponseRedirect(reverse("activities:help_settings"))


@opened_by(Right.OWN_DATA)
def hours(request: KeyRequest) -> HttpResponse:
    """What somebody did, by month; with `csv` in the query as a file."""
    months = hours_of(helper_of(request.user))
    if "csv" not in request.GET:
        return inside(request, "activities/hours.html", {"months": months, "total": sum_of(months)})
    return csv_file(as_csv(months), f"{_('uren')}.csv")


@opened_by(Right.OWN_DATA)
def calendar_link(request: KeyRequest) -> HttpResponse:
    """One's shifts in one's own calendar: a secret address, made anew or ended."""
    helper, address = helper_of(request.user), ""
    if request.method == "POST":
        helper = volunteer_of(request.user)
        if "stop" in request.POST:
            end_calendar(helper)
            messages.success(request, _("Het oude adres werkt niet meer."))
            return HttpResponseRedirect(reverse("activities:calendar_link"))
        address = settings.STEK_BASE_URL + reverse("data:own_calendar", args=[renew_calendar(helper)])
    return inside(request, "activities/calendar_link.html", {"address": address, "has_one": bool(helper.calendar_hash)})


@login_not_required
@require_safe
def own_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: the secret is the key."""
    owner = owner_of(secret)
    if owner is None:
        raise Http404
    response = HttpResponse(shifts_feed(owner), content_type="text/calendar; charset=utf-8")
    add_never_cache_headers(response)
    return response
