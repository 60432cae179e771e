"""In the night that skips an hour, page, JSON, home page and feed tell one and the same hour, which exists."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.factories.activities import make_activity
from tests.factories.sites import make_site
from tests.offer import offer
from tests.reading import cards, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("02:30", "03:30", ("03:30", "04:30")),
        ("02:30", "04:30", ("03:30", "04:30")),
        ("01:30", "02:30", ("01:30", "03:30")),
        ("02:15", "02:45", ("03:15", "03:45")),
        ("04:00", "05:00", ("04:00", "05:00")),
    ],
)
def test_one_hour_in_every_channel(client, time_machine, begin, end, told):
    time_machine.move_to(dt.datetime(2023, 3, 26, 0, tzinfo=dt.UTC), tick=False)
    site = make_site(slug="hier")
    hours = {"begin": dt.time.fromisoformat(begin), "end": dt.time.fromisoformat(end)}
    offer(site, activity=make_activity(site), weekday=6, first_day=dt.date(2023, 3, 19), **hours)

    (card,) = cards(read(client.get("/hier/week/2023-W12/")))
    (item,) = [item for day in client.get("/hier/week/2023-W12.json").json()["days"] for item in day["items"]]
    event = Calendar.from_ical(client.get("/hier/agenda.ics").content).walk("VEVENT")[1]
    words = " tot ".join(time.removeprefix("0").replace(":", ".") for time in told) + " uur"

    assert words in card.text
    assert (item["begin"], item["end"]) == told
    brussels = [event[name].dt.astimezone(ZoneInfo("Europe/Brussels")) for name in ("DTSTART", "DTEND")]
    assert tuple(f"{moment:%m-%d %H:%M}" for moment in brussels) == tuple(f"03-26 {time}" for time in told)
    assert words in read(client.get("/")).one("main").text
