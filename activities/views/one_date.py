"""`/beheer/<slug>/planner/datum/<uuid>/…`: what can be done with one date besides moving it, each on a page of one shape."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.actions.occurrence import (
    back_to_series,
    cancel,
    change_note,
    go_on_the_road,
    invite_guests,
    open_anyway,
    restore,
)
from activities.change_forms import NoteForm, SureForm, TranslatedNoteForm
from activities.models import Occurrence
from activities.offer_forms import GuestsForm, RoadForm
from activities.words import day_words
from sites.inside import KeyRequest, View, opened_at_site_by
from sites.models import Site, User
from sites.rights import Right
from sites.views.answering import sent

from .change import date_at, hours_of, planner_of
from .stepping import Asked, step_page


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to do with a date. `name` stands on its step; `form` gets what was sent; `do` gets the form when it is valid."""

    name: str
    form: Callable[[Any, Occurrence], Any]
    do: Callable[[Occurrence, User, Any], object]
    title: Promise  # with the activity's own title in it
    button: Promise
    told: Promise


def _with_its_note(data: Any, one: Occurrence) -> NoteForm:
    return NoteForm(data, initial={"note": one.note})


def _sure(data: Any, one: Occurrence) -> SureForm:
    return SureForm(data)


def _guests_of(data: Any, one: Occurrence) -> GuestsForm:
    return GuestsForm(data, day=one.day, initial={"guests": list(one.guests.values_list("organisation", flat=True))})


CANCEL = Verb(
    "cancel", _with_its_note,
    lambda one, by, form: cancel(one, by=by, note=form.cleaned_data["note"]),
    title=_("“%(title)s” gaat één keer niet door"), button=_("Zeg af"),
    told=_("Het gaat die keer niet door. Het blijft op de weekpagina staan, met je bericht."),
)  # fmt: skip
RESTORE = Verb(
    "restore", _sure, lambda one, by, form: restore(one, by=by),
    title=_("“%(title)s” gaat toch door"), button=_("Laat het toch doorgaan"), told=_("Het gaat toch door."),
)  # fmt: skip
RESET = Verb(
    "back_to_series", _sure, lambda one, by, form: back_to_series(one, by=by),
    title=_("“%(title)s” weer zoals afgesproken"), button=_("Terug naar de reeks"),
    told=_("Die datum is weer zoals afgesproken."),
)  # fmt: skip
OPEN = Verb(
    "open_anyway", _with_its_note,
    lambda one, by, form: open_anyway(one, by=by, opened=True, note=form.cleaned_data["note"]),
    title=_("“%(title)s” toch open"), button=_("Open toch"),
    told=_("Dat is veranderd. Bezoekers zien het meteen."),
)  # fmt: skip
SHUT = Verb(
    "open_anyway", _with_its_note,
    lambda one, by, form: open_anyway(one, by=by, opened=False, note=form.cleaned_data["note"]),
    title=_("“%(title)s” niet meer open"), button=_("Laat het dicht zijn"),
    told=_("Dat is veranderd. Bezoekers zien het meteen."),
)  # fmt: skip
TELL = Verb(
    "change_note", lambda data, one: TranslatedNoteForm(data, date=one),
    lambda one, by, form: change_note(one, by=by, note=form.cleaned_data["note"], translations=form.translations),
    title=_("Bericht bij “%(title)s”"), button=_("Bewaar het bericht"), told=_("Bezoekers lezen het nieuwe bericht."),
)  # fmt: skip
INVITE = Verb(
    "invite_guests", _guests_of,
    lambda one, by, form: invite_guests(one, by=by, guests=list(form.cleaned_data["guests"])),
    title=_("Te gast bij “%(title)s”"), button=_("Bewaar wie te gast is"),
    told=_("Bezoekers zien wie te gast is."),
)  # fmt: skip
GO_ON_THE_ROAD = Verb(
    "go_on_the_road", lambda data, one: RoadForm(data, date=one),
    lambda one, by, form: go_on_the_road(one, by=by, stops=form.stops, note=form.cleaned_data["note"]),
    title=_("“%(title)s” gaat op pad"), button=_("Bewaar de haltes"),
    told=_("Bezoekers zien waar het die keer is."),
)  # fmt: skip


def _page(pick: Callable[[Occurrence], Verb]) -> View:
    """The page of a verb, which may depend on how the date is now."""

    @opened_at_site_by(Right.MANAGE_OFFER)
    def page(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
        one = date_at(request, site, date)
        verb = pick(one)
        form = verb.form(sent(request), one)
        asked = Asked(
            activity=one.series.activity, verb=verb.name, title=str(verb.title) % {"title": one.series.title},
            button=str(verb.button), told=str(verb.told), change=lambda: lambda: verb.do(one, request.user, form),
            back=reverse("activities:change_date", args=[site.slug, one.uuid]), to=planner_of(site, one.day),
        )  # fmt: skip
        context = {"lead": day_words(one.day, year=True), "hours": hours_of(one)}
        return step_page(request, site, form, asked, template="activities/change_simple.html", context=context)

    return page


cancel_date = _page(lambda one: CANCEL)
restore_date = _page(lambda one: RESTORE)
reset_date = _page(lambda one: RESET)
open_date = _page(lambda one: SHUT if one.opened_anyway else OPEN)
note = _page(lambda one: TELL)
guests = _page(lambda one: INVITE)
on_the_road = _page(lambda one: GO_ON_THE_ROAD)
