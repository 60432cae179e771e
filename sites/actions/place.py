"""Houses, rooms and stops of a site, and which house it lives in from which day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sites.models import HomeAddress, Place, Site, User
from sites.rules import has_begun
from sites.seen import refuse_overtaken
from sites.words import date_words
from stek.time import today

from .days import days_changed
from .log import log_change
from .rows import begun, gone, take_over

PLACE_FIELDS = ("name", "kind", "address", "by_bus", "by_ride", "ride_service", "facility_codes", "facilities")
HOME_FIELDS = ("place", "since")


@transaction.atomic
def add_place(site: Site, *, by: User | None, **values: Any) -> Place:
    """A house, room or stop. Raises ValidationError, by field, for a name the site has already."""
    place = Place(site=site, **values)
    _check_name(place)
    place.full_clean(exclude=["site"])
    place.save()
    log_change(by=by, verb="add_place", about=place, site=site, changes=begun(values))
    return place


@transaction.atomic
def change_place(place: Place, *, by: User | None, seen: str | None = None, **values: Any) -> Place:
    """Correct what is written about a place. A move is `move_house`: this changes old weeks too.

    Raises `Overtaken` when it is not what was `seen`; ValidationError, by field.
    """
    place = Place.objects.select_for_update(of=("self",)).select_related("site").get(pk=place.pk)
    refuse_overtaken(place, PLACE_FIELDS, seen)
    changes = take_over(place, values)
    if not changes:
        return place
    _check_name(place)
    place.full_clean(exclude=["site", "municipality"])
    place.save(update_fields=[*changes, "example_fields"])
    days_changed([place.site_id], today(place.site.time_zone))
    log_change(by=by, verb="change_place", about=place, site=place.site, changes=changes)
    return place


def _check_name(place: Place) -> None:
    if Place.objects.filter(site=place.site_id, name=place.name).exclude(pk=place.pk).exists():
        raise ValidationError({"name": _("Je hebt al een adres met deze naam. Kies een andere.")})


@transaction.atomic
def remove_place(place: Place, *, by: User | None) -> None:
    """Take away a place nothing ever used. Raises ValidationError for one that something uses, or used."""
    log_change(by=by, verb="remove_place", about=place, site=place.site, changes={"name": [place.name, None]})
    try:
        place.delete()
    except ProtectedError as used:
        raise ValidationError(
            _("“%(name)s” staat in het aanbod of als thuisadres, nu of vroeger. Daarom kan het niet weg."),
            params={"name": place.name},
        ) from used


@transaction.atomic
def move_house(site: Site, *, place: Place, since: dt.date, by: User | None) -> HomeAddress:
    """The site lives in this house from a day on. What was before that day stays as it was.

    Raises ValidationError, by field: for another site's house, a day that is past (the first house may begin long ago), and a
    day that has an address already.
    """
    if HomeAddress.objects.filter(site=site).exists():
        _refuse_past(site, since)
    home = HomeAddress(site=site, place=place, since=since)
    _check_home(home)
    _save_home(home)
    days_changed([site.pk], since)
    log_change(by=by, verb="move_house", about=home, site=site, changes=begun({"place": place, "since": since}))
    return home


@transaction.atomic
def change_house(
    home: HomeAddress, *, place: Place, since: dt.date, by: User | None, seen: str | None = None
) -> HomeAddress:
    """Correct an address that has not begun yet. Raises as `move_house` does, and `Overtaken`."""
    home = _future(home)
    refuse_overtaken(home, HOME_FIELDS, seen)
    _refuse_past(home.site, since)
    first = min(home.since, since)
    changes = take_over(home, {"place": place, "since": since})
    if not changes:
        return home
    _check_home(home)
    _save_home(home)
    days_changed([home.site_id], first)
    log_change(by=by, verb="change_house", about=home, site=home.site, changes=changes)
    return home


@transaction.atomic
def remove_house(home: HomeAddress, *, by: User | None) -> None:
    """The move does not go through. Raises ValidationError for an address that has begun."""
    home = _future(home)
    changes = gone({"place": home.place, "since": home.since})
    log_change(by=by, verb="remove_house", about=home, site=home.site, changes=changes)
    days_changed([home.site_id], home.since)
    home.delete()


def _future(home: HomeAddress) -> HomeAddress:
    home = HomeAddress.objects.select_for_update(of=("self",)).select_related("site", "place").get(pk=home.pk)
    if has_begun(home):
        raise ValidationError(_("Dit adres is al begonnen: wat was, verandert niet meer. Voeg een nieuw adres toe."))
    return home


def _refuse_past(site: Site, since: dt.date) -> None:
    if since < today(site.time_zone):
        raise ValidationError({"since": _("Wat voorbij is, verandert niet meer. Kies vandaag of later.")})


def _check_home(home: HomeAddress) -> None:
    if home.place.site_id != home.site_id:
        raise ValidationError({"place": _("Dit adres is van een andere plek.")})
    other = HomeAddress.objects.filter(site=home.site_id, since=home.since).exclude(pk=home.pk).first()
    if other:
        raise ValidationError({"since": _day_taken(other)})


def _day_taken(other: HomeAddress) -> str:
    sentence = _("Op %(day)s begint al een ander adres: %(place)s. Kies een andere dag.")
    return sentence % {"day": date_words(other.since, _("j F Y")), "place": other.place.name}


def _save_home(home: HomeAddress) -> None:
    """Two who choose one day at once: the constraint stops the second, who reads the sentence too."""
    try:
        with transaction.atomic():
            home.save()
    except IntegrityError:
        _check_home(home)
        raise
