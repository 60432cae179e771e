"""`/beheer/<slug>/planner/…`: one date moved, cancelled, or put back; an agreement changed or ended; a step undone."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import emails
from activities.actions.occurrence import (
    back_to_series,
    cancel,
    change_note,
    go_on_the_road,
    invite_guests,
    move,
    open_anyway,
    restore,
)
from activities.actions.series import change_from, end_series
from activities.actions.steps import Change, undo
from activities.actions.whole import change_always, change_whole
from activities.change_forms import ALWAYS, FROM, THIS, ChangeDateForm, EndForm, NoteForm, TranslatedNoteForm
from activities.effects import Effect, touched_by
from activities.enums import OccurrenceStatus
from activities.iso_week import IsoWeek
from activities.models import Occurrence, Series, Step
from activities.offer_forms import GuestsForm, RoadForm
from activities.words import day_words, hours_words, part_words
from sites.history import latest
from sites.inside import KeyRequest, opened_at_site_by
from sites.models import Closure, Site, User
from sites.rights import Right
from sites.rules import closed_days
from sites.views.answering import sent
from stek.time import today

from .stepping import Asked, readers_of, step_page


def planner_of(site: Site, day: dt.date) -> str:
    """The address of the planner's week with this day."""
    return reverse("activities:planner_week", args=[site.slug, IsoWeek.of(day)])


def _date(request: KeyRequest, site: Site, key: uuid.UUID) -> Occurrence:
    rows = Occurrence.objects.visible_to(request.user).at(site).filter(series__is_undone=False)
    return get_object_or_404(rows.select_related("site", "series__activity__site", "place"), uuid=key)


def _hours(row: Any) -> str:
    return hours_words(row.begin, row.end) if row.begin and row.end else part_words(row.part) or _("uur niet bekend")


@opened_at_site_by(Right.MANAGE_OFFER)
def change_date(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """One date, and what can be done with it. The planner asks for another place of it with `dag`, `begin`, `einde` and `deel`."""
    one = _date(request, site, date)
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
        "date": one, "day": day_words(one.day, year=True), "hours": _hours(one),
        "is_past": one.day < day, "is_cancelled": one.status == OccurrenceStatus.CANCELLED,
        "is_planned": one.status == OccurrenceStatus.PLANNED, "is_changed": one.is_changed,
        "closed": closed_days(one.site, closures, one.day, one.day).get(one.day, ""),
        "changes": latest(request.user, one.site, ["activities.series"], about=one.series_id),
    }  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def cancel_date(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """This time it does not take place; it stays on the page, with the note."""
    one = _date(request, site, date)
    form = NoteForm(sent(request), initial={"note": one.note})
    return _simple(
        request, site, form, one, lambda: cancel(one, by=request.user, note=form.cleaned_data["note"]), verb="cancel",
        title=_("“%(title)s” gaat één keer niet door") % {"title": one.series.title}, button=_("Zeg af"),
        told=_("Het gaat die keer niet door. Het blijft op de weekpagina staan, met je bericht."),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def restore_date(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """A cancelled date takes place after all."""
    one = _date(request, site, date)
    form = NoteForm(sent(request))
    del form.fields["note"]
    return _simple(
        request, site, form, one, lambda: restore(one, by=request.user), verb="restore",
        title=_("“%(title)s” gaat toch door") % {"title": one.series.title}, button=_("Laat het toch doorgaan"),
        told=_("Het gaat toch door."),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def reset_date(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """A date that was changed by hand is again as was agreed."""
    one = _date(request, site, date)
    form = NoteForm(sent(request))
    del form.fields["note"]
    return _simple(
        request, site, form, one, lambda: back_to_series(one, by=request.user), verb="back_to_series",
        title=_("“%(title)s” weer zoals afgesproken") % {"title": one.series.title}, button=_("Terug naar de reeks"),
        told=_("Die datum is weer zoals afgesproken."),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def open_date(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """It takes place although the door is shut that day, or no longer so."""
    one = _date(request, site, date)
    form = NoteForm(sent(request), initial={"note": one.note})
    words = {"title": one.series.title}
    return _simple(
        request, site, form, one,
        lambda: open_anyway(one, by=request.user, opened=not one.opened_anyway, note=form.cleaned_data["note"]),
        verb="open_anyway",
        title=(_("“%(title)s” niet meer open") if one.opened_anyway else _("“%(title)s” toch open")) % words,
        button=_("Laat het dicht zijn") if one.opened_anyway else _("Open toch"),
        told=_("Dat is veranderd. Bezoekers zien het meteen."),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def note(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """What visitors are told of this date, in every language."""
    one = _date(request, site, date)
    form = TranslatedNoteForm(sent(request), date=one)
    return _simple(
        request, site, form, one,
        lambda: change_note(one, by=request.user, note=form.cleaned_data["note"], translations=form.translations),
        verb="change_note", title=_("Bericht bij “%(title)s”") % {"title": one.series.title}, button=_("Bewaar het bericht"),
        told=_("Bezoekers lezen het nieuwe bericht."),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def guests(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """Who comes along this time only."""
    one = _date(request, site, date)
    initial = {"guests": list(one.guests.values_list("organisation", flat=True))}
    form = GuestsForm(sent(request), day=one.day, initial=initial)
    return _simple(
        request, site, form, one,
        lambda: invite_guests(one, by=request.user, guests=list(form.cleaned_data["guests"])), verb="invite_guests",
        title=_("Te gast bij “%(title)s”") % {"title": one.series.title}, button=_("Bewaar wie te gast is"),
        told=_("Bezoekers zien wie te gast is."),
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_OFFER)
def on_the_road(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """This date goes along stops, in order."""
    one = _date(request, site, date)
    form = RoadForm(sent(request), date=one)
    return _simple(
        request, site, form, one,
        lambda: go_on_the_road(one, by=request.user, stops=form.stops, note=form.cleaned_data["note"]),
        verb="go_on_the_road", title=_("“%(title)s” gaat op pad") % {"title": one.series.title}, button=_("Bewaar de haltes"),
        told=_("Bezoekers zien waar het die keer is."),
    )  # fmt: skip


def _simple(
    request: KeyRequest, site: Site, form: forms.Form, one: Occurrence, change: Change, *, verb: str, title: str, button: str,
    told: str,
) -> HttpResponse:  # fmt: skip
    back = reverse("activities:change_date", args=[site.slug, one.uuid])
    asked = Asked(
        activity=one.series.activity, title=title, verb=verb, button=button, change=lambda: change,
        back=back, to=planner_of(site, one.day), told=told,
    )  # fmt: skip
    context = {"lead": day_words(one.day, year=True), "hours": _hours(one)}
    return step_page(request, site, form, asked, template="activities/change_simple.html", context=context)


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
    if found.was_told:
        _take_back(effect, site, request.user)
    messages.success(request, _("Ongedaan gemaakt. Alles staat weer zoals het was."))
    return HttpResponseRedirect(planner_of(site, effect.dates[0].day if effect.dates else found.since))


def _take_back(effect: Effect, site: Site, by: User) -> None:
    """Who was told of the change hears that it is off; who was not told yet hears of neither."""
    for reader in readers_of(touched_by(effect, site), by):
        emails.offer_changed(effect, to=reader)
