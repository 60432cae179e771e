"""An outing with places, as a coordinator would make it; and the form as somebody at home fills it in."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from activities.actions.outings import offer_places
from activities.actions.reservations import join
from activities.models import Outing, Reservation
from stek.form_key import SOON
from tests.desk import filled
from tests.offer import date_of, offer
from tests.reading import read

DAY = dt.date(2023, 10, 21)


def outing_at(site, *, places=10, day=DAY, title="Uitstap", activity=None, begin=dt.time(9), end=dt.time(17), **fields):
    """One Saturday from nine to five."""
    series = offer(
        site, title, activity=activity, frequency="once", weekday=None, first_day=day, begin=begin, end=end
    )  # fmt: skip
    return offer_places(date_of(series, day), by=None, places=places, **fields)


def group(outing: Outing, people: int, **fields) -> Reservation:
    """Going along, or waiting when they do not fit."""
    return join(outing, people=people, waits=True, **{"nickname": f"Groep van {people}"} | fields)[0]


def standing_of(outing: Outing) -> tuple[int, int, list[tuple[int, str]]]:
    """(people who go along, people who wait, every group in order)."""
    outing.refresh_from_db()
    rows = Reservation.objects.filter(outing=outing).order_by("pk").values_list("people", "state")
    return outing.taken, outing.waiting, list(rows)


def join_path(outing: Outing) -> str:
    date = outing.occurrence
    return f"/{date.site.slug}/activiteit/{date.series.activity.slug}/inschrijven/{date.uuid}/"


def fill_in(client: Client, outing: Outing, clock, *, prefix: str = "", **values) -> dict[str, str]:
    """The form as it is opened and filled in, some seconds later."""
    page = read(client.get(prefix + join_path(outing)))
    clock.shift(SOON + 1)
    return filled(page) | {"nickname": "Lien", "people": "2"} | {name: str(value) for name, value in values.items()}
