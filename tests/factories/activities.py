"""Rows of the offer. Every function takes what differs and fills in the rest."""

from __future__ import annotations

import datetime as dt
from itertools import count

from activities.enums import DateChange, Frequency, PriceKind, Staying
from activities.models import (
    Activity,
    ActivityType,
    Attendance,
    Continuation,
    Guest,
    Idea,
    IdeaTable,
    Occurrence,
    Outing,
    Plan,
    Presence,
    Reservation,
    ReservationKey,
    Series,
    SeriesDate,
    SeriesOrganiser,
    Shift,
    ShiftNeed,
    SignUp,
    Spot,
    Standing,
    Step,
    Stop,
    Swap,
    Text,
)
from partners.models import Organisation
from sites.models import Site

from .partners import make_organisation, make_volunteer
from .sites import make_place

_number = count(1)


def make_type(**fields) -> ActivityType:
    number = next(_number)
    return ActivityType.objects.create(**{"code": f"soort-{number}", "names": {"nl": f"Soort {number}"}} | fields)


def make_activity(site: Site, **fields) -> Activity:
    """A place to meet."""
    if "type" not in fields:
        fields["type"] = make_type()
    return Activity.objects.create(site=site, **{"slug": f"activiteit-{next(_number)}", "meet": True} | fields)


def series_fields(**fields) -> dict:
    """Every Monday from 10 to 12 since 2 January 2023: what an agreement is made of, for `start_series` too."""
    return {
        "title": "Koffie en Formulieren",
        "price_kind": PriceKind.FREE,
        "frequency": Frequency.WEEKLY,
        "weekday": 0,
        "begin": dt.time(10),
        "end": dt.time(12),
        "first_day": dt.date(2023, 1, 2),
    } | fields


def make_series(activity: Activity, **fields) -> Series:
    """A published agreement, as a row only: `activities.actions` makes its dates."""
    return Series.objects.create(activity=activity, **{"is_published": True} | series_fields(**fields))


def make_series_date(series: Series, day: dt.date, change: DateChange = DateChange.ADDED) -> SeriesDate:
    return SeriesDate.objects.create(series=series, day=day, change=change)


def make_organiser(series: Series, organisation: Organisation | None = None, **fields) -> SeriesOrganiser:
    return SeriesOrganiser.objects.create(series=series, organisation=organisation or make_organisation(), **fields)


def make_text(series: Series, **fields) -> Text:
    return Text.objects.create(series=series, **{"language": "fr", "title": "Café et formulaires"} | fields)


def make_occurrence(series: Series, day: dt.date, **fields) -> Occurrence:
    """One date whose hour nobody knows."""
    plain = {"site": series.activity.site, "original_date": day, "day": day}
    return Occurrence.objects.create(series=series, **plain | fields)


def make_stop(occurrence: Occurrence, **fields) -> Stop:
    if "place" not in fields:
        fields["place"] = make_place(occurrence.site)
    return Stop.objects.create(occurrence=occurrence, **fields)


def make_guest(occurrence: Occurrence, organisation: Organisation | None = None) -> Guest:
    return Guest.objects.create(occurrence=occurrence, organisation=organisation or make_organisation())


def make_plan(site: Site, **fields) -> Plan:
    return Plan.objects.create(site=site, **{"title": f"Plan {next(_number)}"} | fields)


def make_spot(site: Site, **fields) -> Spot:
    return Spot.objects.create(site=site, **{"where": f"Bibliotheek {next(_number)}"} | fields)


def make_step(activity: Activity, **fields) -> Step:
    """A change of nothing that can still be undone."""
    nothing = {
        "since": dt.date(2023, 1, 1),
        "until": dt.datetime(2090, 1, 1, tzinfo=dt.UTC),
        "before": {},
        "after": "x",
    }
    return Step.objects.create(activity=activity, **{"verb": "move"} | nothing | fields)


def make_need(series: Series, **fields) -> ShiftNeed:
    """Two people for the coffee, as a row only: `activities.actions.needs` makes its shifts."""
    return ShiftNeed.objects.create(series=series, **{"task": "Koffie zetten"} | fields)


def make_shift(need: ShiftNeed, occurrence: Occurrence) -> Shift:
    return Shift.objects.create(need=need, occurrence=occurrence)


def make_sign_up(shift: Shift, **fields) -> SignUp:
    if "volunteer" not in fields:
        fields["volunteer"] = make_volunteer()
    return SignUp.objects.create(shift=shift, **fields)


def make_swap(place: SignUp, **fields) -> Swap:
    return Swap.objects.create(place=place, **fields)


def make_standing(need: ShiftNeed, **fields) -> Standing:
    if "volunteer" not in fields:
        fields["volunteer"] = make_volunteer()
    return Standing.objects.create(need=need, **fields)


def make_outing(occurrence: Occurrence, **fields) -> Outing:
    """Ten places, as a row only."""
    return Outing.objects.create(occurrence=occurrence, **{"places": 10} | fields)


def make_reservation(outing: Outing, **fields) -> Reservation:
    """Two people who go along, as a row only: `activities.actions.reservations` counts them."""
    return Reservation.objects.create(outing=outing, **{"nickname": "Lien", "people": 2, "state": "going"} | fields)


def make_reservation_key(reservation: Reservation, **fields) -> ReservationKey:
    return ReservationKey.objects.create(reservation=reservation, **{"hash": f"{next(_number):064}"} | fields)


def make_attendance(occurrence: Occurrence, **fields) -> Attendance:
    """Twelve people, as a row only: `activities.actions.counts` asks who may count and when."""
    return Attendance.objects.create(occurrence=occurrence, **{"people": 12} | fields)


def make_presence(attendance: Attendance, organisation: Organisation | None = None) -> Presence:
    return Presence.objects.create(attendance=attendance, organisation=organisation or make_organisation())


def make_continuation(activity: Activity, **fields) -> Continuation:
    return Continuation.objects.create(
        activity=activity, **{"what": Staying.STAYS, "reviewed_on": dt.date(2023, 10, 1)} | fields
    )


def make_idea_table(site: Site, **fields) -> IdeaTable:
    plain = {"day": dt.date(2023, 10, 3), "question_1": "Wat wil je hier doen?", "question_2": "Wanneer kom je?"}
    return IdeaTable.objects.create(site=site, **plain | fields)


def make_idea(site: Site, **fields) -> Idea:
    """From the box, and read by the coordinator."""
    plain = {"text": f"Idee {next(_number)}", "since": dt.date(2023, 10, 1)}
    return Idea.objects.create(site=site, **plain | fields)
