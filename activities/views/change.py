"""`/beheer/<slug>/planner/…`: one date and where it is moved to; an agreement that ends; a step undone."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.occurrence import move
from activities.actions.series import change_from, end_series
from activities.actions.steps import Change, undo
from activities.actions.whole import change_always, change_whole
from activities.change_forms import ALWAYS, FROM, THIS, ChangeDateForm, EndForm
from activities.enums import OccurrenceStatus
from activities.iso_week import IsoWeek
from activities.models import Occurrence, Series, Step
from activities.words import day_words, when_words
from sites.history import latest
from sites.inside import KeyRequest, opened_at_site_by
from sites.models import Closure, Site
from sites.rights import Right
from sites.rules import closed_days
from sites.views.answering import sent
from stek.time import today

from .stepping import Asked, step_page, tell_of, told_words


def planner_of(site: Site, day: dt.date) -> str:
    """The address of the planner's week with this day."""
    return reverse("activities:planner_week", args=[site.slug, IsoWeek.of(day)])


def date_at(request: KeyRequest, site: Site, key: uuid.UUID) -> Occurrence:
    rows = Occurrence.objects.visible_to(request.user).at(site).filter(series__is_undone=False)
    return get_object_or_404(rows.select_related("site", "series__activity__site", "place"), uuid=key)


def hours_of(row: Any) -> str:
    return when_words(row.begin, row.end, row.part) or _("uur niet bekend")


@opened_at_site_by(Right.MANAGE_OFFER)
def change_date(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """One date, and what can be done with it. The planner asks for another place of it with `dag`, `begin`, `einde` and `deel`."""
    one = date_at(request, site, date)
    day = today(site.time_zone)
    form = ChangeDateForm(sent(request), date=one, initial=_initial(request, one, day))
    asked = Asked(
        activity=one.series.activity, verb="move", button=_("Verplaats"),
        title=_("Verplaats “%(title)s”") % {"title": one.series.title},
        change=partial(_change, request, form, one), back=planner_of(site, one.day), to=planner_of(site, one.day),
        told=_("Het staat op zijn nieuwe plaats. Bezoekers zien het meteen."),
    )  # fmt: skip
    return step_page(
        request, site, form, asked, template="activities/change_date.html", context=_context(request, one, day)
    )


def _initial(request: HttpRequest, one: Occurrence, day: dt.date) -> dict[str, Any]:
    """What the date is now, or where it was dropped. What cannot be read is left as it is."""
    asked = request.GET
    target = _read(dt.date.fromisoformat, asked.get("dag")) or one.day
    begin, end = _read(dt.time.fromisoformat, asked.get("begin")), _read(dt.time.fromisoformat, asked.get("einde"))
    hours = {"begin": begin, "end": end, "part": ""} if begin and end else None
    hours = hours or {"begin": one.begin, "end": one.end, "part": one.part}
    if asked.get("deel") and not begin:
        hours["part"] = asked["deel"]
    is_moved = bool(asked.get("dag"))
    return {
        "day": target, **hours, "place": one.place_id, "scope": FROM if is_moved else THIS,
        "since": max(day, min(one.day, target)), "reason": "" if is_moved else one.note,
    }  # fmt: skip


def _read(parse: Any, text: str | None) -> Any:
    try:
        return parse(text) if text else None
    except ValueError:
        return None


def _change(request: KeyRequest, form: ChangeDateForm, one: Occurrence) -> Change:
    """What the form asks for, as a verb."""
    values, by = form.cleaned_data, request.user
    if form.how_long == THIS:
        return lambda: move(one, by=by, day=values["day"], **form.hours, place=values["place"], note=values["reason"])
    if form.how_long == ALWAYS:
        return lambda: change_always(one.series, by=by, reason=values["reason"], **form.agreed)
    if values["since"] <= one.series.first_day:
        return lambda: change_whole(one.series, by=by, reason=values["reason"], **form.agreed)
    return lambda: change_from(one.series, values["since"], by=by, reason=values["reason"], **form.agreed)


def _context(request: KeyRequest, one: Occurrence, day: dt.date) -> dict[str, Any]:
    closures = list(Closure.objects.at(one.site))
    return {
        "date": one, "day": day_words(one.day, year=True), "hours": hours_of(one),
        "is_past": one.day < day, "is_cancelled": one.status == OccurrenceStatus.CANCELLED,
        "is_planned": one.status == OccurrenceStatus.PLANNED, "is_changed": one.is_changed,
        "closed": closed_days(one.site, closures, one.day, one.day).get(one.day, ""),
        "changes": latest(request.user, one.site, ["activities.series"], about=one.series_id),
    }  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def end_agreement(request: KeyRequest, site: Site, agreement: int) -> HttpResponse:
    """The last day of what was agreed; what was held before stays."""
    rows = Series.objects.visible_to(request.user).at(site).published().select_related("activity__site")
    series = get_object_or_404(rows, pk=agreement)
    form = EndForm(sent(request), initial={"last_day": series.last_day or today(site.time_zone)})
    back = reverse("activities:planner", args=[site.slug])
    asked = Asked(
        activity=series.activity, title=_("“%(title)s” stopt") % {"title": series.title},
        verb="end_series", button=_("Laat het stoppen"), back=back, to=back, told=_("Het stopt na die dag."),
        change=lambda: lambda: end_series(
            series, form.cleaned_data["last_day"], by=request.user, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip
    return step_page(request, site, form, asked, template="activities/change_simple.html", context={})


@opened_at_site_by(Right.MANAGE_OFFER)
def undo_step(request: KeyRequest, site: Site, step: uuid.UUID) -> HttpResponse:
    """Let everything be as it was. Once more, or too late, says so and does nothing; who only looks is led to the planner."""
    found = get_object_or_404(Step.objects.visible_to(request.user).at(site), uuid=step)
    if request.method != "POST" or found.is_undone:
        if found.is_undone:
            messages.info(request, _("Dit was al ongedaan gemaakt."))
        return HttpResponseRedirect(planner_of(site, found.since))
    try:
        effect = undo(found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return HttpResponseRedirect(planner_of(site, found.since))
    # Who was told of the change hears that it is off. Of one that nobody was told of workers hear neither, but who has a place may have
    # taken it since.
    number = tell_of(effect, site, request.user, only_places=not found.was_told)
    messages.success(request, told_words(_("Ongedaan gemaakt. Alles staat weer zoals het was."), number))
    return HttpResponseRedirect(planner_of(site, effect.dates[0].day if effect.dates else found.since))
