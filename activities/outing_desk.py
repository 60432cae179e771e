"""The coordinator's page of places: who goes along, who waits, who is still to be called. As many queries for one as for a hundred."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from sites.models import Site
from stek.outbox.models import Delivery
from stek.time import now, today

from .enums import Frequency, News, ReservationState
from .free_places import Seats, people_words
from .models import Occurrence, Outing, Reservation
from .outing_forms import contact_words
from .outing_letters import about
from .outing_rules import begins, is_on, seats_of
from .rules import closed_where
from .words import day_words, when_words


@dataclass(frozen=True, slots=True)
class Group:
    """One reservation as the desk shows it. `call` is what to tell them, empty when they know; `may_go` when they fit now."""

    row: Reservation
    name: str
    people: str
    contact: str
    position: int
    call: str
    is_lost: bool
    may_go: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A date in the list of the desk; `seats` None for one that asks for no name."""

    date: Occurrence
    day: str
    hours: str
    seats: Seats | None
    calls: int
    is_over: bool
    is_off: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One date with its groups. `hint` says what the list waits for."""

    card: Card
    outing: Outing
    going: list[Group]
    waiting: list[Group]
    calls: list[Group]
    hint: str


# How far back the list looks: as long as names are kept.
BACK = dt.timedelta(days=7)


def outings_of(site: Site) -> tuple[list[Card], list[Card]]:
    """(dates with places, dates that happen once and have none), those to come first."""
    day = today(site.time_zone)
    rows = (
        Occurrence.objects.filter(site=site, series__frequency=Frequency.ONCE, series__is_published=True)
        .filter(series__is_undone=False, day__gte=day - BACK)
        .exclude(status="withdrawn")
        .select_related("site", "series", "outing")
        .annotate(calls=Count("outing__reservations", filter=~Q(outing__reservations__news=News.NONE)))
        .order_by("day", "begin", "pk")
    )
    cards = _cards(list(rows), site, day)
    with_places = [card for card in cards if card.seats]
    without = [card for card in cards if not card.seats and not card.is_over and not card.is_off]
    return sorted(with_places, key=lambda card: card.is_over), without


def _cards(rows: Sequence[Occurrence], site: Site, day: dt.date) -> list[Card]:
    closed, moment = closed_where(rows), now()
    found = []
    for row in rows:
        outing = getattr(row, "outing", None)
        if outing:
            outing.occurrence = row
        found.append(
            Card(
                row, day_words(row.day, year=True), when_words(row.begin, row.end, row.part),
                seats_of(outing, now=moment, closed=closed) if outing else None, getattr(row, "calls", 0), row.day < day,
                not is_on(row, closed),
            )
        )  # fmt: skip
    return found


def outing_desk(outing: Outing) -> Desk:
    """`outing` comes with date, site and agreement."""
    date = outing.occurrence
    (card,) = _cards([date], date.site, today(date.site.time_zone))
    rows = list(Reservation.objects.filter(outing=outing).order_by("pk"))
    lost = set(
        Delivery.objects.at(date.site)
        .to_look_at()
        .filter(about__in=[about(row.pk) for row in rows])
        .values_list("about", flat=True)
    )
    waiting = [row for row in rows if row.state == ReservationState.WAITING]
    places = {row.pk: number for number, row in enumerate(waiting, start=1)}
    begun = begins(date) <= now()
    groups = [
        Group(
            row, row.nickname or _("(naam vergeten)"), people_words(row.people), contact_words(row.contact),
            places.get(row.pk, 0), _call(row, card), about(row.pk) in lost,
            row.pk in places and row.people <= outing.free and not begun,
        )
        for row in rows
    ]  # fmt: skip
    return Desk(
        card, outing, [one for one in groups if one.row.pk not in places],
        [one for one in groups if one.row.pk in places], [one for one in groups if one.call or one.is_lost],
        hint_of(outing.free, waiting[0].people) if waiting and not begun else "",
    )  # fmt: skip


def _call(row: Reservation, card: Card) -> str:
    """What to tell somebody, in one sentence."""
    if not row.news:
        return ""
    words = {"day": card.day, "people": people_words(row.people)}
    if card.is_off:
        return _("Zeg dat het op %(day)s niet doorgaat.") % words
    if row.news == News.PLACE:
        return _("Zeg dat er plaats is voor %(people)s, op %(day)s.") % words
    return _("Zeg dat het nu op %(day)s is, en kijk het uur na.") % words


def hint_of(free: int, people: int) -> str:
    """Why a place stays free while somebody waits."""
    if not free or people <= free:
        return ""
    words = {"free": free, "people": people_words(people)}
    return (
        _("Er is %(free)d plaats vrij, en de eerste op de lijst is met %(people)s.") % words
        if free == 1
        else _("Er zijn %(free)d plaatsen vrij, en de eerste op de lijst is met %(people)s.") % words
    )


@dataclass(frozen=True, slots=True)
class Stuck:
    """What waits for the coordinator: calls to make, or a first group that does not fit in what is free."""

    date: Occurrence
    calls: int
    hint: str


def stuck(site: Site, day: dt.date) -> list[Stuck]:
    """Dates from a local day on of which something waits. One query."""
    first = Reservation.objects.filter(outing=OuterRef("pk"), state=ReservationState.WAITING).order_by("pk")
    rows = (
        Outing.objects.at(site)
        .filter(occurrence__day__gte=day)
        .select_related("occurrence__series")
        .annotate(
            calls=Count("reservations", filter=~Q(reservations__news=News.NONE)),
            first=Subquery(first.values("people")[:1]),
        )
        .order_by("occurrence__day", "pk")
    )
    found = [Stuck(row.occurrence, row.calls, hint_of(row.free, row.first or 0)) for row in rows]
    return [one for one in found if one.calls or one.hint]
