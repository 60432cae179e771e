"""Somebody asks for places, waits for them, moves up, comes with fewer, or not at all.

Everything here holds the lock of the date. So groups are whole, places are never given twice, and who waits goes in order.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities import outing_letters
from activities.codes import hash_of_code, hashes_of_code
from activities.enums import News, ReservationState
from activities.models import Outing, Reservation, ReservationKey
from activities.outing_rules import has_begun, seats_of, why_not
from activities.rules import closed_where
from sites.actions import schedule_changed
from stek.time import now

GOING, WAITING = ReservationState.GOING, ReservationState.WAITING


class NoRoom(ValidationError):
    """There is room for fewer, or for nobody: they may wait instead."""


def locked(outing: Outing) -> Outing:
    """As it is now, for one at a time, with date, site and agreement. Raises ValidationError when it was dropped meanwhile."""
    found = Outing.objects.filter(pk=outing.pk).for_update().first()
    if found is None:
        raise ValidationError(_("Hiervoor hoeft niemand zich meer in te schrijven. Kom zomaar binnen."))
    return found


def opened_by(code: str) -> Reservation | None:
    """The reservation of a code; None for an unknown one, and for one that is gone."""
    keys = ReservationKey.objects.filter(hash__in=hashes_of_code(code))
    found = keys.select_related(
        "reservation__outing__occurrence__site__municipality", "reservation__outing__occurrence__series__activity"
    ).first()
    return found.reservation if found else None


@transaction.atomic
def join(
    outing: Outing, *, people: int, nickname: str, contact: str = "", language: str = "nl", code: str = "",
    waits: bool = False, by_hand: bool = False,
) -> tuple[Reservation, bool]:  # fmt: skip
    """Places for a whole group, or (`waits`) a place on the list when they do not fit; and whether it is new.

    With a `code` that was used before nothing is done again. `by_hand` is who coordinates: until it begins, and a group of any
    size. Raises `NoRoom` for a group that does not fit and does not say that it waits, ValidationError, by field, for the rest.
    """
    outing = locked(outing)
    if code and (known := opened_by(code)) is not None and known.outing_id == outing.pk:
        return known, False
    _refuse(outing, people, by_hand=by_hand)
    fits = not outing.waiting and people <= outing.free
    if not fits and not waits:
        raise NoRoom({"people": _no_room(outing)})
    reservation = Reservation.objects.create(
        outing=outing, nickname=nickname, contact=contact, language=language, people=people,
        state=GOING if fits else WAITING,
    )  # fmt: skip
    if code:
        ReservationKey.objects.create(reservation=reservation, hash=hash_of_code(code))
    _count(outing, **{"taken" if fits else "waiting": people})
    return reservation, True


def _refuse(outing: Outing, people: int, *, by_hand: bool) -> None:
    moment = now()
    seats = seats_of(outing, now=moment, closed=closed_where([outing.occurrence]))
    if words := why_not(seats, by_hand=by_hand):
        raise ValidationError(words)
    if has_begun(outing, moment):
        raise ValidationError(_("Het is al begonnen."))
    most = outing.places if by_hand else min(outing.places, outing.largest_group)
    if people > most:
        words = ngettext("Dit kan voor hoogstens %(most)d mens.", "Dit kan voor hoogstens %(most)d mensen.", most)
        raise ValidationError({"people": words % {"most": most}})


def _no_room(outing: Outing) -> str:
    free = 0 if outing.waiting else outing.free
    if not free:
        return _("Alles is intussen volzet. Je kan op de wachtlijst.")
    words = ngettext(
        "Er is nog %(free)d plaats vrij. Kom met minder, of ga samen op de wachtlijst.",
        "Er zijn nog %(free)d plaatsen vrij. Kom met minder, of ga samen op de wachtlijst.",
        free,
    )
    return words % {"free": free}


def _count(outing: Outing, *, taken: int = 0, waiting: int = 0) -> None:
    """Add to what is counted; every page of the site tells it anew."""
    outing.taken += taken
    outing.waiting += waiting
    outing.save(update_fields=["taken", "waiting"])
    schedule_changed(outing.occurrence.site_id)


def _counted(reservation: Reservation, people: int) -> dict[str, int]:
    return {"taken" if reservation.state == GOING else "waiting": people}


def _locked_together(reservation: Reservation) -> tuple[Outing, Reservation | None]:
    outing = locked(reservation.outing)
    return outing, Reservation.objects.filter(pk=reservation.pk).first()


@transaction.atomic
def leave(reservation: Reservation, *, by_hand: bool = False) -> bool:
    """They do not come: the places are free at once, and nothing is kept of who had them. False when that was so already.

    Raises ValidationError once it has begun, but not for who coordinates.
    """
    outing, mine = _locked_together(reservation)
    if mine is None:
        return False
    if has_begun(outing, now()) and not by_hand:
        raise ValidationError(_("Het is al begonnen."))
    _take_away(outing, mine)
    return True


def _take_away(outing: Outing, mine: Reservation) -> None:
    outing_letters.unsay([mine.pk])
    counted = _counted(mine, -mine.people)
    mine.delete()
    _count(outing, **counted)
    move_up(outing)


@transaction.atomic
def come_with_fewer(reservation: Reservation, people: int) -> Reservation:
    """A smaller group; the places they give up go to who waits. Raises ValidationError for more people, and once it has begun."""
    outing, mine = _locked_together(reservation)
    if mine is None or has_begun(outing, now()):
        raise ValidationError(_("Dit kan niet meer veranderen."))
    if not 1 <= people <= mine.people:
        raise ValidationError({"people": _("Hier kan je alleen met minder mensen komen.")})
    return _with(outing, mine, people)


@transaction.atomic
def correct_reservation(reservation: Reservation, *, people: int, nickname: str, contact: str) -> Reservation:
    """By who coordinates, after a call. Raises ValidationError, by field, for more people than there is room for."""
    outing, mine = _locked_together(reservation)
    if mine is None:
        raise ValidationError(_("Deze inschrijving is er niet meer."))
    more = people - mine.people
    if more > 0 and (people > outing.places or (mine.state == GOING and more > outing.free)):
        raise ValidationError({"people": _("Daarvoor zijn er niet genoeg plaatsen vrij.")})
    if contact != mine.contact:
        outing_letters.unsay([mine.pk])
    mine.nickname, mine.contact = nickname, contact
    return _with(outing, mine, people)


def _with(outing: Outing, mine: Reservation, people: int) -> Reservation:
    counted = _counted(mine, people - mine.people)
    mine.people = people
    mine.save()
    if any(counted.values()):
        _count(outing, **counted)
        move_up(outing, knows=mine.pk)
        mine.refresh_from_db()
    return mine


@transaction.atomic
def let_go_first(reservation: Reservation) -> Reservation:
    """Who coordinates gives a group of the list its places, before others who wait longer and do not fit.

    Raises ValidationError when there are too few.
    """
    outing, mine = _locked_together(reservation)
    if mine is None:
        raise ValidationError(_("Deze inschrijving is er niet meer."))
    if mine.state == WAITING:
        if mine.people > outing.free:
            raise ValidationError(_("Daarvoor zijn er niet genoeg plaatsen vrij."))
        _give(outing, mine, knows=None)
        move_up(outing)
    return mine


def move_up(outing: Outing, *, knows: int | None = None) -> list[Reservation]:
    """Free places go to who waits, in order, as long as the first group fits as a whole; `outing` is locked.

    Nobody is passed: a large family would wait for ever behind those who come alone. Who coordinates may decide otherwise.
    Nobody moves up once it has begun. Whoever moves up hears of it, but not who `knows` because they did this.
    """
    if has_begun(outing, now()) or not outing.free:
        return []
    moved = []
    for first in Reservation.objects.filter(outing=outing, state=WAITING).order_by("pk"):
        if first.people > outing.free:
            break
        _give(outing, first, knows=knows)
        moved.append(first)
    return moved


def _give(outing: Outing, mine: Reservation, *, knows: int | None) -> None:
    mine.state = GOING
    has_mail = bool(mine.mailbox)
    if mine.pk != knows and not has_mail:
        mine.news = News.PLACE
    mine.save(update_fields=["state", "news"])
    _count(outing, taken=mine.people, waiting=-mine.people)
    if mine.pk != knows and has_mail:
        outing_letters.place_free(mine, outing)


def told(reservation: Reservation) -> None:
    """Who coordinates called them. Twice changes nothing."""
    Reservation.objects.filter(pk=reservation.pk).update(news=News.NONE)


@transaction.atomic
def forget_reservations(mailbox: str, words: Any) -> None:
    """Of somebody who is forgotten: what is to come under their mailbox is free again, what is over has no row; their whole name
    goes from what others wrote. `words` says whether a text names them."""
    for mine in Reservation.objects.filter(contact__iexact=mailbox).select_related("outing").order_by("outing", "pk"):
        outing, found = _locked_together(mine)
        if found is None:
            continue
        if has_begun(outing, now()):
            outing_letters.unsay([found.pk])
            found.delete()  # they were there, and count
        else:
            _take_away(outing, found)
    named = [row.pk for row in Reservation.objects.only("nickname") if words(row.nickname)]
    Reservation.objects.filter(pk__in=named).update(nickname="")


def take_names_away(found: Any) -> None:
    """Rows that are over go, with their codes and what was written about them; the numbers of the date stay."""
    keys = list(found.values_list("pk", flat=True))
    outing_letters.unsay(keys)
    Reservation.objects.filter(pk__in=keys).delete()
