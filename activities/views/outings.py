"""`/beheer/<slug>/inschrijvingen/`: dates with places, who comes along, who waits, and who is still to be called."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import outing_letters
from activities.actions.outings import change_places, drop_places, offer_places
from activities.actions.reservations import correct_reservation, join, leave, let_go_first, told
from activities.enums import ReservationState
from activities.free_places import people_words
from activities.models import Occurrence, Outing, Reservation
from activities.outing_desk import outing_desk, outings_of
from activities.outing_forms import CorrectForm, PlacesForm, ProxyForm
from activities.words import day_words
from sites.forms.base import attempt
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import Site
from sites.rights import Right
from sites.views.answering import answer, sent
from sites.views.confirming import confirm
from stek.pages import current_language

open_page = opened_at_site_by(Right.MANAGE_RESERVATIONS)


@open_page
def outings(request: KeyRequest, site: Site) -> HttpResponse:
    """What is to come and what was a while ago; and what has no limit yet."""
    cards, without = outings_of(site)
    return inside(request, "activities/outings.html", {"site": site, "cards": cards, "without": without})


def _date(request: KeyRequest, site: Site, key: uuid.UUID) -> Occurrence:
    rows = Occurrence.objects.visible_to(request.user).filter(site=site, series__is_published=True)
    return get_object_or_404(rows.select_related("site", "series__activity", "outing"), uuid=key)


def _outing(date: Occurrence) -> Outing | None:
    found: Outing | None = getattr(date, "outing", None)
    if found:
        found.occurrence = date
    return found


def _to(site: Site, date: Occurrence, name: str = "outing") -> str:
    return reverse(f"activities:{name}", args=[site.slug, date.uuid])


@open_page
def outing(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """One date: everybody, and one more by hand. A date without places leads to where it gets them."""
    one = _date(request, site, date)
    found = _outing(one)
    if found is None:
        return HttpResponseRedirect(_to(site, one, "places"))
    form = ProxyForm(sent(request), most=found.places)
    if request.method == "POST" and attempt(form, partial(_joined, request, found, form)):
        return HttpResponseRedirect(_to(site, one))
    context = {
        "site": site, "form": form, "desk": outing_desk(found),
        "changes": latest(request.user, site, ["activities.outing"], about=found.pk),
        "public": reverse("activities:activity", args=[site.slug, one.series.activity.slug]),
    }  # fmt: skip
    return inside(request, "activities/outing.html", context)


def _joined(request: KeyRequest, found: Outing, form: ProxyForm) -> None:
    mine, _is_new = join(found, **form.group, language=current_language(), waits=True, by_hand=True)
    if form.cleaned_data["wants_letter"]:
        outing_letters.own_place(mine)
    words = {"name": mine.nickname, "people": people_words(mine.people)}
    if mine.state == ReservationState.GOING:
        messages.success(request, _("%(name)s gaat mee: %(people)s.") % words)
    else:
        messages.info(request, _("%(name)s staat op de wachtlijst: %(people)s.") % words)


@open_page
def places(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """How many places, and from when until when names are taken."""
    one = _date(request, site, date)
    found = _outing(one)
    form = PlacesForm(sent(request), instance=found, zone=site.time_zone)

    def do() -> None:
        if found:
            change_places(found, by=request.user, seen=form.cleaned_data["seen"] or None, **form.values)
        else:
            offer_places(one, by=request.user, **form.values)

    more = {} if found is None else {"remove": _to(site, one, "no_places"), "remove_name": _("Geen inschrijving nodig")}
    return answer(
        request, form, do, told=_("Bewaard. Bezoekers zien het meteen."), to=_to(site, one),
        context={
            "site": site, "title": _("Plaatsen voor “%(title)s”") % {"title": one.series.title},
            "lead": day_words(one.day, year=True), "button": _("Bewaar"),
            "back": _to(site, one) if found else reverse("activities:outings", args=[site.slug]), **more,
        },
    )  # fmt: skip


@open_page
def no_places(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """Everybody may walk in after all."""
    one = _date(request, site, date)
    found = _outing(one)
    back = reverse("activities:outings", args=[site.slug])
    if found is None:
        return HttpResponseRedirect(back)
    return confirm(
        request, lambda: drop_places(found, by=request.user),
        told=_("Niemand hoeft zich nog in te schrijven."), to=back,
        context={
            "site": site, "title": _("Geen inschrijving nodig"), "button": _("Ja, iedereen komt zomaar binnen"),
            "lead": f"{one.series.title} · {day_words(one.day, year=True)}", "back": _to(site, one),
            "more": [_("Bezoekers lezen dan dat ze zich niet hoeven in te schrijven.")],
        },
    )  # fmt: skip


@open_page
def paper(request: KeyRequest, site: Site, date: uuid.UUID) -> HttpResponse:
    """The list for the bus, to print."""
    one = _date(request, site, date)
    found = _outing(one)
    if found is None:
        return HttpResponseRedirect(_to(site, one, "places"))
    desk = outing_desk(found)
    lists = [(desk.going, _("Gaan mee")), (desk.waiting, _("Wachtlijst, in volgorde"))]
    return inside(request, "activities/outing_paper.html", {"site": site, "desk": desk, "lists": lists})


def _group(request: KeyRequest, site: Site, key: int) -> Reservation:
    rows = Reservation.objects.visible_to(request.user).at(site)
    return get_object_or_404(rows.select_related("outing__occurrence__site", "outing__occurrence__series"), pk=key)


@open_page
def group(request: KeyRequest, site: Site, reservation: int) -> HttpResponse:
    """What somebody called about."""
    mine = _group(request, site, reservation)
    form = CorrectForm(sent(request), reservation=mine, most=mine.outing.places)
    date = mine.outing.occurrence
    return answer(
        request, form, lambda: correct_reservation(mine, **form.group), told=_("Bewaard."), to=_to(site, date),
        context={
            "site": site, "title": mine.nickname or _("(naam vergeten)"), "button": _("Bewaar"),
            "lead": f"{date.series.title} · {day_words(date.day, year=True)}",
            "remove": reverse("activities:call_off", args=[site.slug, mine.pk]), "remove_name": _("Zeg af voor deze groep"),
        },
    )  # fmt: skip


@open_page
def call_off(request: KeyRequest, site: Site, reservation: int) -> HttpResponse:
    """They do not come, and said so to who coordinates."""
    mine = _group(request, site, reservation)
    date = mine.outing.occurrence
    return confirm(
        request, lambda: leave(mine, by_hand=True),
        told=_("Afgezegd. De plaatsen zijn weer vrij."), to=_to(site, date),
        context={
            "site": site, "title": _("%(name)s komt niet") % {"name": mine.nickname or _("(naam vergeten)")},
            "lead": f"{date.series.title} · {day_words(date.day, year=True)} · {people_words(mine.people)}",
            "button": _("Zeg hen af"), "back": _to(site, date),
            "more": [_("Hun naam gaat weg, en wie wacht schuift op.")],
        },
    )  # fmt: skip


@open_page
def go_first(request: KeyRequest, site: Site, reservation: int) -> HttpResponse:
    """A group of the list that fits, before one that does not."""
    mine = _group(request, site, reservation)
    return _at_once(request, site, mine, lambda: let_go_first(mine), _("%(name)s heeft een plaats."))


@open_page
def is_told(request: KeyRequest, site: Site, reservation: int) -> HttpResponse:
    """They were called."""
    mine = _group(request, site, reservation)
    return _at_once(request, site, mine, lambda: told(mine), _("%(name)s weet het."))


def _at_once(request: KeyRequest, site: Site, mine: Reservation, do: Any, words: str) -> HttpResponse:
    """A button: done when it was sent, and said above the page it stands on."""
    if request.method == "POST":
        try:
            do()
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, words % {"name": mine.nickname or _("Deze groep")})
    return HttpResponseRedirect(_to(site, mine.outing.occurrence))
