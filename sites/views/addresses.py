"""`/beheer/<slug>/adressen/`: houses, rooms and stops, and the line of houses through time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sites.actions.place import (
    add_place,
    change_house,
    change_place,
    move_house,
    remove_house,
    remove_place,
)
from sites.enums import PlaceKind
from sites.forms.place import HomeForm, PlaceForm
from sites.history import latest
from sites.inside import KeyRequest, inside, opened_at_site_by
from sites.models import HomeAddress, Place, Site
from sites.rights import Right
from sites.rules import has_begun, home_on
from sites.words import date_words
from stek.time import today

from .answering import answer, sent
from .confirming import confirm

LABELS = ["sites.place", "sites.homeaddress"]


@opened_at_site_by(Right.MANAGE_PEOPLE)
def addresses(request: KeyRequest, site: Site) -> HttpResponse:
    """Where the site lives, lived and will live, and every place it uses."""
    homes = list(HomeAddress.objects.visible_to(request.user).at(site).select_related("place").order_by("since"))
    places = list(Place.objects.visible_to(request.user).at(site).order_by("name"))
    context = {
        "site": site,
        "homes": _line(site, homes),
        "kinds": [
            {"name": name, "places": [place for place in places if place.kind == kind]}
            for kind, name in (
                (PlaceKind.HOUSE, _("Huizen")),
                (PlaceKind.ROOM, _("Lokalen")),
                (PlaceKind.STOP, _("Haltes")),
            )
        ],
        "has_house": any(place.kind == PlaceKind.HOUSE for place in places),
        "changes": latest(request.user, site, LABELS),
    }
    return inside(request, "sites/addresses.html", context)


def _line(site: Site, homes: list[HomeAddress]) -> list[dict[str, Any]]:
    """Houses in order, each with its days; which one is of today, which is still to come."""
    day = today(site.time_zone)
    now = home_on(homes, day)
    lasts = [home.since - dt.timedelta(days=1) for home in homes[1:]]
    return [
        {
            "home": home,
            "days": _days_words(home.since, last, is_planned=home.since > day),
            "is_now": home is now,
            "is_planned": home.since > day,
        }
        for home, last in zip(homes, [*lasts, None], strict=False)  # no home, and one end more
    ]


def _days_words(since: dt.date, last: dt.date | None, *, is_planned: bool) -> str:
    form = _("j F Y")
    if last is None:
        return (_("vanaf %(day)s") if is_planned else _("sinds %(day)s")) % {"day": date_words(since, form)}
    return _("%(first)s tot en met %(last)s") % {"first": date_words(since, form), "last": date_words(last, form)}


def _to(site: Site) -> str:
    return reverse("sites:addresses", args=[site.slug])


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_place(request: KeyRequest, site: Site) -> HttpResponse:
    form = PlaceForm(sent(request))
    return answer(
        request, form, lambda: add_place(site, by=request.user, **form.values),
        told=_("Het adres staat erbij."), to=_to(site),
        context={"site": site, "title": _("Huis, lokaal of halte erbij"), "button": _("Bewaar")},
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def place(request: KeyRequest, site: Site, place: int) -> HttpResponse:
    """Correct what is written about a place."""
    row = get_object_or_404(Place.objects.visible_to(request.user).at(site), pk=place)
    form = PlaceForm(sent(request), instance=row)
    return answer(
        request, form, lambda: change_place(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=_to(site),
        context={
            "site": site, "title": row.name, "button": _("Bewaar"),
            "lead": _("Hier verbeter je wat er staat, ook voor vroeger. Verhuist de plek? Kies dan een nieuw thuisadres."),
            "remove": reverse("sites:remove_place", args=[site.slug, row.pk]), "remove_name": _("Haal dit adres weg"),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def place_away(request: KeyRequest, site: Site, place: int) -> HttpResponse:
    """Take away a place that nothing uses or used."""
    row = get_object_or_404(Place.objects.visible_to(request.user).at(site).select_related("site"), pk=place)
    return confirm(
        request, lambda: remove_place(row, by=request.user), told=_("Het adres is weg."), to=_to(site),
        context={
            "site": site, "title": _("%(name)s weghalen?") % {"name": row.name}, "button": _("Haal weg"),
            "lead": _("Dit kan alleen als niets dit adres gebruikt of gebruikt heeft."),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def new_home(request: KeyRequest, site: Site) -> HttpResponse:
    form = HomeForm(sent(request), site=site)
    return answer(
        request, form, lambda: move_house(site, by=request.user, **form.values),
        told=_("Het nieuwe thuisadres staat erbij."), to=_to(site), context=_home_words(site) | {"title": _("De plek verhuist")},
    )  # fmt: skip


def _home_words(site: Site) -> dict[str, Any]:
    return {
        "site": site,
        "button": _("Bewaar"),
        "lead": _("Vanaf die dag staat het nieuwe adres overal. De weken ervoor blijven zoals ze waren."),
        "aside": reverse("sites:new_place", args=[site.slug]),
        "aside_name": _("Staat het huis er niet bij? Voeg het eerst toe"),
    }


@opened_at_site_by(Right.MANAGE_PEOPLE)
def home(request: KeyRequest, site: Site, address: int) -> HttpResponse:
    """Correct a home address that has not begun; one that has is only shown."""
    row = _home(request, site, address)
    if has_begun(row):
        return inside(request, "sites/home_begun.html", {"site": site, "home": row})
    form = HomeForm(sent(request), site=site, instance=row)
    return answer(
        request, form, lambda: change_house(row, by=request.user, seen=form.cleaned_data["seen"], **form.values),
        told=_("Bewaard."), to=_to(site),
        context=_home_words(site) | {
            "title": _("Thuisadres verbeteren"),
            "remove": reverse("sites:remove_home", args=[site.slug, row.pk]),
            "remove_name": _("De verhuis gaat niet door"),
        },
    )  # fmt: skip


@opened_at_site_by(Right.MANAGE_PEOPLE)
def home_away(request: KeyRequest, site: Site, address: int) -> HttpResponse:
    """A move that does not go through."""
    row = _home(request, site, address)
    return confirm(
        request, lambda: remove_house(row, by=request.user), told=_("De verhuis is geschrapt."), to=_to(site),
        context={
            "site": site, "title": _("Gaat de verhuis niet door?"), "button": _("Schrap de verhuis"),
            "lead": _("Het adres van daarvoor blijft dan gelden."),
        },
    )  # fmt: skip


def _home(request: KeyRequest, site: Site, address: int) -> HomeAddress:
    rows = HomeAddress.objects.visible_to(request.user).at(site).select_related("place", "site")
    return get_object_or_404(rows, pk=address)
